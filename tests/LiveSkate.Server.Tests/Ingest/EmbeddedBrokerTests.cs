using LiveSkate.Core;
using LiveSkate.Core.Timing;
using LiveSkate.Server.Ingest;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Xunit;

namespace LiveSkate.Server.Tests.Ingest;

public sealed class EmbeddedBrokerTests
{
    private const string Passing = """{"chip":"1","timeUs":1}""";

    public static TheoryData<MqttProtocolVersion> Versions => [MqttProtocolVersion.V311, MqttProtocolVersion.V500];

    internal static MqttSettings Settings(int port = 0, string host = "127.0.0.1", params GatewaySettings[] gateways) =>
        new(MqttMode.Embedded, host, port, null, null, false, [.. gateways], "track");

    internal static async Task<(EmbeddedBroker Broker, Recorder Recorder)> StartAsync(MqttSettings? settings = null)
    {
        var recorder = new Recorder();
        var broker = new EmbeddedBroker(settings ?? Settings(), recorder.RecordAsync, NullLogger<EmbeddedBroker>.Instance);
        await broker.StartAsync(TestContext.Current.CancellationToken);
        return (broker, recorder);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_PUBACK_goes_out_only_after_the_record_is_durable(MqttProtocolVersion version)
    {
        var (broker, recorder) = await StartAsync();
        await using var hub = broker;
        await using var client = await TrackClient.ConnectAsync(broker.Port, version);
        recorder.Hold();
        var publishing = client.PublishAsync("src/finish-1/passing", Passing);
        await Soon.UntilAsync(() => recorder.Calls == 1, "the record to begin");

        await using (await TrackClient.ConnectAsync(broker.Port, version))
            Assert.False(publishing.IsCompleted, "another client came and went meanwhile, and still no PUBACK");
        Assert.Empty(recorder.Items);
        recorder.Release();
        Assert.Equal(MqttClientPublishReasonCode.Success, (await publishing).ReasonCode);
        Assert.Equal("1", Assert.Single(recorder.Facts<PassingRead>()).Chip);
    }

    [Fact]
    public async Task Who_subscribes_in_the_very_moment_of_a_change_ends_with_the_newest()
    {
        var (broker, _) = await StartAsync();
        await using var hub = broker;
        await using var reader = await TrackClient.ConnectAsync(broker.Port);
        for (var n = 1; n <= 200; n++)
        {
            var topic = $"live/m/heats/h{n % 7}";
            var old = System.Text.Encoding.UTF8.GetBytes($"old {n}");
            await broker.PublishAsync(topic, old, retain: true, TestContext.Current.CancellationToken);
            var newest = System.Text.Encoding.UTF8.GetBytes($"new {n}");
            var subscribing = reader.SubscribeAsync(TrackClient.Root + topic);
            Thread.SpinWait(n * 100);
            await broker.PublishAsync(topic, newest, retain: true, TestContext.Current.CancellationToken);
            await subscribing;
            // What is published now comes last of all: what is missing then is missing for ever.
            await reader.SubscribeAsync($"{TrackClient.Root}{topic}x");
            await broker.PublishAsync($"{topic}x", newest, retain: false, TestContext.Current.CancellationToken);
            await Soon.UntilAsync(() => reader.Received.Any(message => message.Topic.EndsWith('x') && message.Payload == $"new {n}"), "what came last");
            Assert.Equal($"new {n}", reader.Received.Last(message => message.Topic == TrackClient.Root + topic).Payload);
            await reader.Mqtt.UnsubscribeAsync(TrackClient.Root + topic, TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Whatever_the_payload_the_answer_is_zero(MqttProtocolVersion version)
    {
        var (broker, recorder) = await StartAsync();
        await using var hub = broker;
        await using var client = await TrackClient.ConnectAsync(broker.Port, version);
        foreach (var (leaf, payload) in new[]
        {
            ("passing", Passing), ("passing", "rubbish"), ("signal", """{"kind":"gun","timeUs":1}"""), ("status", """{"link":"up"}"""),
            ("finish", """{"heat":"h","revision":1,"rows":[]}"""), ("passing", ""), ("passing", new string('x', 100_000)),
        })
            Assert.Equal(MqttClientPublishReasonCode.Success, (await client.PublishAsync("src/finish-1/" + leaf, payload)).ReasonCode);
        Assert.Equal(7, recorder.Items.Count);
        Assert.Equal(
            [RejectionCodes.NotJson, RejectionCodes.NotJson, RejectionCodes.TooLarge], recorder.Facts<MessageRejected>().Select(fact => fact.Reason));
    }

    [Fact]
    public async Task When_the_journal_fails_a_v5_sender_is_told_so_and_keeps_its_connection()
    {
        var (broker, recorder) = await StartAsync();
        await using var hub = broker;
        await using var client = await TrackClient.ConnectAsync(broker.Port);
        recorder.Failure = new IOException("disk full");
        Assert.Equal(MqttClientPublishReasonCode.QuotaExceeded, (await client.PublishAsync("src/finish-1/passing", Passing)).ReasonCode);
        recorder.Failure = null;
        Assert.Equal(MqttClientPublishReasonCode.Success, (await client.PublishAsync("src/finish-1/passing", Passing)).ReasonCode);
    }

    [Fact]
    public async Task When_the_journal_fails_a_v3_sender_is_cut_off_without_a_PUBACK()
    {
        var (broker, recorder) = await StartAsync();
        await using var hub = broker;
        await using var client = await TrackClient.ConnectAsync(broker.Port, MqttProtocolVersion.V311);
        recorder.Failure = new IOException("disk full");
        await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => client.PublishAsync("src/finish-1/passing", Passing));
        await Soon.UntilAsync(() => !client.Mqtt.IsConnected, "the connection to be closed");
    }

    [Fact]
    public async Task QoS_0_is_taken_too()
    {
        var (broker, recorder) = await StartAsync();
        await using var hub = broker;
        await using var client = await TrackClient.ConnectAsync(broker.Port);
        await client.PublishAsync("src/finish-1/passing", Passing, MqttQualityOfServiceLevel.AtMostOnce);
        await Soon.UntilAsync(() => recorder.Facts<PassingRead>().Any(), "the passing");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task What_senders_publish_is_not_handed_on_but_for_the_status(MqttProtocolVersion version)
    {
        var (broker, _) = await StartAsync();
        await using var hub = broker;
        await using var reader = await TrackClient.ConnectAsync(broker.Port, version);
        await reader.SubscribeAsync("#");
        await using var client = await TrackClient.ConnectAsync(broker.Port, version);
        await client.PublishAsync("src/finish-1/passing", Passing, retain: true);
        await client.PublishAsync("src/finish-1/status", "rubbish", retain: true);
        await client.PublishAsync("src/finish-1/status", """{"link":"up"}""");
        await Soon.UntilAsync(() => reader.Received.Count >= 2, "hub/state and the status");
        Assert.Equal(
            [("ls/v1/track/hub/state", """{"state":"online"}"""), ("ls/v1/track/src/finish-1/status", """{"link":"up"}""")],
            reader.Received.Select(message => (message.Topic, message.Payload)));

        await using var late = await TrackClient.ConnectAsync(broker.Port, version);
        await late.SubscribeAsync(TrackClient.Root + "src/+/status");
        await Soon.UntilAsync(() => late.Received.Count == 1, "the retained status");
        Assert.True(late.Received[0].Retain);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_will_is_recorded_like_any_status(MqttProtocolVersion version)
    {
        var (broker, recorder) = await StartAsync();
        await using var hub = broker;
        await using var client = await TrackClient.ConnectAsync(broker.Port, version, options => options
            .WithWillTopic(TrackClient.Root + "src/finish-1/status").WithWillPayload("""{"link":"lost"}""").WithWillRetain()
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce));
        client.Cut();
        await Soon.UntilAsync(() => recorder.Facts<SourceReported>().Any(), "the will");
        Assert.Equal(("finish-1", "lost"), (recorder.Facts<SourceReported>().Single().Source, recorder.Facts<SourceReported>().Single().Link));
    }

    [Fact]
    public async Task A_will_that_goes_off_because_the_hub_stops_is_not_recorded()
    {
        var (broker, recorder) = await StartAsync();
        await using var client = await TrackClient.ConnectAsync(broker.Port, options: options => options
            .WithWillTopic(TrackClient.Root + "src/finish-1/status").WithWillPayload("""{"link":"lost"}"""));
        await broker.DisposeAsync();
        await Soon.UntilAsync(() => !client.Mqtt.IsConnected, "the connection to be closed");
        Assert.Equal(0, recorder.Calls);
    }

    [Fact]
    public async Task A_packet_beyond_all_reason_ends_the_connection_and_nothing_else()
    {
        var (broker, recorder) = await StartAsync();
        await using var hub = broker;
        await using var client = await TrackClient.ConnectAsync(broker.Port);
        await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => client.PublishBytesAsync(TrackClient.Root + "src/finish-1/passing", new byte[1_100_000]));
        await using var other = await TrackClient.ConnectAsync(broker.Port);
        await other.PublishBytesAsync(TrackClient.Root + "src/finish-1/passing", new byte[1_000_000]);
        Assert.Equal(1_000_000, Assert.Single(recorder.Facts<MessageRejected>()).Length);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_client_that_leaves_its_id_to_the_broker_is_served(MqttProtocolVersion version)
    {
        var (broker, recorder) = await StartAsync();
        await using var hub = broker;
        await using var one = await TrackClient.ConnectAsync(broker.Port, version, options => options.WithClientId(""));
        await using var two = await TrackClient.ConnectAsync(broker.Port, version, options => options.WithClientId(""));
        await one.PublishAsync("src/finish-1/passing", Passing);
        await two.PublishAsync("src/finish-1/passing", Passing);
        Assert.Equal(2, recorder.Facts<PassingRead>().Count());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_hub_says_that_it_is_there_to_who_comes_later(MqttProtocolVersion version)
    {
        var (broker, _) = await StartAsync();
        await using var hub = broker;
        await broker.PublishAsync("live/m/heats/h", """{"x":1}"""u8.ToArray(), retain: true, TestContext.Current.CancellationToken);
        await using var reader = await TrackClient.ConnectAsync(broker.Port, version);
        await reader.SubscribeAsync(TrackClient.Root + "hub/#");
        await reader.SubscribeAsync(TrackClient.Root + "live/#");
        await Soon.UntilAsync(() => reader.Received.Count == 2, "both retained messages");
        Assert.Equal(
            [("ls/v1/track/hub/state", """{"state":"online"}""", true), ("ls/v1/track/live/m/heats/h", """{"x":1}""", true)],
            reader.Received);
    }
}
