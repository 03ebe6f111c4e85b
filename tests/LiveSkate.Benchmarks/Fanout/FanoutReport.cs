using System.Collections.Immutable;
using System.Globalization;
using LiveSkate.Benchmarks.Harness;
using LiveSkate.Server.Live;

namespace LiveSkate.Benchmarks.Fanout;

/// <summary>From the outcomes to what is read.</summary>
/// <param name="rounds">Ratios are taken within each.</param>
internal sealed class FanoutReport(Plan plan, IReadOnlyList<Outcome[]> rounds, IReadOnlyList<Outcome> once, StalledMinute minute)
{
    private static readonly Kind[] Kinds = Enum.GetValues<Kind>();

    public Section Write() => new(
        "Fan-out",
        "Every system is a process of its own with the same driver and the same frames, warmed up by fifty viewers that come and go; viewers are real WebSockets of one load generator whose "
        + "processor time is kept apart. Latency is from the making of a frame to the return of the read, so it holds what the generator makes the server wait on the same two cores. "
        + "LiveSkate's pace is 0 instead of 50 ms, so that what is seen is the fan-out and not the wait. Private memory counts from after the warm-up.")
    {
        Goals = [.. Goals()],
        Tables = [Calm(), Sizes(), Limits()],
        Charts = [
            Bars("fanout-cpu", "Server processor time per delivery, 1,000 viewers, 20/s", "µs", measured => measured.CpuUs),
            new Chart(
                "fanout-latency", "From frame to viewer, 1,000 viewers, 20/s", "ms", ["p50", "p99", "p99.9"],
                [.. Kinds.Select(kind => new Series(Name(kind), [Median(kind, m => m.Seen.P50Ms), Median(kind, m => m.Seen.P99Ms), Median(kind, m => m.Seen.P999Ms)]))]),
            new Chart(
                "fanout-viewers", "Server processor time per delivery by viewers", "µs", [.. ViewerCounts.Select(count => $"{count}")],
                [.. Kinds.Select(kind => new Series(Name(kind), [.. ViewerCounts.Select(count => SizeOf(kind, count) is { } m ? m.CpuUs : double.NaN)]))], Lines: true),
        ],
        Remarks = [.. Remarks()],
    };

    private IEnumerable<Goal> Goals()
    {
        var crowded = Crowded.Trial.Viewers;
        yield return Ratio("CPU per delivery, 1,000 viewers, one in twenty stalled, against the raw writer", Stalled, Of(Kind.Raw), m => m.CpuUs, 1.3);
        yield return Ratio("the same against Mosquitto's WebSocket subscribers", Stalled, Of(Kind.Mosquitto), m => m.CpuUs, 1.3);
        yield return Ratio($"CPU per delivery, {crowded:#,0} viewers, against Mosquitto", Of(Kind.LiveSkate, crowded), Of(Kind.Mosquitto, crowded), m => m.CpuUs, 0.8);
        yield return Ratio("p99 against the raw writer", Of(Kind.LiveSkate), Of(Kind.Raw), m => m.Seen.P99Ms, 1.35);
        yield return Ratio("p99.9 against the raw writer", Of(Kind.LiveSkate), Of(Kind.Raw), m => m.Seen.P999Ms, 1.5);
        yield return Ratio("one in twenty stalled: rate of the others against without", Stalled, Of(Kind.LiveSkate), m => m.Seen.LeastRate, 0.99, atMost: false);
        yield return Ratio("one in twenty stalled: worst gap of the others against without", Stalled, Of(Kind.LiveSkate), m => m.Seen.WorstGapMs, 1.25);
        yield return new Goal($"heap after {plan.Choose(60, 12)} s with stalled viewers, more than without", Spread.Of([minute.More]), 1, AtMost: true, "MB");
        yield return new Goal("old bytes to a stalled viewer that wakes, the worst of fifty", Each(Stalled, o => o.Woken!.OldBytes / 1024.0), 32, AtMost: true, "kB");
        yield return new Goal("until it is current, in pushes", Each(Stalled, o => o.Woken!.CurrentAfterMs * FanoutSuite.CalmRate / 1000), 1.5, AtMost: true, "");
        yield return new Goal("CPU per delivered message at 400/s offered against 20/s", Each(Fast, o => o.Fast!.CpuUs / o.Calm.CpuUs), 0.35, AtMost: true);
        yield return new Goal("no growing queue at 400/s: p50 a second and a half later", Each(Fast, o => o.FastLater!.Seen.P50Ms / o.Fast!.Seen.P50Ms), 1.5, AtMost: true);
        yield return new Goal("memory per active viewer at 1,000", Each(Of(Kind.LiveSkate), o => o.Calm.KilobytesPerViewer), 40, AtMost: true, "kB");
        yield return new Goal($"memory per active viewer at {crowded:#,0}", Each(Of(Kind.LiveSkate, crowded), o => o.Calm.KilobytesPerViewer), 30, AtMost: true, "kB");
        yield return new Goal("bytes on the wire against the JSON payload, a passing", Each(Of(Kind.LiveSkate), o => Wire(o)), 1.15, AtMost: true);
        yield return new Goal("the same, the smallest frame there is", Each(Fast, Wire), 1.15, AtMost: true);
        if (once.FirstOrDefault(o => o.Trial is { Kind: Kind.LiveSkate, Viewers: 10_000 }) is { } most)
            yield return new Goal("of 10,000 viewers, held and served", Spread.Of([most.Calm.Seen.Viewers - most.Calm.Seen.Cut]), 10_000, AtMost: false, "");
        yield return new Goal(
            $"reconnect storm of {crowded:#,0}, until everybody is served, against the raw writer",
            Spread.Of(rounds.Select(round => Of(Kind.LiveSkate, crowded)(round).Storm!.Seconds / Of(Kind.Raw, crowded)(round).Storm!.Seconds)), 2.5, AtMost: true);
        yield return new Goal("left behind by it", Each(Of(Kind.LiveSkate, crowded), o => o.Storm!.LeftBehind), 0, AtMost: true, "");
    }

