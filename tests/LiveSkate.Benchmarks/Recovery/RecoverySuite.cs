using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using LiveSkate.Benchmarks.Harness;
using LiveSkate.Benchmarks.Ingest;
using LiveSkate.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveSkate.Benchmarks.Recovery;

/// <summary>From a stopped server to one that is ready, by the length of the journal.</summary>
internal sealed class RecoverySuite(Plan plan, string folder)
{
    private const int MostForProcess = 100_000;

    private readonly ImmutableArray<int> _sizes = plan.Choose<ImmutableArray<int>>([1_000, 10_000, 100_000, 1_000_000], [1_000, 10_000, 100_000]);
    private readonly Dictionary<(int Size, string What), List<double>> _seconds = [];

    public static async Task<Section> MeasureAsync(Plan plan, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("liveskate-recovery-");
        try
        {
            return await new RecoverySuite(plan, folder.FullName).MeasureAsync(cancel);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<Section> MeasureAsync(CancellationToken cancel)
    {
        foreach (var size in _sizes)
            await Task.Run(() => Season.Write(PathOf(size), size), cancel);
        // Compiled once, as in a server that has run for a moment; the processes below are cold, as a start is.
        await InProcessAsync(10_000);
        _seconds.Clear();
        for (var round = 0; round < plan.Rounds; round++)
            foreach (var size in _sizes)
            {
                cancel.ThrowIfCancellationRequested();
                await InProcessAsync(size);
                if (size <= MostForProcess)
                    await ProcessAsync(size);
            }
        return Write();
    }

    private string PathOf(int size) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{size}.db"));

    private async Task InProcessAsync(int size)
    {
        Note(size, "plain", () => PlainReading.Run(PathOf(size)));
        using var journal = Season.New(PathOf(size));
        await using var loop = new MeetLoop(journal, TimeProvider.System, NullLogger<MeetLoop>.Instance);
        Note(size, "replay", loop.Start);
        if (loop.Venue.At != size)
            throw new InvalidOperationException($"{loop.Venue.At} of {size} facts were replayed.");
        GC.Collect();
        if (!_seconds.TryGetValue((size, "kB"), out var heap))
            _seconds[(size, "kB")] = heap = [];
        heap.Add(GC.GetTotalMemory(forceFullCollection: true) / 1e3);
    }

    private async Task ProcessAsync(int size)
    {
        await using var venue = await VenueProcess.StartAsync(broker: null, PathOf(size));
        Add(size, "process", venue.ReadyAfter.TotalSeconds);
    }

    private void Note(int size, string what, Action work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var (began, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        work();
        Add(size, what, Stopwatch.GetElapsedTime(began).TotalSeconds);
        Add(size, what + " cpu", (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    private void Add(int size, string what, double seconds)
    {
        if (!_seconds.TryGetValue((size, what), out var rounds))
            _seconds[(size, what)] = rounds = [];
        rounds.Add(seconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size} {what}: {seconds:0.000} s"));
    }

    private Section Write() => new(
        "Recovery: from a stopped server to one that is ready",
        "Journals of a season: meets of some 95,000 facts (office, guns, readings, health), one week after another, the same decoder in all. "
            + "`process` is the time from the start of the built server to the first 200 of `/health/ready`. `replay` is the same replay in this process, "
            + "compiled already. `plain` reads the same rows, parses their JSON and computes their hashes with the same parts, and keeps nothing.")
    {
        Goals =
        [
            .. _sizes.Where(size => size >= 10_000).Select(size => new Goal(
                $"replay of {Count(size)} facts against reading, parsing and hashing them", Ratio(size, "replay", "plain"), 1.5, AtMost: true)),
            new($"replay of {Count(_sizes[^1])} facts against ten times that of {Count(_sizes[^2])}", Growth("replay"), 1.2, AtMost: true),
        ],
        Tables =
        [
            new("Seconds, medians", ["facts", "process to ready", "replay", "plain", "replay / plain", "replay, µs a fact", "replay, processor time", "plain, processor time", "memory kept, MB"], [.. _sizes.Select(Row)]),
            new("Ten times the facts take so many times as long", ["", "replay", "plain"], [.. _sizes.Skip(1).Select((size, i) => Decade(_sizes[i], size))]),
        ],
        Charts =
        [
            new("recovery", "A start, by the length of the journal", "µs a fact", [.. _sizes.Select(Count)],
                [new("replay", [.. _sizes.Select(size => Each(size, "replay"))]), new("plain", [.. _sizes.Select(size => Each(size, "plain"))])]),
        ],
        Remarks = [.. Remarks()],
    };

    private static IEnumerable<string> Remarks()
    {
        yield return "Rows are read, hashed and parsed on one thread and folded on another, so a replay takes as long as the slower of the two. Where the processor time of 100,000 facts goes (perf): "
            + "45 % reading, as in `plain`; 51 % folding: a passing copies its meet and two paths through its dictionaries, and the collector clears up after that; 4 % telling the newest 1,000 facts again.";
        yield return "At 10,000 facts what is told again of the newest 1,000 is a quarter (perf); probably much of that is code that has not been compiled for good yet.";
        yield return "It does not grow linearly: every meet that knows the decoder hears it, and keeps a reading of a chip that nobody wears there as a stray, where the operator can see it (kept without a copy since today: 1,000,000 took 26 s before, in one run). "
            + "A journal of 1,000,000 facts is ten meets of one decoder, so a reading of the last is kept ten times. To end that, a meet would have to be closed, and there is no word for that yet.";
        yield return "Tried: who started when is looked up once for all passings between two words of the office (a passing's fold in a meet of 40 events fell from 2.2 to 1.0 µs); "
            + "a word about one heat no longer looks at all heats; to fold the newest 1,000 a second time instead of keeping what stood in between made no difference that could be seen.";
    }

    private ImmutableArray<string> Row(int size) =>
    [
        Count(size), size <= MostForProcess ? Report.Number(Median(size, "process")) : "–", Report.Number(Median(size, "replay")),
        Report.Number(Median(size, "plain")), Report.Number(Ratio(size, "replay", "plain").Median), Report.Number(Each(size, "replay")),
        Report.Number(Median(size, "replay cpu")), Report.Number(Median(size, "plain cpu")),
        // The shortest comes after the longest, much of which is still there.
        size == _sizes[0] ? "–" : Report.Number(Median(size, "kB") / 1e3),
    ];

    private ImmutableArray<string> Decade(int less, int more) =>
    [
        $"{Count(less)} → {Count(more)}", Report.Number(Median(more, "replay") / Median(less, "replay")), Report.Number(Median(more, "plain") / Median(less, "plain")),
    ];

    private Spread Growth(string what) => Spread.Of(_seconds[(_sizes[^1], what)].Zip(_seconds[(_sizes[^2], what)], (more, less) => more / less / 10));

    private Spread Ratio(int size, string one, string other) =>
        Spread.Of(_seconds[(size, one)].Zip(_seconds[(size, other)], (a, b) => a / b));

    private double Each(int size, string what) => Median(size, what) / size * 1e6;

    private double Median(int size, string what) => Spread.Of(_seconds[(size, what)]).Median;

    private static string Count(int size) => size.ToString("#,0", CultureInfo.InvariantCulture);
}
