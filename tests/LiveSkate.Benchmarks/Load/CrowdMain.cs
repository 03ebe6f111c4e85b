using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LiveSkate.Benchmarks.Load;

/// <summary>The generator's process: orders on standard input, one answer each on standard output. Ends with its input.</summary>
internal static class CrowdMain
{
    private static readonly ConcurrentQueue<string?> Lines = new();
    private static CrowdLoop? loop;
    private static long begunNs;
    private static TimeSpan begunCpu;

    public static Task RunAsync(string[] args)
    {
        new Thread(ReadLines) { IsBackground = true }.Start();
        while (true)
        {
            if (!Lines.TryDequeue(out var line))
                Rest(10);
            else if (line is null)
                return Task.CompletedTask;
            else
                Console.WriteLine(JsonSerializer.Serialize(Answer(JsonSerializer.Deserialize<Order>(line)!)));
        }
    }

    private static void ReadLines()
    {
        while (Console.In.ReadLine() is { } line)
            Lines.Enqueue(line);
        Lines.Enqueue(null);
    }

    private static void Rest(int ms)
    {
        if (loop is null)
            Thread.Sleep(ms);
        else
            loop.Turn(ms);
    }

    private static Seen Answer(Order order)
    {
        try
        {
            return order.Verb switch
            {
                Verb.Connect => Connect(order),
                Verb.Storm => Storm(order),
                Verb.Begin => Begin(),
                Verb.End => End(order.File),
                Verb.Stall => Stall(),
                Verb.Wake => Wake(order.Patience),
                Verb.Leave => Leave(),
                _ => throw new UnreachableException(),
            };
        }
#pragma warning disable CA1031 // It is told to whoever asked; he decides.
        catch (Exception broken)
        {
            return new Seen(0, 0) { Error = broken.Message };
        }
#pragma warning restore CA1031
    }

    private static Seen Connect(Order order)
    {
        Leave();
        Libc.AllowFiles((ulong)order.Audience.Viewers + 1000);
        loop = new CrowdLoop(order.Audience);
        return Gather(loop.Seats, order.Patience);
    }

    private static Seen Storm(Order order)
    {
        foreach (var seat in loop!.Seats)
            loop.Drop(seat);
        loop.AtOnce = int.MaxValue;
        return Gather(loop.Seats, order.Patience);
    }

    /// <summary>Until every seat has had its first message; each is timed from the beginning of all.</summary>
    private static Seen Gather(Seat[] seats, TimeSpan patience)
    {
        var begun = Mark.NowNs;
        var cut = loop!.Cut;
        foreach (var seat in seats)
            loop.Enqueue(seat);
        var left = Until(() => seats.Count(seat => seat.Stage != Stage.Watching), patience);
        var took = new Histogram();
        foreach (var seat in seats.Where(seat => seat.Stage == Stage.Watching))
            took.Add(seat.LastNs - begun);
        return Timed(new Seen(seats.Length - left, Seconds(begun)) { Cut = loop.Cut - cut, LeftBehind = left }, took);
    }

    private static Seen Begin()
    {
        foreach (var seat in loop!.Seats)
            (seat.Messages, seat.WorstGapNs) = (0, 0);
        loop.Latency.Clear();
        loop.Arrivals.Clear();
        (begunNs, begunCpu) = (Mark.NowNs, Environment.CpuUsage.TotalTime);
        loop.BeginCount();
        return new Seen(loop.Seats.Length, 0);
    }

    private static Seen End(string? file)
    {
        var (now, seconds) = (Mark.NowNs, Seconds(begunNs));
        var readers = loop!.Seats.Where(seat => seat.Reads && seat.Stage == Stage.Watching).ToArray();
        if (file is not null)
            File.WriteAllBytes(file, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(loop.Arrivals)).ToArray());
        return Timed(
            new Seen(readers.Length, seconds)
            {
                Cut = loop.Cut,
                LeftBehind = loop.Seats.Count(seat => seat.Stage != Stage.Watching),
                Messages = loop.Seats.Sum(seat => seat.Messages),
                Bytes = loop.Bytes,
                LeastRate = readers.Select(seat => seat.Messages / seconds).DefaultIfEmpty(0).Min(),
                MeanRate = readers.Select(seat => seat.Messages / seconds).DefaultIfEmpty(0).Average(),
                WorstGapMs = readers.Select(seat => Math.Max(seat.WorstGapNs, now - seat.LastNs) / 1e6).DefaultIfEmpty(0).Max(),
                OwnCpuSeconds = (Environment.CpuUsage.TotalTime - begunCpu).TotalSeconds,
            },
            loop.Latency);
    }

    private static Seen Stall()
    {
        loop!.Stalling = true;
        foreach (var seat in loop.Seats.Where(seat => seat is { Stalls: true, Stage: Stage.Watching }))
            loop.Read(seat, false);
        return new Seen(loop.Seats.Count(seat => !seat.Reads), 0);
    }

    private static Seen Wake(TimeSpan patience)
    {
        loop!.Stalling = false;
        var begun = Mark.NowNs;
        var sleepers = loop.Seats.Where(seat => !seat.Reads).ToArray();
        foreach (var seat in sleepers)
        {
            (seat.WokenNs, seat.OldBytes, seat.OldMessages, seat.CurrentAfterNs) = (begun, 0, 0, 0);
            loop.Read(seat, true);
        }

        var left = Until(() => sleepers.Count(seat => seat.WokenNs != 0), patience);
        return new Seen(sleepers.Length, Seconds(begun))
        {
            LeftBehind = left,
            OldBytes = sleepers.Select(seat => seat.OldBytes).DefaultIfEmpty(0).Max(),
            OldMessages = sleepers.Select(seat => seat.OldMessages).DefaultIfEmpty(0).Max(),
            CurrentAfterMs = sleepers.Select(seat => seat.CurrentAfterNs / 1e6).DefaultIfEmpty(0).Max(),
        };
    }

    private static Seen Leave()
    {
        foreach (var seat in loop?.Seats ?? [])
            loop!.Drop(seat);
        loop?.Dispose();
        loop = null;
        return new Seen(0, 0);
    }

    private static int Until(Func<int> left, TimeSpan patience)
    {
        var deadline = Mark.NowNs + (long)patience.TotalNanoseconds;
        var lookAt = 0L;
        while (true)
        {
            loop!.Turn(5);
            var now = Mark.NowNs;
            if (now < lookAt)
                continue;
            if (left() is var some && (some == 0 || now > deadline))
                return some;
            lookAt = now + 2_000_000;
        }
    }

    private static Seen Timed(Seen seen, Histogram times) => seen with
    {
        P50Ms = times.Percentile(0.5).TotalMilliseconds,
        P99Ms = times.Percentile(0.99).TotalMilliseconds,
        P999Ms = times.Percentile(0.999).TotalMilliseconds,
        MostMs = times.Most / 1e6,
    };

    private static double Seconds(long begun) => (Mark.NowNs - begun) / 1e9;
}
