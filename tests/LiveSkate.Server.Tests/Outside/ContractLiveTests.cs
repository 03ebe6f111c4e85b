using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>Contract section 5: the hub, its scopes and frames, the beat, and the same as Server-Sent Events.</summary>
[Collection("outside")]
public sealed class ContractLiveTests(SharedServer shared) : OutsideTests(shared), IClassFixture<SharedServer>
{
    private static readonly string[] Eight = ["1", "2", "3", "4", "5", "6", "7", "8"];

    [Theory]
    [InlineData("meet/{meet}", "meet", "heat:e-pre-1")]
    [InlineData("event/{meet}/e", "event", "meet", "round:pre")]
    [InlineData("heat/{meet}/e-pre-1", "heat", "row:1")]
    [InlineData("now", "heat", "row:1")]
    public async Task Each_kind_of_scope_gives_its_complete_state_first_and_then_every_change(string scope, params string[] records)
    {
        var meet = await MeetAsync();
        scope = scope.Replace("{meet}", meet.Id, StringComparison.Ordinal);
        await meet.ArmAsync();
        await using var viewer = await OutsideViewer.ConnectAsync(Server);
        await viewer.WatchAsync(scope);
        await Until(() => Task.FromResult(viewer.Held(scope) is not null), "the first frame");
        var first = viewer.FramesOf(scope).First();
        Assert.Null(first["base"]);
        Assert.Empty(first["removes"]!.AsArray());
        Assert.All(records, id => Assert.True(first["puts"]!.AsObject().ContainsKey(id), $"{id} in {first["puts"]!.ToJsonString()}"));

        await meet.DoAsync("startHeat", new { heat = meet.Heat1, timeUs = meet.Gun });
        await Until(() => Task.FromResult(viewer.Held(scope)!.Value.Records.ToJsonString().Contains("\"running\"", StringComparison.Ordinal)), "the change");
        Assert.Equal(0, viewer.Gaps);
    }

    [Fact]
    public async Task A_frame_has_all_its_members_and_seq_counts_in_its_scope()
    {
        var meet = await MeetAsync();
        var scope = $"heat/{meet.Id}/{meet.Heat1}";
        await using var viewer = await OutsideViewer.ConnectAsync(Server);
        await viewer.WatchAsync(scope);
        await Until(() => Task.FromResult(viewer.FramesOf(scope).Count() == 1), "the first frame");
        for (var i = 1; i <= 3; i++)
        {
            await meet.DoAsync(i == 1 ? "openHeat" : i == 2 ? "armHeat" : "disarmHeat", new { heat = meet.Heat1 });
            await Until(() => Task.FromResult(viewer.FramesOf(scope).Count() == i + 1), $"frame {i}");
        }
        var frames = viewer.FramesOf(scope).ToArray();
        Assert.All(frames, frame => Assert.Equal(
            ["base", "epoch", "highlights", "puts", "removes", "scope", "seq", "serverUs"], frame.Select(member => member.Key).Order(StringComparer.Ordinal)));
        Assert.Single(frames.Select(frame => frame["epoch"]!.GetValue<string>()).Distinct());
        Assert.All(frames.Zip(frames.Skip(1)), pair => Assert.Equal(pair.First["seq"]!.GetValue<long>() + 1, pair.Second["seq"]!.GetValue<long>()));
        Assert.All(frames, frame => Assert.InRange(Math.Abs(frame["serverUs"]!.GetValue<long>() - Now()), 0, 120 * OutsideMeet.Second));
    }

