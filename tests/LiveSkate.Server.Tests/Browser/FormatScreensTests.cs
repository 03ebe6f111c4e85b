using Xunit;

namespace LiveSkate.Server.Tests.Browser;

/// <summary>What every format asks of the pages: all of it on the board, nothing over anything else, no name pressed into slits or broken in a word.</summary>
[Collection("outside")]
public sealed class FormatScreensTests(Chromium chromium)
{
    /// <summary>What lies outside of its place on a board: over the foot, over its neighbour, or narrower than can be read.</summary>
    private const string Misplaced =
        """
        () => {
          const box = e => e.getBoundingClientRect(), said = (what, e) => `${what}: ${e.className} ${e.textContent}`, faults = [];
          const foot = box(document.querySelector('footer')).top + 1;
          for (const e of document.querySelectorAll('main .row > *, main aside > *, .so-far, .page-number'))
            if (box(e).height > 0 && (box(e).bottom > foot || box(e).right > innerWidth + 1)) faults.push(said('over the edge', e));
          for (const row of document.querySelectorAll('.row')) {
            const cells = [...row.children].filter(e => box(e).width > 0);
            cells.slice(1).forEach((cell, i) => { if (box(cells[i]).right > box(cell).left + 1) faults.push(said('over its neighbour', cell)); });
            for (const cell of cells.filter(e => !e.matches('.name')))
              if (cell.scrollWidth > cell.clientWidth + 1) faults.push(said('wider than its column', cell));
          }
          for (const name of document.querySelectorAll('.row .name > .fit .ink'))
            if (Number(/scale\(([0-9.]+)/.exec(name.style.transform)?.[1] ?? 1) < 0.5) faults.push(said('a slit', name));
          return faults;
        }
        """;

    private const string BrokenWords =
        """
        () => [...document.querySelectorAll('.name bdi')].flatMap(name => {
          const text = name.firstChild, range = document.createRange();
          return [...text.data.matchAll(/[^\s-]+/g)].filter(({ 0: word, index }) => {
            range.setStart(text, index);
            range.setEnd(text, index + word.length);
            return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1;
          }).map(([word]) => word);
        })
        """;

    public static IEnumerable<TheoryDataRow<string>> Scenes() => FormatScenes.All.Keys.Order(StringComparer.Ordinal).Select(name => new TheoryDataRow<string>(name));

    [Theory, MemberData(nameof(Scenes))]
    public async Task A_board_has_a_place_for_everything(string name)
    {
        await using var host = await PagesHost.StartAsync();
        var scene = FormatScenes.All[name];
        host.Show(scene);
        foreach (var (width, height) in ((int, int)[])[(1280, 720), (576, 324)])
        {
            await using var window = await chromium.OpenAsync(new Uri(host.Address, "scoreboard/?view=race"), width, height);
            await window.UntilAsync($"document.querySelectorAll('.list [data-bib]').length >= {Math.Min(scene.Rows.Length, 8)} && document.querySelector('[data-clock]')?.textContent !== '–'");
            Assert.Empty(await window.Page.EvaluateAsync<string[]>(Misplaced));
        }
    }

