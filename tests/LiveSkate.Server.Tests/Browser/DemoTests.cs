using System.Text.Json.Nodes;
using LiveSkate.Server.Tests.Outside;
using Xunit;

namespace LiveSkate.Server.Tests.Browser;

/// <summary>The whole way: decoder, broker, journal, ranking, frames, pixels. What the pages end with is what the documents say.</summary>
[Collection("outside")]
public sealed class DemoTests(Chromium chromium)
{
    [Fact]
    public async Task The_seed_event_ends_on_every_page_as_in_the_results_document()
    {
        await using var server = await ServerProcess.StartedAsync("demo", "--Demo:Speed=max");
        var windows = new Dictionary<string, Window>();
        foreach (var path in (string[])["scoreboard/", "commentator/", "m/"])
            windows[path] = await chromium.OpenAsync(new Uri(server.Address, $"{path}?scope=heat/worldgames-2022/m1000-pre-1&view=race"));
        const string Results = "/api/meets/worldgames-2022/events/m1000/results";
        await server.Until(async () => (await server.Http.GetAsync(Results)).IsSuccessStatusCode, "the demo has begun");
        JsonNode results = null!;
        await server.Until(
            async () => (string?)(results = await server.GetAsync(Results))["rounds"]!.AsArray()[^1]!["status"] == "official",
            "the final is official");

        var rows = results["rounds"]![0]!["heats"]!.AsArray().First(heat => (string?)heat!["id"] == "m1000-pre-1")!["rows"]!.AsArray();
        var expected = rows.Select(row => $"{row!["rank"]}|{row["bib"]}|{row["time"] ?? row["status"]}").ToArray();
        foreach (var (path, window) in windows)
        {
            await window.UntilAsync("state", "official");
            Assert.Equal(expected, await window.RowsAsync(path == "scoreboard/" ? ".list" : ".order"));
            await window.DisposeAsync();
        }

        await using var ranking = await chromium.OpenAsync(new Uri(server.Address, "m/?scope=event/worldgames-2022/m1000"), 390, 844);
        await ranking.UntilAsync("document.querySelectorAll('.final [data-rank]').length > 0");
        var final = results["final"]!.AsArray().Select(row => $"{row!["rank"]}|{row["bib"]}").ToArray();
        Assert.Equal(final, (await ranking.RowsAsync(".final")).Select(row => row[..row.LastIndexOf('|')]));
    }
}