    [Fact]
    public async Task Frames_with_a_base_apply_to_exactly_that_seq_and_end_in_what_a_newcomer_gets()
    {
        var meet = await MeetAsync(OutsideMeet.Heats(Eight));
        var scope = $"heat/{meet.Id}/{meet.Heat1}";
        await using var viewer = await OutsideViewer.ConnectAsync(Server);
        await viewer.WatchAsync(scope);
        await meet.StartAsync();
        foreach (var bib in Eight)
        {
            await meet.CrossAsync(bib, 50 - (bib[0] - '0'));
            await Until(() => Task.FromResult(viewer.Held(scope)?.Records[$"row:{bib}"]?["lap"]?.GetValue<int>() == 2), $"bib {bib} is in");
        }
        await Until(() => Task.FromResult(viewer.Held(scope)!.Value.Records["heat"]!["state"]!.GetValue<string>() == "finished"), "the end");
        var frames = viewer.FramesOf(scope).ToArray();
        Assert.Contains(frames, frame => frame["base"] is not null);
        Assert.All(frames.Where(frame => frame["base"] is not null), frame => Assert.True(frame["base"]!.GetValue<long>() < frame["seq"]!.GetValue<long>()));
        Assert.Equal(0, viewer.Gaps);

        await using var newcomer = await OutsideViewer.ConnectAsync(Server);
        await newcomer.WatchAsync(scope);
        await Until(() => Task.FromResult(newcomer.Held(scope) is not null), "the complete state");
        var (mine, theirs) = (viewer.Held(scope)!.Value, newcomer.Held(scope)!.Value);
        Assert.Equal((theirs.Epoch, theirs.Seq), (mine.Epoch, mine.Seq));
        Assert.True(JsonNode.DeepEquals(theirs.Records, mine.Records));
        IsReadyToShow(theirs.Records, await meet.HeatAsync());
    }

    [Fact]
    public async Task A_record_that_is_no_more_is_removed()
    {
        var meet = await MeetAsync();
        var scope = $"meet/{meet.Id}";
        await using var viewer = await OutsideViewer.ConnectAsync(Server);
        await viewer.WatchAsync(scope);
        await Until(() => Task.FromResult(viewer.Held(scope)?.Records.ContainsKey("heat:e-pre-2") == true), "both heats");
        meet.Document["events"]![0]!["rounds"]![0]!["heats"]!.AsArray().RemoveAt(1);
        Assert.Equal(200, (await PutAsync(meet.Id, meet.Document)).Status);
        await Until(() => Task.FromResult(!viewer.Held(scope)!.Value.Records.ContainsKey("heat:e-pre-2")), "one heat less");
        Assert.True(viewer.Held(scope)!.Value.Records.ContainsKey("heat:e-pre-1"));
        Assert.Equal(0, viewer.Gaps);
    }

    [Fact]
    public async Task Who_watches_again_with_the_newest_epoch_and_seq_gets_only_what_changes_and_anybody_else_all()
    {
        var meet = await MeetAsync(OutsideMeet.Heats(Eight));
        var scope = $"heat/{meet.Id}/{meet.Heat1}";
        await using var stays = await OutsideViewer.ConnectAsync(Server);
        await stays.WatchAsync(scope);
        await Until(() => Task.FromResult(stays.Held(scope) is not null), "the first frame");
        var (epoch, seq, _) = stays.Held(scope)!.Value;
        await using var newest = await OutsideViewer.ConnectAsync(Server);
        await newest.WatchAsync(scope, epoch, seq);
        await meet.DoAsync("openHeat", new { heat = meet.Heat1 });
        await Until(() => Task.FromResult(newest.FramesOf(scope).Any()), "the change");
        Assert.Equal(seq + 1, newest.FramesOf(scope).First()["seq"]!.GetValue<long>());
        Assert.True(newest.FramesOf(scope).First()["base"] is not { } applies || applies.GetValue<long>() == seq);

        foreach (var (other, number) in new (string?, long?)[] { (epoch, seq), (epoch, seq + 9), ("another", seq + 1), (null, seq + 1), (epoch, null), (null, null) })
        {
            await using var old = await OutsideViewer.ConnectAsync(Server);
            await old.WatchAsync(scope, other, number);
            await Until(() => Task.FromResult(old.FramesOf(scope).Any()), "the complete state");
            var frame = old.FramesOf(scope).First();
            Assert.Null(frame["base"]);
            Assert.True(frame["puts"]!.AsObject().ContainsKey("row:8"));
            Assert.Equal((epoch, seq + 1), (frame["epoch"]!.GetValue<string>(), frame["seq"]!.GetValue<long>()));
        }
    }

