using System.Runtime.CompilerServices;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Microsoft.Playwright;
using Xunit;

namespace LiveSkate.Server.Tests.Browser;

/// <summary>Every page in every state of a heat, in a real browser, with the names that break screens.</summary>
[Collection("outside")]
public sealed class ScreenTests(Chromium chromium)
{
    private static readonly (string Path, int Width, int Height)[] Screens =
        [("scoreboard/?view=race", 1280, 720), ("scoreboard/?view=round", 1280, 720), ("commentator/", 1440, 900), ("m/", 390, 844)];

    public static IEnumerable<TheoryDataRow<string, int, int>> All() => Screens.Select(screen => new TheoryDataRow<string, int, int>(screen.Path, screen.Width, screen.Height));

    private static readonly Dictionary<string, string> Words = new()
    {
        ["scheduled"] = "START LIST", ["open"] = "START LIST", ["armed"] = "READY", ["running"] = "LIVE", ["finished"] = "LIVE",
        ["provisional"] = "PROVISIONAL", ["review"] = "UNDER REVIEW", ["official"] = "OFFICIAL",
    };

    [Theory, MemberData(nameof(All))]
    public async Task A_heat_is_shown_from_the_start_list_to_the_official_result_without_touching_the_page(string path, int width, int height)
    {
        await using var host = await PagesHost.StartAsync();
        host.Show(Scene.Of("scheduled"));
        await using var window = await chromium.OpenAsync(new Uri(host.Address, path), width, height);
        foreach (var state in Scene.States)
        {
            host.Show(Scene.Of(state));
            await window.UntilAsync("state", state);
            await window.UntilAsync("freshness", "live");
            await window.UntilAsync($"document.body.innerText.includes('{Words[state]}')");
            Assert.Equal("m1000-pre-1", await window.BodyAsync("heat"));
            Assert.Contains("Rehearsal: bibs, chips and splits are made up", await window.TextAsync(), StringComparison.Ordinal);
            await AssertNothingIsCutAsync(window, state);
            await AssertAccessibleAsync(window, state);
        }
    }