    private Table Calm() => new(
        "1,000 viewers, 20/s, a passing in a heat of eight; medians of the rounds",
        ["server", "µs per delivery", "of it user", "× raw", "p50 ms", "p99", "p99.9", "worst gap ms", "kB per viewer", "bytes per message", "generator µs"],
        [.. Kinds.Select(kind => CalmRow(Name(kind), Of(kind))), CalmRow("LiveSkate, 1 in 20 stalled", Stalled)]);

    private ImmutableArray<string> CalmRow(string name, Func<Outcome[], Outcome> of)
    {
        string Median(Func<Measurement, double> value) => Report.Number(Each(of, o => value(o.Calm)).Median);
        return [
            name, Median(m => m.CpuUs), Median(m => m.UserUs), Report.Number(Ratios(of, Of(Kind.Raw), m => m.CpuUs).Median), Median(m => m.Seen.P50Ms), Median(m => m.Seen.P99Ms),
            Median(m => m.Seen.P999Ms), Median(m => m.Seen.WorstGapMs), Median(m => m.KilobytesPerViewer), Median(m => m.BytesPerMessage), Median(m => m.GeneratorUs)];
    }

    private Table Sizes() => new(
        "By viewers: µs per delivery / p99 ms / kB per viewer (100 and 1,000 at 20/s, 5,000 at 5/s, 10,000 at 2/s; 100 and 10,000 once)",
        ["server", .. ViewerCounts.Select(count => count.ToString("#,0", CultureInfo.InvariantCulture))],
        [.. Kinds.Select(kind => (ImmutableArray<string>)[Name(kind), .. ViewerCounts.Select(count => SizeOf(kind, count) is { } m
            ? $"{Report.Number(m.CpuUs)} / {Report.Number(m.Seen.P99Ms)} / {Report.Number(m.KilobytesPerViewer)}" : "–")])]);

    private Table Limits() => new(
        "Where it breaks a sweat: LiveSkate, 1,000 viewers, 400/s offered; and the reconnect storm",
        ["", "median", "least", "most"],
        [
            Row("delivered to each viewer, 1/s", Each(Fast, o => o.Fast!.Seen.MeanRate)),
            Row("µs per delivery", Each(Fast, o => o.Fast!.CpuUs)),
            Row("cores", Each(Fast, o => o.Fast!.Cores)),
            Row("p50 ms", Each(Fast, o => o.Fast!.Seen.P50Ms)),
            Row("p99 ms", Each(Fast, o => o.Fast!.Seen.P99Ms)),
            Row($"storm of {Crowded.Trial.Viewers:#,0}: LiveSkate, s", Each(Of(Kind.LiveSkate, Crowded.Trial.Viewers), o => o.Storm!.Seconds)),
            Row($"storm of {Crowded.Trial.Viewers:#,0}: raw, s", Each(Of(Kind.Raw, Crowded.Trial.Viewers), o => o.Storm!.Seconds)),
        ]);

