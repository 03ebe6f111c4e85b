using System.Collections.Immutable;
using LiveSkate.Benchmarks.Harness;

namespace LiveSkate.Benchmarks.Ingest;

/// <summary>What the rounds of <see cref="IngestSuite"/> say.</summary>
internal static class IngestReport
{
    public static Section Write(IReadOnlyList<IngestRound> rounds) => new(
        "Ingest: from publish to receipt",
        "A publisher of one thread in a process of its own (MQTT 3.1.1, QoS 1, framed by hand) sends the readings of a made-up meet "
            + "(40 events of 8 heats, 16 skaters, 15 laps, both ankles) to the built server with its journal on this disk. "
            + "At most: eight connections, each with up to a thousand readings for which it has no receipt (`src/{src}/ack`). "
            + "At 100 a second: one connection, sent by the clock, times counted from when a reading was due. "
            + "The bare disk is 250 bytes added to a plain file and `fdatasync` (P/Invoke), at the same 100 a second: a disk and a processor that "
            + "rest in between take longer to answer than in a row, which is in the table too. `no journal` and `commit for each` are the same "
            + "server with its `IJournal` replaced at start; Mosquitto 2 runs beside the server where the broker is external.")
    {
        Goals =
        [
            Receipt(rounds, "embedded", external: false), Receipt99(rounds, "embedded", external: false),
            Receipt(rounds, "external", external: true), Receipt99(rounds, "external", external: true),
            new("readings a second, external, group commit against no journal", Ratio(rounds, true, JournalKind.Own, JournalKind.None), 0.8, AtMost: false),
            new("readings a second, external, group commit against one commit for each", Ratio(rounds, true, JournalKind.Own, JournalKind.Each), 10, AtMost: false),
            new("readings a second, embedded, eight connections, against no journal", Ratio(rounds, false, JournalKind.Own, JournalKind.None), 0.3, AtMost: false),
        ],
        Tables = [Rates(rounds), Times(rounds)],
        Charts = [RateChart(rounds), TimeChart(rounds)],
        Remarks =
        [
            $"A commit for each reaches {Report.Number(Rate(rounds, true, JournalKind.Each))} a second here, so ten times that needs "
                + $"{Report.Number(10 * Rate(rounds, true, JournalKind.Each))}; without any journal the server, Mosquitto and the publisher on the same "
                + $"processors reach {Report.Number(Rate(rounds, true, JournalKind.None))}. By hand, with nothing but a journal behind the broker, it was 27,100 against 2,100.",
            "Where a reading's time goes, external, group commit (perf, before the last work on the rules, which brought it from 15,700 readings a second to what the table says): 52 % of the server's processor time is the writer's thread, six tenths of that the highlights "
                + "of heat and round and a tenth the journal (JSON, hash, rows, commit); 27 % are pool threads with the broker's client and its acknowledgements. On the writer's clock, "
                + "on a machine that was not quiet, 72 % is drafting, 20 % the journal, 5 % waiting for work, in commits of 437 readings. So a second thread for the journal would bring a fifth at most; it was not made, for the sake of one writer.",
            "Where a receipt's time goes at 100/s, embedded (marks in the server): 0.21 ms until the reading is drafted, 0.45 ms the commit, 0.07 ms until the receipt is handed to the broker, the rest "
                + "are the two sockets and their threads. A disk that rests in between needs twice as long for fdatasync alone (the table), SQLite writes two pages of its log, and each thread that is woken on an idle processor costs some 0.05 ms. "
                + "Of the slowest hundredth 1.9 ms are the commit. Tried: fdatasync instead of the fsync of the SQLite that we get is 0.30 instead of 0.33 ms at 100/s, not worth an SQLite of our own.",
            "Tried and left alone: `TieredPGO=0` is 1.6 times as fast in the first ten seconds of a process and 0.93 times once everything is compiled.",
        ],
    };

    private static Goal Receipt(IReadOnlyList<IngestRound> rounds, string name, bool external) => new(
        $"publish to receipt at 100/s, {name}, p50 against the p50 of fdatasync in a row",
        Spread.Of(rounds.Select(round => At(round, external).P50 / round.Disk.P50)), 5, AtMost: true);

    private static Goal Receipt99(IReadOnlyList<IngestRound> rounds, string name, bool external) => new(
        $"publish to receipt at 100/s, {name}, p99 against the p50 of fdatasync in a row",
        Spread.Of(rounds.Select(round => At(round, external).P99 / round.Disk.P50)), 15, AtMost: true);

    private static Latencies At(IngestRound round, bool external) => round.Of(external, JournalKind.Own).Receipt!.Value;

