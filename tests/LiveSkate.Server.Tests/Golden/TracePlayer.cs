using System.Globalization;
using System.Text.Json.Nodes;
using LiveSkate.Server.Tests.Ingest;
using LiveSkate.Server.Tests.Outside;
using Xunit;

namespace LiveSkate.Server.Tests.Golden;

/// <summary>
/// Plays the steps of a trace through a server's own doors, one after another, and writes down beside each what came of it. It takes from
/// a step only what goes in; what comes out it hears.
/// </summary>
/// <param name="file">Reads a file that a step names.</param>
internal sealed class TracePlayer(ServerProcess server, string meet, string heat, Func<string, string> file) : IAsyncDisposable
{
    private OutsideViewer? _viewer;
    private RawGateway? _gateway;
    private TrackClient? _hub;
    private ushort _packets;

    /// <summary>What the viewer was sent, in order.</summary>
    public IReadOnlyCollection<string> Frames => _viewer!.Texts;

    /// <summary>What somebody was sent first who came after a step that says so.</summary>
    public List<string> Newcomers { get; } = [];

    public Dictionary<string, string> Results { get; } = [];

    private string Scope => $"heat/{meet}/{heat}";

    public async Task<TraceStep> PlayAsync(TraceStep step)
    {
        _hub ??= await ListenAsync();
        var (at, heard, shown) = (await AtAsync(), _hub.Received.Count, _viewer?.Texts.Count ?? 0);
        var played = new TraceStep(step.Title);
        foreach (var header in step.All("header"))
            played.Add("header", header);
        if ((step["put"] ?? step["post"]) is not null)
            await AskAsync(step, played);
        else if (step["watch"] is { } scope)
            await WatchAsync(scope, played);
        else
            await SendAsync(step, played);

        if (await AtAsync() is var now && now > at)
            played.Add("journal", now == at + 1 ? $"{now}" : $"{at + 1} to {now}");
        foreach (var line in step.All("hub"))
            played.Add("hub", await HeardAsync(line.Split(' ')[0], heard));
        foreach (var seq in await ShownAsync(shown))
            played.Add("frame", seq);
        await CloseAsync(step, played);
        return played;
    }

    /// <summary>A sign of life of the server, as it came.</summary>
    public async Task<string> BeatAsync()
    {
        await server.Until(() => Task.FromResult(!_viewer!.Beats.IsEmpty), "a beat");
        return _viewer!.Beats.Last().ToJsonString();
    }

    /// <summary>What is retained on the heat's topic once it shows all that the journal has of the heat.</summary>
    public async Task<string> RetainedAsync()
    {
        var at = (await server.GetAsync($"/api/meets/{meet}/heats/{heat}"))["at"]!.GetValue<long>();
        await using var late = await TrackClient.ConnectAsync(server.MqttPort);
        await late.SubscribeAsync($"ls/v1/venue/live/{meet}/heats/{heat}");
        string? newest = null;
        await server.Until(
            () => Task.FromResult((newest = late.Received is [.., var last] ? last.Payload : null) is { } payload && JsonNode.Parse(payload)!["at"]!.GetValue<long>() == at),
            "the heat's retained state");
        return newest!;
    }

    /// <summary>Whoever watched from the beginning holds what somebody gets who comes now.</summary>
    public async Task AssertHeldAsync()
    {
        Assert.Equal(0, _viewer!.Gaps);
        await using var newcomer = await OutsideViewer.ConnectAsync(server);
        await newcomer.WatchAsync(Scope);
        await server.Until(() => Task.FromResult(newcomer.Held(Scope) is not null), "a newcomer's first frame");
        Assert.True(JsonNode.DeepEquals(newcomer.Held(Scope)!.Value.Records, _viewer.Held(Scope)!.Value.Records));
    }

    public async ValueTask DisposeAsync()
    {
        _gateway?.Dispose();
        foreach (var connection in new IAsyncDisposable?[] { _viewer, _hub })
            if (connection is not null)
                await connection.DisposeAsync();
    }

    private async Task<TrackClient> ListenAsync()
    {
        var hub = await TrackClient.ConnectAsync(server.MqttPort);
        foreach (var leaf in new[] { "ack", "resend" })
            await hub.SubscribeAsync($"ls/v1/venue/src/+/{leaf}");
        return hub;
    }

    private async Task AskAsync(TraceStep step, TraceStep played)
    {
        var put = step["put"]?.Split(' ');
        played.Add(put is null ? "post" : "put", step["put"] ?? step["post"]!);
        var headers = step.All("header").Select(header => header.Split(": ", 2)).Select(pair => (pair[0], pair[1])).ToArray();
        var said = put is null
            ? await Http.SendAsync(server.Http, HttpMethod.Post, $"/api/meets/{meet}/commands", step["post"], headers)
            : await Http.SendAsync(server.Http, HttpMethod.Put, put[0], file(put[1]), headers);
        played.Add("status", $"{said.Status} {said.Code ?? (put is null ? said.Body : "")}".TrimEnd());
    }

    private async Task WatchAsync(string scope, TraceStep played)
    {
        played.Add("watch", scope);
        _viewer = await OutsideViewer.ConnectAsync(server);
        await _viewer.WatchAsync(scope);
        await server.Until(() => Task.FromResult(_viewer.Held(scope) is not null), "the first frame");
    }

    private async Task SendAsync(TraceStep step, TraceStep played)
    {
        var packet = step["packet"];
        if (step["topic"] is { } topic)
        {
            played.Add("topic", topic);
            played.Add("text", step["text"]!);
            packet = RawGateway.Publish(topic, step["text"]!, ++_packets);
        }
        _gateway ??= new RawGateway(server.MqttPort);
        played.Add("packet", packet!);
        played.Add("answer", await _gateway.SendAsync(packet!));
    }

    private async Task<string> HeardAsync(string topic, int from)
    {
        (string Topic, string Payload, bool Retain) message = default;
        await server.Until(
            () => Task.FromResult((message = _hub!.Received.Skip(from).FirstOrDefault(one => one.Topic == topic)).Topic is not null), $"a word on {topic}");
        return $"{topic} {message.Payload}";
    }

    /// <summary>The numbers of the frames that came of this step: waits until the viewer holds what the heat's address says.</summary>
    private async Task<IReadOnlyList<string>> ShownAsync(int from)
    {
        if (_viewer is null)
            return [];
        var at = (await server.GetAsync($"/api/meets/{meet}/heats/{heat}"))["at"]!.GetValue<long>();
        await server.Until(() => Task.FromResult(_viewer.Held(Scope)!.Value.Records["heat"]!["at"]!.GetValue<long>() == at), $"the frame that shows {at}");
        return [.. _viewer.Frames.Skip(from).Select(frame => frame["seq"]!.GetValue<long>().ToString(CultureInfo.InvariantCulture))];
    }

    private async Task CloseAsync(TraceStep step, TraceStep played)
    {
        if (step["newcomer"] is not null)
        {
            await using var newcomer = await OutsideViewer.ConnectAsync(server);
            await newcomer.WatchAsync(Scope);
            await server.Until(() => Task.FromResult(!newcomer.Frames.IsEmpty), "a newcomer's first frame");
            Newcomers.Add(newcomer.Texts.First());
            played.Add("newcomer", $"{Newcomers.Count}");
        }
        if (step["results"] is { } name)
        {
            Results[name] = (await Http.SendAsync(server.Http, HttpMethod.Get, $"/api/meets/{meet}/events/m1000/results", null, [])).Body;
            played.Add("results", name);
        }
    }

    private async Task<long> AtAsync() => (await server.JournalAsync()) is [.., var last] ? last.At : 0;
}
