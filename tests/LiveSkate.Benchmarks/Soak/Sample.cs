using LiveSkate.Benchmarks.Harness;

namespace LiveSkate.Benchmarks.Soak;

/// <summary>How the server stands at one moment.</summary>
/// <param name="At">Position in the journal.</param>
/// <param name="LiveHeap">Managed bytes after a full collection; NaN where none was asked for.</param>
internal sealed record Sample(TimeSpan Time, double At, double LiveHeap, ProcessUsage Usage);

/// <summary>A day in samples, in the order in which they were taken.</summary>
internal sealed class Samples(SoakServer server, TimeSpan collectEvery)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly List<Sample> _all = [];

    public IReadOnlyList<Sample> All => _all;

    public async Task TakeUntilAsync(Task end, CancellationToken cancel)
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        var collected = TimeSpan.MinValue;
        using var every = new PeriodicTimer(Every);
        while (!end.IsCompleted && await every.WaitForNextTickAsync(cancel))
        {
            // First, for to ask for a collection opens a handle.
            var usage = server.Usage!;
            var now = System.Diagnostics.Stopwatch.GetElapsedTime(began);
            var collects = now - collectEvery >= collected || collected == TimeSpan.MinValue;
            if (collects)
                collected = now;
            _all.Add(new Sample(
                now, await server.MetricAsync("liveskate_journal_at", cancel), collects ? await server.LiveHeapAsync(cancel) : double.NaN, usage));
        }
    }

    /// <summary>By how much the median of the last third lies above the median of the second: what still grows, when all has long been seen.</summary>
    public double Growth(Func<Sample, double> value)
    {
        var values = _all.Select(value).Where(double.IsFinite).ToList();
        var third = values.Count / 3;
        return Spread.Of(values[(2 * third)..]).Median - Spread.Of(values[third..(2 * third)]).Median;
    }
}
