using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>A viewer that knows of the server only what the contract says, and holds each scope by the contract's rule.</summary>
internal sealed class OutsideViewer : IAsyncDisposable
{
    private readonly Dictionary<string, (string Epoch, long Seq, JsonObject Records)> _held = [];

    private OutsideViewer(HubConnection hub)
    {
        Hub = hub;
        hub.On<JsonElement>("frame", frame =>
        {
            Texts.Enqueue(frame.GetRawText());
            Take(JsonObject.Create(frame)!);
        });
        hub.On<JsonElement>("beat", beat => Beats.Enqueue(JsonObject.Create(beat)!));
    }

    public HubConnection Hub { get; }

    public ConcurrentQueue<JsonObject> Frames { get; } = new();

    /// <summary>The same, byte for byte.</summary>
    public ConcurrentQueue<string> Texts { get; } = new();

    public ConcurrentQueue<JsonObject> Beats { get; } = new();

    /// <summary>Frames that fitted on nothing: there must be none.</summary>
    public int Gaps { get; private set; }

    public static async Task<OutsideViewer> ConnectAsync(ServerProcess server)
    {
        var viewer = new OutsideViewer(new HubConnectionBuilder().WithUrl(new Uri(server.Address, "live")).Build());
        await viewer.Hub.StartAsync();
        return viewer;
    }

    public Task WatchAsync(string scope, string? epoch = null, long? seq = null) => Hub.InvokeAsync("Watch", scope, epoch, seq);

    public Task UnwatchAsync(string scope) => Hub.InvokeAsync("Unwatch", scope);

    public Task<JsonElement> PingAsync(long clientUs) => Hub.InvokeAsync<JsonElement>("Ping", clientUs);

    public Task<object?> CallAsync(string method, params object?[] arguments) => Hub.InvokeCoreAsync<object?>(method, arguments);

    /// <summary>What is held of a scope; null while nothing is.</summary>
    public (string Epoch, long Seq, JsonObject Records)? Held(string scope)
    {
        lock (_held)
            return _held.TryGetValue(scope, out var held) ? (held.Epoch, held.Seq, held.Records.DeepClone().AsObject()) : null;
    }

    public IEnumerable<JsonObject> FramesOf(string scope) => Frames.Where(frame => frame["scope"]!.GetValue<string>() == scope);

    /// <summary>What the newest beat says is wrong with a source; null: nothing, or it is not among them.</summary>
    public string? AlarmOf(string source) => Beats.LastOrDefault()?["sources"]!.AsArray()
        .FirstOrDefault(one => one!["id"]!.GetValue<string>() == source)?["alarm"]?.GetValue<string>();

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    private void Take(JsonObject frame)
    {
        Frames.Enqueue(frame);
        var (scope, epoch, seq) = (frame["scope"]!.GetValue<string>(), frame["epoch"]!.GetValue<string>(), frame["seq"]!.GetValue<long>());
        lock (_held)
        {
            JsonObject records = [];
            if (frame["base"] is { } number)
            {
                if (!_held.TryGetValue(scope, out var held) || held.Epoch != epoch || held.Seq != number.GetValue<long>())
                {
                    Gaps++;
                    return;
                }
                records = held.Records.DeepClone().AsObject();
            }
            foreach (var id in frame["removes"]!.AsArray())
                records.Remove(id!.GetValue<string>());
            foreach (var (id, record) in frame["puts"]!.AsObject())
                records[id] = record!.DeepClone();
            _held[scope] = (epoch, seq, records);
        }
    }
}