    [Fact]
    public async Task Unwatch_ends_the_frames_of_its_scope()
    {
        var meet = await MeetAsync();
        var (gone, kept) = ($"heat/{meet.Id}/{meet.Heat1}", $"meet/{meet.Id}");
        await using var viewer = await OutsideViewer.ConnectAsync(Server);
        await viewer.WatchAsync(gone);
        await viewer.WatchAsync(kept);
        await Until(() => Task.FromResult(viewer.Held(gone) is not null && viewer.Held(kept) is not null), "both");
        await viewer.UnwatchAsync(gone);
        await meet.DoAsync("openHeat", new { heat = meet.Heat1 });
        await Until(() => Task.FromResult(viewer.Held(kept)!.Value.Records["heat:e-pre-1"]!["state"]!.GetValue<string>() == "open"), "the change in the other");
        Assert.Equal("scheduled", viewer.Held(gone)!.Value.Records["heat"]!["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_scope_now_shows_whatever_is_on()
    {
        var (one, other) = (await MeetAsync(), await MeetAsync());
        await using var viewer = await OutsideViewer.ConnectAsync(Server);
        await viewer.WatchAsync("now");
        foreach (var (meet, heat) in new[] { (one, one.Heat1), (other, other.Heat2) })
        {
            await meet.ArmAsync(heat);
            await Until(() => Task.FromResult(viewer.Held("now") is { Records: var records }
                && records["meet"]?["id"]?.GetValue<string>() == meet.Id && records["heat"]?["id"]?.GetValue<string>() == heat), $"{heat} of {meet.Id}");
            await meet.LeaveTrackAsync();
        }
        Assert.Equal(0, viewer.Gaps);
    }

    [Fact]
    public async Task What_is_worth_saying_comes_with_the_frame_of_its_change()
    {
        var meet = await MeetAsync();
        var scope = $"heat/{meet.Id}/{meet.Heat1}";
        await using var viewer = await OutsideViewer.ConnectAsync(Server);
        await viewer.WatchAsync(scope);
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        await Until(() => Task.FromResult(viewer.FramesOf(scope).SelectMany(frame => frame["highlights"]!.AsArray()).Any(
            line => line!.ToJsonString().Contains("40.000", StringComparison.Ordinal))), "the winner's time in words");
    }

    [Fact]
    public async Task Ping_answers_with_both_clocks()
    {
        await using var viewer = await OutsideViewer.ConnectAsync(Server);
        var before = Now();
        var pong = JsonObject.Create(await viewer.PingAsync(42))!;
        Assert.Equal(["clientUs", "serverUs"], pong.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal(42, pong["clientUs"]!.GetValue<long>());
        Assert.InRange(pong["serverUs"]!.GetValue<long>(), before - 1000, Now() + 1000);
    }

    [Fact]
    public async Task A_beat_comes_every_second_to_every_connection_with_the_position_and_the_sources_and_displaces_no_frame()
    {
        var meet = await MeetAsync();
        await meet.ArmAsync();
        await using var track = await TrackAsync();
        await track.PublishAsync($"src/{meet.Finish}/status", """{"link":"up","alarms":["battery low"]}""");
        var at = await AtAsync();
        await using var idle = await OutsideViewer.ConnectAsync(Server);
        await using var watching = await OutsideViewer.ConnectAsync(Server);
        await watching.WatchAsync("now");
        while (idle.Beats.Count < 3 || watching.Beats.Count < 3)
            foreach (var (type, state) in new[] { ("disarmHeat", "open"), ("armHeat", "armed") })
            {
                at = await meet.DoAsync(type, new { heat = meet.Heat1 });
                await Until(() => Task.FromResult(watching.Held("now")?.Records["heat"]?["state"]?.GetValue<string>() == state), state);
            }
        await Until(() => Task.FromResult(idle.Beats.Count >= 4 && watching.Beats.Count >= 4), "four beats each");
        var numbers = watching.FramesOf("now").Select(frame => frame["seq"]!.GetValue<long>()).ToArray();
        Assert.Equal(Enumerable.Range(0, numbers.Length).Select(i => numbers[0] + i), numbers);
        Assert.True(numbers.Length > 4 && watching.Gaps == 0);
        var times = idle.Beats.Take(4).Select(beat => beat["serverUs"]!.GetValue<long>()).ToArray();
        Assert.InRange(times[3] - times[0], 2 * OutsideMeet.Second, 30 * OutsideMeet.Second);
        Assert.All(idle.Beats, beat => Assert.Equal(["at", "serverUs", "sources"], beat.Select(member => member.Key).Order(StringComparer.Ordinal)));
        var last = idle.Beats.Last();
        Assert.Equal(at, last["at"]!.GetValue<long>());
        var sources = last["sources"]!.AsArray().ToDictionary(source => source!["id"]!.GetValue<string>(), source => source!.AsObject());
        Assert.Equal([meet.Finish, meet.Start], sources.Keys.Order(StringComparer.Ordinal));
        Assert.All(sources.Values, source => Assert.Equal(["ageMs", "alarm", "id"], source.Select(member => member.Key).Order(StringComparer.Ordinal)));
        Assert.InRange(sources[meet.Finish]["ageMs"]!.GetValue<long>(), 0, 120_000);
        Assert.Contains("battery low", sources[meet.Finish]["alarm"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(sources[meet.Start]["ageMs"]);
    }

    [Theory]
    [InlineData("heat/nowhere/e-pre-1")]
    [InlineData("heat/{meet}/e-pre-9")]
    [InlineData("event/{meet}/x")]
    [InlineData("meet/nowhere")]
    [InlineData("meet")]
    [InlineData("now/{meet}")]
    [InlineData("everything")]
    [InlineData("HEAT/{meet}/e-pre-1")]
    public async Task An_unknown_scope_is_a_HubException_that_names_it_and_the_connection_lives_on(string scope)
    {
        var meet = await MeetAsync();
        scope = scope.Replace("{meet}", meet.Id, StringComparison.Ordinal);
        await using var viewer = await OutsideViewer.ConnectAsync(Server);
        var refused = await Assert.ThrowsAsync<HubException>(() => viewer.WatchAsync(scope));
        Assert.Contains(scope, refused.Message, StringComparison.Ordinal);
        await viewer.WatchAsync($"meet/{meet.Id}");
        await Until(() => Task.FromResult(viewer.Held($"meet/{meet.Id}") is not null), "a scope that there is");
        var said = await AskAsync(HttpMethod.Get, $"/api/live?scope={Uri.EscapeDataString(scope)}");
        Assert.Equal((404, "unknown-scope", "application/problem+json"), (said.Status, said.Code, said.ContentType));
        Assert.Contains(scope, said.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Publish")]
    [InlineData("Send", "frame")]
    [InlineData("OnConnectedAsync")]
    [InlineData("Dispose")]
    [InlineData("Watch")]
    [InlineData("Watch", "now")]
    [InlineData("Watch", "now", null)]
    [InlineData("Unwatch")]
    [InlineData("Ping")]
    public async Task Hub_methods_that_are_not_listed_do_not_exist_and_Watch_has_always_three_arguments(string method, params string?[] arguments)
    {
        await using var viewer = await OutsideViewer.ConnectAsync(Server);
        await Assert.ThrowsAsync<HubException>(() => viewer.CallAsync(method, [.. arguments]));
    }

    [Fact]
    public async Task What_a_viewer_asks_for_wrongly_is_its_own_fault_and_fills_no_log()
    {
        var before = Server.Output.Length;
        await using var viewer = await OutsideViewer.ConnectAsync(Server);
        await Assert.ThrowsAsync<HubException>(() => viewer.WatchAsync("heat/nowhere/e-pre-1"));
        await Assert.ThrowsAsync<HubException>(() => viewer.CallAsync("Publish"));
        await Assert.ThrowsAsync<HubException>(() => viewer.CallAsync("Watch", "now"));
        await Assert.ThrowsAsync<HubException>(() => viewer.CallAsync("Watch", 7, null, null));
        // A line that comes later: what was to be logged before it has been.
        await using var track = await TrackAsync();
        await track.PublishAsync("src/nobody/passing", "rubbish");
        await Until(() => Task.FromResult(Server.Output[before..].Contains("Rejected (not-json)", StringComparison.Ordinal)), "the later line");
        Assert.Single(Server.Output[before..].Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Event_streams_give_the_same_frames_with_epoch_and_seq_as_id_and_go_on_after_the_last_one()
    {
        var meet = await MeetAsync(OutsideMeet.Heats(Eight));
        var scope = $"heat/{meet.Id}/{meet.Heat1}";
        await using var viewer = await OutsideViewer.ConnectAsync(Server);
        await viewer.WatchAsync(scope);
        string last;
        await using (var stream = await EventStream.OpenAsync(Public, scope, null))
        {
            var (id, frame) = await stream.FrameAsync();
            Assert.Equal("text/event-stream", stream.ContentType);
            Assert.Equal($"{frame["epoch"]!.GetValue<string>()}:{frame["seq"]!.GetValue<long>()}", id);
            Assert.Null(frame["base"]);
            await meet.DoAsync("openHeat", new { heat = meet.Heat1 });
            (last, frame) = await stream.FrameAsync();
            await Until(() => Task.FromResult(viewer.FramesOf(scope).Count() == 2), "the same over SignalR");
            var same = viewer.FramesOf(scope).Last();
            Assert.Equal((same["epoch"]!.GetValue<string>(), same["seq"]!.GetValue<long>()), (frame["epoch"]!.GetValue<string>(), frame["seq"]!.GetValue<long>()));
            Assert.True(JsonNode.DeepEquals(same["puts"], frame["puts"]));
        }

        await using (var again = await EventStream.OpenAsync(Public, scope, last))
        {
            await meet.DoAsync("armHeat", new { heat = meet.Heat1 });
            var (id, frame) = await again.FrameAsync();
            Assert.NotEqual(last, id);
            Assert.Equal("armed", (frame["puts"]!["heat"])!["state"]!.GetValue<string>());
            Assert.True(frame["base"] is not { } applies || last.EndsWith($":{applies.GetValue<long>()}", StringComparison.Ordinal));
        }

        foreach (var old in new[] { last, "another:7", "rubbish" })
        {
            await using var stream = await EventStream.OpenAsync(Public, scope, old);
            Assert.Null((await stream.FrameAsync()).Frame["base"]);
        }
    }

    [Fact]
    public async Task The_epoch_changes_with_each_start_and_who_comes_back_with_the_old_one_gets_all()
    {
        var meet = await MeetAsync();
        await meet.DoAsync("openHeat", new { heat = meet.Heat1 });
        var scope = $"heat/{meet.Id}/{meet.Heat1}";
        (string Epoch, long Seq, JsonObject Records) before;
        await using (var viewer = await OutsideViewer.ConnectAsync(Server))
        {
            await viewer.WatchAsync(scope);
            await Until(() => Task.FromResult(viewer.Held(scope) is not null), "the first frame");
            before = viewer.Held(scope)!.Value;
        }

        await Server.KillAsync();
        await Server.StartAsync();

        await using var back = await OutsideViewer.ConnectAsync(Server);
        await back.WatchAsync(scope, before.Epoch, before.Seq);
        await Until(() => Task.FromResult(back.Held(scope) is not null), "the complete state");
        var after = back.Held(scope)!.Value;
        Assert.Null(back.FramesOf(scope).First()["base"]);
        Assert.NotEqual(before.Epoch, after.Epoch);
        Assert.True(JsonNode.DeepEquals(before.Records, after.Records));
    }

    /// <summary>Section 4: what a row of the results has, and what a screen needs besides.</summary>
    private static readonly HashSet<string> Promised =
    [
        "rank", "bib", "name", "nation", "timeMs", "time", "status", "mark", "remarks",
        "lap", "elapsedMs", "gapMs", "lapMs", "overdue", "certainty", "neededMs",
    ];

    /// <summary>The records hold every row as HTTP has it, with what a screen shows in words.</summary>
    private static void IsReadyToShow(JsonObject records, JsonNode heat)
    {
        Assert.Equal(heat["state"]!.GetValue<string>(), records["heat"]!["state"]!.GetValue<string>());
        foreach (var row in heat["rows"]!.AsArray())
        {
            var shown = records[$"row:{row!["bib"]!.GetValue<string>()}"]!.AsObject();
            Assert.All(shown, member => Assert.True(JsonNode.DeepEquals(row[member.Key], member.Value), $"{member.Key} of {row.ToJsonString()}"));
            Assert.Superset(Promised, shown.Select(member => member.Key).ToHashSet());
            // What section 4 does not promise may be left out where there is nothing.
            Assert.All(
                row.AsObject().Where(member => !shown.ContainsKey(member.Key)),
                member => Assert.Contains(member.Value?.ToJsonString() ?? "null", (string[])["null", "false", "0", "[]"]));
        }

        Assert.Equal("42.000", records["row:8"]!["time"]!.GetValue<string>());
    }

    private static long Now() => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
