using System.Text.Json.Nodes;
using LiveSkate.Server.Tests.Ingest;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>Contract section 4: what the documents hold, member by member, at every moment of a race.</summary>
[Collection("outside")]
public sealed class ContractDocumentTests(SharedServer shared) : OutsideTests(shared), IClassFixture<SharedServer>
{
    private static readonly string[] HeatRow =
        ["rank", "bib", "name", "nation", "timeMs", "time", "status", "mark", "remarks", "lap", "elapsedMs", "gapMs", "lapMs", "overdue", "certainty", "neededMs"];

    [Fact]
    public async Task Results_and_heats_have_every_member_at_every_moment_and_what_is_unknown_is_null()
    {
        var meet = await MeetAsync(OutsideMeet.Heats(["1", "2"], ["3"]));
        await HoldsAllAsync(meet);
        await meet.ArmAsync();
        await HoldsAllAsync(meet);
        await meet.DoAsync("startHeat", new { heat = meet.Heat1, timeUs = meet.Gun });
        await HoldsAllAsync(meet);
        await meet.CrossAsync("1", 40);
        await HoldsAllAsync(meet);
        foreach (var step in new[] { "finishHeat", "publish", "makeOfficial" })
        {
            await meet.DoAsync(step, new { heat = meet.Heat1 });
            await HoldsAllAsync(meet);
        }
        await meet.DoAsync("review", new { heat = meet.Heat1, reason = "protest" });
        await HoldsAllAsync(meet);
    }

    [Fact]
    public async Task Every_entrant_has_a_row_in_start_order_until_there_is_a_rank()
    {
        var meet = await MeetAsync(OutsideMeet.Heats(["3", "1", "2"]));
        Assert.Equal(["3", "1", "2"], await BibsAsync(meet));
        await meet.StartAsync();
        Assert.Equal(["3", "1", "2"], await BibsAsync(meet));
        await meet.DoAsync("addPassing", new { heat = meet.Heat1, bib = "2", timeUs = meet.Gun + 20 * OutsideMeet.Second });
        Assert.Equal(["2", "3", "1"], await BibsAsync(meet));
        await meet.DoAsync("addPassing", new { heat = meet.Heat1, bib = "1", timeUs = meet.Gun + 19 * OutsideMeet.Second });
        Assert.Equal(["1", "2", "3"], await BibsAsync(meet));
        var heat = await meet.HeatAsync();
        Assert.Equal([1, 2, null], heat["rows"]!.AsArray().Select(row => row!["rank"]?.GetValue<int>()));
    }

    [Fact]
    public async Task A_row_is_written_as_the_contract_writes_it()
    {
        var meet = await MeetAsync(OutsideMeet.Heats(["11", "12"]));
        await meet.StartAsync();
        await meet.CrossAsync("11", 83.63312);
        await meet.CrossAsync("12", 59.0009);
        var rows = (await meet.ResultsAsync())["rounds"]![0]!["heats"]![0]!["rows"]!.AsArray();
        var row = rows.Single(row => row!["bib"]!.GetValue<string>() == "11")!;
        Assert.Equal(("Andrés JIMÉNEZ11", "COL", 83633, "1:23.633", "OK", 2), (
            row["name"]!.GetValue<string>(), row["nation"]!.GetValue<string>(), row["timeMs"]!.GetValue<int>(), row["time"]!.GetValue<string>(),
            row["status"]!.GetValue<string>(), row["rank"]!.GetValue<int>()));
        Assert.Equal("59.000", rows[0]!["time"]!.GetValue<string>());
    }

    [Fact]
    public async Task Rank_in_a_heat_is_a_competition_rank()
    {
        var meet = await MeetAsync(OutsideMeet.Heats(["1", "2", "3", "4"]));
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3", "4");
        await meet.DoAsync("setFinishOrder", new { heat = meet.Heat1, bibs = new[] { new[] { "4" }, new[] { "2", "3" }, new[] { "1" } } });
        var rows = (await meet.HeatAsync())["rows"]!.AsArray();
        Assert.Equal([("4", 1), ("2", 2), ("3", 2), ("1", 4)], rows.Select(row => (row!["bib"]!.GetValue<string>(), row["rank"]!.GetValue<int>())));
    }

