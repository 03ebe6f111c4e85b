using System.Buffers;
using System.Text;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace LiveSkate.Server.Tests.Ingest;

/// <summary>A decoder, a gateway or a curious reader: a real client on a real socket.</summary>
internal sealed class TrackClient : IAsyncDisposable
{
    public const string Root = "ls/v1/track/";
    private readonly Lock _gate = new();
    private readonly List<(string Topic, string Payload, bool Retain)> _received = [];
    private bool _cut;

    private TrackClient(IMqttClient client)
    {
        Mqtt = client;
        client.ApplicationMessageReceivedAsync += args =>
        {
            var message = args.ApplicationMessage;
            lock (_gate)
                _received.Add((message.Topic, Encoding.UTF8.GetString(message.Payload.ToArray()), message.Retain));
            return Task.CompletedTask;
        };
    }

    public IMqttClient Mqtt { get; }

    public IReadOnlyList<(string Topic, string Payload, bool Retain)> Received
    {
        get
        {
            lock (_gate)
                return [.. _received];
        }
    }

    public static async Task<TrackClient> ConnectAsync(
        int port, MqttProtocolVersion version = MqttProtocolVersion.V500, Action<MqttClientOptionsBuilder>? options = null, string host = "127.0.0.1")
    {
        var client = new TrackClient(new MqttClientFactory().CreateMqttClient());
        var builder = new MqttClientOptionsBuilder().WithTcpServer(host, port).WithProtocolVersion(version)
            .WithClientId(Guid.NewGuid().ToString("N")).WithTimeout(Soon.Deadline);
        if (version != MqttProtocolVersion.V500)
            builder.WithCleanSession();
        options?.Invoke(builder);
        var answer = await client.Mqtt.ConnectAsync(builder.Build());
        return answer.ResultCode == MqttClientConnectResultCode.Success ? client : throw new MqttCommunicationException($"refused: {answer.ResultCode}");
    }

    public Task<MqttClientPublishResult> PublishAsync(string topicBelowRoot, string json, MqttQualityOfServiceLevel qos = MqttQualityOfServiceLevel.AtLeastOnce, bool retain = false) =>
        PublishBytesAsync(Root + topicBelowRoot, Encoding.UTF8.GetBytes(json), qos, retain);

    public async Task<MqttClientPublishResult> PublishBytesAsync(
        string topic, byte[] payload, MqttQualityOfServiceLevel qos = MqttQualityOfServiceLevel.AtLeastOnce, bool retain = false)
    {
        using var timeout = new CancellationTokenSource(Soon.Deadline);
        var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload)
            .WithQualityOfServiceLevel(qos).WithRetainFlag(retain).Build();
        return await Mqtt.PublishAsync(message, timeout.Token);
    }

    public async Task<MqttClientSubscribeResultCode> SubscribeAsync(string filter) =>
        (await Mqtt.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce)).Items.Single().ResultCode;

    /// <summary>Ends without a DISCONNECT, as a pulled cable would.</summary>
    public void Cut()
    {
        _cut = true;
        Mqtt.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cut)
            return;
        if (Mqtt.IsConnected)
            await Mqtt.DisconnectAsync();
        Mqtt.Dispose();
    }
}
