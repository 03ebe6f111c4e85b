using System.Buffers;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace LiveSkate.Server.Ingest;

/// <summary>
/// The hub as a client of a broker that the site has (Mosquitto). The session is persistent: the broker keeps what comes
/// while the hub is away, and every message until the journal has it. Each connection has a client of its own, so that an
/// acknowledgement can never go out on the wrong one.
/// </summary>
public sealed partial class ExternalBroker : IMqttBroker
{
    /// <summary>Messages that the broker may send before the first of them is acknowledged.</summary>
    private const ushort ReceiveMaximum = 500;

    private const uint SessionSeconds = 24 * 60 * 60;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5), Patience = TimeSpan.FromSeconds(5), Look = TimeSpan.FromMilliseconds(200);

    private readonly MqttSettings _settings;
    private readonly Topics _topics;
    private readonly ILogger<ExternalBroker> _logger;
    private readonly ExternalInbox _inbox;
    private readonly RetainedOutbox _outbox = new();
    private readonly CancellationTokenSource _stop = new();
    private volatile IMqttClient? _ready;
    private Task _connecting = Task.CompletedTask;

    /// <param name="record">Completes when the items are durable; what it throws is tried again.</param>
    public ExternalBroker(
        MqttSettings settings, Func<IReadOnlyList<TrackItem>, CancellationToken, Task> record, ILogger<ExternalBroker> logger)
    {
        (_settings, _logger) = (settings, logger);
        _topics = new Topics(settings.Venue);
        _inbox = new ExternalInbox(new PayloadReader(settings.Venue), 2 * ReceiveMaximum, record, logger);
    }

    public bool IsReady => _ready is { IsConnected: true };

    /// <summary>Returns at once; whether the broker can be reached is what <see cref="IsReady"/> says.</summary>
    public Task StartAsync(CancellationToken cancel)
    {
        _outbox.Put(_topics.Root + HubState.Topic, HubState.Online);
        _connecting = Task.Run(KeepConnectedAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task<bool> PublishAsync(string topicBelowVenueRoot, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel)
    {
        var topic = _topics.Root + topicBelowVenueRoot;
        if (retain)
        {
            _outbox.Put(topic, payload);
            return true;
        }
        if (_ready is not { IsConnected: true } client)
            return false;
        try
        {
            return await SendAsync(client, topic, payload, retain: false, cancel);
        }
        catch (Exception wrong) when (IsOfTheConnection(wrong) && !cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _inbox.DisposeAsync();
        await _stop.CancelAsync();
        await _connecting;
    }

    private async Task KeepConnectedAsync()
    {
        var backOff = new BackOff();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ConnectedAsync(backOff);
            }
            catch (Exception wrong) when (IsOfTheConnection(wrong))
            {
                if (!_stop.IsCancellationRequested)
                    Log.NotConnected(_logger, _settings.Host, _settings.Port, wrong.Message);
            }
            await Task.Delay(backOff.Next(), _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One connection, from its beginning to its end.</summary>
    private async Task ConnectedAsync(BackOff backOff)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        client.ApplicationMessageReceivedAsync += _inbox.TakeAsync;
        try
        {
            await ConnectAsync(client);
            await SubscribeAsync(client);
            backOff.Reset();
            _outbox.TellAllAgain();
            _ready = client;
            Log.Connected(_logger, _settings.Host, _settings.Port);
            var sending = _outbox.SendAsync((topic, payload, cancel) => SendAsync(client, topic, payload, retain: true, cancel), ended.Token);
            while (client.IsConnected && !sending.IsCompleted)
                await Task.Delay(Look, _stop.Token);
            await ended.CancelAsync();
            await sending;
        }
        finally
        {
            _ready = null;
            await ended.CancelAsync();
            await LeaveAsync(client);
        }
    }

    private async Task ConnectAsync(IMqttClient client)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        timeout.CancelAfter(Patience);
        var certificate = new BrokerCertificate(_settings.Host);
        MqttClientConnectResult answer;
        try
        {
            answer = await client.ConnectAsync(Options(certificate), timeout.Token);
        }
        catch (Exception wrong) when (IsOfTheConnection(wrong) && !_stop.IsCancellationRequested)
        {
            throw new MqttCommunicationException(certificate.Complaint ?? Reason(wrong), wrong);
        }
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
            throw new MqttCommunicationException($"the broker answers {answer.ResultCode}; see Mqtt:Username and Mqtt:Password");
    }

    /// <summary>A socket says for itself what is wrong. A handshake that somebody breaks off says nothing of use.</summary>
    private string Reason(Exception wrong) => (wrong as SocketException ?? wrong.InnerException as SocketException) is { } socket
        ? socket.Message
        : $"{wrong.Message.TrimEnd('.')}. Mqtt:Tls is {(_settings.Tls ? "true" : "false")}: is that what the broker speaks on this port?";

    private MqttClientOptions Options(BrokerCertificate certificate)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(_settings.Host, _settings.Port)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId($"liveskate-hub-{_settings.Venue}")
            .WithCleanStart(false)
            .WithSessionExpiryInterval(SessionSeconds)
            .WithReceiveMaximum(ReceiveMaximum)
            .WithMaximumPacketSize(MeasuredChannel.MostBytes)
            .WithKeepAlivePeriod(KeepAlive)
            .WithTimeout(Patience)
            .WithWillTopic(_topics.Root + HubState.Topic)
            .WithWillPayload(HubState.Lost)
            .WithWillRetain()
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (_settings.Username is not null)
            builder.WithCredentials(_settings.Username, _settings.Password ?? "");
        // A venue has no internet in which a certificate could be looked up as revoked.
        if (_settings.Tls)
            builder.WithTlsOptions(tls => tls.UseTls().WithRevocationMode(X509RevocationMode.NoCheck)
                .WithCertificateValidationHandler(seen => certificate.IsGood(seen.SslPolicyErrors, seen.Chain)));
        return builder.Build();
    }

    private async Task SubscribeAsync(IMqttClient client)
    {
        var builder = new MqttClientSubscribeOptionsBuilder();
        foreach (var leaf in new[] { "passing", "signal", "finish", "status" })
        {
            // Retained health comes once for a session, not once for a connection.
            builder.WithTopicFilter(filter => filter.WithTopic($"{_topics.Root}src/+/{leaf}").WithAtLeastOnceQoS()
                .WithRetainHandling(MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly));
        }
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        timeout.CancelAfter(Patience);
        var answer = await client.SubscribeAsync(builder.Build(), timeout.Token);
        if (answer.Items.FirstOrDefault(item => item.ResultCode != MqttClientSubscribeResultCode.GrantedQoS1) is { } refused)
            throw new MqttCommunicationException($"the broker answers {refused.ResultCode} to the subscription of {refused.TopicFilter.Topic}");
    }

    private async Task<bool> SendAsync(IMqttClient client, string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(Patience);
        var message = new MqttApplicationMessage
        {
            Topic = topic,
            Payload = new ReadOnlySequence<byte>(payload),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            Retain = retain,
        };
        var answer = await client.PublishAsync(message, timeout.Token);
        if (!answer.IsSuccess)
            Log.Refused(_logger, topic, answer.ReasonCode);
        return answer.IsSuccess;
    }

    /// <summary>Says goodbye such that the broker publishes the will: nobody is there any more.</summary>
    private static async Task LeaveAsync(IMqttClient client)
    {
        if (!client.IsConnected)
            return;
        try
        {
            using var timeout = new CancellationTokenSource(Patience);
            var options = new MqttClientDisconnectOptionsBuilder().WithReason(MqttClientDisconnectOptionsReason.DisconnectWithWillMessage).Build();
            await client.DisconnectAsync(options, timeout.Token);
        }
        catch (Exception gone) when (IsOfTheConnection(gone))
        {
            // It is gone already, which the broker sees as well.
        }
    }

    private static bool IsOfTheConnection(Exception wrong) =>
        wrong is MqttCommunicationException or OperationCanceledException or InvalidOperationException or SocketException
            or IOException or System.Security.Authentication.AuthenticationException or MqttProtocolViolationException;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "MQTT: connected to {Host}:{Port}")]
        public static partial void Connected(ILogger logger, string host, int port);

        [LoggerMessage(2, LogLevel.Warning, "MQTT: not connected to {Host}:{Port}: {Why}")]
        public static partial void NotConnected(ILogger logger, string host, int port, string why);

        [LoggerMessage(3, LogLevel.Error, "MQTT: the broker answers {Reason} to {Topic}")]
        public static partial void Refused(ILogger logger, string topic, MqttClientPublishReasonCode reason);
    }
}
