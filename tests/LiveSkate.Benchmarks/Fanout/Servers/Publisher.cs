using System.Globalization;
using MQTTnet;
using MQTTnet.Protocol;

namespace LiveSkate.Benchmarks.Fanout.Servers;

/// <summary>Mosquitto's publisher: the frames of the others, to one topic. What it costs is not counted.</summary>
internal static class Publisher
{
    public const string ProcessName = "fanout-publisher", Topic = "frames";

    /// <param name="args">What is shown, and the broker's port.</param>
    public static async Task RunAsync(string[] args)
    {
        using var frames = Pulse.Frames(Enum.Parse<Shown>(args[0])).GetEnumerator();
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", int.Parse(args[1], CultureInfo.InvariantCulture)).Build());
        frames.MoveNext();
        await client.PublishBinaryAsync(Topic, frames.Current.Complete, MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        var pulse = new Pulse(() =>
        {
            frames.MoveNext();
            client.PublishBinaryAsync(Topic, frames.Current.Delta).GetAwaiter().GetResult();
        });
        await pulse.RunAsync(0);
    }
}
