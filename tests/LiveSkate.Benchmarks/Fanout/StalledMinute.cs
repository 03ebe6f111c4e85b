using LiveSkate.Benchmarks.Harness;
using LiveSkate.Benchmarks.Load;

namespace LiveSkate.Benchmarks.Fanout;

/// <summary>
/// What stalled viewers leave in the server's memory. Two servers side by side, one with stalled viewers and one without: bytes do not mind
/// sharing a processor.
/// </summary>
internal sealed record StalledMinute(double SpareMegabytes, double StalledMegabytes, Seen Others)
{
    private const int Viewers = 200;

    public double More => StalledMegabytes - SpareMegabytes;

    public static async Task<StalledMinute> RunAsync(Plan plan, CancellationToken cancel)
    {
        var window = plan.Choose(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(12));
        var (spare, stalled) = (GrowthAsync(0, window, cancel), GrowthAsync(20, window, cancel));
        await Task.WhenAll(spare, stalled);
        var (others, growth) = await stalled;
        return new StalledMinute((await spare).Megabytes, growth, others);
    }

    private static async Task<(Seen Seen, double Megabytes)> GrowthAsync(int stallsOneIn, TimeSpan window, CancellationToken cancel)
    {
        await using var crowd = Crowd.Start();
        await using var served = await Served.StartAsync(Kind.LiveSkate, Shown.Passing, cancel);
        await served.WarmUpAsync(crowd, cancel);
        await crowd.ConnectAsync(served.Audience(Viewers) with { StallsOneIn = stallsOneIn }, cancel);
        await served.RateAsync(20, cancel);
        await Task.Delay(TimeSpan.FromSeconds(1), cancel);
        var before = await served.HeapAsync(cancel);
        if (stallsOneIn > 0)
            await crowd.StallAsync(cancel);
        var seen = await crowd.WatchAsync(window, cancel);
        return (seen, (await served.HeapAsync(cancel) - before) / 1e6);
    }
}
