using System.Buffers;
using LiveSkate.Core;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace LiveSkate.Server.Ingest;

/// <summary>
/// The broker inside the hub. A PUBACK goes out when <c>record</c> has completed, so it says: this is in the journal.
/// Nothing that a sender publishes is handed on, but for a source's health.
/// </summary>
public sealed partial class EmbeddedBroker : IMqttBroker
{
    private static readonly object SenderKey = new(), VersionKey = new();

    private readonly PayloadReader _reader;
    private readonly Topics _topics;
    private readonly TopicFilters _filters;
    private readonly Gateways _gateways;
    private readonly Func<IReadOnlyList<TrackItem>, CancellationToken, Task> _record;
    private readonly ILogger<EmbeddedBroker> _logger;
    private readonly TrackListener _listener;
    private readonly MqttServer _server;
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>One publication or one subscription at a time (<see cref="FreshSessions"/>).</summary>
    private readonly SemaphoreSlim _publishing = new(1, 1);

    private volatile bool _listening;

    /// <param name="record">Completes when the items are durable; throws when they cannot be made so.</param>
    /// <exception cref="BrokerStartException">A gateway's password hash is none.</exception>
    public EmbeddedBroker(
        MqttSettings settings, Func<IReadOnlyList<TrackItem>, CancellationToken, Task> record, ILogger<EmbeddedBroker> logger)
    {
        (_record, _logger) = (record, logger);
        _reader = new PayloadReader(settings.Venue);
        _topics = new Topics(settings.Venue);
        _filters = new TopicFilters(_topics);
        _gateways = new Gateways(settings.Gateways);
        _listener = new TrackListener(settings.Host, settings.Port, _publishing);
        var options = new MqttServerOptionsBuilder().WithDefaultCommunicationTimeout(TimeSpan.FromSeconds(10)).Build();
        _server = new MqttServerFactory().CreateMqttServer(options, [_listener], new MqttNetNullLogger());
        _server.ValidatingConnectionAsync += OnConnecting;
        _server.InterceptingSubscriptionAsync += OnSubscribing;
        _server.InterceptingPublishAsync += OnPublishing;
    }

    public bool IsReady => _listening && !_stopping.IsCancellationRequested;

    /// <summary>Where it listens.</summary>
    public int Port => _listener.Port;

    public async Task StartAsync(CancellationToken cancel)
    {
        await _server.StartAsync();
        _listening = true;
        Log.Listening(_logger, Port);
        await PublishAsync(HubState.Topic, HubState.Online, retain: true, cancel);
    }

    public async Task<bool> PublishAsync(string topicBelowVenueRoot, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel)
    {
        if (!IsReady)
            return false;
        try
        {
            await InjectAsync(_topics.Root + topicBelowVenueRoot, payload, retain, cancel);
            return true;
        }
        catch (InvalidOperationException) when (!IsReady)
        {
            // Stopped between the question and the deed.
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await _server.StopAsync(new MqttServerStopOptions());
        _server.Dispose();
    }

    private async Task InjectAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel)
    {
        var message = new MqttApplicationMessage
        {
            Topic = topic,
            Payload = new ReadOnlySequence<byte>(payload),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            Retain = retain,
        };
        await _publishing.WaitAsync(cancel);
        try
        {
            await _server.InjectApplicationMessage(new InjectedMqttApplicationMessage(message) { SenderClientId = "hub" }, cancel);
        }
        finally
        {
            _publishing.Release();
        }
    }

    private Task OnConnecting(ValidatingConnectionEventArgs args)
    {
        var isV5 = args.ProtocolVersion == MqttProtocolVersion.V500;
        if (isV5 && string.IsNullOrEmpty(args.ClientId))
            args.AssignedClientIdentifier = FreshSessions.NewClientId();
        var sender = _gateways.LetIn(args.ClientId ?? "", args.UserName, args.RawPassword ?? [], args.RemoteEndPoint);
        if (sender is null)
        {
            args.ReasonCode = args.UserName is null ? MqttConnectReasonCode.NotAuthorized : MqttConnectReasonCode.BadUserNameOrPassword;
            Log.NotLetIn(_logger, Members.Show(args.UserName ?? args.ClientId ?? ""), args.RemoteEndPoint?.ToString() ?? "?");
            return Task.CompletedTask;
        }
        args.SessionItems[SenderKey] = sender;
        args.SessionItems[VersionKey] = isV5;
        return Task.CompletedTask;
    }

    private Task OnSubscribing(InterceptingSubscriptionEventArgs args)
    {
        if (_filters.MayRead(args.TopicFilter.Topic))
            return Task.CompletedTask;
        args.ProcessSubscription = false;
        args.Response.ReasonCode = args.SessionItems[VersionKey] is true
            ? MqttSubscribeReasonCode.NotAuthorized : MqttSubscribeReasonCode.UnspecifiedError;
        return Task.CompletedTask;
    }

    private async Task OnPublishing(InterceptingPublishEventArgs args)
    {
        if (ReferenceEquals(args.SessionItems, _server.ServerSessionItems))
            return;
        args.ProcessPublish = false;
        if (_stopping.IsCancellationRequested)
        {
            // A will that goes off because the hub goes down says nothing about the source.
            args.CloseConnection = true;
            return;
        }
        var (topic, payload) = (args.ApplicationMessage.Topic ?? "", args.ApplicationMessage.Payload.ToArray());
        var (kind, source) = _topics.Read(topic);
        var allowed = kind is not (TopicKind.Unknown or TopicKind.HubOnly)
            && args.SessionItems[SenderKey] is Sender sender && sender.MaySpeakFor(source!);
        var items = allowed || kind is TopicKind.Unknown or TopicKind.HubOnly
            ? _reader.Read(topic, payload)
            : _reader.Refuse(topic, payload, args.UserName ?? args.ClientId);
        if (!await RecordAsync(items, args))
            return;
        if (!allowed)
        {
            args.Response.ReasonCode = topic.Length == 0 ? MqttPubAckReasonCode.TopicNameInvalid : MqttPubAckReasonCode.NotAuthorized;
            return;
        }
        args.Response.ReasonCode = MqttPubAckReasonCode.Success;
        if (kind == TopicKind.Status && (payload.Length == 0 || items is [{ Fact: SourceReported }]))
            await InjectAsync(topic, payload, retain: true, CancellationToken.None);
    }

    private async Task<bool> RecordAsync(IReadOnlyList<TrackItem> items, InterceptingPublishEventArgs args)
    {
        IngestMeter.Count(items);
        try
        {
            await _record(items, _stopping.Token);
            return true;
        }
        catch (Exception wrong)
        {
            // Whatever it was, these bytes are not in the journal, and a PUBACK must not say that they are.
            IngestMeter.CountFailure();
            if (!_stopping.IsCancellationRequested)
                Log.NotRecorded(_logger, Members.Show(args.ApplicationMessage.Topic ?? ""), wrong);
            args.Response.ReasonCode = MqttPubAckReasonCode.QuotaExceeded;
            args.Response.ReasonString = "the journal did not take it";
            args.CloseConnection = _stopping.IsCancellationRequested || args.SessionItems[VersionKey] is not true;
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "MQTT: listening on port {Port}")]
        public static partial void Listening(ILogger logger, int port);

        [LoggerMessage(2, LogLevel.Warning, "MQTT: {Who} from {From} was not let in")]
        public static partial void NotLetIn(ILogger logger, string who, string from);

        [LoggerMessage(3, LogLevel.Error, "MQTT: a message on {Topic} could not be recorded; the sender keeps it")]
        public static partial void NotRecorded(ILogger logger, string topic, Exception wrong);
    }
}
