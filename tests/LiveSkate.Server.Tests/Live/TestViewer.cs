using System.Collections.Concurrent;
using System.Text.Json;
using LiveSkate.Server.Live;
using LiveSkate.Server.Tests.Ingest;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveSkate.Server.Tests.Live;

/// <summary>A real SignalR client that keeps what it is sent, and holds each scope by the rule of the wire.</summary>
internal sealed class TestViewer : IAsyncDisposable
{
    public TestViewer(HubConnection hub)
    {
        Hub = hub;
        hub.On<Frame>("frame", frame =>
        {
            Frames.Enqueue(frame);
            lock (Held)
                Held.Apply(frame);
        });
        hub.On<Beat>("beat", Beats.Enqueue);
    }

    public HubConnection Hub { get; }
    public ConcurrentQueue<Frame> Frames { get; } = new();
    public ConcurrentQueue<Beat> Beats { get; } = new();
    public HeldScopes Held { get; } = new();

    /// <summary>The single number of a scope that was set with one; null while there is none.</summary>
    public int? Number(string scope)
    {
        lock (Held)
            return Held[scope]?.Records.GetValueOrDefault("n") is { } text ? int.Parse(text, null) : null;
    }

    public Task UntilNumberAsync(string scope, int value) =>
        Soon.UntilAsync(() => Number(scope) == value, $"{value} in {scope}; it is {Number(scope)}");

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}

/// <summary>The client's rule: base null replaces all, another base must be what is held, anything else is a gap.</summary>
internal sealed class HeldScopes
{
    private readonly Dictionary<string, Scope> _scopes = [];

    public sealed record Scope(string Epoch, long Seq, Dictionary<string, string> Records);

    public int Gaps { get; private set; }

    public Scope? this[string name] => _scopes.GetValueOrDefault(name);

    public bool Apply(Frame frame)
    {
        var held = this[frame.Scope];
        if (frame.Base is not null && (held is null || held.Epoch != frame.Epoch || held.Seq != frame.Base))
        {
            Gaps++;
            return false;
        }

        var records = frame.Base is null ? [] : new Dictionary<string, string>(held!.Records);
        foreach (var id in frame.Removes)
            records.Remove(id);
        foreach (var (id, record) in frame.Puts)
            records[id] = record.GetRawText();
        _scopes[frame.Scope] = new Scope(frame.Epoch, frame.Seq, records);
        return true;
    }

    public static Frame Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, LiveJson.Default.Frame)!;
}
