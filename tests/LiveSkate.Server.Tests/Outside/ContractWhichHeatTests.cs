using System.Text.Json.Nodes;
using LiveSkate.Server.Tests.Ingest;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>Contract section 2, "Which heat", "Role", and the photo finish: what becomes of what the track sends.</summary>
[Collection("outside")]
public sealed class ContractWhichHeatTests(SharedServer shared) : OutsideTests(shared), IClassFixture<SharedServer>
{
    [Fact]
    public async Task A_gun_starts_the_heat_that_is_armed_and_a_gate_starts_none()
    {
        var meet = await MeetAsync();
        await using var track = await TrackAsync();
        await meet.ArmAsync();
        await track.PublishAsync($"src/{meet.Start}/signal", OutsideMeet.Signal("gate", meet.Gun));
        Assert.Equal("armed", await meet.StateAsync());
        await meet.FireAsync(track);
        Assert.Equal("running", await meet.StateAsync());
        Assert.Equal("scheduled", await meet.StateAsync(meet.Heat2));
    }

    [Fact]
    public async Task A_command_that_is_sent_after_the_PUBACK_sees_the_passing()
    {
        var meet = await MeetAsync(OutsideMeet.Heats([.. Enumerable.Range(1, 10).Select(i => new[] { $"{i}" })]));
        await using var track = await TrackAsync();
        for (var i = 1; i <= 10; i++)
        {
            await meet.StartAsync($"e-pre-{i}");
            await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing($"{i}", 20));
            await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing($"{i}", 40));
            await meet.DoAsync("publish", new { heat = $"e-pre-{i}" });
        }
    }

    [Fact]
    public async Task A_passing_belongs_to_its_heat_whichever_of_gun_and_passing_arrives_first()
    {
        var (before, after) = (await MeetAsync(), await MeetAsync());
        await using var track = await TrackAsync();
        foreach (var (meet, gunFirst) in new[] { (before, true), (after, false) })
        {
            await meet.ArmAsync();
            var (gun, passing) = (OutsideMeet.Noon + 600 * OutsideMeet.Second, OutsideMeet.Noon + 621 * OutsideMeet.Second);
            var signal = () => track.PublishAsync($"src/{meet.Start}/signal", OutsideMeet.Signal("gun", gun));
            var crossing = () => track.PublishAsync($"src/{meet.Finish}/passing", meet.PassingAt("2", passing));
            await (gunFirst ? signal : crossing)();
            await (gunFirst ? crossing : signal)();
            var row = await meet.RowAsync("2");
            Assert.Equal((1, 21_000), (row["lap"]!.GetValue<int>(), row["elapsedMs"]!.GetValue<long>()));
            await meet.LeaveTrackAsync();
        }
    }

    [Fact]
    public async Task A_passing_belongs_to_the_heat_whose_gun_is_the_last_at_or_before_it()
    {
        var meet = await MeetAsync(OutsideMeet.Heats(["1"], ["2"]));
        await using var track = await TrackAsync();
        await meet.SkateAsync(meet.Heat1, 40, "1");
        await meet.SkateAsync(meet.Heat2, 41, "2");
        await meet.DoAsync("publish", new { heat = meet.Heat1 });
        await meet.DoAsync("publish", new { heat = meet.Heat2 });
        await meet.DoAsync("drawRound", new { @event = "e", round = "final" });
        await meet.DoAsync("confirmDraw", new { @event = "e", round = "final" });
        var pre = meet.Gun - 600 * OutsideMeet.Second;
        await meet.StartAsync("e-final-1");
        // The first at the very gun of the final is too early to be a lap, but it is the final's.
        foreach (var time in new[] { meet.Gun, meet.Gun + 20 * OutsideMeet.Second, pre + 60 * OutsideMeet.Second })
            await track.PublishAsync($"src/{meet.Finish}/passing", meet.PassingAt("1", time));
        Assert.Equal([meet.Gun, meet.Gun + 20 * OutsideMeet.Second], Times(await meet.HeatAsync("e-final-1"), "1"));
        Assert.Contains(pre + 60 * OutsideMeet.Second, Times(await meet.HeatAsync(meet.Heat1), "1"));
        Assert.Equal(1, (await meet.RowAsync("1", "e-final-1"))["lap"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("annulHeat")]
    [InlineData("recallHeat")]
    public async Task A_passing_of_a_run_that_was_annulled_or_recalled_does_not_count_in_the_next_one(string type)
    {
        var meet = await MeetAsync();
        await using var track = await TrackAsync();
        await meet.StartAsync();
        var first = meet.Gun;
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.PassingAt("1", first + 20 * OutsideMeet.Second));
        await meet.DoAsync(type, type == "annulHeat" ? new { heat = meet.Heat1, reason = "oil" } : new { heat = meet.Heat1 });
        Assert.Equal(0, (await meet.RowAsync("1"))["lap"]!.GetValue<int>());
        await meet.DoAsync("armHeat", new { heat = meet.Heat1 });
        await meet.FireAsync(track);
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.PassingAt("1", first + 40 * OutsideMeet.Second));
        Assert.Equal(0, (await meet.RowAsync("1"))["lap"]!.GetValue<int>());
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 20));
        Assert.Equal((1, 20_000), ((await meet.RowAsync("1"))["lap"]!.GetValue<int>(), (await meet.RowAsync("1"))["elapsedMs"]!.GetValue<long>()));
    }

    [Theory]
    [InlineData("finished")]
    [InlineData("provisional")]
    [InlineData("review")]
    public async Task A_late_passing_counts_whatever_state_its_heat_is_in_by_then(string state)
    {
        var meet = await MeetAsync(OutsideMeet.Heats(["1", "2"]));
        await using var track = await TrackAsync();
        await meet.StartAsync();
        await meet.CrossAsync("2", 41);
        await meet.DoAsync("addPassing", new { heat = meet.Heat1, bib = "1", timeUs = meet.Gun + 20 * OutsideMeet.Second });
        await meet.DoAsync("finishHeat", new { heat = meet.Heat1 });
        if (state != "finished")
            await meet.DoAsync("publish", new { heat = meet.Heat1 });
        if (state == "review")
            await meet.DoAsync("review", new { heat = meet.Heat1, reason = "a reading is missing" });
        Assert.Equal("DNF", (await meet.RowAsync("1"))["status"]!.GetValue<string>());
        var version = (await meet.HeatAsync())["version"]!.GetValue<int>();

        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 40));

        var heat = await meet.HeatAsync();
        Assert.Equal((1, 40_000, "OK"), (
            OutsideMeet.Row(heat, "1")["rank"]!.GetValue<int>(), OutsideMeet.Row(heat, "1")["timeMs"]!.GetValue<long>(),
            OutsideMeet.Row(heat, "1")["status"]!.GetValue<string>()));
        Assert.Equal(2, OutsideMeet.Row(heat, "2")["rank"]!.GetValue<int>());
        Assert.Equal(state, heat["state"]!.GetValue<string>());
        Assert.Equal(state == "finished" ? version : version + 1, heat["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_late_passing_of_an_official_heat_is_kept_and_listed_and_moves_no_rank()
    {
        var meet = await MeetAsync(OutsideMeet.Heats(["1", "2"]));
        await using var track = await TrackAsync();
        await meet.StartAsync();
        await meet.CrossAsync("2", 41);
        foreach (var step in new[] { "finishHeat", "publish", "makeOfficial" })
            await meet.DoAsync(step, new { heat = meet.Heat1 });
        var before = await meet.HeatAsync();
        foreach (var seconds in new[] { 20, 40 })
            await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", seconds));
        var after = await meet.HeatAsync();
        Assert.Equal(before["rows"]!.ToJsonString(), after["rows"]!.ToJsonString());
        Assert.Equal((before["version"]!.GetValue<int>(), "official"), (after["version"]!.GetValue<int>(), after["state"]!.GetValue<string>()));
        Assert.Equal([meet.Gun + 20 * OutsideMeet.Second, meet.Gun + 40 * OutsideMeet.Second], Times(after, "1"));
        Assert.All(after["passings"]!.AsArray().Where(passing => passing!["bib"]!.GetValue<string>() == "1"), passing => Assert.Equal("after-official", passing!["use"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_passing_with_no_heat_is_kept_and_listed()
    {
        var meet = await MeetAsync();
        await using var track = await TrackAsync();
        await meet.StartAsync();
        var at = await AtAsync();
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.PassingAt("1", meet.Gun - 1));
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("4", 20));
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("99", 20));
        Assert.Equal(3, (await JournalAsync($"?from={at + 1}")).Count(row => row["kind"]!.GetValue<string>() == "passing-read"));
        var listed = (await GetAsync($"/api/meets/{meet.Id}/unused")).ToJsonString();
        foreach (var bib in new[] { "1", "4", "99" })
            Assert.Contains(meet.Chip(bib), listed, StringComparison.Ordinal);
        Assert.All((await meet.HeatAsync())["rows"]!.AsArray(), row => Assert.Equal(0, row!["lap"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(915_148_799_000_000)]
    [InlineData(4_102_444_800_000_000)]
    [InlineData(32_000_000_000_000_000)]
    public async Task A_meet_may_lie_in_any_year(long gun)
    {
        var meet = await MeetAsync(OutsideMeet.Heats(["1", "2"]));
        await using var track = await TrackAsync();
        await meet.ArmAsync();
        await track.PublishAsync($"src/{meet.Start}/signal", OutsideMeet.Signal("gun", gun));
        foreach (var (bib, seconds) in new[] { ("2", 42), ("1", 41), ("1", 20), ("2", 21) })
            await track.PublishAsync($"src/{meet.Finish}/passing", meet.PassingAt(bib, gun + seconds * OutsideMeet.Second));
        var heat = await meet.HeatAsync();
        Assert.Equal("finished", heat["state"]!.GetValue<string>());
        Assert.Equal(["41.000", "42.000"], heat["rows"]!.AsArray().Select(row => row!["time"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Too_early_and_impossible_are_measured_from_the_gun_and_the_lap_and_such_passings_are_kept()
    {
        var meet = await MeetAsync(OutsideMeet.Heats(["1", "2"]));
        await using var track = await TrackAsync();
        await meet.StartAsync();
        foreach (var seconds in new[] { 2, 20, 20.3, 22, 41, 60 })
            await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", seconds));
        var uses = (await meet.HeatAsync())["passings"]!.AsArray().OrderBy(passing => passing!["timeUs"]!.GetValue<long>()).Select(passing => passing!["use"]!.GetValue<string>());
        Assert.Equal(["too-early", "counted", "duplicate", "duplicate", "counted", "after-finish"], uses);
        Assert.Equal(41_000, (await meet.RowAsync("1"))["timeMs"]!.GetValue<long>());
    }

    [Fact]
    public async Task The_role_of_a_source_says_what_its_passings_are_and_the_loop_is_information()
    {
        var meet = await MeetAsync(paper => paper["sources"]!.AsArray().Add(new JsonObject { ["id"] = $"{paper["sources"]![0]!["id"]}-100", ["role"] = "split", ["atM"] = 100 }));
        var split = $"{meet.Finish}-100";
        await using var track = await TrackAsync();
        await meet.StartAsync();
        await track.PublishAsync($"src/{meet.Start}/passing", meet.Passing("1", 19));
        Assert.Equal(0, (await meet.RowAsync("1"))["lap"]!.GetValue<int>());
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 20, more: ",\"loop\":\"split-100\""));
        Assert.Equal(1, (await meet.RowAsync("1"))["lap"]!.GetValue<int>());
        await track.PublishAsync($"src/{split}/passing", meet.Passing("1", 29, more: ",\"loop\":\"finish\""));
        var heat = await meet.HeatAsync();
        Assert.Equal((1, 29_000), (OutsideMeet.Row(heat, "1")["lap"]!.GetValue<int>(), OutsideMeet.Row(heat, "1")["elapsedMs"]!.GetValue<long>()));
        Assert.Equal(1, heat["orderAt"]!["lap"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Simulated_readings_are_refused_unless_the_meet_says_rehearsal(bool rehearsal)
    {
        var meet = await MeetAsync(paper => paper["rehearsal"] = rehearsal);
        await using var track = await TrackAsync();
        await meet.ArmAsync();
        var before = await AtAsync();
        await track.PublishAsync($"src/{meet.Start}/signal", OutsideMeet.Signal("gun", meet.Gun).Replace("}", ",\"sim\":true}", StringComparison.Ordinal));
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 20, more: ",\"sim\":true"));
        await track.PublishAsync($"src/{meet.Finish}/finish", """{"heat":"e-pre-1","revision":1,"sim":true,"rows":[{"bib":"1","place":1,"elapsedUs":null,"status":"OK"}]}""");
        var rows = await JournalAsync($"?from={before + 1}");
        Assert.Equal(3, rows.Count);
        Assert.Equal(rehearsal ? "running" : "armed", await meet.StateAsync());
        if (!rehearsal)
            Assert.All(rows, row => Assert.Equal("simulated", row["data"]!["reason"]!.GetValue<string>()));
        else
            Assert.Equal("OK", (await meet.RowAsync("1"))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_highest_revision_of_the_photo_finish_counts()
    {
        var meet = await MeetAsync();
        await using var track = await TrackAsync();
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        foreach (var (revision, order) in new[] { (1, "213"), (3, "321"), (2, "132") })
            await track.PublishAsync($"src/{meet.Finish}/finish", Photo(revision, [.. order.Select((bib, i) => Row($"{bib}", i + 1, 40_100_000 + i * 900))]));
        var heat = await meet.HeatAsync();
        Assert.Equal(["3", "2", "1"], heat["rows"]!.AsArray().Select(row => row!["bib"]!.GetValue<string>()));
        Assert.Equal(["40.100", "40.100", "40.101"], heat["rows"]!.AsArray().Select(row => row!["time"]!.GetValue<string>()));
        Assert.Equal([1, 2, 3], heat["rows"]!.AsArray().Select(row => row!["rank"]!.GetValue<int>()));
    }

    [Fact]
    public async Task The_photo_finish_gives_a_place_without_a_time_and_every_status()
    {
        var meet = await MeetAsync(OutsideMeet.Heats(["1", "2", "3", "4", "5"]));
        await using var track = await TrackAsync();
        await meet.StartAsync();
        await track.PublishAsync($"src/{meet.Finish}/finish", Photo(1,
            [Row("2", 1, 40_000_999), Row("1", 2, null), Row("3", null, null, "DNF"), Row("4", null, null, "DNS"), Row("5", null, null, "DSQ")]));
        var heat = await meet.HeatAsync();
        Assert.Equal("finished", heat["state"]!.GetValue<string>());
        Assert.Equal(40_000, OutsideMeet.Row(heat, "2")["timeMs"]!.GetValue<long>());
        var second = OutsideMeet.Row(heat, "1");
        Assert.Equal((2, "OK"), (second["rank"]!.GetValue<int>(), second["status"]!.GetValue<string>()));
        Assert.True(second.AsObject().ContainsKey("timeMs") && second["timeMs"] is null && second["time"] is null);
        Assert.Equal(["DNF", "DNS"], new[] { "3", "4" }.Select(bib => OutsideMeet.Row(heat, bib)["status"]!.GetValue<string>()));
        Assert.StartsWith("DSQ-", OutsideMeet.Row(heat, "5")["status"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static IEnumerable<long> Times(JsonNode heat, string bib) => heat["passings"]!.AsArray()
        .Where(passing => passing!["bib"]!.GetValue<string>() == bib).Select(passing => passing!["timeUs"]!.GetValue<long>()).Order();

    private static string Photo(int revision, string[] rows) => $$"""{"heat":"e-pre-1","revision":{{revision}},"rows":[{{string.Join(',', rows)}}]}""";

    private static string Row(string bib, int? place, long? elapsedUs, string status = "OK") => new JsonObject
    {
        ["bib"] = bib, ["place"] = place, ["elapsedUs"] = elapsedUs, ["status"] = status,
    }.ToJsonString();
}
