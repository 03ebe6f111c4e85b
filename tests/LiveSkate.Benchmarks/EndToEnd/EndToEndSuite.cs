using System.Collections.Immutable;
using LiveSkate.Benchmarks.Harness;
using LiveSkate.Benchmarks.Ingest;
using LiveSkate.Benchmarks.Load;

namespace LiveSkate.Benchmarks.EndToEnd;

/// <summary>From a decoder's publish to what a thousand boards have been sent.</summary>
internal sealed class EndToEndSuite(Plan plan, Crowd crowd, CancellationToken cancel)
{
    public const int Viewers = 1_000;

    private const double Rate = 20;

    /// <summary>What a broker puts before the payload: frame, packet, topic.</summary>
    private const int MqttHeader = 19;

    private readonly BusyMeet _meet = new("busy", Events: 1, Heats: 1, Skaters: 8, Laps: 60, Readings: 1);
    /// <summary>Until the runtime has compiled for good what a reading and a frame go through.</summary>
    private readonly double _warm = plan.Choose(8.0, 4.0);

    private readonly double _seconds = plan.Choose(8.0, 3.0);

    /// <summary>For Mosquitto, which has nothing to compile.</summary>
    private const double ShortWarm = 2;

    public static async Task<Section> MeasureAsync(Plan plan, CancellationToken cancel)
    {
        await using var crowd = Crowd.Start();
        var suite = new EndToEndSuite(plan, crowd, cancel);
        var rounds = new List<EndToEndRound>();
        for (var round = 0; round < plan.Rounds; round++)
        {
            var embedded = await suite.LiveSkateAsync(external: false);
            var own = await suite.MosquittoAsync((int)embedded.Bytes - MqttHeader);
            rounds.Add(new EndToEndRound(own, embedded, await suite.LiveSkateAsync(external: true)));
            Console.WriteLine($"Mosquitto {own}\nembedded {embedded}\nexternal {rounds[^1].External}");
        }
        return EndToEndReport.Write(rounds);
    }

    /// <summary>Each passing is known in the frames by the position in the journal that they show.</summary>
    private async Task<EndToEndFigures> LiveSkateAsync(bool external)
    {
        await using var broker = external ? await Mosquitto.StartAsync() : null;
        await using var venue = await VenueProcess.StartAsync(broker);
        var at = await venue.BeginAsync(_meet, 1);
        var audience = new Audience(Speech.LiveSkate, venue.WebPort, Viewers, $"heat/{_meet.Id}/{_meet.HeatId(0)}") { Sign = $"\"meet\":\"{_meet.Id}\",\"at\":" };
        await crowd.ConnectAsync(audience, cancel);

        await crowd.BeginAsync(cancel);
        var before = Cpu(venue, broker);
        var sent = await Gateways.RunAsync(Request(venue.MqttPort), cancel);
        var cpu = Cpu(venue, broker) - before;
        var (seen, arrivals) = await crowd.EndWithArrivalsAsync(cancel);
        await crowd.LeaveAsync(cancel);
        return new EndToEndFigures(Latencies.Of([.. Delays(sent, at, arrivals)]), (double)seen.Bytes / seen.Messages, cpu.TotalMicroseconds / seen.Messages);
    }

    /// <summary>The broker alone: what is published goes to its own viewers, in messages of the same size.</summary>
    private async Task<EndToEndFigures> MosquittoAsync(int bytes)
    {
        await using var broker = await Mosquitto.StartAsync();
        broker.Keep(PublishRequest.MarkTopic, Mark.Now() + ".");
        await crowd.ConnectAsync(new Audience(Speech.Mqtt, broker.WebSocketPort, Viewers, PublishRequest.MarkTopic) { Sign = "@" }, cancel);
        await crowd.BeginAsync(cancel);
        var before = broker.Usage.Cpu;
        var running = Gateways.RunAsync(Request(broker.Port) with { MarkBytes = bytes, WarmFor = ShortWarm }, cancel);
        await Task.Delay(TimeSpan.FromSeconds(ShortWarm), cancel);
        await crowd.BeginAsync(cancel);
        await running;
        var cpu = broker.Usage.Cpu - before;
        var seen = await crowd.EndAsync(cancel);
        await crowd.LeaveAsync(cancel);
        var messages = Viewers * Rate * (ShortWarm + _seconds);
        return new EndToEndFigures(new Latencies(seen.P50Ms, seen.P99Ms, seen.P999Ms), (double)seen.Bytes / seen.Messages, cpu.TotalMicroseconds / messages);
    }

    private PublishRequest Request(int port) => new(port, _meet, 1, 0, _meet.Passings, Rate, "run", int.MaxValue, _warm, _seconds);

    private static TimeSpan Cpu(VenueProcess venue, Mosquitto? broker) => venue.Usage.Cpu + (broker?.Usage.Cpu ?? TimeSpan.Zero);

