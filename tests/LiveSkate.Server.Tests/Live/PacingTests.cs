using LiveSkate.Server.Live;
using LiveSkate.Server.Tests.Ingest;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LiveSkate.Server.Tests.Live;

public sealed class PacingTests
{
    [Fact]
    public async Task First_change_goes_at_once_without_the_clock_moving()
    {
        await using var bench = new Bench();
        bench.Scopes.Set("now", 1);
        var (_, got) = bench.Join("now");
        bench.Change("now", 2);
        await Soon.UntilAsync(() => got.Count == 2, "the change");
        Assert.Equal("2", got.Last().Frame.Puts["n"].GetRawText());
    }

    /// <param name="leastMs">From one change to the next …</param>
    /// <param name="mostMs">… something in between, drawn anew each time.</param>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 7)]
    [InlineData(50, 50)]
    [InlineData(1, 99)]
    [InlineData(20, 400)]
    public async Task A_change_is_shown_as_soon_as_in_any_n_paces_there_are_at_most_n_looks_and_those_saved_up(int leastMs, int mostMs)
    {
        var clock = new CountedClock();
        await using var bench = new Bench(clock: clock);
        var (random, pace, began) = (new Random(leastMs * 1000 + mostMs), new LiveOptions().Pace, bench.Time.GetUtcNow());
        bench.Scopes.Set("now", 0);
        var (_, got) = bench.Join("now");
        var looks = new List<TimeSpan>();
        var (changes, shown, next, waits) = (0, 0, 0, 0);
        for (var ms = 0; ms <= 2000; ms++, bench.Time.Advance(TimeSpan.FromMilliseconds(1)))
        {
            var now = TimeSpan.FromMilliseconds(ms);
            await ShownAsync(now);
            if (ms != next)
                continue;
            bench.Change("now", ++changes);
            next = ms + random.Next(leastMs, mostMs + 1);
            await ShownAsync(now);
        }

        await ShownAsync(bench.Time.GetUtcNow() - began);
        Assert.Equal(looks, got.Skip(1).Select(frame => frame.At - began));

        async Task ShownAsync(TimeSpan now)
        {
            if (shown == changes || !MayLook(now))
                return;
            // The clock stands still until it has come, and until the loop waits for the clock where it may not look again.
            await Soon.UntilAsync(() => got.Last().Frame.Puts["n"].GetRawText() == $"{changes}", $"change {changes} at {now}");
            looks.Add(now);
            shown = changes;
            waits += MayLook(now) ? 0 : 1;
            await Soon.UntilAsync(() => clock.Timers >= waits, "the loop waits");
        }

        bool MayLook(TimeSpan now) => Enumerable.Range(1, looks.Count).All(n => n + LiveOptions.Saved > looks.Count || now >= looks[^(n + LiveOptions.Saved)] + pace * n);
    }

    [Theory]
    [InlineData(250)]
    [InlineData(1000)]
    public async Task Frames_of_a_pace_that_was_asked_for_are_a_pace_apart_and_the_last_is_the_newest(int paceMs)
    {
        await using var bench = new Bench();
        bench.Scopes.Set("now", 0);
        var (_, got) = bench.Join("now", $"{paceMs}");
        // The clock stands still where a frame is due, until it has come: what the machine is busy with is not measured.
        for (var i = 1; i <= 3000; i++)
        {
            bench.Change("now", i);
            bench.Time.Advance(TimeSpan.FromMilliseconds(1));
            if (i % paceMs == 0)
                await Soon.UntilAsync(() => got.Count == 1 + i / paceMs, $"a frame at {i} ms");
        }

        await TurnUntilAsync(bench, () => got.Last().Frame.Puts["n"].GetRawText() == "3000");
        // The first is the answer to Watch; it counts for who has asked for a pace of his own.
        var times = got.Skip(1).Select(frame => frame.At).ToArray();
        Assert.True(times.Length >= 2);
        Assert.All(
            times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromMilliseconds(paceMs), $"{pair.Second - pair.First}"));
    }

    [Fact]
    public async Task Slow_pace_of_one_viewer_is_no_concern_of_another()
    {
        await using var bench = new Bench();
        bench.Scopes.Set("now", 0);
        var (_, board) = bench.Join("now");
        var (_, phone) = bench.Join("now", "1000");
        for (var i = 1; i <= 5; i++)
        {
            bench.Change("now", i);
            await TurnUntilAsync(bench, () => board.Count == i + 1);
        }

        Assert.True(phone.Count < board.Count);
        await TurnUntilAsync(bench, () => phone.Last().Frame.Puts["n"].GetRawText() == "5");
        Assert.Equal(board.Count - phone.Count, bench.Counters.Displaced);
    }

    [Fact]
    public async Task Two_scopes_that_change_together_come_together()
    {
        await using var bench = new Bench();
        bench.Scopes.Set("a", 0);
        bench.Scopes.Set("b", 0);
        var (viewer, got) = bench.Join("a", "250");
        bench.FanOut.Watch(viewer, "b", null, null);
        viewer.Release();
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        bench.Scopes.Set("a", 1);
        bench.Change("b", 1);
        await Soon.UntilAsync(() => got.Count == 4, "both");
        Assert.Equal(["a", "b"], got.Skip(2).Select(frame => frame.Frame.Scope).Order());
    }

    [Theory]
    [InlineData(null, 50)]
    [InlineData("", 50)]
    [InlineData("fast", 50)]
    [InlineData("1", 50)]
    [InlineData("250", 250)]
    [InlineData("99999", 5000)]
    public void Pace_that_is_asked_for_is_kept_between_50_and_5000_ms(string? asked, int ms) =>
        Assert.Equal(TimeSpan.FromMilliseconds(ms), new LiveOptions().PaceOf(asked));

    private static Task TurnUntilAsync(Bench bench, Func<bool> condition) => Soon.UntilAsync(
        () =>
        {
            bench.Time.Advance(TimeSpan.FromMilliseconds(10));
            return condition();
        },
        "a condition while the clock turns");

    private sealed class CountedClock : FakeTimeProvider
    {
        private int _timers;

        public int Timers => Volatile.Read(ref _timers);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _timers);
            return timer;
        }
    }
}
