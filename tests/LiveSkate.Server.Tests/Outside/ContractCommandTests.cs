using System.Text.Json.Nodes;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>Contract section 3, the table of commands: what each does to what is shown.</summary>
[Collection("outside")]
public sealed class ContractCommandTests(SharedServer shared) : OutsideTests(shared), IClassFixture<SharedServer>
{
    [Fact]
    public async Task A_passing_that_the_office_adds_counts_and_one_that_it_voids_does_not()
    {
        var meet = await MeetAsync();
        await using var track = await TrackAsync();
        await meet.StartAsync();
        foreach (var seconds in new[] { 20, 41 })
            await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", seconds));
        await meet.CrossAsync("2", 42);
        Assert.Equal(["1", "2"], await InAsync(meet));

        var passing = (await meet.HeatAsync())["passings"]!.AsArray()
            .Single(one => one!["bib"]!.GetValue<string>() == "1" && one["timeUs"]!.GetValue<long>() == meet.Gun + 41 * OutsideMeet.Second)!;
        await meet.DoAsync("voidPassing", new { heat = meet.Heat1, passing = passing["id"]!.GetValue<long>() });
        Assert.Equal(["2"], await InAsync(meet));
        Assert.Contains("voided", (await meet.HeatAsync())["passings"]!.ToJsonString(), StringComparison.Ordinal);
        await meet.DoAsync("addPassing", new { heat = meet.Heat1, bib = "1", timeUs = meet.Gun + 43 * OutsideMeet.Second });
        Assert.Equal(["2", "1"], await InAsync(meet));
    }