    [Theory, InlineData(576, 324), InlineData(832, 468), InlineData(1920, 1080)]
    public async Task A_board_of_any_size_shows_all_eight_and_its_clock(int width, int height)
    {
        await using var host = await PagesHost.StartAsync();
        host.Show(Scene.Of("running"));
        await using var window = await chromium.OpenAsync(new Uri(host.Address, "scoreboard/"), width, height);
        await window.UntilAsync("document.querySelectorAll('[data-bib]').length === 8 && (document.querySelector('[data-clock=running]')?.textContent ?? '–') !== '–'");
        var outside = await window.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.row > *, .field, footer *, header *')]
              .filter(e => e.getBoundingClientRect().width > 0 && !e.closest('.unseen'))
              .filter(e => { const b = e.getBoundingClientRect(); return b.left < 0 || b.top < 0 || b.right > innerWidth + 1 || b.bottom > innerHeight + 1; })
              .map(e => e.className + ': ' + e.textContent)
            """);
        Assert.Empty(outside);
    }

    /// <summary>Seen in Chromium 156: a row that moves and gets another class at once went on looking as before.</summary>
    [Fact]
    public async Task Who_goes_out_and_moves_to_the_end_looks_so_at_once()
    {
        await using var host = await PagesHost.StartAsync();
        var before = Scene.Of("running");
        host.Show(before);
        await using var window = await chromium.OpenAsync(new Uri(host.Address, "scoreboard/?view=race"));
        await window.UntilAsync("document.querySelectorAll('[data-bib]').length === 8");
        foreach (var leaver in Enumerable.Range(0, 7).Select(order => before.Rows[order]))
        {
            var gone = leaver with { Rank = null, Status = "EL", Out = new OutOfRace(8, 2, "gave-up") };
            host.Show(before with
            {
                Rows = [.. before.Rows.Remove(leaver).Add(gone).Select((row, order) => row with { Order = order, Rank = row.Status is null ? order + 1 : null })],
            });
            await window.UntilAsync($"document.querySelector('.row.gone')?.dataset.bib === '{leaver.Bib}'");
            var colours = await window.Page.EvaluateAsync<string[]>(
                "() => ['.row.gone .name', '.row:not(.gone) .name'].map(name => getComputedStyle(document.querySelector(name)).color)");
            Assert.NotEqual(colours[1], colours[0]);
            host.Show(before);
            await window.UntilAsync("document.querySelector('.row.gone') === null");
        }
    }

    [Fact]
    public async Task Digits_of_the_clock_stand_still_while_it_runs()
    {
        await using var host = await PagesHost.StartAsync();
        host.Show(Scene.Of("running"));
        await using var window = await chromium.OpenAsync(new Uri(host.Address, "scoreboard/"));
        await window.UntilAsync("/^1:\\d\\d\\.\\d$/.test(document.querySelector('[data-clock]')?.textContent)");
        var widths = await window.Page.EvaluateAsync<double[]>(
            """
            () => new Promise(done => {
              const seen = new Map(), clock = document.querySelector('[data-clock]');
              const look = () => {
                if (/^1:\d\d\.\d$/.test(clock.textContent)) seen.set(clock.textContent, clock.getBoundingClientRect().width);
                if (seen.size < 20) requestAnimationFrame(look); else done([...seen.values()]);
              };
              look();
            })
            """);
        Assert.Single(widths.Distinct());
    }

    [Fact]
    public async Task A_paused_phone_stands_still_until_it_goes_on()
    {
        await using var host = await PagesHost.StartAsync();
        host.Show(Scene.Of("running"));
        await using var window = await chromium.OpenAsync(new Uri(host.Address, "m/"), 390, 844);
        await window.UntilAsync("state", "running");
        await window.Page.ClickAsync("text=Pause");
        host.Show(Scene.Of("finished"));
        await window.Page.ClickAsync("text=Go on");
        await window.UntilAsync("state", "finished");
    }

    [Fact]
    public async Task A_scope_that_does_not_exist_is_said_in_words()
    {
        await using var host = await PagesHost.StartAsync();
        await using var window = await chromium.OpenAsync(new Uri(host.Address, "scoreboard/?scope=heat/none/none"));
        await window.UntilAsync("document.body.innerText.includes(\"There is no scope 'heat/none/none'\")");
    }

    /// <summary>Ink outside of its box would show once nothing is hidden any more: the two pictures must be the same.</summary>
    private static async Task AssertNothingIsCutAsync(Window window, string state)
    {
        if (state == "running")
            return;
        var hidden = await window.Page.ScreenshotAsync();
        var style = await window.Page.AddStyleTagAsync(new PageAddStyleTagOptions { Content = ".fit, .rows, .cut-line, .list, td, th { overflow: visible !important; }" });
        var open = await window.Page.ScreenshotAsync();
        await style.EvaluateAsync("style => style.remove()");
        if (!hidden.AsSpan().SequenceEqual(open))
            Assert.Fail($"Something is cut off in {state}: compare {Keep(hidden)} and {Keep(open)}.");
        Assert.True(await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"The page scrolls sideways in {state}.");
        var tight = await window.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.name *, .name, h1, h2, p, caption')].filter(e => !e.closest('.unseen'))
              .filter(e => parseFloat(getComputedStyle(e).lineHeight) < 1.299 * parseFloat(getComputedStyle(e).fontSize)).map(e => e.textContent)
            """);
        Assert.Empty(tight);
    }

    private static string Keep(byte[] picture)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("liveskate-picture-").FullName, "page.png");
        File.WriteAllBytes(path, picture);
        return path;
    }

    private static async Task AssertAccessibleAsync(Window window, string state)
    {
        await window.Page.AddScriptTagAsync(new PageAddScriptTagOptions { Path = Axe() });
        var faults = await window.Page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations
              .filter(v => v.impact === 'serious' || v.impact === 'critical')
              .map(v => `${v.id}: ${v.nodes.map(n => n.html).slice(0, 3).join(' ')}`)
            """);
        Assert.True(faults.Length == 0, $"{state}: {string.Join("\n", faults)}");
    }

    private static string Axe([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../clients/node_modules/axe-core/axe.min.js"));
}
