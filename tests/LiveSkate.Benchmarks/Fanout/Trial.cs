using LiveSkate.Benchmarks.Harness;
using LiveSkate.Benchmarks.Load;

namespace LiveSkate.Benchmarks.Fanout;

/// <summary>One system before one audience, in fresh processes.</summary>
/// <param name="Rate">Changes a second.</param>
/// <param name="StallsOneIn">Every how many-th viewer reads nothing; 0 for none.</param>
internal sealed record Trial(Kind Kind, Shown Shown, int Viewers, double Rate, int StallsOneIn = 0)
{
    /// <summary>Changes a second in a second window; 0 for none.</summary>
    public double FastRate { get; init; }

    /// <summary>At the end all connections break.</summary>
    public bool Storms { get; init; }

    public async Task<Outcome> RunAsync(Plan plan, Crowd crowd, CancellationToken cancel)
    {
        await using var served = await Served.StartAsync(Kind, Shown, cancel);
        await served.WarmUpAsync(crowd, cancel);
        await crowd.ConnectAsync(served.Audience(Viewers) with { StallsOneIn = StallsOneIn }, cancel);
        if (StallsOneIn > 0)
            await crowd.StallAsync(cancel);
        await served.RateAsync(Rate, cancel);
        await Task.Delay(TimeSpan.FromSeconds(1), cancel);
        var outcome = new Outcome(this, await Measurement.TakeAsync(served, crowd, plan.Choose(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(2)), cancel));
        if (StallsOneIn > 0)
            outcome = outcome with { Woken = await crowd.WakeAsync(cancel) };
        if (FastRate > 0)
            outcome = await FastAsync(outcome, served, crowd, cancel);
        if (Storms)
            outcome = outcome with { Storm = await crowd.StormAsync(TimeSpan.FromSeconds(60), cancel) };
        await crowd.LeaveAsync(cancel);
        Console.WriteLine($"   {outcome}");
        return outcome;
    }

    private async Task<Outcome> FastAsync(Outcome outcome, Served served, Crowd crowd, CancellationToken cancel)
    {
        var half = TimeSpan.FromSeconds(1.5);
        await served.RateAsync(FastRate, cancel);
        await Task.Delay(TimeSpan.FromSeconds(1), cancel);
        return outcome with { Fast = await Measurement.TakeAsync(served, crowd, half, cancel), FastLater = await Measurement.TakeAsync(served, crowd, half, cancel) };
    }
}

/// <summary>What came of it.</summary>
/// <param name="Calm">At the trial's rate.</param>
internal sealed record Outcome(Trial Trial, Measurement Calm)
{
    /// <summary>At the fast rate, and once more after it: a queue that grows would show.</summary>
    public Measurement? Fast { get; init; }
    public Measurement? FastLater { get; init; }

    /// <summary>Of those who had stalled.</summary>
    public Seen? Woken { get; init; }

    public Seen? Storm { get; init; }

    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{Trial.Kind,-9} {Trial.Viewers,6} × {Trial.Rate}/s{(Trial.StallsOneIn > 0 ? " stalls" : ""),-7} {Calm.Seen.MeanRate:0.0}/s {Calm.CpuUs:0.0} µs p99 {Calm.Seen.P99Ms:0.0} ms {Calm.KilobytesPerViewer:0.0} kB")
        + (Fast is null ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $", fast {Fast.Seen.MeanRate:0}/s {Fast.CpuUs:0.00} µs p50 {Fast.Seen.P50Ms:0.0} {FastLater!.Seen.P50Ms:0.0} ms"))
        + (Woken is null ? "" : $", woken {Woken.OldBytes} B {Woken.CurrentAfterMs:0} ms")
        + (Storm is null ? "" : $", storm {Storm.Seconds:0.00} s, {Storm.LeftBehind} left, {Storm.Cut} cut");
}