    private static Spread Ratio(IReadOnlyList<IngestRound> rounds, bool external, JournalKind one, JournalKind other) =>
        Spread.Of(rounds.Select(round => round.Of(external, one).PerSecond / round.Of(external, other).PerSecond));

    private static readonly (string Name, bool External, JournalKind Journal)[] Systems =
    [
        ("embedded, group commit", false, JournalKind.Own), ("embedded, no journal", false, JournalKind.None),
        ("external, group commit", true, JournalKind.Own), ("external, no journal", true, JournalKind.None),
        ("external, commit for each", true, JournalKind.Each),
    ];

    private static Table Rates(IReadOnlyList<IngestRound> rounds) => new(
        "As fast as receipts come, eight connections", ["", "readings/s", "least – most", "server µs each", "publisher µs each"],
        [.. Systems.Select(system => ImmutableArray.Create(
            system.Name, Median(rounds, system, it => it.PerSecond), Range(rounds, system, it => it.PerSecond),
            Median(rounds, system, it => it.CpuUs), Median(rounds, system, it => it.PublisherUs)))]);

    private static Table Times(IReadOnlyList<IngestRound> rounds) => new(
        "At 100 a second, ms", ["", "p50", "p99", "p50 / fdatasync at 100/s", "p99 / the same p50", "p50 / fdatasync in a row", "p99 / the same p50"],
        [
            Row(rounds, "fdatasync, one after the other", round => round.Disk), Row(rounds, "fdatasync, 100/s", round => round.DiskSlowly),
            Row(rounds, "embedded, PUBACK", round => round.Of(false, JournalKind.Own).PubAck!.Value), Row(rounds, "embedded, receipt", round => At(round, false)),
            Row(rounds, "external, PUBACK (Mosquitto's)", round => round.Of(true, JournalKind.Own).PubAck!.Value), Row(rounds, "external, receipt", round => At(round, true)),
        ]);

    private static Chart RateChart(IReadOnlyList<IngestRound> rounds) => new(
        "ingest-rate", "Readings a second, eight connections", "median of the rounds", ["no journal", "group commit", "commit for each"],
        [
            new("embedded", [Rate(rounds, false, JournalKind.None), Rate(rounds, false, JournalKind.Own), double.NaN]),
            new("external", [Rate(rounds, true, JournalKind.None), Rate(rounds, true, JournalKind.Own), Rate(rounds, true, JournalKind.Each)]),
        ]);

    private static Chart TimeChart(IReadOnlyList<IngestRound> rounds) => new(
        "ingest-receipt", "From publish to receipt at 100 a second", "ms", ["p50", "p99"],
        [
            new("fdatasync", [Middle(rounds, round => round.DiskSlowly.P50), Middle(rounds, round => round.DiskSlowly.P99)]),
            new("embedded", [Middle(rounds, round => At(round, false).P50), Middle(rounds, round => At(round, false).P99)]),
            new("external", [Middle(rounds, round => At(round, true).P50), Middle(rounds, round => At(round, true).P99)]),
        ]);

    private static ImmutableArray<string> Row(IReadOnlyList<IngestRound> rounds, string name, Func<IngestRound, Latencies> of) =>
    [
        name, Report.Number(Middle(rounds, round => of(round).P50)), Report.Number(Middle(rounds, round => of(round).P99)),
        Report.Number(Middle(rounds, round => of(round).P50 / round.DiskSlowly.P50)), Report.Number(Middle(rounds, round => of(round).P99 / round.DiskSlowly.P50)),
        Report.Number(Middle(rounds, round => of(round).P50 / round.Disk.P50)), Report.Number(Middle(rounds, round => of(round).P99 / round.Disk.P50)),
    ];

    private static double Rate(IReadOnlyList<IngestRound> rounds, bool external, JournalKind journal) =>
        Middle(rounds, round => round.Of(external, journal).PerSecond);

    private static double Middle(IReadOnlyList<IngestRound> rounds, Func<IngestRound, double> of) => Spread.Of(rounds.Select(of)).Median;

    private static string Median(IReadOnlyList<IngestRound> rounds, (string, bool External, JournalKind Journal) system, Func<IngestFigures, double> of) =>
        Report.Number(Middle(rounds, round => of(round.Of(system.External, system.Journal))));

    private static string Range(IReadOnlyList<IngestRound> rounds, (string, bool External, JournalKind Journal) system, Func<IngestFigures, double> of)
    {
        var spread = Spread.Of(rounds.Select(round => of(round.Of(system.External, system.Journal))));
        return $"{Report.Number(spread.Least)} – {Report.Number(spread.Most)}";
    }
}