    [Theory, MemberData(nameof(Scenes))]
    public async Task A_narrow_phone_scrolls_down_only_and_breaks_no_name_in_a_word(string name)
    {
        await using var host = await PagesHost.StartAsync();
        host.Show(FormatScenes.All[name]);
        await using var window = await chromium.OpenAsync(new Uri(host.Address, "m/"), 360, 740);
        await window.UntilAsync($"document.querySelectorAll('.order [data-bib]').length === {FormatScenes.All[name].Rows.Length}");
        Assert.Equal(360, await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(await window.Page.EvaluateAsync<string[]>(BrokenWords));
    }

    [Fact]
    public async Task A_race_that_is_neutralised_says_so_larger_than_any_name()
    {
        await using var host = await PagesHost.StartAsync();
        host.Show(FormatScenes.All["neutralised"]);
        await using var window = await chromium.OpenAsync(new Uri(host.Address, "scoreboard/"));
        await window.UntilAsync("document.querySelector('aside .paused')?.textContent === 'NEUTRALISED' && document.querySelectorAll('.row .name').length > 0");
        Assert.True(await window.Page.EvaluateAsync<bool>(
            """
            () => {
              const size = of => parseFloat(getComputedStyle(document.querySelector(of)).fontSize), word = document.querySelector('aside .paused');
              return size('aside .paused') >= size('.row .name') && word.scrollWidth <= word.clientWidth;
            }
            """));
    }

    [Fact]
    public async Task Who_does_not_start_is_as_dim_as_who_is_not_seen()
    {
        await using var host = await PagesHost.StartAsync();
        var scene = Scene.Of("running");
        host.Show(scene with { Rows = scene.Rows.SetItem(6, scene.Rows[6] with { Rank = null, Status = "DNS", ElapsedMs = null, GapMs = null }) });
        await using var window = await chromium.OpenAsync(new Uri(host.Address, "scoreboard/?view=race"));
        await window.UntilAsync("document.querySelector('[data-kind=status] .result')?.textContent === 'DNS'");
        var colours = await window.Page.EvaluateAsync<string[]>(
            "() => ['[data-kind=status] .name', '.overdue .name', '[data-kind=gap] .name'].map(name => getComputedStyle(document.querySelector(name)).color)");
        Assert.Equal(colours[1], colours[0]);
        Assert.NotEqual(colours[2], colours[0]);
    }

    [Theory, InlineData("scoreboard/?view=race"), InlineData("commentator/"), InlineData("m/")]
    public async Task Ranks_are_in_italics_while_the_race_is_on_and_only_then(string path)
    {
        await using var host = await PagesHost.StartAsync();
        host.Show(Scene.Of("running"));
        await using var window = await chromium.OpenAsync(new Uri(host.Address, path));
        const string Style = "() => getComputedStyle(document.querySelector('[data-kind][data-bib] .rank')).fontStyle";
        await window.UntilAsync("document.querySelectorAll('[data-kind][data-bib]').length === 8");
        Assert.Equal("italic", await window.Page.EvaluateAsync<string>(Style));
        host.Show(Scene.Of("finished"));
        await window.UntilAsync("state", "finished");
        await window.UntilAsync("document.querySelector('[data-kind=time] .rank') !== null");
        Assert.Equal("normal", await window.Page.EvaluateAsync<string>(Style));
    }

    [Fact]
    public async Task On_a_narrow_phone_each_part_of_a_combined_has_one_line()
    {
        await using var host = await PagesHost.StartAsync();
        host.Show(FormatScenes.Combined);
        await using var window = await chromium.OpenAsync(new Uri(host.Address, "m/"), 360, 740);
        await window.UntilAsync("document.querySelectorAll('.final .words').length === 3");
        Assert.Equal(
            ["100 m sprint: 1st, 8 points", "3000 m points: 3rd, 6 points", "3000 m elimination: 2nd, 7 points"],
            await window.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.final .words')].map(line => line.textContent)"));
        Assert.True(await window.Page.EvaluateAsync<bool>(
            "() => [...document.querySelectorAll('.final .words')].every(line => line.getBoundingClientRect().height < 1.5 * parseFloat(getComputedStyle(line).lineHeight))"));
    }

    [Fact]
    public async Task Of_a_long_race_the_leader_and_who_may_be_out_are_on_the_board_whatever_page_is_shown()
    {
        await using var host = await PagesHost.StartAsync();
        host.Show(FormatScenes.All["points-elimination of 27"]);
        await using var window = await chromium.OpenAsync(new Uri(host.Address, "scoreboard/"));
        await window.UntilAsync("document.querySelectorAll('.list [data-bib]').length === 10");
        var bibs = await window.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.list [data-bib]')].map(row => row.dataset.bib)");
        Assert.Equal(["101", "102", "103", "104"], bibs[..4]);
        Assert.Equal(["126", "127"], bibs[^2..]);
        Assert.Matches("OUT NEXT .*OUT[?]", await window.TextAsync());
        Assert.Matches("first 4 stay, below them page [0-9] of [0-9]", await window.TextAsync());
    }
}
