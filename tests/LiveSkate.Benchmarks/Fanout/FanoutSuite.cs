using LiveSkate.Benchmarks.Harness;
using LiveSkate.Benchmarks.Load;

namespace LiveSkate.Benchmarks.Fanout;

internal static class FanoutSuite
{
    public static async Task<Section> RunAsync(Plan plan, CancellationToken cancel)
    {
        await using var crowd = Crowd.Start();
        for (var round = 0; round < int.Parse(Environment.GetEnvironmentVariable("ROUNDS") ?? "1"); round++)
        foreach (var (kind, stalls) in (Environment.GetEnvironmentVariable("KINDS") ?? "LiveSkate:0,LiveSkate:20,Raw:0,Group:0,Mosquitto:0,Ws:0,SocketIo:0").Split(',').Select(x => (Enum.Parse<Kind>(x.Split(':')[0]), int.Parse(x.Split(':')[1]))))
        {
            await using var served = await Served.StartAsync(kind, Shown.Passing, cancel);
            await served.WarmUpAsync(crowd, cancel);
            var there = await crowd.ConnectAsync(served.Audience(1000) with { StallsOneIn = stalls }, cancel);
            if (stalls > 0) await crowd.StallAsync(cancel);
            await served.RateAsync(20, cancel);
            var m = await Measurement.TakeAsync(served, crowd, TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("WARM") ?? "2")), TimeSpan.FromSeconds(4), cancel);
            Console.WriteLine($"{kind,-10} {stalls,3} {there.Seconds * 1000:0} ms; {m.Seen.MeanRate:0.0}/s {m.Seen.LeastRate:0.0} {m.CpuUs:0.00} µs ({m.UserUs:0.00}) gen {m.GeneratorUs:0.00} {m.BytesPerMessage:0} B p50 {m.Seen.P50Ms:0.0} p99 {m.Seen.P99Ms:0.0} p999 {m.Seen.P999Ms:0.0} gap {m.Seen.WorstGapMs:0} {m.KilobytesPerViewer:0.0} kB {m.Seen.Cut} cut");
            if (stalls > 0) Console.WriteLine(await crowd.WakeAsync(cancel));
            await crowd.LeaveAsync(cancel);
        }

        return new Section("Fan-out", "x");
    }
}
