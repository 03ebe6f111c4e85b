using System.Globalization;
using System.Text.RegularExpressions;
using LiveSkate.Server.Live;
using LiveSkate.Server.Tests.Ingest;
using Xunit;

namespace LiveSkate.Server.Tests.Live;

/// <summary>A viewer whose phone has gone to sleep: it holds its connection and reads nothing.</summary>
public sealed partial class StalledViewerTests
{
    /// <summary>perf.md G8: what a frozen viewer may be shown of the past before it is current.</summary>
    private const int MostBacklog = 64 * 1024;

    [Fact]
    public async Task Nineteen_keep_their_rate_and_the_stalled_one_is_current_after_little_backlog()
    {
        const int changes = 400;
        await using var host = await LiveHost.StartAsync(options: new LiveOptions(TimeSpan.FromMilliseconds(1)));
        host.Scopes.Set("now", State(0));
        using var stalled = await SleepyClient.WatchOverHubAsync(host.Address, "now");
        var others = new List<TestViewer>();
        for (var i = 0; i < 19; i++)
            others.Add(await host.WatchAsync("now"));
        foreach (var other in others)
            await other.UntilNumberAsync("now", 0);

        for (var i = 1; i <= changes; i++)
        {
            host.Change("now", State(i));
            await others[i % others.Count].UntilNumberAsync("now", i);
        }

        foreach (var other in others)
        {
            await other.UntilNumberAsync("now", changes);
            Assert.True(other.Frames.Count >= changes * 0.9, $"{other.Frames.Count} of {changes} frames");
            await other.DisposeAsync();
        }

        // It had far more to read than may be waiting for it.
        Assert.True(changes * StateBytes > 4 * MostBacklog);
        var backlog = await stalled.ReadUntilAsync(text => Newest(text) == changes);
        Assert.True(backlog <= MostBacklog, $"{backlog} bytes of backlog");
        host.Change("now", State(changes + 1));
        var next = await stalled.ReadUntilAsync(text => Newest(text) == changes + 1);
        Assert.True(next < 4 * StateBytes, $"{next} bytes until the next change");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_reads_nothing_for_long_is_cut(bool hub)
    {
        await using var host = await LiveHost.StartAsync(options: new LiveOptions(TimeSpan.FromMilliseconds(1)));
        host.Scopes.Set("now", State(0));
        using var stalled = hub
            ? await SleepyClient.WatchOverHubAsync(host.Address, "now")
            : await SleepyClient.WatchFeedAsync(host.Address, "now");
        await Soon.UntilAsync(() => host.Counters.Viewers == 1, "it is there");
        var value = 0;
        for (var attempt = 0; attempt < 3 && host.Counters.Viewers > 0; attempt++)
        {
            try
            {
                await Soon.UntilAsync(
                    () =>
                    {
                        host.Change("now", State(++value));
                        return host.Counters.Viewers == 0;
                    },
                    "the stalled viewer is cut");
            }
            catch (TimeoutException) when (attempt < 2)
            {
                // The cut comes after ten seconds of silence, and the buffers have to fill first.
            }
        }

        Assert.Equal(0, host.Counters.Viewers);
    }

    private const int StateBytes = 1100;

    /// <summary>The number, and what makes a frame of a kilobyte that is always complete.</summary>
    private static ScopeState State(int value) => Records.State([new("n", $"{value}"), new("pad", $"\"{new string('x', 950)}\"")]);

    private static int Newest(string text) =>
        Number().Matches(text) is [.., var last] ? int.Parse(last.Groups[1].Value, CultureInfo.InvariantCulture) : -1;

    [GeneratedRegex("\"n\":(\\d+)[,}]")]
    private static partial Regex Number();
}
