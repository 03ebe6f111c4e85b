using System.Diagnostics;
using LiveSkate.Server.Tests.Outside;
using Xunit;

namespace LiveSkate.Server.Tests.Browser;

/// <summary>A frozen screen that looks alive is the worst failure: the server is stopped, killed and started again under open pages.</summary>
[Collection("outside")]
public sealed class ConnectionTests(Chromium chromium)
{
    /// <summary>The demo's own decoder may have been cut off by the same freeze, and its silence is said too.</summary>
    private const string Fresh = "['live', 'source-down'].includes(document.body.dataset.freshness)";

    [Theory, InlineData("scoreboard/"), InlineData("commentator/"), InlineData("m/")]
    public async Task A_server_that_stops_answering_is_noticed_in_time_and_what_was_shown_stays(string path)
    {
        await using var server = await ServerProcess.StartedAsync("demo", "--Demo:Speed=1");
        await using var window = await chromium.OpenAsync(new Uri(server.Address, path));
        await window.UntilAsync("freshness", "live");
        await window.UntilAsync("document.querySelectorAll('[data-bib]').length > 0");
        var rows = (await window.RowsAsync()).Length;

        var began = Stopwatch.GetTimestamp();
        await server.SignalAsync("STOP");
        await window.UntilAsync("freshness", "late");
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 1, 6);
        await window.UntilAsync("freshness", "reconnecting");
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 3, 9);
        Assert.Equal(rows, (await window.RowsAsync()).Length);
        await window.UntilAsync("freshness", "stale");
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 13, 20);
        Assert.Matches("Stale since [0-9:]{8}", await window.TextAsync());
        Assert.Equal(rows, (await window.RowsAsync()).Length);

        await server.SignalAsync("CONT");
        await window.UntilAsync(Fresh);
    }

    [Fact]
    public async Task A_server_that_was_killed_is_found_again_and_its_journal_is_shown()
    {
        await using var server = await ServerProcess.StartedAsync("demo", "--Demo:Speed=1");
        await using var window = await chromium.OpenAsync(new Uri(server.Address, "m/"), 390, 844);
        await window.UntilAsync("document.querySelectorAll('[data-bib]').length > 0");

        await server.KillAsync();
        await window.UntilAsync("freshness", "reconnecting");
        Assert.NotEmpty(await window.RowsAsync());
        await server.StartAsync();
        await window.UntilAsync(Fresh);
        Assert.NotEmpty(await window.RowsAsync());
    }
}
