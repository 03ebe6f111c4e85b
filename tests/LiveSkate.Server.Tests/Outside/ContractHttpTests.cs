using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LiveSkate.Server.Tests.Ingest;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>Contract section 3, the table of calls: what each of them does when all is well.</summary>
[Collection("outside")]
public sealed class ContractHttpTests(SharedServer shared) : OutsideTests(shared), IClassFixture<SharedServer>
{
    [Fact]
    public async Task Putting_a_meet_is_201_when_it_is_new_and_200_when_it_is_replaced()
    {
        var meet = new OutsideMeet(Server);
        Assert.Equal(201, (await PutAsync(meet.Id, meet.Document)).Status);
        meet.Document["name"] = "Renamed";
        Assert.Equal(200, (await PutAsync(meet.Id, meet.Document)).Status);
        Assert.Equal("Renamed", (await GetAsync($"/api/meets/{meet.Id}"))["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_meet_that_is_put_again_keeps_its_open_heats_and_who_will_not_start_and_what_is_no_more_leaves_the_live_topics()
    {
        var meet = await MeetAsync();
        await meet.DoAsync("openHeat", new { heat = meet.Heat1 });
        await meet.DoAsync("sanction", new { heat = meet.Heat1, bib = "2", code = "DNS", reason = "ill" });
        await using var reader = await TrackAsync();
        await reader.SubscribeAsync($"{TrackClient.Root}live/{meet.Id}/heats/+");
        await Until(() => Task.FromResult(reader.Received.Any(message => message.Topic.EndsWith(meet.Heat2, StringComparison.Ordinal))), "the second heat");

        meet.Document["skaters"]![0]!["familyName"] = "Mended";
        meet.Document["events"]![0]!["rounds"]![0]!["heats"]!.AsArray().RemoveAt(1);
        Assert.Equal(200, (await PutAsync(meet.Id, meet.Document)).Status);
        Assert.Equal("open", await meet.StateAsync());
        Assert.Equal("DNS", (await meet.RowAsync("2"))["status"]!.GetValue<string>());
        Assert.Contains("MENDED", (await meet.RowAsync("1"))["name"]!.GetValue<string>(), StringComparison.Ordinal);
        await Until(() => Task.FromResult(reader.Received.Any(message => message.Topic.EndsWith(meet.Heat2, StringComparison.Ordinal) && message.Payload.Length == 0)), "the empty topic");
    }

    [Fact]
    public async Task A_meet_cannot_be_put_again_once_a_heat_has_been_armed_even_after_it_was_disarmed()
    {
        var meet = await MeetAsync();
        await meet.DoAsync("openHeat", new { heat = meet.Heat1 });
        Assert.Equal(200, (await PutAsync(meet.Id, meet.Document)).Status);
        await meet.ArmAsync();
        await meet.DoAsync("disarmHeat", new { heat = meet.Heat1 });
        var said = await PutAsync(meet.Id, meet.Document);
        Assert.Equal((409, "meet-started"), (said.Status, said.Code));
    }

    [Fact]
    public async Task The_list_of_meets_has_id_name_and_status_of_each()
    {
        var meet = await MeetAsync();
        Assert.Equal("scheduled", (await LineAsync(meet))["status"]!.GetValue<string>());
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        var line = await LineAsync(meet);
        Assert.Equal((meet.Id, $"Meet {meet.Id}", "running"), (line["id"]!.GetValue<string>(), line["name"]!.GetValue<string>(), line["status"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_meet_is_read_as_its_document_with_its_id_and_a_state_on_each_heat_whatever_the_drawn_rounds()
    {
        var meet = await MeetAsync(paper => paper["venue"]!["lapM"] = 111.12m);
        await meet.DoAsync("openHeat", new { heat = meet.Heat2 });
        var read = await GetAsync($"/api/meets/{meet.Id}");
        Assert.Equal(meet.Id, read["id"]!.GetValue<string>());
        var heats = read["events"]![0]!["rounds"]![0]!["heats"]!.AsArray();
        Assert.Equal(["scheduled", "open"], heats.Select(heat => heat!["state"]!.GetValue<string>()));
        Assert.Equal(1, read["events"]![0]!["rounds"]![1]!["heats"]!.GetValue<int>());
        Covers(meet.Document, read, "$");
    }

    [Fact]
    public async Task Transponders_are_shown_to_who_has_the_key_and_to_nobody_else()
    {
        var meet = await MeetAsync();
        Assert.Contains(meet.Chip("1"), (await SendAsync(HttpMethod.Get, $"/api/meets/{meet.Id}")).Body, StringComparison.Ordinal);
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        await using var track = await TrackAsync();
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 60));
        foreach (var path in new[] { "", "/events/e/results", $"/heats/{meet.Heat1}", "/advancement/pre" })
        {
            var said = await AskAsync(HttpMethod.Get, $"/api/meets/{meet.Id}{path}");
            Assert.Equal(200, said.Status);
            Assert.DoesNotContain(meet.Chip("1"), said.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("transponders", said.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/api/meets")]
    [InlineData("/api/meets/{meet}")]
    [InlineData("/api/meets/{meet}/events/e/results")]
    [InlineData("/api/meets/{meet}/heats/e-pre-1")]
    [InlineData("/api/meets/{meet}/advancement/pre")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    public async Task Reading_is_public(string path)
    {
        var meet = await MeetAsync();
        Assert.Equal(200, (await AskAsync(HttpMethod.Get, path.Replace("{meet}", meet.Id, StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task A_command_answers_with_its_position_in_the_journal()
    {
        var meet = await MeetAsync();
        var at = await meet.DoAsync("openHeat", new { heat = meet.Heat1 });
        var row = Assert.Single(await JournalAsync($"?from={at}"));
        Assert.Equal((at, meet.Id, "office"), (row["at"]!.GetValue<long>(), row["meet"]!.GetValue<string>(), row["actor"]!.GetValue<string>()));
        Assert.Equal(meet.Heat1, row["data"]!["heat"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_command_with_the_same_Idempotency_Key_is_done_once_and_survives_a_crash()
    {
        var meet = await MeetAsync();
        var command = new { heat = meet.Heat1 };
        var first = await meet.TryAsync("openHeat", command, key: "open-1");
        Assert.Equal(200, first.Status);
        var refused = await meet.TryAsync("publish", command, key: "publish-1");
        Assert.Equal(409, refused.Status);
        var before = await AtAsync();
        var again = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => meet.TryAsync("openHeat", command, key: "open-1")));
        Assert.All(again, said => Assert.Equal((200, first.Body), (said.Status, said.Body)));

        await Server.KillAsync();
        await Server.StartAsync();

        var after = await meet.TryAsync("openHeat", command, key: "open-1");
        Assert.Equal((200, first.Body), (after.Status, after.Body));
        Assert.Equal(before, await AtAsync());
        Assert.Equal(409, (await meet.TryAsync("openHeat", command)).Status);
        Assert.Equal(409, (await meet.TryAsync("armHeat", command, key: "open-1")).Status);
    }

    [Fact]
    public async Task Commands_with_new_Idempotency_Keys_at_the_same_moment_are_each_done_once()
    {
        var meet = await MeetAsync();
        var said = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => meet.TryAsync("openHeat", new { heat = meet.Heat1 }, key: $"racer-{i}")));
        Assert.Single(said, one => one.Status == 200);
        Assert.All(said.Where(one => one.Status != 200), one => Assert.Equal((409, "wrong-state"), (one.Status, one.Code)));
    }

    [Fact]
    public async Task A_command_on_top_of_what_was_not_seen_is_refused_as_stale()
    {
        var meet = await MeetAsync();
        var seen = await meet.DoAsync("openHeat", new { heat = meet.Heat1 });
        var changed = await meet.DoAsync("armHeat", new { heat = meet.Heat1 });
        var before = await AtAsync();
        var said = await meet.TryAsync("disarmHeat", new { heat = meet.Heat1, ifAt = seen });
        Assert.Equal((409, "stale"), (said.Status, said.Code));
        Assert.Equal(before, await AtAsync());
        Assert.Equal(200, (await meet.TryAsync("disarmHeat", new { heat = meet.Heat1, ifAt = changed })).Status);
    }

    [Fact]
    public async Task Results_have_a_strong_ETag_that_changes_with_them_and_304_for_who_has_them()
    {
        var meet = await MeetAsync();
        var path = $"/api/meets/{meet.Id}/events/e/results";
        var first = await AskAsync(HttpMethod.Get, path);
        var tag = first.Headers.ETag!;
        Assert.False(tag.IsWeak);
        foreach (var has in new[] { $"{tag}", $"\"other\", {tag}", $"W/{tag}", "*" })
        {
            var same = await AskAsync(HttpMethod.Get, path, null, ("If-None-Match", has));
            Assert.True(same is { Status: 304, Body: "" }, $"{has}: {same.Status}");
            Assert.Equal(tag, same.Headers.ETag);
        }
        Assert.Equal(first.Body, (await AskAsync(HttpMethod.Get, path)).Body);

        await meet.DoAsync("openHeat", new { heat = meet.Heat1 });
        var changed = await AskAsync(HttpMethod.Get, path, null, ("If-None-Match", $"{tag}"));
        Assert.Equal(200, changed.Status);
        Assert.NotEqual(tag, changed.Headers.ETag);
    }

    [Fact]
    public async Task Results_are_shown_as_they_were_at_any_position()
    {
        var meet = await MeetAsync();
        var path = $"/api/meets/{meet.Id}/events/e/results";
        var seen = new List<(long At, string Body)>();
        await meet.StartAsync();
        foreach (var bib in new[] { "1", "2", "3" })
        {
            await meet.CrossAsync(bib, 40 + bib[0] - '1');
            seen.Add((await AtAsync(), (await AskAsync(HttpMethod.Get, path)).Body));
        }
        foreach (var (type, members) in new (string, object)[]
        {
            ("publish", new { heat = meet.Heat1 }),
            ("sanction", new { heat = meet.Heat1, bib = "1", code = "DSQ-SF", reason = "pushed" }),
            ("makeOfficial", new { heat = meet.Heat1 }),
        })
            seen.Add((await meet.DoAsync(type, members), (await AskAsync(HttpMethod.Get, path)).Body));

        Assert.Equal(seen.Count, seen.Select(then => then.Body).Distinct().Count());
        foreach (var (at, body) in seen)
        {
            var then = await AskAsync(HttpMethod.Get, $"{path}?at={at}");
            Assert.Equal((200, body), (then.Status, then.Body));
            Assert.False(then.Headers.ETag!.IsWeak);
            Assert.Equal(at, JsonNode.Parse(body)!["at"]!.GetValue<long>());
        }
    }

    [Fact]
    public async Task A_single_heat_is_read_at_its_own_address()
    {
        var meet = await MeetAsync();
        await meet.DoAsync("openHeat", new { heat = meet.Heat2 });
        var heat = await GetAsync($"/api/meets/{meet.Id}/heats/{meet.Heat2}");
        Assert.Equal((meet.Heat2, "open"), (heat["id"]!.GetValue<string>(), heat["state"]!.GetValue<string>()));
        Assert.Equal(["4", "5"], heat["rows"]!.AsArray().Select(row => row!["bib"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_advancement_of_a_round_is_read_at_its_own_address()
    {
        var meet = await MeetAsync();
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        var table = await GetAsync($"/api/meets/{meet.Id}/advancement/pre");
        var results = await meet.ResultsAsync();
        Assert.Equal(results["rounds"]![0]!["advancement"]!.ToJsonString(), table["advancement"]!.ToJsonString());
        Assert.Equal("pre", table["round"]!.GetValue<string>());
        Assert.Equal(5, table["advancement"]!.AsArray().Count);
    }

    [Fact]
    public async Task What_was_read_and_not_used_is_listed_for_the_office()
    {
        var meet = await MeetAsync();
        await using var track = await TrackAsync();
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 1));
        Assert.Contains(meet.Chip("1"), (await GetAsync($"/api/meets/{meet.Id}/unused")).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(401, (await AskAsync(HttpMethod.Get, $"/api/meets/{meet.Id}/unused")).Status);
    }

    [Fact]
    public async Task A_photo_finish_that_comes_after_the_signature_is_listed_with_why()
    {
        var meet = await MeetAsync();
        await meet.BringAsync(meet.Heat1, "official");
        await using var track = await TrackAsync();
        await track.PublishAsync($"src/{meet.Finish}/finish", $$"""{"heat":"{{meet.Heat1}}","revision":7,"rows":[{"bib":"1","place":2,"elapsedUs":80000000,"status":"OK"}]}""");
        var finish = (await GetAsync($"/api/meets/{meet.Id}/unused"))["finishes"]!.AsArray().Single()!;
        Assert.Equal((meet.Heat1, 7, "after-official"), (finish["heat"]!.GetValue<string>(), finish["revision"]!.GetValue<int>(), finish["why"]!.GetValue<string>()));
        Assert.Equal(80_000_000, finish["rows"]![0]!["elapsedUs"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_spare_transponder_is_handed_out_while_the_race_runs()
    {
        var meet = await MeetAsync();
        await using var track = await TrackAsync();
        await meet.StartAsync();
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("spare", 40));
        await meet.DoAsync("assignTransponder", new { transponder = meet.Chip("spare"), skater = "s1" });
        Assert.Equal(1, (await meet.RowAsync("1"))["lap"]!.GetValue<int>());
        var skater = (await GetAsync($"/api/meets/{meet.Id}"))["skaters"]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == "s1")!;
        Assert.Contains(meet.Chip("spare"), skater["transponders"]!.AsArray().Select(chip => chip!.GetValue<string>()));
        var nobody = await meet.TryAsync("assignTransponder", new { transponder = "9", skater = "nobody" });
        Assert.Equal((409, "unknown-skater"), (nobody.Status, nobody.Code));
    }

    [Fact]
    public async Task Health_says_that_it_lives_and_that_journal_and_broker_are_ready()
    {
        Assert.Equal(200, (await AskAsync(HttpMethod.Get, "/health/live")).Status);
        Assert.Equal(200, (await AskAsync(HttpMethod.Get, "/health/ready")).Status);
        await using var track = await TrackAsync();
        Assert.True(track.Mqtt.IsConnected);
    }

    [Fact]
    public async Task Metrics_are_Prometheus_text_and_count_what_happens()
    {
        var meet = await MeetAsync();
        var before = Value((await AskAsync(HttpMethod.Get, "/metrics")).Body, "liveskate_passings_total");
        await using var track = await TrackAsync();
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 1));
        var said = await AskAsync(HttpMethod.Get, "/metrics");
        Assert.Equal("text/plain", said.ContentType);
        Assert.Matches(@"(?m)^# TYPE liveskate_passings_total counter$", said.Body);
        Assert.All(said.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^(# (HELP|TYPE|UNIT|EOF).*|[a-zA-Z_:][a-zA-Z0-9_:]*(\{.*\})? \S+( \S+)?)$", line.TrimEnd('\r')));
        Assert.Equal(before + 1, Value(said.Body, "liveskate_passings_total"));
    }

    private static double Value(string metrics, string name) =>
        Regex.Match(metrics, $@"(?m)^{name} (\S+)$") is { Success: true } found
            ? double.Parse(found.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)
            : 0;

    private async Task<JsonNode> LineAsync(OutsideMeet meet) =>
        (await GetAsync("/api/meets"))["meets"]!.AsArray().Single(line => line!["id"]!.GetValue<string>() == meet.Id)!;

    /// <summary>All of the one is in the other; more may be there.</summary>
    private static void Covers(JsonNode? put, JsonNode? read, string path)
    {
        if (put is JsonObject members)
            foreach (var (name, value) in members)
                Covers(value, read?[name] ?? throw new Xunit.Sdk.XunitException($"{path}.{name} is missing"), $"{path}.{name}");
        else if (put is JsonArray list)
        {
            Assert.Equal(list.Count, read!.AsArray().Count);
            for (var i = 0; i < list.Count; i++)
                Covers(list[i], read[i], $"{path}[{i}]");
        }
        else
            Assert.True(JsonNode.DeepEquals(put, read), $"{path}: {read?.ToJsonString()} is not {put?.ToJsonString()}");
    }
}
