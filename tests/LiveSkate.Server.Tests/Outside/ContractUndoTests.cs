using System.Text.Json.Nodes;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>Contract section 3: undo, with another act in its place, and preview of any command.</summary>
[Collection("outside")]
public sealed class ContractUndoTests(SharedServer shared) : OutsideTests(shared), IClassFixture<SharedServer>
{
    [Fact]
    public async Task A_command_is_undone_by_its_position_and_the_journal_keeps_it()
    {
        var meet = await ProvisionalAsync();
        var at = await meet.DoAsync("sanction", new { heat = meet.Heat1, bib = "1", code = "DSQ-SF", reason = "pushed" });
        var undo = await meet.DoAsync("undo", new { at });
        Assert.Equal(1, (await meet.RowAsync("1"))["rank"]!.GetValue<int>());
        var kinds = (await JournalAsync($"?from={at}&meet={meet.Id}")).Select(row => row["kind"]!.GetValue<string>());
        Assert.Equal(["skater-sanctioned", "command-undone"], kinds);
        await meet.DoAsync("undo", new { at = undo });
        Assert.Equal("DSQ-SF", (await meet.RowAsync("1"))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Another_act_takes_its_place_at_the_same_moment()
    {
        var meet = await MeetAsync();
        await meet.StartAsync();
        var time = meet.Gun + 20 * OutsideMeet.Second;
        var at = await meet.DoAsync("addPassing", new { heat = meet.Heat1, bib = "1", timeUs = time });
        await meet.DoAsync("undo", new { at, by = new { type = "addPassing", heat = meet.Heat1, bib = "2", timeUs = time } });
        Assert.Equal((0, 1), ((await meet.RowAsync("1"))["lap"]!.GetValue<int>(), (await meet.RowAsync("2"))["lap"]!.GetValue<int>()));
        var passing = Assert.Single((await meet.HeatAsync())["passings"]!.AsArray())!;
        Assert.Equal((at, time), (passing["id"]!.GetValue<long>(), passing["timeUs"]!.GetValue<long>()));
    }

    [Fact]
    public async Task What_cannot_be_undone_says_so()
    {
        var meet = await MeetAsync();
        var put = await AtAsync();
        Refused(await meet.TryAsync("undo", new { at = put }), "not-undoable");
        Refused(await meet.TryAsync("undo", new { at = put + 1000 }), "unknown-command");
        var open = await meet.DoAsync("openHeat", new { heat = meet.Heat1 });
        var arm = await meet.DoAsync("armHeat", new { heat = meet.Heat1 });
        Refused(await meet.TryAsync("undo", new { at = open }), "depended-on");
        await using var track = await TrackAsync();
        await meet.FireAsync(track);
        Refused(await meet.TryAsync("undo", new { at = arm }), "signal-heard");
        var sanction = await meet.DoAsync("sanction", new { heat = meet.Heat1, bib = "1", code = "DNF", reason = "fell" });
        Refused(await meet.TryAsync("undo", new { at = sanction, by = new { type = "openHeat", heat = meet.Heat2 } }), "wrong-replacement");
        await meet.DoAsync("undo", new { at = sanction });
        Refused(await meet.TryAsync("undo", new { at = sanction }), "already-undone");
    }

    [Fact]
    public async Task Every_fault_of_an_undo_is_named_with_its_place()
    {
        var meet = await ProvisionalAsync();
        foreach (var (body, path) in new (object, string)[]
        {
            (new { }, "$.at"),
            (new { at = "3" }, "$.at"),
            (new { at = 3, by = "openHeat" }, "$.by"),
            (new { at = 3, by = new { heat = "x" } }, "$.by.type"),
            (new { at = 3, by = new { type = "fly" } }, "$.by.type"),
            (new { at = 3, by = new { type = "openHeat" } }, "$.by.heat"),
            (new { at = 3, next = "burn" }, "$.next"),
            (new { at = 3, judge = "" }, "$.judge"),
        })
        {
            var said = await meet.TryAsync("undo", body);
            Assert.Equal(422, said.Status);
            Assert.Contains(said.Json!["faults"]!.AsArray(), fault => fault!["path"]!.GetValue<string>() == path);
        }
    }

    [Fact]
    public async Task A_version_says_what_changed_by_whom_and_why()
    {
        var meet = await ProvisionalAsync();
        await meet.DoAsync("sanction", new { heat = meet.Heat1, bib = "1", code = "DSQ-SF", reason = "pushed", judge = "R. Rossi" });
        var heat = await meet.HeatAsync();
        var version = heat["versions"]!.AsArray()[^1]!;
        Assert.Equal(
            (2, "office/R. Rossi", "pushed"),
            (version["version"]!.GetValue<int>(), version["actor"]!.GetValue<string>(), version["reason"]!.GetValue<string>()));
        Assert.Equal(
            ["JIMÉNEZ2 2nd → 1st", "JIMÉNEZ3 3rd → 2nd", "JIMÉNEZ1 1st → DSQ-SF"], version["changes"]!.AsArray().Select(change => change!.GetValue<string>()));
        Assert.Equal(version.ToJsonString(), heat["correction"]!.ToJsonString());
        var results = (await meet.ResultsAsync())["rounds"]![0]!["heats"]![0]!["versions"]!;
        Assert.Equal(heat["versions"]!.ToJsonString(), results.ToJsonString());
        Assert.Equal("office/R. Rossi", (await JournalAsync($"?meet={meet.Id}"))[^1]["actor"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_preview_says_what_would_change_and_changes_nothing()
    {
        var meet = await ProvisionalAsync();
        var before = await AtAsync();
        var preview = (await PreviewAsync(meet, new { type = "sanction", heat = meet.Heat1, bib = "1", code = "DSQ-SF", reason = "pushed" })).Json!;
        Assert.Null(preview["refused"]);
        Assert.Equal(
            ["Preliminary round 1: JIMÉNEZ2 2nd → 1st, JIMÉNEZ3 3rd → 2nd, JIMÉNEZ1 1st → DSQ-SF."],
            preview["sentences"]!.AsArray().Take(1).Select(line => line!.GetValue<string>()));
        Assert.Equal("DSQ-SF", preview["heats"]![0]!["rows"]!.AsArray().Single(row => row!["bib"]!.GetValue<string>() == "1")!["now"]!["status"]!.GetValue<string>());
        Assert.Equal(before, await AtAsync());
        Assert.Equal(1, (await meet.RowAsync("1"))["rank"]!.GetValue<int>());

        var refused = (await PreviewAsync(meet, new { type = "armHeat", heat = meet.Heat1 })).Json!;
        Assert.Equal("wrong-state", refused["refused"]!["code"]!.GetValue<string>());
        Assert.Equal(404, (await SendAsync(HttpMethod.Post, "/api/meets/nowhere/preview", "{}")).Status);
        Assert.Equal(422, (await PreviewAsync(meet, new { type = "fly" })).Status);
        Assert.Equal(401, (await AskAsync(HttpMethod.Post, $"/api/meets/{meet.Id}/preview", "{}")).Status);
    }

    [Fact]
    public async Task A_change_that_reaches_a_round_that_has_begun_asks_keep_or_redraw()
    {
        var meet = await ProvisionalAsync();
        await meet.SkateAsync(meet.Heat2, 39, "4", "5");
        await meet.DoAsync("publish", new { heat = meet.Heat2 });
        await meet.DoAsync("drawRound", new { @event = "e", round = "final" });
        await meet.DoAsync("confirmDraw", new { @event = "e", round = "final" });
        await meet.DoAsync("openHeat", new { heat = "e-final-1" });
        var sanction = new { heat = meet.Heat1, bib = "1", code = "DSQ-SF", reason = "pushed" };
        Refused(await meet.TryAsync("sanction", sanction), "next-round-begun");
        var at = await meet.DoAsync("sanction", new { sanction.heat, sanction.bib, sanction.code, sanction.reason, next = "redraw" });
        Assert.Equal(404, (await AskAsync(HttpMethod.Get, $"/api/meets/{meet.Id}/heats/e-final-1")).Status);
        await meet.DoAsync("confirmDraw", new { @event = "e", round = "final" });
        Assert.Equal(["2", "4", "5"], (await meet.HeatAsync("e-final-1"))["rows"]!.AsArray().Select(row => row!["bib"]!.GetValue<string>()).Order());
        var row = (await JournalAsync($"?from={at}&meet={meet.Id}"))[0];
        Assert.Equal(("next-round-settled", "redraw"), (row["kind"]!.GetValue<string>(), row["data"]!["next"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_record_lists_what_the_office_did_with_what_undo_asks_for()
    {
        var meet = await ProvisionalAsync();
        var at = await meet.DoAsync("sanction", new { heat = meet.Heat1, bib = "1", code = "DSQ-SF", reason = "pushed", judge = "R. Rossi" });
        var undo = await meet.DoAsync("undo", new { at });
        var line = (await GetAsync($"/api/meets/{meet.Id}/record"))["lines"]![0]!;
        Assert.Equal((at, undo, false), (line["place"]!.GetValue<long>(), line["undo"]!.GetValue<long>(), line["counts"]!.GetValue<bool>()));
        Assert.Equal(("sanction", "1"), (line["command"]!["type"]!.GetValue<string>(), line["command"]!["bib"]!.GetValue<string>()));
        Assert.Equal(401, (await AskAsync(HttpMethod.Get, $"/api/meets/{meet.Id}/record")).Status);
    }

    [Fact]
    public async Task Who_has_not_agreed_to_be_named_is_a_number_for_the_public_OFF_7()
    {
        var meet = await MeetAsync(document => document["skaters"]![0]!["unnamed"] = true);
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        foreach (var path in new[] { "", "/heats/e-pre-1", "/events/e/results", "/advancement/pre" })
            Assert.DoesNotContain("Jiménez1", (await AskAsync(HttpMethod.Get, $"/api/meets/{meet.Id}{path}")).Body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("No. 1", (await meet.RowAsync("1"))["name"]!.GetValue<string>());
        Assert.Contains("Jiménez1", (await SendAsync(HttpMethod.Get, $"/api/meets/{meet.Id}")).Body, StringComparison.Ordinal);
    }

    /// <summary>The first heat skated and published: 1, 2, 3.</summary>
    private async Task<OutsideMeet> ProvisionalAsync()
    {
        var meet = await MeetAsync();
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        await meet.DoAsync("publish", new { heat = meet.Heat1 });
        return meet;
    }

    private Task<Said> PreviewAsync(OutsideMeet meet, object command) =>
        SendAsync(HttpMethod.Post, $"/api/meets/{meet.Id}/preview", System.Text.Json.JsonSerializer.Serialize(command));

    private static void Refused(Said said, string code)
    {
        Assert.Equal(409, said.Status);
        Assert.Equal(code, said.Json!["code"]!.GetValue<string>());
    }
}
