using System.Text;
using System.Text.Json.Nodes;
using LiveSkate.Server.Tests.Ingest;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>Contract section 2: topics, payloads, who may say what, and rubbish.</summary>
[Collection("outside")]
public sealed class ContractMqttTests(SharedServer shared) : OutsideTests(shared), IClassFixture<SharedServer>
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task A_gateway_may_speak_MQTT_311_or_5_over_IPv4_or_IPv6(MqttProtocolVersion version)
    {
        var meet = await MeetAsync();
        await meet.StartAsync();
        foreach (var (host, bib) in new[] { ("127.0.0.1", "1"), ("::1", "2") })
        {
            await using var track = await TrackClient.ConnectAsync(Server.MqttPort, version, host: host);
            var answer = await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing(bib, 20));
            Assert.Equal(MqttClientPublishReasonCode.Success, answer.ReasonCode);
            Assert.Equal(1, (await meet.RowAsync(bib))["lap"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task Every_member_of_a_passing_is_kept_and_unknown_ones_are_ignored()
    {
        var meet = await MeetAsync();
        await using var track = await TrackAsync();
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 1, "run", 1,
            ""","deviceNo":8857,"loop":"finish","hits":29,"strength":133,"battery":"low","replay":true,"temperature":{"c":[21]},"note":null"""));
        var data = (await JournalAsync())[^1]["data"]!;
        Assert.Equal((meet.Chip("1"), 8857, "finish", 29, 133, "low", true), (
            data["chip"]!.GetValue<string>(), data["deviceNo"]!.GetValue<int>(), data["loop"]!.GetValue<string>(), data["hits"]!.GetValue<int>(),
            data["strength"]!.GetValue<int>(), data["battery"]!.GetValue<string>(), data["replay"]!.GetValue<bool>()));
        Assert.Equal(("run", 1, meet.Gun + OutsideMeet.Second), (
            data["epoch"]!.GetValue<string>(), data["seq"]!.GetValue<int>(), data["timeUs"]!.GetValue<long>()));
    }

    [Fact]
    public async Task A_batch_carries_up_to_50_passings()
    {
        var meet = await MeetAsync();
        await using var track = await TrackAsync();
        var before = await AtAsync();
        await track.PublishAsync($"src/{meet.Finish}/passing", Batch(meet, 50));
        var rows = await JournalAsync($"?from={before + 1}");
        Assert.Equal(50, rows.Count(row => row["kind"]!.GetValue<string>() == "passing-read"));
        Assert.Equal(50, rows.Count);

        await track.PublishAsync($"src/{meet.Finish}/passing", Batch(meet, 51));
        var rejected = Assert.Single(await JournalAsync($"?from={before + 51}"));
        Assert.Equal("too-many", rejected["data"]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task One_bad_passing_in_a_batch_does_not_take_the_others_with_it()
    {
        var meet = await MeetAsync();
        await using var track = await TrackAsync();
        var before = await AtAsync();
        await track.PublishAsync($"src/{meet.Finish}/passing", $$"""{"batch":[{{meet.Passing("1", 1)}},{"chip":5,"timeUs":7},{{meet.Passing("2", 1)}}]}""");
        Assert.Equal(["passing-read", "message-rejected", "passing-read"], (await JournalAsync($"?from={before + 1}")).Select(row => row["kind"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Ids_of_up_to_32_letters_digits_and_dashes_name_a_source_and_nothing_else_does()
    {
        var longest = new string('a', 30) + "-1";
        var meet = await MeetAsync(paper => paper["sources"]![0]!["id"] = longest);
        await using var track = await TrackAsync();
        var before = await AtAsync();
        await track.PublishAsync($"src/{longest}/passing", meet.Passing("1", 1));
        foreach (var source in new[] { longest + "x", "Finish", "finish_1" })
            Assert.Equal(MqttClientPublishReasonCode.Success, (await track.PublishAsync($"src/{source}/passing", meet.Passing("1", 2))).ReasonCode);
        var rows = await JournalAsync($"?from={before + 1}");
        Assert.Equal(["passing-read", "message-rejected", "message-rejected", "message-rejected"], rows.Select(row => row["kind"]!.GetValue<string>()));
        Assert.All(rows.Skip(1), row => Assert.Equal("unknown-source", row["data"]!["reason"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_payload_may_have_16_KiB_and_of_a_larger_one_the_first_KiB_is_kept()
    {
        var meet = await MeetAsync();
        await using var track = await TrackAsync();
        var before = await AtAsync();
        foreach (var size in new[] { 16 * 1024, 16 * 1024 + 1 })
        {
            var start = meet.Passing("1", size / 1000.0, more: ",\"filler\":\"")[..^1];
            Assert.Equal(MqttClientPublishReasonCode.Success, (await track.PublishAsync($"src/{meet.Finish}/passing", start.PadRight(size - 2, 'x') + "\"}")).ReasonCode);
        }
        var rows = await JournalAsync($"?from={before + 1}");
        Assert.Equal(["passing-read", "message-rejected"], rows.Select(row => row["kind"]!.GetValue<string>()));
        var data = rows[1]["data"]!;
        Assert.Equal(("too-large", 16 * 1024 + 1), (data["reason"]!.GetValue<string>(), data["length"]!.GetValue<int>()));
        Assert.Equal(1024, Convert.FromBase64String(data["bytes"]!.GetValue<string>()).Length);
    }

    /// <summary>Topic below src/{source}/, payload, reason.</summary>
    public static TheoryData<string, string, string> Rubbish => new()
    {
        { "passing", "", "not-json" },
        { "passing", "hello", "not-json" },
        { "passing", """{"chip":"1","timeUs":1""", "not-json" },
        { "passing", "\u0001\u0002\u0003", "not-json" },
        { "passing", "[]", "wrong-type" },
        { "passing", "7", "wrong-type" },
        { "passing", "null", "wrong-type" },
        { "passing", "{}", "missing" },
        { "passing", """{"timeUs":1657386323633120}""", "missing" },
        { "passing", """{"chip":"102758186"}""", "missing" },
        { "passing", """{"chip":102758186,"timeUs":1657386323633120}""", "wrong-type" },
        { "passing", """{"chip":"102758186","timeUs":"1657386323633120"}""", "wrong-type" },
        { "passing", """{"chip":"102758186","timeUs":1657386323633120.5}""", "wrong-type" },
        { "passing", """{"chip":"102758186","timeUs":-1}""", "out-of-range" },
        { "passing", """{"chip":"102758186","timeUs":9223372036854775807}""", "out-of-range" },
        { "passing", """{"chip":"102758186","timeUs":1,"epoch":"e"}""", "missing" },
        { "passing", """{"chip":"102758186","timeUs":1,"seq":1}""", "missing" },
        { "passing", """{"chip":"102758186","timeUs":1,"epoch":"e","seq":0}""", "out-of-range" },
        { "passing", """{"chip":"102758186","timeUs":1,"epoch":7,"seq":1}""", "wrong-type" },
        { "passing", """{"chip":"102758186","timeUs":1,"sim":"yes"}""", "wrong-type" },
        { "passing", """{"batch":{}}""", "wrong-type" },
        { "passing", """{"batch":[]}""", "out-of-range" },
        { "signal", """{"kind":"bell","timeUs":1}""", "out-of-range" },
        { "signal", """{"kind":"gun"}""", "missing" },
        { "signal", """{"timeUs":1}""", "missing" },
        { "finish", """{"heat":"e-pre-1","revision":1}""", "missing" },
        { "finish", """{"heat":"e-pre-1","rows":[]}""", "missing" },
        { "finish", """{"heat":"e-pre-1","revision":1,"rows":[{"bib":"1","place":1,"elapsedUs":null,"status":"WON"}]}""", "out-of-range" },
        { "finish", """{"heat":"e-pre-9","revision":1,"rows":[]}""", "unknown-heat" },
        { "finish", """{"heat":"e-pre-1","revision":1,"rows":[{"bib":"99","place":1,"elapsedUs":null,"status":"OK"}]}""", "unknown-bib" },
        { "status", """{"link":7}""", "wrong-type" },
        { "status", """{"atUs":1}""", "missing" },
    };

    [Theory]
    [MemberData(nameof(Rubbish))]
    public async Task Rubbish_is_journaled_with_its_bytes_and_the_reason_counted_listed_and_acknowledged(string leaf, string payload, string reason)
    {
        var meet = await MeetAsync();
        await using var track = await TrackAsync();
        await IsRejectedAsync(meet, track, $"src/{meet.Finish}/{leaf}", Encoding.UTF8.GetBytes(payload), reason);
        Assert.Equal("scheduled", await meet.StateAsync());
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_and_sources_that_no_meet_knows_are_rubbish_too()
    {
        var meet = await MeetAsync();
        await using var track = await TrackAsync();
        await IsRejectedAsync(meet, track, $"src/{meet.Finish}/passing", [.. "{\"chip\":\""u8, 0xC3, 0x28, .. "\",\"timeUs\":1}"u8], "not-utf8");
        await IsRejectedAsync(meet, track, $"src/{meet.Finish}/signal", [0xFF, 0xFE, 0x00], "not-utf8");
        foreach (var leaf in new[] { "passing", "signal", "finish", "status" })
            await IsRejectedAsync(meet, track, $"src/nobody-{meet.Id}/{leaf}", Encoding.UTF8.GetBytes(leaf switch
            {
                "passing" => meet.Passing("1", 1),
                "signal" => OutsideMeet.Signal("gun", 1),
                "finish" => """{"heat":"e-pre-1","revision":1,"rows":[]}""",
                _ => """{"link":"up"}""",
            }), "unknown-source");
    }

    [Fact]
    public async Task Nobody_but_the_hub_publishes_ack_resend_hub_and_live()
    {
        var meet = await MeetAsync();
        await using var reader = await TrackAsync();
        await reader.SubscribeAsync(TrackClient.Root + "#");
        await Until(() => Task.FromResult(reader.Received.Any(message => message.Topic.EndsWith("hub/state", StringComparison.Ordinal))), "hub/state");
        await using var liar = await TrackAsync();
        await using var old = await TrackClient.ConnectAsync(Server.MqttPort, MqttProtocolVersion.V311);
        foreach (var topic in new[] { $"src/{meet.Finish}/ack", $"src/{meet.Finish}/resend", "hub/state", $"live/{meet.Id}/heats/{meet.Heat1}" })
        {
            var answer = await liar.PublishAsync(topic, """{"lie":1}""", retain: true);
            Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, answer.ReasonCode);
            await old.PublishAsync(topic, """{"lie":1}""", retain: true);
            Assert.Equal("not-authorised", (await JournalAsync())[^1]["data"]!["reason"]!.GetValue<string>());
        }
        await liar.PublishAsync($"src/{meet.Finish}/status", """{"link":"up"}""");
        await Until(() => Task.FromResult(reader.Received.Any(message => message.Topic.EndsWith($"{meet.Finish}/status", StringComparison.Ordinal))), "the status that came after the lies");
        Assert.DoesNotContain(reader.Received, message => message.Payload.Contains("lie", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("live/#", true)]
    [InlineData("live/+/heats/+", true)]
    [InlineData("src/+/ack", true)]
    [InlineData("src/+/resend", true)]
    [InlineData("hub/#", true)]
    [InlineData("hub/state", true)]
    [InlineData("src/+/passing", false)]
    [InlineData("src/finish-1/signal", false)]
    [InlineData("src/+/finish", false)]
    public async Task Anyone_on_loopback_reads_live_ack_resend_and_hub_and_not_what_others_send(string filter, bool granted)
    {
        await using var track = await TrackAsync();
        var result = await TryAsync(() => track.SubscribeAsync(TrackClient.Root + filter));
        Assert.Equal(granted, result is MqttClientSubscribeResultCode.GrantedQoS0 or MqttClientSubscribeResultCode.GrantedQoS1 or MqttClientSubscribeResultCode.GrantedQoS2);
    }

    [Fact]
    public async Task QoS_0_is_taken()
    {
        var meet = await MeetAsync();
        await meet.StartAsync();
        await using var track = await TrackAsync();
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 20), MqttQualityOfServiceLevel.AtMostOnce);
        await Until(async () => (await meet.RowAsync("1"))["lap"]!.GetValue<int>() == 1, "the passing");
    }

    [Fact]
    public async Task The_health_of_a_source_is_retained_with_all_its_members()
    {
        var meet = await MeetAsync();
        const string Health = """{"link":"up","atUs":1657386323633120,"lastSeq":42,"noise":53,"volts":12.1,"clockOffsetUs":-1200,"alarms":["door open"]}""";
        await using var track = await TrackAsync();
        await track.PublishAsync($"src/{meet.Finish}/status", Health, retain: true);
        var data = (await JournalAsync())[^1]["data"]!;
        foreach (var (name, value) in JsonNode.Parse(Health)!.AsObject())
            Assert.Equal(value!.ToJsonString(), data[name]!.ToJsonString());
        await using var late = await TrackAsync();
        await late.SubscribeAsync($"{TrackClient.Root}src/+/status");
        await Until(() => Task.FromResult(late.Received.Any(message => message is { Retain: true, Payload: Health })), "the retained health");
    }

    [Fact]
    public async Task The_hub_says_that_it_is_online_and_each_heat_says_its_complete_state_retained()
    {
        var meet = await MeetAsync();
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        await using var late = await TrackAsync();
        await late.SubscribeAsync($"{TrackClient.Root}hub/state");
        await late.SubscribeAsync($"{TrackClient.Root}live/{meet.Id}/heats/+");
        await Until(() => Task.FromResult(late.Received.Any(message => message is { Retain: true, Topic: TrackClient.Root + "hub/state", Payload: """{"state":"online"}""" })), "online");
        var state = await meet.HeatAsync();
        await Until(() => Task.FromResult(State(late, $"live/{meet.Id}/heats/{meet.Heat1}") is { } live && Same(live, state)), "the complete state of the heat");
        Assert.NotNull(State(late, $"live/{meet.Id}/heats/{meet.Heat2}"));
    }

    private static JsonNode? State(TrackClient track, string topic) =>
        track.Received.Where(message => message.Topic == TrackClient.Root + topic).Select(message => JsonNode.Parse(message.Payload)).LastOrDefault();

    /// <summary>All that is retained is what HTTP says too.</summary>
    private static bool Same(JsonNode live, JsonNode state) =>
        live.AsObject().All(member => JsonNode.DeepEquals(member.Value, state[member.Key]));

    private async Task IsRejectedAsync(OutsideMeet meet, TrackClient track, string topic, byte[] payload, string reason)
    {
        var (before, counted) = (await AtAsync(), await CountedAsync(reason));
        var answer = await track.PublishBytesAsync(TrackClient.Root + topic, payload);
        Assert.Equal(MqttClientPublishReasonCode.Success, answer.ReasonCode);
        var row = Assert.Single(await JournalAsync($"?from={before + 1}"));
        Assert.Equal("message-rejected", row["kind"]!.GetValue<string>());
        var data = row["data"]!;
        Assert.Equal((reason, TrackClient.Root + topic), (data["reason"]!.GetValue<string>(), data["topic"]!.GetValue<string>()));
        Assert.Equal(payload, Convert.FromBase64String(data["bytes"]!.GetValue<string>()));
        Assert.NotEmpty(data["detail"]!.GetValue<string>());
        Assert.Equal(counted + 1, await CountedAsync(reason));
        var listed = (await GetAsync($"/api/meets/{meet.Id}/unused"))["rejected"]!.AsArray()[^1]!;
        Assert.Equal((row["at"]!.GetValue<long>(), reason), (listed["id"]!.GetValue<long>(), listed["reason"]!.GetValue<string>()));
        Assert.Equal(data["bytes"]!.GetValue<string>(), listed["bytes"]!.GetValue<string>());
    }

    private async Task<double> CountedAsync(string reason)
    {
        var name = $"liveskate_rejected_messages_total{{reason=\"{reason}\"}} ";
        var line = (await AskAsync(HttpMethod.Get, "/metrics")).Body.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[name.Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Batch(OutsideMeet meet, int count) =>
        $$"""{"batch":[{{string.Join(',', Enumerable.Range(1, count).Select(i => meet.Passing("1", i)))}}]}""";

    private static async Task<MqttClientSubscribeResultCode?> TryAsync(Func<Task<MqttClientSubscribeResultCode>> subscribe)
    {
        try
        {
            return await subscribe();
        }
        catch (MQTTnet.Exceptions.MqttProtocolViolationException)
        {
            return null;
        }
    }
}
