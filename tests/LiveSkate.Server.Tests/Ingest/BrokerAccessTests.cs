using System.Net;
using System.Net.Sockets;
using LiveSkate.Core;
using LiveSkate.Core.Timing;
using LiveSkate.Server.Ingest;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using Xunit;

namespace LiveSkate.Server.Tests.Ingest;

/// <summary>Who may do what at the embedded broker, and where it listens.</summary>
public sealed class BrokerAccessTests
{
    private const string Passing = """{"chip":"1","timeUs":1}""";
    private static readonly GatewaySettings Gate = new("gate", PasswordHash.Make("secret"), ["finish-1"]);

    public static TheoryData<MqttProtocolVersion> Versions => [MqttProtocolVersion.V311, MqttProtocolVersion.V500];

    [Theory]
    [InlineData("src/finish-1/ack", RejectionCodes.NotAuthorised)]
    [InlineData("src/finish-1/resend", RejectionCodes.NotAuthorised)]
    [InlineData("hub/state", RejectionCodes.NotAuthorised)]
    [InlineData("live/m/heats/h", RejectionCodes.NotAuthorised)]
    [InlineData("elsewhere", RejectionCodes.UnknownTopic)]
    public async Task Only_the_hub_publishes_what_is_the_hubs(string topic, string code)
    {
        var (broker, recorder) = await EmbeddedBrokerTests.StartAsync();
        await using var hub = broker;
        await using var reader = await TrackClient.ConnectAsync(broker.Port);
        await reader.SubscribeAsync(TrackClient.Root + "#");
        await using var modern = await TrackClient.ConnectAsync(broker.Port);
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, (await modern.PublishAsync(topic, Passing, retain: true)).ReasonCode);
        await using var old = await TrackClient.ConnectAsync(broker.Port, MqttProtocolVersion.V311);
        await old.PublishAsync(topic, Passing, retain: true);
        Assert.Equal([code, code], recorder.Facts<MessageRejected>().Select(fact => fact.Reason));
        await broker.PublishAsync("hub/end", "1"u8.ToArray(), retain: false, TestContext.Current.CancellationToken);
        await Soon.UntilAsync(() => reader.Received.Any(message => message.Topic.EndsWith("hub/end", StringComparison.Ordinal)), "the last message");
        Assert.Equal(["ls/v1/track/hub/state", "ls/v1/track/hub/end"], reader.Received.Select(message => message.Topic));
        Assert.Equal("""{"state":"online"}""", reader.Received[0].Payload);
    }

    [Theory]
    [InlineData("ls/v1/track/live/#", true)]
    [InlineData("ls/v1/track/live/m/heats/+", true)]
    [InlineData("ls/v1/track/src/+/ack", true)]
    [InlineData("ls/v1/track/src/finish-1/resend", true)]
    [InlineData("ls/v1/track/hub/#", true)]
    [InlineData("ls/v1/track/#", true)]
    [InlineData("#", true)]
    [InlineData("+/+/+/src/+/+", true)]
    [InlineData("ls/v1/track/src/+/passing", false)]
    [InlineData("ls/v1/track/src/finish-1/signal", false)]
    [InlineData("ls/v1/other/live/#", false)]
    [InlineData("ls/v1/track/src/+/ack/more", false)]
    [InlineData("ls/v1/track/src", false)]
    public async Task What_the_hub_publishes_may_be_read_and_what_senders_publish_may_not(string filter, bool allowed)
    {
        var (broker, _) = await EmbeddedBrokerTests.StartAsync();
        await using var hub = broker;
        await using var modern = await TrackClient.ConnectAsync(broker.Port);
        Assert.Equal(allowed ? MqttClientSubscribeResultCode.GrantedQoS1 : MqttClientSubscribeResultCode.NotAuthorized, await modern.SubscribeAsync(filter));
        await using var old = await TrackClient.ConnectAsync(broker.Port, MqttProtocolVersion.V311);
        Assert.Equal(allowed ? MqttClientSubscribeResultCode.GrantedQoS1 : MqttClientSubscribeResultCode.UnspecifiedError, await old.SubscribeAsync(filter));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_gateway_needs_its_password_and_speaks_for_its_own_sources(MqttProtocolVersion version)
    {
        var (broker, recorder) = await EmbeddedBrokerTests.StartAsync(EmbeddedBrokerTests.Settings(gateways: Gate));
        await using var hub = broker;
        await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => ConnectAsync(broker, version, "gate", "wrong"));
        await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => ConnectAsync(broker, version, "nobody", "secret"));
        await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => TrackClient.ConnectAsync(broker.Port, version));
        await using var gate = await ConnectAsync(broker, version, "gate", "secret");
        Assert.Equal(MqttClientPublishReasonCode.Success, (await gate.PublishAsync("src/finish-1/passing", Passing)).ReasonCode);
        var other = await gate.PublishAsync("src/finish-2/passing", Passing);
        if (version == MqttProtocolVersion.V500)
            Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, other.ReasonCode);
        Assert.Equal("finish-1", Assert.Single(recorder.Facts<PassingRead>()).Source);
        Assert.Equal(("finish-2", RejectionCodes.NotAuthorised), recorder.Facts<MessageRejected>().Select(fact => (fact.Source, fact.Reason)).Single());
    }

    [Fact]
    public async Task Who_takes_over_a_client_id_does_not_take_over_its_rights()
    {
        var other = new GatewaySettings("other", PasswordHash.Make("word"), ["finish-2"]);
        var (broker, recorder) = await EmbeddedBrokerTests.StartAsync(EmbeddedBrokerTests.Settings(gateways: [Gate, other]));
        await using var hub = broker;
        await using var one = await TrackClient.ConnectAsync(broker.Port, options: options => options.WithClientId("same").WithCredentials("gate", "secret"));
        await using var two = await TrackClient.ConnectAsync(
            broker.Port, options: options => options.WithClientId("same").WithCredentials("other", "word").WithCleanStart(false));
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, (await two.PublishAsync("src/finish-1/passing", Passing)).ReasonCode);
        Assert.Empty(recorder.Facts<PassingRead>());
    }

    [Fact]
    public async Task On_localhost_it_listens_on_both_loopbacks()
    {
        var (broker, recorder) = await EmbeddedBrokerTests.StartAsync(EmbeddedBrokerTests.Settings(FreePort(), "localhost"));
        await using var hub = broker;
        string[] hosts = Socket.OSSupportsIPv6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"];
        foreach (var host in hosts)
        {
            await using var client = await TrackClient.ConnectAsync(broker.Port, host: host);
            await client.PublishAsync("src/finish-1/passing", Passing);
        }
        Assert.Equal(hosts.Length, recorder.Facts<PassingRead>().Count());
    }

    [Fact]
    public async Task A_port_that_is_taken_stops_the_start_with_key_value_and_what_is_allowed()
    {
        var (broker, _) = await EmbeddedBrokerTests.StartAsync();
        await using var hub = broker;
        var wrong = await Assert.ThrowsAsync<BrokerStartException>(() => EmbeddedBrokerTests.StartAsync(EmbeddedBrokerTests.Settings(broker.Port)));
        Assert.Equal(("Mqtt:Port", $"{broker.Port}"), (wrong.Key, wrong.Value));
        Assert.Equal($"Mqtt:Port is {broker.Port}: another program listens there. Allowed: a free port, 1 to 65535.", wrong.Message);
    }

    [Fact]
    public async Task An_address_of_another_machine_stops_the_start()
    {
        var wrong = await Assert.ThrowsAsync<BrokerStartException>(() => EmbeddedBrokerTests.StartAsync(EmbeddedBrokerTests.Settings(host: "192.0.2.1")));
        Assert.Equal(("Mqtt:Host", "192.0.2.1"), (wrong.Key, wrong.Value));
    }

    [Fact]
    public async Task A_port_is_free_again_as_soon_as_the_broker_has_stopped()
    {
        var port = FreePort();
        for (var times = 0; times < 3; times++)
        {
            var (broker, recorder) = await EmbeddedBrokerTests.StartAsync(EmbeddedBrokerTests.Settings(port));
            await using var hub = broker;
            await using var client = await TrackClient.ConnectAsync(port);
            await client.PublishAsync("src/finish-1/passing", Passing);
            Assert.Single(recorder.Facts<PassingRead>());
        }
    }

    [Fact]
    public void A_hash_that_is_none_stops_the_start_and_is_not_printed()
    {
        var settings = EmbeddedBrokerTests.Settings(gateways: new GatewaySettings("gate", "plain-secret", ["*"]));
        var wrong = Assert.Throws<BrokerStartException>(() => new EmbeddedBroker(settings, new Recorder().RecordAsync, NullLogger<EmbeddedBroker>.Instance));
        Assert.Equal("Mqtt:Gateways:0:PasswordHash", wrong.Key);
        Assert.DoesNotContain("plain-secret", wrong.Message, StringComparison.Ordinal);
    }

    internal static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static Task<TrackClient> ConnectAsync(EmbeddedBroker broker, MqttProtocolVersion version, string name, string password) =>
        TrackClient.ConnectAsync(broker.Port, version, options => options.WithCredentials(name, password));
}
