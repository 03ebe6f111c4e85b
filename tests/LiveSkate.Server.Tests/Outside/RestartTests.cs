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

    private static async Task<List<string>> AllAsync(ServerProcess server, string[] paths)
    {
        var all = new List<string>();
        foreach (var path in paths)
            all.Add((await server.GetAsync(path)).ToJsonString());
        return all;
    }
}
