using System.Text.Json.Nodes;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>Contract section 3, "Life of a heat": every command in every state, and how a heat goes on.</summary>
[Collection("outside")]
public sealed class ContractHeatLifeTests(SharedServer shared) : OutsideTests(shared), IClassFixture<SharedServer>
{
    private static readonly string[] Corrections = ["addPassing", "voidPassing", "setFinishOrder", "setTime", "sanction", "liftSanction"];

    /// <summary>The contract's table, with the commands that are taken beside it; "sanction-dns" is a sanction with DNS.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["scheduled"] = ["openHeat"],
        ["open"] = ["armHeat", "annulHeat", "sanction-dns", "liftSanction-dns"],
        ["armed"] = ["disarmHeat", "startHeat", "annulHeat", "sanction-dns", "liftSanction-dns"],
        ["running"] = ["finishHeat", "recallHeat", "annulHeat", "sanction-dns", "liftSanction-dns", .. Corrections],
        ["finished"] = ["publish", "finishHeat", "annulHeat", "sanction-dns", "liftSanction-dns", .. Corrections],
        ["provisional"] = ["makeOfficial", "review", "annulHeat", "sanction-dns", "liftSanction-dns", .. Corrections],
        ["review"] = ["publish", "annulHeat", "sanction-dns", "liftSanction-dns", .. Corrections],
        ["official"] = ["review", "annulHeat"],
    };

    /// <summary>Beside the contract's table; sanction and liftSanction are taken before the race with WDR, DNS and FS.</summary>
    private static readonly string[] Additions = ["cancelHeat", "protest", "ratifyRecord", "pauseHeat", "resumeHeat", "eliminate", "reinstate", "setSprint", "setOnTrack", "sanction", "liftSanction"];

    private static readonly Dictionary<string, string> Next = new()
    {
        ["openHeat"] = "open", ["armHeat"] = "armed", ["disarmHeat"] = "open", ["startHeat"] = "running", ["finishHeat"] = "finished",
        ["recallHeat"] = "open", ["publish"] = "provisional", ["makeOfficial"] = "official", ["review"] = "review", ["annulHeat"] = "open",
    };

    public static TheoryData<string> States => [.. Allowed.Keys];

    private static IEnumerable<string> Commands => Next.Keys.Concat(Corrections).Concat(["sanction-dns", "liftSanction-dns"]);

    [Theory]
    [MemberData(nameof(States))]
    public async Task Each_command_that_the_table_does_not_have_in_a_state_is_refused_with_the_state_and_what_is_allowed(string state)
    {
        var meet = await MeetAsync(OutsideMeet.Heats(["1"]));
        await meet.BringAsync(meet.Heat1, state);
        var before = await AtAsync();
        foreach (var command in Commands.Except(Allowed[state]))
        {
            var said = await meet.TryAsync(command.Split('-')[0], Members(command, meet, meet.Heat1, "1", passing: 1));
            Assert.True(said.Status == 409, $"{command} in {state}: {said.Status} {said.Body}");
            Assert.Equal("wrong-state", said.Code);
            Assert.Contains(state, said.Detail, StringComparison.Ordinal);
            var allowed = said.Json!["allowed"]!.AsArray().Select(name => name!.GetValue<string>()).ToArray();
            var contract = Allowed[state].Select(name => name.Split('-')[0]).Distinct().ToArray();
            Assert.Empty(contract.Except(allowed));
            Assert.Empty(allowed.Except(contract).Except(Additions));
            Assert.All(allowed, name => Assert.Contains(name, said.Detail, StringComparison.Ordinal));
            Assert.Equal(state, said.Json["state"]!.GetValue<string>());
        }
        Assert.Equal(before, await AtAsync());
        Assert.Equal(state, await meet.StateAsync());
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Each_command_that_the_table_has_in_a_state_is_taken_and_leads_where_it_says(string state)
    {
        string[][] heats = [.. Allowed[state].Select((_, i) => new[] { $"{i + 1}" })];
        var meet = await MeetAsync(OutsideMeet.Heats(heats));
        for (var i = 0; i < heats.Length; i++)
        {
            var (command, heat, bib) = (Allowed[state][i], $"e-pre-{i + 1}", heats[i][0]);
            await meet.BringAsync(heat, state);
            var passing = command == "voidPassing" ? await meet.DoAsync("addPassing", Members("addPassing", meet, heat, bib, 0)) : 0;
            if (command.StartsWith("lift", StringComparison.Ordinal))
                await meet.DoAsync("sanction", Members(command.Replace("liftSanction", "sanction", StringComparison.Ordinal), meet, heat, bib, 0));

            var said = await meet.TryAsync(command.Split('-')[0], Members(command, meet, heat, bib, passing));
            Assert.True(said.Status == 200, $"{command} in {state}: {said.Status} {said.Body}");
            Assert.True(said.Json!["at"]!.GetValue<long>() > 0);
            if (Next.TryGetValue(command, out var next))
                Assert.Equal(next, await meet.StateAsync(heat));
            else if (state != "running")
                Assert.Equal(state, await meet.StateAsync(heat));
            if (await meet.StateAsync(heat) is "armed" or "running")
                await meet.DoAsync("annulHeat", new { heat, reason = "free the track" });
        }
    }

    [Fact]
    public async Task Finishing_a_finished_heat_is_200_and_changes_nothing()
    {
        var meet = await MeetAsync();
        await meet.BringAsync(meet.Heat1, "finished");
        var (before, heat) = (await AtAsync(), await meet.HeatAsync());
        Assert.Equal(200, (await meet.TryAsync("finishHeat", new { heat = meet.Heat1 })).Status);
        Assert.Equal(before, await AtAsync());
        Assert.Equal(heat.ToJsonString(), (await meet.HeatAsync()).ToJsonString());
    }

    [Fact]
    public async Task A_running_heat_is_finished_when_all_have_finished()
    {
        var meet = await MeetAsync();
        await meet.StartAsync();
        foreach (var bib in new[] { "1", "2" })
            await meet.CrossAsync(bib, 40 + bib[0] - '1');
        Assert.Equal("running", await meet.StateAsync());
        await meet.CrossAsync("3", 43);
        Assert.Equal("finished", await meet.StateAsync());
    }

    [Fact]
    public async Task Who_has_passings_but_no_finish_is_DNF_and_who_has_none_is_DNS_when_the_heat_is_called_finished()
    {
        var meet = await MeetAsync();
        await meet.StartAsync();
        await meet.CrossAsync("1", 40);
        await meet.DoAsync("addPassing", new { heat = meet.Heat1, bib = "2", timeUs = meet.Gun + 21 * OutsideMeet.Second });
        await meet.DoAsync("finishHeat", new { heat = meet.Heat1 });
        var heat = await meet.HeatAsync();
        Assert.Equal(["OK", "DNF", "DNS"], new[] { "1", "2", "3" }.Select(bib => OutsideMeet.Row(heat, bib)["status"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_armed_heat_goes_back_to_open_when_it_is_disarmed_and_can_be_armed_again()
    {
        var meet = await MeetAsync();
        await meet.ArmAsync();
        await meet.DoAsync("disarmHeat", new { heat = meet.Heat1 });
        Assert.Equal("open", await meet.StateAsync());
        await meet.DoAsync("armHeat", new { heat = meet.Heat1 });
        Assert.Equal("armed", await meet.StateAsync());
    }

    [Fact]
    public async Task A_recall_by_the_office_brings_the_heat_back_to_open_and_marks_the_bib_FS()
    {
        var meet = await MeetAsync();
        await meet.StartAsync();
        await meet.DoAsync("recallHeat", new { heat = meet.Heat1, bib = "2" });
        var heat = await meet.HeatAsync();
        Assert.Equal("open", heat["state"]!.GetValue<string>());
        Assert.Contains("FS", Remarks(heat, "2"));
        Assert.DoesNotContain("FS", Remarks(heat, "1"));

        await meet.DoAsync("armHeat", new { heat = meet.Heat1 });
        await meet.DoAsync("startHeat", new { heat = meet.Heat1, timeUs = meet.Gun + 100 * OutsideMeet.Second });
        await meet.DoAsync("recallHeat", new { heat = meet.Heat1 });
        heat = await meet.HeatAsync();
        Assert.Equal("open", heat["state"]!.GetValue<string>());
        Assert.Contains("FS", Remarks(heat, "2"));
        Assert.DoesNotContain("FS", Remarks(heat, "1"));
    }

    [Fact]
    public async Task Gun_and_recall_over_MQTT_start_the_armed_heat_and_bring_it_back()
    {
        var meet = await MeetAsync();
        await using var track = await TrackAsync();
        await meet.ArmAsync();
        await meet.FireAsync(track);
        Assert.Equal("running", await meet.StateAsync());
        await track.PublishAsync($"src/{meet.Start}/signal", OutsideMeet.Signal("recall", meet.Gun + 2 * OutsideMeet.Second));
        Assert.Equal("open", await meet.StateAsync());
        await meet.DoAsync("armHeat", new { heat = meet.Heat1 });
        await meet.FireAsync(track);
        Assert.Equal("running", await meet.StateAsync());
    }

    [Fact]
    public async Task An_annulled_heat_is_a_new_run_of_the_same_id_open_and_the_old_one_is_kept()
    {
        var meet = await MeetAsync();
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        await meet.DoAsync("publish", new { heat = meet.Heat1 });
        var at = await AtAsync();
        var old = (await meet.ResultsAsync())["rounds"]![0]!["heats"]![0]!.ToJsonString();

        await meet.DoAsync("annulHeat", new { heat = meet.Heat1, reason = "a fall on oil" });
        var heat = await meet.HeatAsync();
        Assert.Equal(("open", 2, 0), (heat["state"]!.GetValue<string>(), heat["run"]!.GetValue<int>(), heat["version"]!.GetValue<int>()));
        Assert.All(heat["rows"]!.AsArray(), row => Assert.Null(row!["rank"]));
        Assert.Contains(await JournalAsync($"?from={at + 1}&meet={meet.Id}"), row => row["data"]!["reason"]?.GetValue<string>() == "a fall on oil");

        await meet.SkateAsync(meet.Heat1, 50, "3", "2", "1");
        Assert.Equal("3", (await meet.HeatAsync())["rows"]![0]!["bib"]!.GetValue<string>());
        var then = await GetAsync($"/api/meets/{meet.Id}/events/e/results?at={at}");
        Assert.Equal(old, then["rounds"]![0]!["heats"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task A_second_heat_cannot_be_armed_while_one_is_armed_at_the_venue()
    {
        var meet = await MeetAsync();
        await meet.ArmAsync();
        await meet.DoAsync("openHeat", new { heat = meet.Heat2 });
        var said = await meet.TryAsync("armHeat", new { heat = meet.Heat2 });
        Assert.Equal(409, said.Status);
        Assert.Contains(meet.Heat1, said.Detail, StringComparison.Ordinal);
        Assert.Equal("open", await meet.StateAsync(meet.Heat2));
    }

    [Theory]
    [InlineData("armed")]
    [InlineData("running")]
    public async Task One_meet_at_a_time_may_have_armed_or_running_heats_at_a_venue(string state)
    {
        var (one, other) = (await MeetAsync(), await MeetAsync());
        await one.BringAsync(one.Heat1, state);
        await other.DoAsync("openHeat", new { heat = other.Heat1 });
        var said = await other.TryAsync("armHeat", new { heat = other.Heat1 });
        Assert.Equal(409, said.Status);
        Assert.Contains(one.Id, said.Detail, StringComparison.Ordinal);
        await one.DoAsync("annulHeat", new { heat = one.Heat1, reason = "over" });
        await other.DoAsync("armHeat", new { heat = other.Heat1 });
    }

    private static string[] Remarks(JsonNode heat, string bib) =>
        [.. OutsideMeet.Row(heat, bib)["remarks"]!.AsArray().Select(remark => remark!.GetValue<string>())];

    private static object Members(string command, OutsideMeet meet, string heat, string bib, long passing) => command switch
    {
        "startHeat" => new { heat, timeUs = meet.Gun + 3600 * OutsideMeet.Second },
        "review" or "annulHeat" => new { heat, reason = "protest" },
        "addPassing" => new { heat, bib, timeUs = meet.Gun + 20 * OutsideMeet.Second },
        "voidPassing" => new { heat, passing },
        "setFinishOrder" => new { heat, bibs = new[] { new[] { bib } } },
        "setTime" => new { heat, bib, timeMs = 40_000, reason = "video" },
        "sanction" or "liftSanction" => new { heat, bib, code = "DSQ-SF", reason = "pushed" },
        "sanction-dns" or "liftSanction-dns" => new { heat, bib, code = "DNS", reason = "not here" },
        _ => new { heat },
    };
}
