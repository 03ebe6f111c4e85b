using LiveSkate.Server.Live;
using LiveSkate.Server.Tests.Ingest;
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

    [Theory]
    [InlineData(50)]
    [InlineData(250)]
    [InlineData(1000)]
    public async Task Under_a_storm_frames_are_a_pace_apart_and_the_last_one_is_the_newest(int paceMs)
    {
        await using var bench = new Bench();
        bench.Scopes.Set("now", 0);
        var pace = TimeSpan.FromMilliseconds(paceMs);
        var (_, got) = bench.Join("now", $"{paceMs}");
        for (var i = 1; i <= 3000; i++)
        {
            bench.Change("now", i);
            bench.Time.Advance(TimeSpan.FromMilliseconds(1));
            if (i % 10 == 0)
                await Task.Yield();
        }

        await TurnUntilAsync(bench, () => got.Last().Frame.Puts["n"].GetRawText() == "3000");
        // The first is the answer to Watch; it counts for who has asked for a pace of his own.
        var times = got.Skip(1).Select(frame => frame.At).ToArray();
        var early = new LiveOptions().MostEarly;
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First >= pace - early, $"{pair.Second - pair.First}"));
        Assert.True(times[^1] - times[0] >= pace * (times.Length - 1) - early, $"{times.Length} frames in {times[^1] - times[0]}");
        Assert.True(times.Length >= 2);
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
}
