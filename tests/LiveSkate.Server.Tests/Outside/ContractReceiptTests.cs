using System.Diagnostics;
using System.Text.Json.Nodes;
using LiveSkate.Server.Tests.Ingest;
using MQTTnet;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>Contract section 2, "Receipt" and "Identity": nothing is lost, nothing counts twice, and what is missing is asked for.</summary>
[Collection("outside")]
public sealed class ContractReceiptTests(SharedServer shared) : OutsideTests(shared), IClassFixture<SharedServer>
{
    [Fact]
    public async Task With_epoch_and_seq_the_receipt_follows_retained_and_says_up_to_where_all_is_in_the_journal()
    {
        var meet = await MeetAsync();
        await using var track = await ListenAsync(meet);
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 1, "run-a", 1));
        await AckAsync(track, meet, "run-a", 1);
        await track.PublishAsync($"src/{meet.Finish}/passing", $$"""{"batch":[{{meet.Passing("1", 2, "run-a", 2)}},{{meet.Passing("1", 3, "run-a", 3)}}]}""");
        await AckAsync(track, meet, "run-a", 3);
        await track.PublishAsync($"src/{meet.Finish}/finish", """{"heat":"e-pre-1","revision":1,"rows":[],"epoch":"run-a","seq":4}""");
        await AckAsync(track, meet, "run-a", 4);
        await track.PublishAsync($"src/{meet.Finish}/signal", """{"kind":"gate","timeUs":1,"epoch":"run-a","seq":5}""");
        await AckAsync(track, meet, "run-a", 5);
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 4, "run-b", 1));
        await AckAsync(track, meet, "run-b", 1);

        await using var late = await TrackAsync();
        await late.SubscribeAsync($"{TrackClient.Root}src/{meet.Finish}/ack");
        await AckAsync(late, meet, "run-b", 1, retained: true);
        Assert.Equal(["epoch", "seq"], Acks(late, meet).Last().AsObject().Select(member => member.Key).Order());
    }

    [Fact]
    public async Task What_is_rejected_is_received_all_the_same_and_leaves_no_hole()
    {
        var meet = await MeetAsync();
        await using var track = await ListenAsync(meet);
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 1, "run", 1));
        await track.PublishAsync($"src/{meet.Finish}/passing", """{"chip":5,"timeUs":1,"epoch":"run","seq":2}""");
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 3, "run", 3));
        await AckAsync(track, meet, "run", 3);
    }

    [Fact]
    public async Task A_repeat_changes_nothing_and_is_acknowledged_again()
    {
        var meet = await MeetAsync();
        await using var track = await ListenAsync(meet);
        await meet.StartAsync();
        var (numbered, bare) = (meet.Passing("1", 20, "run", 1), meet.Passing("2", 21));
        await track.PublishAsync($"src/{meet.Finish}/passing", numbered);
        await track.PublishAsync($"src/{meet.Finish}/passing", bare);
        var (before, heat, acks) = (await AtAsync(), await meet.HeatAsync(), Acks(track, meet).Count());
        foreach (var payload in new[] { numbered, bare, $$"""{"batch":[{{numbered}},{{bare}},{{numbered}}]}""" })
            Assert.Equal(MqttClientPublishReasonCode.Success, (await track.PublishAsync($"src/{meet.Finish}/passing", payload)).ReasonCode);
        await Until(() => Task.FromResult(Acks(track, meet).Count() > acks), "a receipt for the repeat");
        Assert.Equal(before, await AtAsync());
        Assert.Equal(heat.ToJsonString(), (await meet.HeatAsync()).ToJsonString());
    }

    [Fact]
    public async Task Without_epoch_and_seq_source_chip_and_time_are_the_identity()
    {
        var meet = await MeetAsync(paper => paper["sources"]!.AsArray().Add(new JsonObject { ["id"] = $"{paper["sources"]![0]!["id"]}2", ["role"] = "finish" }));
        await using var track = await TrackAsync();
        var before = await AtAsync();
        foreach (var source in new[] { meet.Finish, meet.Finish, $"{meet.Finish}2" })
            foreach (var (bib, second) in new[] { ("1", 1), ("1", 2), ("2", 1) })
                await track.PublishAsync($"src/{source}/passing", meet.Passing(bib, second));
        Assert.Equal(before + 6, await AtAsync());
    }

    [Fact]
    public async Task The_same_identity_with_other_content_is_kept_not_used_and_an_alarm()
    {
        var meet = await MeetAsync();
        await using var track = await ListenAsync(meet);
        await meet.StartAsync();
        await using var viewer = await OutsideViewer.ConnectAsync(Server);
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 20, "run", 1));
        var before = await AtAsync();
        var other = meet.Passing("2", 21, "run", 1);
        Assert.Equal(MqttClientPublishReasonCode.Success, (await track.PublishAsync($"src/{meet.Finish}/passing", other)).ReasonCode);
        var row = Assert.Single(await JournalAsync($"?from={before + 1}"));
        Assert.Equal(("message-rejected", "identity-conflict"), (row["kind"]!.GetValue<string>(), row["data"]!["reason"]!.GetValue<string>()));
        Assert.Equal(other, System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(row["data"]!["bytes"]!.GetValue<string>())));
        Assert.Equal(0, (await meet.RowAsync("2"))["lap"]!.GetValue<int>());
        await Until(() => Task.FromResult(viewer.AlarmOf(meet.Finish) is { Length: > 0 }), "an alarm of the source");
    }

    [Fact]
    public async Task A_hole_is_asked_for_after_500_ms_and_again_after_3_s_three_times_and_shown_until_it_is_filled()
    {
        var meet = await MeetAsync();
        await using var track = await ListenAsync(meet);
        await meet.ArmAsync();
        await using var viewer = await OutsideViewer.ConnectAsync(Server);
        var asked = new List<(JsonNode Question, TimeSpan After)>();
        var began = Stopwatch.GetTimestamp();
        track.Mqtt.ApplicationMessageReceivedAsync += message =>
        {
            if (message.ApplicationMessage.Topic.EndsWith("/resend", StringComparison.Ordinal))
                lock (asked)
                    asked.Add((JsonNode.Parse(message.ApplicationMessage.ConvertPayloadToString())!, Stopwatch.GetElapsedTime(began)));
            return Task.CompletedTask;
        };
        // In one message, so that all holes are seen at the same moment.
        await track.PublishAsync($"src/{meet.Finish}/passing", $$"""{"batch":[{{string.Join(',', new[] { 2, 3, 7, 9 }.Select(seq => meet.Passing("1", seq, "run", seq)))}}]}""");
        await Until(() => Task.FromResult(asked.Count == 3), "three questions");

        Assert.All(asked, one => Assert.Equal("""{"epoch":"run","ranges":[[1,1],[4,6],[8,8]]}""", one.Question.ToJsonString()));
        Assert.InRange(asked[0].After.TotalSeconds, 0.45, 20);
        Assert.All(asked.Zip(asked.Skip(1)), pair => Assert.InRange((pair.Second.After - pair.First.After).TotalSeconds, 2.5, 20));
        Assert.DoesNotContain(track.Received, message => message.Retain && message.Topic.EndsWith("/resend", StringComparison.Ordinal));
        await Until(() => Task.FromResult(viewer.AlarmOf(meet.Finish)?.Contains("4-6", StringComparison.Ordinal) == true), "an alarm that names the hole");

        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 1, "run", 1));
        await AckAsync(track, meet, "run", 3);
        foreach (var seq in new[] { 5, 8, 4, 6 })
            await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", seq, "run", seq));
        await AckAsync(track, meet, "run", 9);
        await Until(() => Task.FromResult(viewer.AlarmOf(meet.Finish) is null), "no alarm any more");
    }

    [Fact]
    public async Task A_gateway_that_is_cut_off_is_told_of_by_its_will()
    {
        var meet = await MeetAsync();
        await meet.ArmAsync();
        await using var viewer = await OutsideViewer.ConnectAsync(Server);
        await using var gateway = await TrackClient.ConnectAsync(Server.MqttPort, options: options => options
            .WithWillTopic($"{TrackClient.Root}src/{meet.Finish}/status").WithWillPayload("""{"link":"lost"}""")
            .WithWillQualityOfServiceLevel(MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce).WithWillRetain());
        await gateway.PublishAsync($"src/{meet.Finish}/status", """{"link":"up"}""", retain: true);
        await Until(() => Task.FromResult(viewer.Beats.LastOrDefault()?["sources"]!.AsArray().Any(
            source => source!["id"]!.GetValue<string>() == meet.Finish && source["ageMs"] is not null && source["alarm"] is null) == true), "the gateway is well");
        gateway.Cut();
        await Until(() => Task.FromResult(viewer.AlarmOf(meet.Finish)?.Contains("lost", StringComparison.Ordinal) == true), "the alarm");
        await using var late = await TrackAsync();
        await late.SubscribeAsync($"{TrackClient.Root}src/{meet.Finish}/status");
        await Until(() => Task.FromResult(late.Received.Any(message => message is { Retain: true, Payload: """{"link":"lost"}""" })), "the retained will");
    }

    [Fact]
    public async Task A_hole_that_is_filled_in_time_is_not_asked_for()
    {
        var meet = await MeetAsync();
        await using var track = await ListenAsync(meet);
        await track.PublishAsync($"src/{meet.Finish}/passing", $$"""{"batch":[{{meet.Passing("1", 2, "run-a", 2)}},{{meet.Passing("1", 1, "run-a", 1)}}]}""");
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 3, "run-b", 2));
        await Until(() => Task.FromResult(track.Received.Any(message => message.Payload.Contains("run-b", StringComparison.Ordinal) && message.Topic.EndsWith("/resend", StringComparison.Ordinal))), "the question for the other run");
        Assert.DoesNotContain(track.Received, message => message.Payload.Contains("run-a", StringComparison.Ordinal) && message.Topic.EndsWith("/resend", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_is_remembered_however_many_began_after_it_and_costs_one_entry()
    {
        const int Runs = 300;
        var meet = await MeetAsync();
        await using var track = await ListenAsync(meet);
        var before = (await Server.MetricsAsync())["liveskate_sender_runs"];
        for (var run = 0; run < Runs; run++)
            await track.PublishAsync($"src/{meet.Finish}/passing", $$"""{"batch":[{{meet.Passing("1", run, $"run-{run}", 1)}},{{meet.Passing("2", run, $"run-{run}", 2)}}]}""");
        var at = await AtAsync();
        Assert.Equal(before + Runs, (await Server.MetricsAsync())["liveskate_sender_runs"]);

        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 0, "run-0", 1));
        Assert.Equal(at, await AtAsync());
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("3", 0, "run-0", 3));
        await AckAsync(track, meet, "run-0", 3);
        Assert.Equal(at + 1, await AtAsync());
        Assert.Equal(before + Runs, (await Server.MetricsAsync())["liveskate_sender_runs"]);
        Assert.DoesNotContain(track.Received, message => message.Topic.EndsWith("/resend", StringComparison.Ordinal));
    }

    [Fact]
    public async Task At_its_start_the_hub_publishes_ack_live_and_its_state_anew_and_asks_again_for_holes()
    {
        var meet = await MeetAsync();
        await using (var track = await ListenAsync(meet))
        {
            await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
            await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 90, "run", 1));
            await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 91, "run", 3));
        }
        var before = await meet.HeatAsync();

        await Server.KillAsync();
        await Server.StartAsync();

        await using var late = await TrackAsync();
        await late.SubscribeAsync(TrackClient.Root + "#");
        await AckAsync(late, meet, "run", 1, retained: true);
        await Until(() => Task.FromResult(late.Received.Any(message => message is { Retain: true, Topic: TrackClient.Root + "hub/state", Payload: """{"state":"online"}""" })), "online");
        var topic = $"{TrackClient.Root}live/{meet.Id}/heats/{meet.Heat1}";
        await Until(() => Task.FromResult(late.Received.Any(message => message.Topic == topic && message.Retain)), "the heat's state");
        var live = JsonNode.Parse(late.Received.Last(message => message.Topic == topic).Payload)!;
        Assert.Equal(before["rows"]!.ToJsonString(), live["rows"]!.ToJsonString());
        await Until(() => Task.FromResult(late.Received.Any(message => message.Topic == $"{TrackClient.Root}src/{meet.Finish}/resend")), "the question for number 2");
        Assert.Equal(before["rows"]!.ToJsonString(), (await meet.HeatAsync())["rows"]!.ToJsonString());
    }

    private async Task<TrackClient> ListenAsync(OutsideMeet meet)
    {
        var track = await TrackAsync();
        await track.SubscribeAsync($"{TrackClient.Root}src/{meet.Finish}/ack");
        await track.SubscribeAsync($"{TrackClient.Root}src/{meet.Finish}/resend");
        return track;
    }

    private Task AckAsync(TrackClient track, OutsideMeet meet, string epoch, long seq, bool retained = false) => Until(
        () => Task.FromResult(track.Received.Any(message => message.Topic == $"{TrackClient.Root}src/{meet.Finish}/ack" && (message.Retain || !retained)
            && JsonNode.Parse(message.Payload)!.ToJsonString() == new JsonObject { ["epoch"] = epoch, ["seq"] = seq }.ToJsonString())),
        $"the receipt {epoch} {seq}; there are {string.Join(", ", Acks(track, meet).Select(ack => ack.ToJsonString()))}");

    private static IEnumerable<JsonNode> Acks(TrackClient track, OutsideMeet meet) =>
        track.Received.Where(message => message.Topic == $"{TrackClient.Root}src/{meet.Finish}/ack").Select(message => JsonNode.Parse(message.Payload)!);
}
