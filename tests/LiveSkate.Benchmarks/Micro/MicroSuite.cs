using System.Collections.Immutable;
using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using LiveSkate.Benchmarks.Harness;
using Perfolizer.Horology;

namespace LiveSkate.Benchmarks.Micro;

/// <summary>What the pieces cost by themselves, measured by BenchmarkDotNet.</summary>
public static class MicroSuite
{
    private static readonly (Type Bench, string Method, string What)[] Rest =
    [
        (typeof(FoldBench), nameof(FoldBench.Sort), "sort 20 rows in place, one of them changed"),
        (typeof(FoldBench), nameof(FoldBench.Fold), "fold one passing, heat of 20"),
        (typeof(FoldBench), nameof(FoldBench.FoldAndRank), "fold one passing and rank the heat of 20"),
        (typeof(FormatBench), nameof(FormatBench.FoldAndRank), "fold one passing and rank the heat, 25 laps"),
        (typeof(StandingsBench), nameof(StandingsBench.Standings), "standing of a running heat, from scratch"),
        (typeof(RoundBench), nameof(RoundBench.Advance), "advancement, 4 heats, 27 skaters"),
        (typeof(RoundBench), nameof(RoundBench.Final), "final ranking, 27 skaters"),
        (typeof(FrameBench), nameof(FrameBench.Frame), "frame of a heat, a passing later: project, compare, write"),
        (typeof(EveningBench), nameof(EveningBench.TakeIn), "take one passing in, 300 heats: fold, highlights, heats concerned"),
        (typeof(EveningBench), nameof(EveningBench.Now), "state of `now`, 300 heats, a passing later"),
        (typeof(EveningBench), nameof(EveningBench.NowAnew), "the same, nothing known from before"),
        (typeof(EveningBench), nameof(EveningBench.Meet), "state of the meet's programme, 300 heats, a passing later"),
        (typeof(ReplayBench), nameof(ReplayBench.Replay), "replay, per fact of 100,000"),
        (typeof(PayloadBench), nameof(PayloadBench.One), "read a passing"),
        (typeof(PayloadBench), nameof(PayloadBench.OneOfABatch), "read a passing, one of a batch of 50"),
    ];

    public static Task<Section> RunAsync(Plan plan, CancellationToken cancel)
    {
        var figures = new List<Figure>();
        // The pair that has a goal once a round, one after the other; the others once.
        for (var round = 0; round < plan.Rounds && !cancel.IsCancellationRequested; round++)
            figures.AddRange(Measure(typeof(FoldBench), plan));
        foreach (var bench in Rest.Select(row => row.Bench).Distinct().Where(bench => bench != typeof(FoldBench)))
        {
            cancel.ThrowIfCancellationRequested();
            figures.AddRange(Measure(bench, plan));
        }
        return Task.FromResult(Write(figures));
    }

    private static Section Write(List<Figure> figures)
    {
        var (sort, fold) = (Of(nameof(FoldBench.Sort)), Of(nameof(FoldBench.Fold)));
        return new Section(
            "Micro",
            "BenchmarkDotNet in this process, on made-up meets (Micro/MadeUpMeet.cs): medians of its iterations, and bytes allocated per operation. "
            + "The fold is one passing into a running heat of 20 skaters who have raced four times before, in a meet of 40; it is measured over a whole race of 200 readings, "
            + "in rounds with its baseline: one row changed and the same 20 rows sorted in place with a comparer.")
        {
            Goals =
            [
                new("fold of one passing, 20 skaters, against sorting the same 20 rows in place", Spread.Of(fold.Zip(sort, (a, b) => a.Ns / b.Ns)), 8, AtMost: true),
                new("allocated by the fold of one passing", Spread.Of(fold.Select(figure => figure.Bytes)), 1000, AtMost: true, "bytes"),
            ],
            Tables =
            [
                new("Each operation", ["operation", "ns", "bytes"], [.. Rest.SelectMany(row => figures.Where(figure => figure.Bench == row.Bench && figure.Method == row.Method)
                    .GroupBy(figure => figure.Size).Select(same => Row(row.What, same)))]),
            ],
            Remarks =
            [
                "Where the time of one passing goes as the loop takes it in (perf, before a finish stopped concerning every heat of the meet; a meet of 40 events, 8 heats of 16, 15 laps): half is the standing of its heat (40 % of that following the one skater anew, 37 % the ranking of all, "
                    + "the rest looking at whose readings are the same); a quarter is what is worth saying, half of that the advancement before and after a finish; the fold is about a tenth.",
                "A standing is made from scratch only after a word about its heat. With each passing it starts from the one before: whose readings and next start are the same keeps his way, and a row that says the same is the same row. "
                    + "So highlights look at the rows that differ, and a frame's records that are equal to those before keep their bytes.",
                "What is left of `now`: the programme is gone through for the heat that is on and the one that comes next, the whole round is put in order for its table, and a table of 200 is copied though ten rows changed. "
                    + "Of a frame: most of its bytes are the complete state, written anew for who comes late.",
            ],
        };

        List<Figure> Of(string method) => [.. figures.Where(figure => figure.Method == method)];
    }

    private static ImmutableArray<string> Row(string what, IGrouping<string, Figure> same) =>
    [
        same.Key.Length == 0 ? what : $"{what}, {same.Key}",
        Spread.Of(same.Select(figure => figure.Ns)).Median.ToString("#,0", CultureInfo.InvariantCulture),
        Spread.Of(same.Select(figure => figure.Bytes)).Median.ToString("#,0", CultureInfo.InvariantCulture),
    ];

    private static IEnumerable<Figure> Measure(Type bench, Plan plan)
    {
        var log = new AccumulationLogger();
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
            .WithIterationTime(TimeInterval.FromMilliseconds(plan.Choose(150, 100)))
            .WithWarmupCount(plan.Choose(12, 10)).WithIterationCount(plan.Choose(11, 5));
        var config = ManualConfig.CreateEmpty().AddJob(job).AddLogger(log).AddColumnProvider(DefaultColumnProviders.Instance)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "liveskate-micro"))
            .WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator);
        var summary = BenchmarkRunner.Run(bench, config);
        if (summary.HasCriticalValidationErrors || summary.Reports.IsEmpty || summary.Reports.Any(report => report.ResultStatistics is null))
            throw new InvalidOperationException($"{bench.Name} was not measured:\n{log.GetLog()}");
        return [.. summary.Reports.Select(report => Read(bench, report))];
    }

    private static Figure Read(Type bench, BenchmarkReport report)
    {
        var figure = new Figure(
            bench, report.BenchmarkCase.Descriptor.WorkloadMethod.Name,
            report.BenchmarkCase.Parameters.Items is [var size, ..] ? (size.Value is int skaters ? $"{skaters} skaters" : $"{size.Value}") : "",
            report.ResultStatistics!.Median, report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? double.NaN);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"   {bench.Name}.{figure.Method} {figure.Size}: {figure.Ns:0} ns, {figure.Bytes:0} bytes"));
        return figure;
    }

    private sealed record Figure(Type Bench, string Method, string Size, double Ns, double Bytes);
}
