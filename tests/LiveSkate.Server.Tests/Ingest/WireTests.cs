using System.Net.Sockets;
using LiveSkate.Core;
using LiveSkate.Server.Ingest;
using MQTTnet;
using MQTTnet.Protocol;
using Xunit;

namespace LiveSkate.Server.Tests.Ingest;

/// <summary>What may come through the socket of the embedded broker besides well-mannered publishes.</summary>
public sealed class WireTests
{
    private const string Passing = """{"chip":"1","timeUs":1}""";

    public static TheoryData<byte[]> Noise => new(
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(),
        new byte[4096],
        [0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        [0x10, 0xFF, 0xFF, 0xFF, 0x7F],
        [0x30, 0x05, 0x00, 0xFF, 0x61, 0x62, 0x63],
        [0x10, 0x0C, 0x00, 0x04, 0x4D, 0x51, 0x54, 0x54, 0x04, 0x02, 0x00, 0x05, 0x00, 0x00, 0x30, 0xFF, 0xFF, 0xFF, 0x7F],
        []);

    [Theory]
    [MemberData(nameof(Noise))]
    public async Task Noise_on_a_socket_ends_that_socket_and_nothing_else(byte[] noise)
    {
        var (broker, recorder) = await EmbeddedBrokerTests.StartAsync();
        await using var hub = broker;
        using (var socket = new TcpClient("127.0.0.1", broker.Port))
        {
            var stream = socket.GetStream();
            await stream.WriteAsync(noise, TestContext.Current.CancellationToken);
            socket.Client.Shutdown(SocketShutdown.Send);
            await ReadToEndAsync(stream);
        }
        await using var client = await TrackClient.ConnectAsync(broker.Port);
        await client.PublishAsync("src/finish-1/passing", Passing);
        Assert.Single(recorder.Facts<PassingRead>());
    }

    [Fact]
    public async Task QoS_2_is_recorded_once()
    {
        var (broker, recorder) = await EmbeddedBrokerTests.StartAsync();
        await using var hub = broker;
        await using var client = await TrackClient.ConnectAsync(broker.Port);
        var answer = await client.PublishAsync("src/finish-1/passing", Passing, MqttQualityOfServiceLevel.ExactlyOnce);
        Assert.Equal(MqttClientPublishReasonCode.Success, answer.ReasonCode);
        Assert.Single(recorder.Facts<PassingRead>());
    }

    [Fact]
    public async Task A_topic_alias_stands_for_its_topic_and_an_unknown_one_for_none()
    {
        var (broker, recorder) = await EmbeddedBrokerTests.StartAsync();
        await using var hub = broker;
        await using var client = await TrackClient.ConnectAsync(broker.Port);
        foreach (var (topic, alias) in new[] { (TrackClient.Root + "src/finish-1/passing", 1), ("", 1), ("", 2) })
        {
            await client.Mqtt.PublishAsync(
                new MqttApplicationMessage
                {
                    Topic = topic, TopicAlias = (ushort)alias, Payload = new(System.Text.Encoding.UTF8.GetBytes(Passing)),
                    QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                }, TestContext.Current.CancellationToken);
        }
        Assert.Equal(2, recorder.Facts<PassingRead>().Count());
        Assert.Equal("", Assert.Single(recorder.Facts<MessageRejected>()).Topic);
    }

    [Fact]
    public async Task Twenty_senders_at_once_lose_nothing()
    {
        var (broker, recorder) = await EmbeddedBrokerTests.StartAsync();
        await using var hub = broker;
        await Task.WhenAll(Enumerable.Range(1, 20).Select(async sender =>
        {
            await using var client = await TrackClient.ConnectAsync(broker.Port);
            for (var seq = 1; seq <= 50; seq++)
                await client.PublishAsync($"src/s-{sender}/passing", $$"""{"chip":"c","timeUs":{{seq}},"epoch":"e","seq":{{seq}}}""");
        }));
        foreach (var source in recorder.Facts<PassingRead>().GroupBy(passing => passing.Source))
            Assert.Equal(Enumerable.Range(1, 50).Select(n => (long?)n), source.Select(passing => passing.Seq));
        Assert.Equal(1000, recorder.Facts<PassingRead>().Count());
    }

    [Fact]
    public void Attempts_come_half_a_second_to_ten_seconds_apart_and_not_all_at_the_same_beat()
    {
        var backOff = new BackOff();
        var waits = Enumerable.Range(0, 200).Select(_ => backOff.Next().TotalSeconds).ToArray();
        Assert.All(waits, wait => Assert.InRange(wait, 0.5, 10));
        Assert.InRange(waits[0], 0.5, 1);
        Assert.True(waits.Max() > 5 && waits.Distinct().Count() > 100);
        backOff.Reset();
        Assert.InRange(backOff.Next().TotalSeconds, 0.5, 1);
    }

    private static async Task ReadToEndAsync(NetworkStream stream)
    {
        using var deadline = new CancellationTokenSource(Soon.Deadline);
        try
        {
            while (await stream.ReadAsync(new byte[1024], deadline.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset instead of closed: ended all the same.
        }
    }
}