    [Fact]
    public async Task The_jurys_order_stands_and_a_dead_heat_shares()
    {
        var meet = await MeetAsync();
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        await meet.DoAsync("setFinishOrder", new { heat = meet.Heat1, bibs = new[] { new[] { "3", "1" }, new[] { "2" } } });
        var heat = await meet.HeatAsync();
        Assert.Equal([1, 3, 1], new[] { "1", "2", "3" }.Select(bib => OutsideMeet.Row(heat, bib)["rank"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_time_that_the_jury_sets_is_the_time_and_null_is_a_place_without_one()
    {
        var meet = await MeetAsync();
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        await meet.DoAsync("setTime", new { heat = meet.Heat1, bib = "2", timeMs = (long?)null, reason = "no picture" });
        var row = await meet.RowAsync("2");
        Assert.True(row["timeMs"] is null && row["time"] is null);
        Assert.Equal((2, "OK"), (row["rank"]!.GetValue<int>(), row["status"]!.GetValue<string>()));
        await meet.DoAsync("setTime", new { heat = meet.Heat1, bib = "2", timeMs = 39_999, reason = "video" });
        row = await meet.RowAsync("2");
        Assert.Equal((1, "39.999"), (row["rank"]!.GetValue<int>(), row["time"]!.GetValue<string>()));
    }

    [Fact]
    public async Task In_a_provisional_heat_each_correction_is_a_new_version()
    {
        var meet = await MeetAsync();
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        Assert.Equal(0, await VersionAsync(meet));
        await meet.DoAsync("publish", new { heat = meet.Heat1 });
        Assert.Equal(1, await VersionAsync(meet));
        await meet.DoAsync("sanction", new { heat = meet.Heat1, bib = "1", code = "DSQ-SF", reason = "pushed" });
        Assert.Equal(2, await VersionAsync(meet));
        Assert.Equal("provisional", await meet.StateAsync());
        await meet.DoAsync("liftSanction", new { heat = meet.Heat1, bib = "1", code = "DSQ-SF", reason = "protest upheld" });
        Assert.Equal(3, await VersionAsync(meet));
        await meet.DoAsync("setTime", new { heat = meet.Heat1, bib = "3", timeMs = 39_000, reason = "video" });
        Assert.Equal(4, await VersionAsync(meet));
        Assert.Equal(["3", "1", "2"], await InAsync(meet));
    }

    [Fact]
    public async Task A_sanction_takes_the_rank_and_lifting_it_gives_it_back()
    {
        var meet = await MeetAsync();
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        foreach (var code in new[] { "DNS", "DNF", "DSQ-TF", "DSQ-SF", "DSQ-DF" })
        {
            await meet.DoAsync("sanction", new { heat = meet.Heat1, bib = "1", code, reason = "seen" });
            var row = await meet.RowAsync("1");
            Assert.Equal(code, row["status"]!.GetValue<string>());
            Assert.Equal(1, (await meet.RowAsync("2"))["rank"]!.GetValue<int>());
            await meet.DoAsync("liftSanction", new { heat = meet.Heat1, bib = "1", code, reason = "not seen" });
            Assert.Equal((1, "OK"), ((await meet.RowAsync("1"))["rank"]!.GetValue<int>(), (await meet.RowAsync("1"))["status"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task Who_will_not_start_is_known_from_open_on()
    {
        var meet = await MeetAsync();
        await meet.DoAsync("openHeat", new { heat = meet.Heat1 });
        await meet.DoAsync("sanction", new { heat = meet.Heat1, bib = "2", code = "DNS", reason = "ill" });
        Assert.Equal("DNS", (await meet.RowAsync("2"))["status"]!.GetValue<string>());
        await meet.SkateAsync(meet.Heat1, 40, "1", "3");
        Assert.Equal("finished", await meet.StateAsync());
    }

    [Fact]
    public async Task A_draw_is_a_proposal_until_it_is_taken()
    {
        var meet = await RoundOverAsync("publish");
        await meet.DoAsync("drawRound", Final);
        var round = (await GetAsync($"/api/meets/{meet.Id}"))["events"]![0]!["rounds"]![1]!;
        Assert.Equal(1, round["heats"]!.GetValue<int>());
        Assert.Equal("""[["4","1","5"]]""", round["proposal"]!.ToJsonString());
        await meet.DoAsync("confirmDraw", Final);
        Assert.Equal(["4", "1", "5"], Bibs(await meet.HeatAsync("e-final-1")));
        round = (await GetAsync($"/api/meets/{meet.Id}"))["events"]![0]!["rounds"]![1]!;
        Assert.Equal("e-final-1", round["heats"]![0]!["id"]!.GetValue<string>());
        Assert.Null(round["proposal"]);
    }

    [Fact]
    public async Task The_jury_may_take_its_own_draw()
    {
        var meet = await RoundOverAsync("publish");
        await meet.DoAsync("confirmDraw", new { @event = "e", round = "final", heats = new[] { new[] { "5", "1" }, ["2"] } });
        Assert.Equal(["5", "1"], Bibs(await meet.HeatAsync("e-final-1")));
        Assert.Equal(["2"], Bibs(await meet.HeatAsync("e-final-2")));
    }

    [Fact]
    public async Task A_draw_needs_the_round_before_to_be_provisional_or_official()
    {
        var meet = await RoundOverAsync(null);
        foreach (var type in new[] { "drawRound", "confirmDraw" })
            Assert.Equal(409, (await meet.TryAsync(type, Final)).Status);
        Assert.Equal(409, (await meet.TryAsync("confirmDraw", new { @event = "e", round = "final", heats = new[] { new[] { "1" } } })).Status);
        await meet.DoAsync("publish", new { heat = meet.Heat1 });
        Assert.Equal(409, (await meet.TryAsync("drawRound", Final)).Status);
        await meet.DoAsync("publish", new { heat = meet.Heat2 });
        await meet.DoAsync("drawRound", Final);
        await meet.DoAsync("makeOfficial", new { heat = meet.Heat1 });
        await meet.DoAsync("makeOfficial", new { heat = meet.Heat2 });
        await meet.DoAsync("drawRound", Final);
        await meet.DoAsync("confirmDraw", Final);
    }

    [Fact]
    public async Task The_jury_sends_one_on_or_takes_one_out_with_a_reason()
    {
        var meet = await RoundOverAsync("publish");
        await meet.DoAsync("advance", new { @event = "e", round = "pre", bib = "3", reason = "was pushed" });
        await meet.DoAsync("withdraw", new { @event = "e", round = "pre", bib = "5", reason = "ill" });
        var table = (await meet.ResultsAsync())["rounds"]![0]!["advancement"]!.AsArray();
        var (three, five) = (Entrant(table, "3"), Entrant(table, "5"));
        Assert.Equal(("jury", "safe"), (three["by"]!.GetValue<string>(), three["certainty"]!.GetValue<string>()));
        Assert.Equal("gone", five["certainty"]!.GetValue<string>());
        await meet.DoAsync("drawRound", Final);
        await meet.DoAsync("confirmDraw", Final);
        Assert.Equal(["1", "3", "4"], Bibs(await meet.HeatAsync("e-final-1")).Order());
        var reasons = (await JournalAsync($"?meet={meet.Id}")).Select(row => row["data"]!["reason"]?.GetValue<string>()).ToArray();
        Assert.Contains("was pushed", reasons);
        Assert.Contains("ill", reasons);
    }

    private static object Final => new { @event = "e", round = "final" };

    /// <summary>Both heats of the first round skated: 1 and 4 win, 5 is the fastest of the others.</summary>
    /// <param name="step">Taken in both; null: they stay finished.</param>
    private async Task<OutsideMeet> RoundOverAsync(string? step)
    {
        var meet = await MeetAsync();
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        await meet.SkateAsync(meet.Heat2, 39, "4", "5");
        if (step is not null)
            foreach (var heat in new[] { meet.Heat1, meet.Heat2 })
                await meet.DoAsync(step, new { heat });
        return meet;
    }

    private static JsonNode Entrant(JsonArray table, string bib) => table.Single(row => row!["bib"]!.GetValue<string>() == bib)!;

    private static string[] Bibs(JsonNode heat) => [.. heat["rows"]!.AsArray().Select(row => row!["bib"]!.GetValue<string>())];

    /// <summary>Who has finished, in order.</summary>
    private static async Task<string[]> InAsync(OutsideMeet meet) =>
        [.. (await meet.HeatAsync())["rows"]!.AsArray().Where(row => row!["status"]?.GetValue<string>() == "OK").Select(row => row!["bib"]!.GetValue<string>())];

    private static async Task<int> VersionAsync(OutsideMeet meet) => (await meet.HeatAsync())["version"]!.GetValue<int>();
}
