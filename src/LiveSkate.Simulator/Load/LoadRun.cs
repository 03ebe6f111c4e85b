using System.Globalization;
using System.Net.WebSockets;
using LiveSkate.Simulator.Play;
using Microsoft.Extensions.Logging;

namespace LiveSkate.Simulator.Load;

/// <summary>Viewers first, then passings, then what came of it.</summary>
public static class LoadRun
{
    private const int ConnectAtOnce = 50;
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10), Tail = TimeSpan.FromMilliseconds(500);

    public static async Task<int> RunAsync(LoadRequest request, TextWriter output, ILogger log, CancellationToken ct)
    {
        var tally = new LoadTally(TimeProvider.System);
        var stalled = (int)Math.Round(request.Viewers * request.Stalled);
        var viewers = Enumerable.Range(0, request.Viewers)
            .Select(index => new LoadViewer(request.Options.Server, request.Scope, index < stalled, tally)).ToArray();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            await Parallel.ForEachAsync(
                viewers, new ParallelOptions { MaxDegreeOfParallelism = ConnectAtOnce, CancellationToken = ct },
                async (viewer, cancel) => await viewer.ConnectAsync(cancel));
            var watching = viewers.Select(viewer => viewer.WatchAsync(end.Token)).Append(PingAsync(viewers, end.Token)).ToArray();
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{viewers.Length} viewers of {request.Scope}, {stalled} of them do not read."));
            var passings = await MeasureAsync(request, tally, log, ct);
            await end.CancelAsync();
            await Task.WhenAll(watching);
            return await PrintAsync(viewers, tally, passings, output);
        }
        catch (Exception problem) when (problem is ReplayException or WebSocketException or HttpRequestException)
        {
            await output.WriteLineAsync($"Not finished: {problem.Message}");
            return ReplayRun.Unfinished;
        }
        finally
        {
            await end.CancelAsync();
            foreach (var viewer in viewers)
                viewer.Dispose();
        }
    }

    private static async Task<int> MeasureAsync(LoadRequest request, LoadTally tally, ILogger log, CancellationToken ct)
    {
        if (request.PassingsPerSecond == 0)
        {
            tally.Begin();
            await Task.Delay(TimeSpan.FromSeconds(request.Seconds), ct);
            tally.End();
            return 0;
        }

        await using var race = new LoadRace(request, TimeProvider.System, log);
        await race.StartAsync(ct);
        tally.Begin();
        var passings = await race.RunAsync(ct);
        // The last frame is held back for as long as a viewer's pace asks for.
        await Task.Delay(Tail, ct);
        tally.End();
        return passings;
    }

    private static async Task PingAsync(LoadViewer[] viewers, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(PingEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                foreach (var viewer in viewers)
                    await viewer.KeepAliveAsync(ct);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static async Task<int> PrintAsync(LoadViewer[] viewers, LoadTally tally, int passings, TextWriter output)
    {
        var reading = viewers.Where(viewer => !viewer.Stalls).ToArray();
        foreach (var viewer in reading)
            viewer.Close();
        var seconds = tally.Length.TotalSeconds;
        var counts = reading.Select(viewer => viewer.Frames).DefaultIfEmpty().ToArray();
        var cutOff = reading.Where(viewer => viewer.CutOff is not null).ToArray();
        var breaks = reading.Sum(viewer => viewer.Breaks);
        foreach (var why in cutOff.GroupBy(viewer => viewer.CutOff))
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{why.Count()} viewers were cut off: {why.Key}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""
            {passings} passings in {seconds:0.0} s ({passings / seconds:0.0} a second)
            {tally.Frames} deliveries, {tally.Frames / seconds:0} a second, {tally.Bytes / seconds / 1e6:0.00} MB a second
            frames a second of one viewer: least {counts.Min() / seconds:0.0}, mean {counts.Average() / seconds:0.0}, most {counts.Max() / seconds:0.0}
            from the server's stamp to the viewer: p50 {tally.DelayMs(0.5):0.0} ms, p99 {tally.DelayMs(0.99):0.0} ms, worst {tally.DelayMs(1):0.0} ms
            longest time without a frame for a viewer that reads: {reading.Select(viewer => viewer.WorstGap.TotalMilliseconds).DefaultIfEmpty().Max():0} ms
            frames that did not follow the one before: {breaks}
            """));
        return cutOff.Length + breaks == 0 ? ReplayRun.AsPrinted : ReplayRun.Differs;
    }
}