    private IEnumerable<string> Remarks()
    {
        foreach (var shown in Enum.GetValues<Shown>())
            yield return $"The JSON of {(shown == Shown.Line ? "the smallest frame, a heat's line in the programme," : "a passing: the heat's header and one row,")} has {PayloadBytes(shown)} bytes.";
        yield return $"In the time with stalled viewers the server cut {minute.Others.Cut} connections that had read nothing for ten seconds; each came back and stalled again. "
            + $"Heap after a full collection: {Report.Number(minute.StalledMegabytes)} MB more than before, without stalled viewers {Report.Number(minute.SpareMegabytes)} MB.";
        yield return "Where LiveSkate's time goes at 1,000 viewers and 20/s (perf): 48 % in send(), on loopback with the receiver's share of TCP in it; 33 % compiled code, most of it Kestrel's, from the upgraded stream to the socket; "
            + "5 % pool threads that spin before they sleep (switching that off changed nothing that could be seen); 6 % the compiler, which ends.";
        yield return "At 400/s 64 % of the time is send() and 21 % the one loop that hands out (perf). It shares two processors with the threads that send and with the generator: what it does not hand out has given way to newer frames "
            + "in the mailboxes, and what finds its viewer's socket free is a send() of its own. By hand the raw writer, which has no mailboxes, numbers or counters, needed 3.4 µs for such a message.";
        yield return "A storm of 1,500 (the quick run) is dearer against the raw writer than one of 5,000: 2.8 × and 1.8 × on the same day. Its time (perf) is spread over Kestrel, SignalR's handshake and the hub; 12 % is background garbage "
            + "collection, 6 % the compiler, some 5 % the exceptions with which broken connections end.";
        yield return "In the product the pace of 50 ms stands before all this: whatever is offered, no viewer is sent more than 20 frames of a scope a second, on average.";
    }

    private static Func<Outcome[], Outcome> Of(Kind kind, int viewers = 1000) =>
        round => round.First(o => o.Trial.Kind == kind && o.Trial.Viewers == viewers && o.Trial is { StallsOneIn: 0, Shown: Shown.Passing });

    private static Outcome Fast(Outcome[] round) => round.First(o => o.Fast is not null);

    private static Outcome Stalled(Outcome[] round) => round.First(o => o.Trial.StallsOneIn > 0);

    private Outcome Crowded => rounds[0].First(o => o.Storm is not null);

    private Goal Ratio(string what, Func<Outcome[], Outcome> one, Func<Outcome[], Outcome> other, Func<Measurement, double> value, double bound, bool atMost = true) =>
        new(what, Ratios(one, other, value), bound, atMost);

    private Spread Ratios(Func<Outcome[], Outcome> one, Func<Outcome[], Outcome> other, Func<Measurement, double> value) =>
        Spread.Of(rounds.Select(round => value(one(round).Calm) / value(other(round).Calm)));

    private Spread Each(Func<Outcome[], Outcome> of, Func<Outcome, double> value) => Spread.Of(rounds.Select(round => value(of(round))));

    private double Median(Kind kind, Func<Measurement, double> value) => Each(Of(kind), o => value(o.Calm)).Median;

    private Chart Bars(string file, string title, string unit, Func<Measurement, double> value) => new(
        file, title, unit, [.. Kinds.Select(Name), "1 in 20 stalled"],
        [new Series("median", [.. Kinds.Select(kind => Median(kind, value)), Each(Stalled, o => value(o.Calm)).Median])]);

    private ImmutableArray<int> ViewerCounts =>
        [.. rounds[0].Concat(once).Where(o => o.Trial.Shown == Shown.Passing).Select(o => o.Trial.Viewers).Distinct().Order()];

    private Measurement? SizeOf(Kind kind, int viewers) =>
        rounds.SelectMany(round => round).Concat(once)
            .Where(o => o.Trial.Kind == kind && o.Trial.Viewers == viewers && o.Trial.StallsOneIn == 0 && o.Trial.Shown == Shown.Passing)
            .Select(o => o.Calm).OrderBy(m => m.CpuUs).ToArray() is { Length: > 0 } all ? all[all.Length / 2] : null;

    /// <summary>All that came, against the JSON of the frames and of the beats among them.</summary>
    private static double Wire(Outcome outcome)
    {
        var seen = outcome.Calm.Seen;
        return seen.Bytes / ((double)seen.Messages * PayloadBytes(outcome.Trial.Shown) + seen.Viewers * seen.Seconds * LiveJson.Write(OnAir.Beat()).Length);
    }

    private static int PayloadBytes(Shown shown) => (int)Pulse.Frames(shown).Skip(10).Take(200).Average(frame => frame.Delta.Length);

    private static ImmutableArray<string> Row(string name, Spread spread) =>
        [name, Report.Number(spread.Median), Report.Number(spread.Least), Report.Number(spread.Most)];

    private static string Name(Kind kind) => kind switch
    {
        Kind.Raw => "raw writer",
        Kind.Group => "SignalR group",
        Kind.Ws => "Node ws",
        Kind.SocketIo => "Socket.IO",
        _ => kind.ToString(),
    };
}
