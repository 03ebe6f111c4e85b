using System.Text.Json.Nodes;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>What was given out is in the journal, with all that became of it: a server that was killed says the same again.</summary>
[Collection("outside")]
public sealed class RestartTests
{
    [Fact]
    public async Task Versions_corrections_and_the_jurys_word_are_what_they_were_after_a_power_cut()
    {
        await using var server = await ServerProcess.StartedAsync();
        var meet = new OutsideMeet(server);
        var put = await Http.SendAsync(server.Http, HttpMethod.Put, $"/api/meets/{meet.Id}", meet.Document.ToJsonString(), []);
        Assert.True(put.Status == 201, put.Body);
        await meet.SkateAsync(meet.Heat1, 85, "1", "2", "3");
        await meet.DoAsync("publish", new { heat = meet.Heat1 });
        var sanction = await meet.DoAsync("sanction", new { heat = meet.Heat1, bib = "1", code = "DSQ-SF", reason = "pushed", judge = "ana" });
        await meet.DoAsync("makeOfficial", new { heat = meet.Heat1 });
        await meet.DoAsync("review", new { heat = meet.Heat1, reason = "video" });
        await meet.DoAsync("undo", new { at = sanction, judge = "ben" });
        await meet.DoAsync("setFinishOrder", new { heat = meet.Heat1, bibs = new[] { new[] { "2" }, ["1", "3"] }, reason = "photo finish" });
        await meet.DoAsync("publish", new { heat = meet.Heat1 });
        await meet.DoAsync("makeOfficial", new { heat = meet.Heat1 });
        string[] paths =
        [
            $"/api/meets/{meet.Id}", $"/api/meets/{meet.Id}/heats/{meet.Heat1}", $"/api/meets/{meet.Id}/heats/{meet.Heat2}",
            $"/api/meets/{meet.Id}/events/e/results", $"/api/meets/{meet.Id}/record",
        ];
        var before = await AllAsync(server, paths);
        var versions = JsonNode.Parse(before[3])!["rounds"]![0]!["heats"]![0]!["versions"]!.AsArray();
        Assert.Equal(["office", "office/ana", "office/ben"], versions.Select(version => version!["actor"]!.GetValue<string>()).Distinct().Order());

        await server.KillAsync();
        await server.StartAsync();

        Assert.Equal(before, await AllAsync(server, paths));
    }

    [Fact]
    public async Task A_demo_that_finds_another_one_in_the_middle_of_a_race_says_what_to_do()
    {
        await using var server = await ServerProcess.StartedAsync("demo", "--Demo:Speed=20");
        await server.Until(
            async () => await server.Http.GetAsync("/api/meets/worldgames-2022/heats/m1000-pre-1", TestContext.Current.CancellationToken) is { IsSuccessStatusCode: true } heat
                && JsonNode.Parse(await heat.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["state"]!.GetValue<string>() == "running",
            "the first heat runs");
        await server.KillAsync();
        await server.StartAsync("--Demo:Meet=formats");
        await server.Until(() => Task.FromResult(server.Output.Contains("--Journal:Path=.data/formats.db", StringComparison.Ordinal)), "the demo says what to do");
        Assert.Contains("heat m1000-pre-1 of meet worldgames-2022 is running", server.Output, StringComparison.Ordinal);
        Assert.Equal(404, (int)(await server.Http.GetAsync("/api/meets/formats", TestContext.Current.CancellationToken)).StatusCode);
    }

    private static async Task<List<string>> AllAsync(ServerProcess server, string[] paths)
    {
        var all = new List<string>();
        foreach (var path in paths)
            all.Add((await server.GetAsync(path)).ToJsonString());
        return all;
    }
}
