using System.Collections.Immutable;
using LiveSkate.Benchmarks.Harness;

namespace LiveSkate.Benchmarks.Ingest;

/// <summary>From a gateway's publish to its receipt: how many a second, and how soon.</summary>
internal sealed class IngestSuite(Plan plan, CancellationToken cancel)
{
    /// <summary>Enough that the runtime has compiled every path for good, and enough for the paced phase.</summary>
    private const int Warm = 60_000, Paced = 1_000;

    private const double PacedRate = 100;

    private static readonly (bool External, JournalKind Journal)[] Systems =
    [
        (false, JournalKind.Own), (false, JournalKind.None), (true, JournalKind.Own), (true, JournalKind.None), (true, JournalKind.Each),
    ];

    private readonly BusyMeet _meet = new("busy", Events: plan.Choose(40, 6), Heats: 8, Skaters: 16, Laps: 15, Sources: 8);
    private readonly List<IngestRound> _rounds = [];

    public static async Task<Section> MeasureAsync(Plan plan, CancellationToken cancel)
    {
        var suite = new IngestSuite(plan, cancel);
        for (var round = 0; round < plan.Rounds; round++)
            suite._rounds.Add(await suite.RoundAsync());
        return IngestReport.Write(suite._rounds);
    }

    private async Task<IngestRound> RoundAsync()
    {
        var disk = Latencies.Of(DiskSync.Measure(TimeSpan.FromSeconds(plan.Choose(1.5, 0.5)), 0));
        var slowly = Latencies.Of(DiskSync.Measure(TimeSpan.FromSeconds(plan.Choose(3, 1)), PacedRate));
        var measured = ImmutableDictionary.CreateBuilder<(bool, JournalKind), IngestFigures>();
        foreach (var (external, journal) in Systems)
            measured[(external, journal)] = await OneAsync(external, journal);
        return new IngestRound(disk, slowly, measured.ToImmutable());
    }

    private async Task<IngestFigures> OneAsync(bool external, JournalKind journal)
    {
        await using var broker = external ? await Mosquitto.StartAsync() : null;
        await using var venue = await VenueProcess.StartAsync(broker, journal);
        await venue.BeginAsync(_meet, _meet.Events * _meet.Heats);

        var before = venue.Usage.Cpu;
        var fast = await Gateways.RunAsync(Request(venue, 8, 0, _meet.Passings - Paced, 0, "fast"), cancel);
        var cpu = (venue.Usage.Cpu - before) / fast.Receipts;
        var figures = new IngestFigures(fast.PerSecond, cpu.TotalMicroseconds, fast.Cpu.TotalMicroseconds / fast.Receipts, null, null);
        Console.WriteLine($"{(external ? "external" : "embedded")} {journal}: {fast.PerSecond:0}/s, {figures.CpuUs:0.0} us of the server, {figures.PublisherUs:0.0} us of the publisher");
        if (journal != JournalKind.Own)
            return figures;

        var paced = await Gateways.RunAsync(Request(venue, 1, _meet.Passings - Paced, _meet.Passings, PacedRate, "paced"), cancel);
        figures = figures with { PubAck = Latencies.Of(paced.PubAckMs), Receipt = Latencies.Of(paced.ReceiptMs) };
        Console.WriteLine($"   at {PacedRate}/s: PUBACK {figures.PubAck}, receipt {figures.Receipt}");
        return figures;
    }

    private PublishRequest Request(VenueProcess venue, int connections, int from, int upTo, double rate, string epoch) => rate > 0
        ? new(venue.MqttPort, _meet, connections, from, upTo, rate, epoch, int.MaxValue, 1, plan.Choose(7.0, 2.0))
        : new(venue.MqttPort, _meet, connections, from, upTo, rate, epoch, plan.Choose(Warm, 3_000), plan.Choose(5.0, 1.0), plan.Choose(3.0, 1.5));
}

/// <summary>One system in one round.</summary>
/// <param name="CpuUs">Of the server, for each passing.</param>
internal sealed record IngestFigures(double PerSecond, double CpuUs, double PublisherUs, Latencies? PubAck, Latencies? Receipt);

/// <param name="Disk">fdatasync one after the other.</param>
/// <param name="DiskSlowly">The same at 100 a second, as a disk that is otherwise idle has it.</param>
internal sealed record IngestRound(
    Latencies Disk, Latencies DiskSlowly, ImmutableDictionary<(bool External, JournalKind Journal), IngestFigures> Measured)
{
    public IngestFigures Of(bool external, JournalKind journal) => Measured[(external, journal)];
}