    /// <summary>For each viewer and each passing: the first frame that shows it or a later one.</summary>
    private IEnumerable<double> Delays(PublishResult sent, long at, Arrival[] arrivals)
    {
        var first = (int)(_warm * Rate);
        foreach (var viewer in arrivals.GroupBy(arrival => arrival.Viewer))
        {
            var passing = first;
            foreach (var arrival in viewer.OrderBy(arrival => arrival.Ns))
                for (; passing < sent.Receipts && arrival.Number >= at + 1 + passing; passing++)
                    yield return (arrival.Ns - sent.BeganNs) / 1e6 - (passing + 1) * 1e3 / Rate;
            if (passing < sent.Receipts)
                throw new InvalidOperationException($"Viewer {viewer.Key} was not shown passing {passing} of {sent.Receipts}.");
        }
    }
}

/// <param name="Bytes">On the wire, a message.</param>
/// <param name="CpuUs">Of the server, Mosquitto included where it is used, for each message delivered.</param>
internal sealed record EndToEndFigures(Latencies Ms, double Bytes, double CpuUs);

/// <param name="Own">Mosquitto to its own viewers.</param>
internal sealed record EndToEndRound(EndToEndFigures Own, EndToEndFigures Embedded, EndToEndFigures External);

/// <summary>What the rounds say.</summary>
internal static class EndToEndReport
{
    public static Section Write(IReadOnlyList<EndToEndRound> rounds) => new(
        "End to end: from a decoder's publish to a thousand boards",
        "20 readings a second (MQTT QoS 1, sent by the clock) to the built server, its journal synced; 1,000 viewers of the running heat on "
            + "WebSockets in one process of one thread. Times count from when a reading was due to when a viewer's socket was read, for each "
            + "viewer and each reading. Before those that count there are eight seconds of readings. Mosquitto's own: the same publisher, messages of the same size, its own WebSocket viewers.")
    {
        Goals =
        [
            new("end to end p99, 1,000 viewers, embedded broker, against Mosquitto's own", Ratio(rounds, it => it.Embedded, it => it.P99), 1.1, AtMost: true),
            new("end to end p99, 1,000 viewers, external broker, against Mosquitto's own", Ratio(rounds, it => it.External, it => it.P99), 1.1, AtMost: true),
        ],
        Tables =
        [
            new("Milliseconds, medians of the rounds", ["", "p50", "p99", "p99.9", "p50 / Mosquitto", "p99 / Mosquitto", "p99.9 / Mosquitto", "B a message", "server µs a message"],
                [Row(rounds, "Mosquitto's own", it => it.Own), Row(rounds, "LiveSkate, embedded broker", it => it.Embedded), Row(rounds, "LiveSkate, external broker", it => it.External)]),
        ],
        Remarks =
        [
            "In the first seven seconds of its life a server is slower: the runtime compiles on one of the two processors, and the first collection after a thousand viewers have come stops it for 30 to 50 ms; p99 is then 33 to 64 ms. "
                + "Later a collection comes every two or three seconds and takes 5 to 10 ms. Tried: a first generation of 4 MB (`GCgen0size`) collects three times as often and leaves p99 where it is.",
        ],
        Charts =
        [
            new("endtoend", "From publish to 1,000 viewers, 20 readings a second", "ms", ["p50", "p99", "p99.9"],
                [Bar(rounds, "Mosquitto", it => it.Own), Bar(rounds, "embedded", it => it.Embedded), Bar(rounds, "external", it => it.External)]),
        ],
    };

    private static ImmutableArray<string> Row(IReadOnlyList<EndToEndRound> rounds, string name, Func<EndToEndRound, EndToEndFigures> of) =>
    [
        name, .. Bar(rounds, name, of).Values.Select(Report.Number),
        .. new Func<Latencies, double>[] { it => it.P50, it => it.P99, it => it.P999 }.Select(at => Report.Number(Ratio(rounds, of, at).Median)),
        Report.Number(Middle(rounds, round => of(round).Bytes)), Report.Number(Middle(rounds, round => of(round).CpuUs)),
    ];

    private static Series Bar(IReadOnlyList<EndToEndRound> rounds, string name, Func<EndToEndRound, EndToEndFigures> of) => new(
        name, [Middle(rounds, round => of(round).Ms.P50), Middle(rounds, round => of(round).Ms.P99), Middle(rounds, round => of(round).Ms.P999)]);

    private static Spread Ratio(IReadOnlyList<EndToEndRound> rounds, Func<EndToEndRound, EndToEndFigures> of, Func<Latencies, double> at) =>
        Spread.Of(rounds.Select(round => at(of(round).Ms) / at(round.Own.Ms)));

    private static double Middle(IReadOnlyList<EndToEndRound> rounds, Func<EndToEndRound, double> of) => Spread.Of(rounds.Select(of)).Median;
}