    [Fact]
    public async Task Every_status_is_shown_and_only_sport_and_disciplinary_faults_and_first_round_DNS_have_no_rank()
    {
        string[] codes = ["DNS", "DNF", "DSQ-TF", "DSQ-SF", "DSQ-DF"];
        var meet = await MeetAsync(OutsideMeet.Heats(["1", "2", "3", "4", "5", "6"]));
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3", "4", "5", "6");
        for (var i = 0; i < codes.Length; i++)
            await meet.DoAsync("sanction", new { heat = meet.Heat1, bib = $"{i + 2}", code = codes[i], reason = "seen" });
        var heat = await meet.HeatAsync();
        Assert.Equal(["OK", .. codes], Enumerable.Range(1, 6).Select(bib => OutsideMeet.Row(heat, $"{bib}")["status"]!.GetValue<string>()));
        Assert.Equal([1, null, 2, 2, null, null], Enumerable.Range(1, 6).Select(bib => OutsideMeet.Row(heat, $"{bib}")["rank"]?.GetValue<int>()));
        Assert.All(Enumerable.Range(2, 5), bib => Assert.Null(OutsideMeet.Row(heat, $"{bib}")["timeMs"]));
    }

    [Fact]
    public async Task Certainty_says_what_may_still_happen_and_marks_are_given_when_nothing_can()
    {
        var meet = await MeetAsync();
        Assert.All(await TableAsync(meet), row => Assert.Equal("- - out", row.Value));
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        Assert.Equal("- place in", (await TableAsync(meet))["1"]);
        await meet.DoAsync("publish", new { heat = meet.Heat1 });
        await meet.DoAsync("makeOfficial", new { heat = meet.Heat1 });
        var table = await TableAsync(meet);
        Assert.Equal(["Q place safe", "- time bubble", "- - gone"], new[] { "1", "2", "3" }.Select(bib => table[bib]));

        await meet.SkateAsync(meet.Heat2, 40.5, "4");
        await meet.CrossAsync("5", 40.9, meet.Heat2);
        table = await TableAsync(meet);
        Assert.Equal(["- place in", "- time bubble", "- - out"], new[] { "4", "5", "2" }.Select(bib => table[bib]));
        await meet.DoAsync("publish", new { heat = meet.Heat2 });
        await meet.DoAsync("makeOfficial", new { heat = meet.Heat2 });
        table = await TableAsync(meet);
        Assert.Equal(["Q place safe", "Q place safe", "q time safe", "- - gone", "- - gone"],
            new[] { "1", "4", "5", "2", "3" }.Select(bib => table[bib]));
        Assert.Equal("q", (await meet.RowAsync("5", meet.Heat2))["mark"]!.GetValue<string>());
        var heats = (await meet.ResultsAsync())["rounds"]![0]!["heats"]!.AsArray();
        Assert.Equal(["Q", "Q"], heats.Select(heat => heat!["rows"]![0]!["mark"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_status_of_a_round_is_the_least_advanced_of_its_heats()
    {
        var meet = await MeetAsync(OutsideMeet.Heats(["1"], ["2"]));
        foreach (var (heat, step, status) in new[]
        {
            (1, "openHeat", "scheduled"), (2, "openHeat", "open"), (1, "armHeat", "open"), (1, "startHeat", "open"), (1, "finishHeat", "open"),
            (2, "armHeat", "armed"), (2, "startHeat", "running"), (2, "finishHeat", "finished"), (1, "publish", "finished"),
            (2, "publish", "provisional"), (1, "makeOfficial", "provisional"), (2, "makeOfficial", "official"),
        })
        {
            await meet.DoAsync(step, step == "startHeat" ? new { heat = $"e-pre-{heat}", timeUs = meet.Gun + heat * 600 * OutsideMeet.Second } : new { heat = $"e-pre-{heat}" });
            Assert.Equal(status, (await meet.ResultsAsync())["rounds"]![0]!["status"]!.GetValue<string>());
        }
        Assert.Equal("scheduled", (await meet.ResultsAsync())["rounds"]![1]!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_final_ranking_is_empty_until_the_last_round_is_provisional_and_then_goes_block_by_block_and_a_place_may_stay_empty()
    {
        var meet = await MeetAsync();
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        await meet.SkateAsync(meet.Heat2, 39, "4", "5");
        foreach (var (step, heat) in new[] { ("publish", 1), ("publish", 2), ("makeOfficial", 1), ("makeOfficial", 2) })
            await meet.DoAsync(step, new { heat = $"e-pre-{heat}" });
        await meet.DoAsync("drawRound", new { @event = "e", round = "final" });
        await meet.DoAsync("confirmDraw", new { @event = "e", round = "final" });
        Assert.Empty((await meet.ResultsAsync())["final"]!.AsArray());
        await meet.SkateAsync("e-final-1", 38, "1", "4", "5");
        Assert.Empty((await meet.ResultsAsync())["final"]!.AsArray());
        await meet.DoAsync("publish", new { heat = "e-final-1" });
        Assert.Equal(["1: 1", "2: 4", "3: 5", "4: 2", "5: 3"], await FinalAsync(meet));
        var first = (await meet.ResultsAsync())["final"]![0]!;
        Assert.Equal(("Andrés JIMÉNEZ1", "COL", 38_000, "OK"), (
            first["name"]!.GetValue<string>(), first["nation"]!.GetValue<string>(), first["timeMs"]!.GetValue<int>(), first["status"]!.GetValue<string>()));

        await meet.DoAsync("sanction", new { heat = "e-final-1", bib = "1", code = "DSQ-SF", reason = "pushed" });
        Assert.Equal(["1: 4", "2: 5", "4: 2", "5: 3", "none: 1"], await FinalAsync(meet));
    }

    [Fact]
    public async Task The_public_state_of_a_heat_has_what_a_screen_needs()
    {
        var meet = await MeetAsync(OutsideMeet.Heats(["1", "2", "3"]));
        await meet.ArmAsync();
        var heat = await meet.HeatAsync();
        foreach (var name in new[] { "clock", "lapsToGo", "orderAt" })
            Assert.True(heat.AsObject().TryGetPropertyValue(name, out var value) && value is null, name);

        await using var track = await TrackAsync();
        await meet.FireAsync(track);
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;
        foreach (var (bib, seconds) in new[] { ("1", 20.0005), ("2", 20.5), ("1", 40.9999) })
            await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing(bib, seconds));
        heat = await meet.HeatAsync();
        var clock = heat["clock"]!;
        Assert.InRange(clock["startUs"]!.GetValue<long>(), now - 120 * OutsideMeet.Second, now + OutsideMeet.Second);
        Assert.InRange(clock["serverUs"]!.GetValue<long>(), now - OutsideMeet.Second, now + 120 * OutsideMeet.Second);
        Assert.Equal((1m, true), (clock["rate"]!.GetValue<decimal>(), clock["running"]!.GetValue<bool>()));
        Assert.Equal((0, 2), (heat["lapsToGo"]!.GetValue<int>(), heat["orderAt"]!["lap"]!.GetValue<int>()));
        var (one, two) = (OutsideMeet.Row(heat, "1"), OutsideMeet.Row(heat, "2"));
        Assert.Equal((2, 40_999L, 20_999L, 0L), (one["lap"]!.GetValue<int>(), one["elapsedMs"]!.GetValue<long>(), one["lapMs"]!.GetValue<long>(), one["gapMs"]!.GetValue<long>()));
        Assert.Equal((1, 20_500L, 20_500L, 500L), (two["lap"]!.GetValue<int>(), two["elapsedMs"]!.GetValue<long>(), two["lapMs"]!.GetValue<long>(), two["gapMs"]!.GetValue<long>()));
        Assert.All(new[] { "1", "2", "3" }, bib => Assert.Contains(OutsideMeet.Row(heat, bib)["certainty"]!.GetValue<string>(), new[] { "safe", "in", "bubble", "out", "gone" }));
        Assert.False(two["overdue"]!.GetValue<bool>());
        Assert.NotEmpty(heat["highlights"]!.AsArray());

        await meet.DoAsync("finishHeat", new { heat = meet.Heat1 });
        Assert.False((await meet.HeatAsync())["clock"]!["running"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Who_should_have_been_there_is_overdue_and_who_still_races_is_told_the_time_that_is_needed()
    {
        var meet = await MeetAsync(paper =>
        {
            OutsideMeet.Heats(["1", "2", "3"], ["4", "5"])(paper);
            paper["events"]![0]!["distanceM"] = 600;
        });
        await meet.StartAsync();
        foreach (var (bib, seconds) in new[] { ("1", 20), ("2", 20), ("3", 21), ("1", 40), ("3", 41), ("1", 60), ("3", 62) })
            await meet.DoAsync("addPassing", new { heat = meet.Heat1, bib, timeUs = meet.Gun + seconds * OutsideMeet.Second });
        var heat = await meet.HeatAsync();
        Assert.Equal([false, true, false], new[] { "1", "2", "3" }.Select(bib => OutsideMeet.Row(heat, bib)["overdue"]!.GetValue<bool>()));
        Assert.Equal(62_000, OutsideMeet.Row(heat, "2")["neededMs"]!.GetValue<long>());
        Assert.Null(OutsideMeet.Row(heat, "1")["neededMs"]);
    }

    [Fact]
    public async Task Close_times_are_marked_and_block_nothing_and_equal_thousandths_are_ordered_by_microseconds()
    {
        var meet = await MeetAsync(OutsideMeet.Heats(["1", "2", "3", "4"]));
        await using var track = await TrackAsync();
        await meet.StartAsync();
        foreach (var (bib, us) in new[] { ("1", 40_000_900), ("2", 40_000_100), ("3", 40_000_100), ("4", 40_500_000) })
        {
            await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing(bib, 20));
            await track.PublishAsync($"src/{meet.Finish}/passing", meet.PassingAt(bib, meet.Gun + us));
        }
        var heat = await meet.HeatAsync();
        Assert.Equal("finished", heat["state"]!.GetValue<string>());
        Assert.Equal([("2", 1, "40.000"), ("3", 1, "40.000"), ("1", 3, "40.000"), ("4", 4, "40.500")],
            heat["rows"]!.AsArray().Select(row => (row!["bib"]!.GetValue<string>(), row["rank"]!.GetValue<int>(), row["time"]!.GetValue<string>())));
        Assert.Equal([true, true, true, false], heat["rows"]!.AsArray().Select(row =>
            row!["remarks"]!.AsArray().Any(remark => remark!.GetValue<string>() == "unresolved")));
        await meet.DoAsync("publish", new { heat = meet.Heat1 });
        await meet.DoAsync("makeOfficial", new { heat = meet.Heat1 });
    }

    [Fact]
    public async Task The_document_of_the_contract_is_taken_as_it_stands_there_and_drawn_heats_are_called_event_round_number()
    {
        var id = new OutsideMeet(Server).Id;
        var paper = JsonNode.Parse("""
            {"name":"The World Games 2022","venue":{"name":"Birmingham CrossPlex","timeZone":"America/Chicago","lapM":200},"rehearsal":false,
             "sources":[{"id":"finish-1","role":"finish"},{"id":"start-1","role":"start"}],
             "skaters":[{"id":"s1","familyName":"Jiménez","givenName":"Andrés","nation":"COL","transponders":["1001","1002"]},
               {"id":"s2","familyName":"Bramante","givenName":"Giuseppe","nation":"ITA","transponders":["1003"]}],
             "events":[{"id":"m1000","name":"Men's 1000 m sprint","format":"sprint","distanceM":1000,
               "entries":[{"bib":"11","skater":"s1"},{"bib":"12","skater":"s2"}],
               "rounds":[
                {"id":"pre","name":"Preliminary round","advance":{"perHeat":1,"fastest":12},
                 "heats":[{"id":"m1000-pre-1","number":1,"bibs":["11","12"]}]},
                {"id":"semi","name":"Semifinals","heats":2,"draw":"twoPassSnake","advance":{"perHeat":1,"fastest":6}},
                {"id":"final","name":"Final","heats":1,"draw":"directThenTime"}]}]}
            """)!;
        Assert.Equal(201, (await PutAsync(id, paper)).Status);
        async Task DoAsync(object command)
        {
            var said = await SendAsync(HttpMethod.Post, $"/api/meets/{id}/commands", System.Text.Json.JsonSerializer.Serialize(command));
            Assert.True(said.Status == 200, said.Body);
        }
        foreach (var type in new[] { "openHeat", "armHeat" })
            await DoAsync(new { type, heat = "m1000-pre-1" });
        await DoAsync(new { type = "startHeat", heat = "m1000-pre-1", timeUs = OutsideMeet.Noon });
        foreach (var bib in new[] { "11", "12" })
            await DoAsync(new { type = "setTime", heat = "m1000-pre-1", bib, timeMs = 83_000 + bib[1], reason = "manual" });
        await DoAsync(new { type = "publish", heat = "m1000-pre-1" });
        await DoAsync(new { type = "drawRound", @event = "m1000", round = "semi" });
        await DoAsync(new { type = "confirmDraw", @event = "m1000", round = "semi" });
        var heats = (await GetAsync($"/api/meets/{id}/events/m1000/results"))["rounds"]![1]!["heats"]!.AsArray();
        Assert.Equal(["m1000-semi-1", "m1000-semi-2"], heats.Select(heat => heat!["id"]!.GetValue<string>()));
        Assert.All(heats, heat => Assert.Equal("scheduled", heat!["state"]!.GetValue<string>()));
        Assert.All(heats, heat => Assert.Single(heat!["rows"]!.AsArray()));
    }

    private static async Task HoldsAllAsync(OutsideMeet meet)
    {
        var results = await meet.ResultsAsync();
        Has(results, "meet", "at", "event", "rounds", "final");
        Has(results["event"], "id", "name", "format");
        Assert.Equal(2, results["rounds"]!.AsArray().Count);
        foreach (var round in results["rounds"]!.AsArray())
        {
            Has(round, "id", "name", "status", "heats", "advancement");
            foreach (var heat in round!["heats"]!.AsArray())
            {
                Has(heat, "id", "number", "run", "state", "version", "rows");
                Assert.All(heat!["rows"]!.AsArray(), row => Has(row, HeatRow[..9]));
            }
            Assert.All(round["advancement"]!.AsArray(), row => Has(row, "bib", "mark", "by", "certainty", "rank", "timeMs"));
        }
        var state = await meet.HeatAsync();
        Has(state, "id", "number", "run", "state", "version", "rows", "clock", "lapsToGo", "orderAt", "highlights");
        Assert.All(state["rows"]!.AsArray(), row => Has(row, HeatRow));
        if (state["clock"] is { } clock)
            Has(clock, "startUs", "serverUs", "rate", "running");
        Assert.Equal(["1", "2"], results["rounds"]![0]!["heats"]![0]!["rows"]!.AsArray().Select(row => row!["bib"]!.GetValue<string>()).Order());
    }

    private static void Has(JsonNode? node, params string[] members) =>
        Assert.DoesNotContain(members, name => !node!.AsObject().ContainsKey(name));

    private static async Task<string[]> BibsAsync(OutsideMeet meet)
    {
        var (heat, results) = (await meet.HeatAsync(), await meet.ResultsAsync());
        string[] bibs = [.. heat["rows"]!.AsArray().Select(row => row!["bib"]!.GetValue<string>())];
        Assert.Equal(bibs, results["rounds"]![0]!["heats"]![0]!["rows"]!.AsArray().Select(row => row!["bib"]!.GetValue<string>()));
        return bibs;
    }

    /// <summary>Mark, by and certainty of each bib.</summary>
    private static async Task<Dictionary<string, string>> TableAsync(OutsideMeet meet) =>
        (await meet.ResultsAsync())["rounds"]![0]!["advancement"]!.AsArray().ToDictionary(
            row => row!["bib"]!.GetValue<string>(),
            row => string.Join(' ', new[] { "mark", "by", "certainty" }.Select(name => row![name]?.GetValue<string>() ?? "-")));

    /// <summary>Rank and bib of each line.</summary>
    private static async Task<IEnumerable<string>> FinalAsync(OutsideMeet meet) =>
        (await meet.ResultsAsync())["final"]!.AsArray().Select(row => $"{row!["rank"]?.ToJsonString() ?? "none"}: {row["bib"]!.GetValue<string>()}");
}
