using System.Buffers;
using System.Collections.Concurrent;
using System.Threading.Channels;
using LiveSkate.Simulator.Planning;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace LiveSkate.Simulator.Play;

/// <summary>
/// The track's side of the contract over MQTT, as a good gateway does it: what was let go stays in a <see cref="Spool"/>
/// until the hub's <c>ack</c>, goes out again after every loss of the link, and when the hub asks for it.
/// </summary>
public sealed partial class TrackLink : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StatusEvery = TimeSpan.FromSeconds(5), AnswerWithin = TimeSpan.FromSeconds(5), Glance = TimeSpan.FromMilliseconds(250), SilenceUntilResend = TimeSpan.FromSeconds(10);

    private readonly PlayerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Dictionary<string, Spool> _spools;
    private readonly Channel<(Spool Spool, List<(long From, long To)> Ranges)> _asked =
        Channel.CreateUnbounded<(Spool, List<(long From, long To)>)>();

    private readonly SemaphoreSlim _connecting = new(1);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<(string Source, long Seq), byte> _resent = [];
    private readonly Task[] _pumps;
    private bool _metBefore, _away;
    private int _sent;

    public TrackLink(PlayerOptions options, IEnumerable<(string Source, string Epoch)> sources, TimeProvider time, ILogger log)
    {
        _options = options;
        _time = time;
        _log = log;
        _spools = sources.ToDictionary(source => source.Source, source => new Spool(source.Source, source.Epoch));
        _client.ApplicationMessageReceivedAsync += Received;
        _pumps = [AnswerAsync(), ReportAsync()];
    }

    /// <summary>Messages put on the wire, repeats included.</summary>
    public int Sent => _sent;

    /// <summary>Messages that the hub asked for and got.</summary>
    public int Resent => _resent.Count;

    public Spool Spool(string source) => _spools[source];

    /// <summary>Connects, or says within the patience that there is no broker.</summary>
    public async Task ConnectAsync(CancellationToken ct)
    {
        if (_client.IsConnected)
            return;
        await _connecting.WaitAsync(ct);
        try
        {
            var since = _time.GetTimestamp();
            for (var pause = FirstPause; !_client.IsConnected; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                if (await TryConnectAsync(since, ct))
                    return;
                await Task.Delay(pause, _time, ct);
            }
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>Lets a message go. It is remembered even if it is lost on the way.</summary>
    public async Task SendAsync(Emission emission, CancellationToken ct)
    {
        var message = emission.Message;
        _spools[message.Source].Release(message);
        if (!emission.Lost)
            await DeliverAsync(Topic(message.Source, TrackPayload.Kind(message)), TrackPayload.One(message, false), ct);
    }

    /// <summary>Lets several passings of one source go in one message.</summary>
    public async Task SendAsync(IReadOnlyList<TrackMessage> passings, CancellationToken ct)
    {
        var spool = _spools[passings[0].Source];
        foreach (var passing in passings)
            spool.Release(passing);
        await DeliverAsync(
            Topic(spool.Source, "passing"),
            passings.Count == 1 ? TrackPayload.One(passings[0], false) : TrackPayload.Batch(passings, false), ct);
    }

    /// <summary>Waits until everything of the source up to this number is in the hub's journal.</summary>
    /// <exception cref="ReplayException">The hub is there and does not confirm.</exception>
    public async Task ReceiptAsync(string source, long seq, CancellationToken ct)
    {
        var spool = _spools[source];
        var silent = TimeSpan.Zero;
        while (spool.Acked < seq)
        {
            // A hub that is away costs no patience; coming back, it gets all that is owed.
            if (!_client.IsConnected)
                silent = TimeSpan.Zero;
            await ConnectAsync(ct);
            if (await spool.NextReceiptAsync(seq, Glance, _time, ct))
            {
                silent = TimeSpan.Zero;
                continue;
            }

            silent += Glance;
            if (silent > _options.Patience)
                throw new ReplayException(
                    $"The hub does not confirm {source} up to {seq}: its ack stands at {spool.Acked} for epoch {spool.Epoch}.");
            if (silent.Ticks % SilenceUntilResend.Ticks != 0)
                continue;
            Log.Unconfirmed(_log, source, spool.Acked, seq);
            await DeliverAsync(spool, spool.Owed(), ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Task.WhenAll(_pumps);
        try
        {
            if (_client.IsConnected)
                await ReportAsync("down", CancellationToken.None);
        }
        catch (Exception problem) when (IsLinkTrouble(problem))
        {
            Mourn(problem);
        }

        await DropAsync();
        _client.Dispose();
        _closing.Dispose();
        _connecting.Dispose();
    }

    private string Topic(string source, string kind) => $"ls/v1/{_options.Venue}/src/{source}/{kind}";

    private async Task<bool> TryConnectAsync(long since, CancellationToken ct)
    {
        try
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
            enough.CancelAfter(AnswerWithin);
            await _client.ConnectAsync(ConnectOptions(), enough.Token);
            foreach (var spool in _spools.Values)
            {
                foreach (var kind in (string[])["ack", "resend"])
                    await _client.SubscribeAsync(Topic(spool.Source, kind), MqttQualityOfServiceLevel.AtLeastOnce, enough.Token);
            }

            await ReportAsync("up", enough.Token);
            // Nobody knows what of it arrived before the link broke; a repeat changes nothing.
            foreach (var spool in _spools.Values)
            {
                foreach (var (topic, payload) in Packets(spool, spool.Owed()))
                    await PublishAsync(topic, payload, enough.Token);
            }

            if (_away)
                Log.Back(_log, _options.MqttHost, _options.MqttPort);
            (_metBefore, _away) = (true, false);
            return true;
        }
        catch (Exception problem) when (IsLinkTrouble(problem))
        {
            ct.ThrowIfCancellationRequested();
            if (!_metBefore && _time.GetElapsedTime(since) > _options.Patience)
                throw new ReplayException($"There is no MQTT broker at {_options.MqttHost}:{_options.MqttPort}: {problem.Message}", problem);
            Mourn(problem);
            await DropAsync();
            return false;
        }
    }

    private async Task DropAsync()
    {
        try
        {
            if (_client.IsConnected)
                await _client.DisconnectAsync(new MqttClientDisconnectOptions(), CancellationToken.None);
        }
        catch (Exception problem) when (IsLinkTrouble(problem))
        {
            Mourn(problem);
        }
    }

    /// <summary>Says once that the link is gone, until it is back.</summary>
    private void Mourn(Exception problem)
    {
        if (!_away)
            Log.Lost(_log, problem.Message);
        _away = true;
    }

    private MqttClientOptions ConnectOptions()
    {
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer(_options.MqttHost, _options.MqttPort)
            .WithProtocolVersion(_options.MqttVersion == 3 ? MqttProtocolVersion.V311 : MqttProtocolVersion.V500)
            .WithClientId($"simulator-{Guid.NewGuid():N}"[..22])
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(5))
            .WithWillTopic(Topic(RacePlan.FinishSource, "status"))
            .WithWillPayload(TrackPayload.Status("lost", _time.GetUtcNow(), _spools[RacePlan.FinishSource].Highest))
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithWillRetain();
        return _options.MqttUsername is { } user
            ? options.WithCredentials(user, _options.MqttPassword ?? "").Build()
            : options.Build();
    }

    private Task Received(MqttApplicationMessageReceivedEventArgs arrived)
    {
        var parts = arrived.ApplicationMessage.Topic.Split('/');
        if (parts.Length < 2 || !_spools.TryGetValue(parts[^2], out var spool))
            return Task.CompletedTask;
        var payload = arrived.ApplicationMessage.Payload.ToArray();
        if (parts[^1] == "ack" && TrackPayload.ReadAck(payload) is { } ack)
            spool.Acknowledge(ack.Epoch, ack.Seq);
        else if (parts[^1] == "resend" && TrackPayload.ReadResend(payload) is { } ask && ask.Epoch == spool.Epoch)
            _asked.Writer.TryWrite((spool, ask.Ranges));
        return Task.CompletedTask;
    }

    /// <summary>Apart from the receiving: a publish inside it would wait for itself.</summary>
    private async Task AnswerAsync()
    {
        try
        {
            await foreach (var (spool, ranges) in _asked.Reader.ReadAllAsync(_closing.Token))
            {
                var owed = spool.Owed(ranges);
                foreach (var message in owed)
                    _resent.TryAdd((message.Source, message.Seq), 0);
                if (owed.Count > 0)
                    Log.AskedFor(_log, spool.Source, owed.Count);
                await DeliverAsync(spool, owed, _closing.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ReportAsync()
    {
        using var timer = new PeriodicTimer(StatusEvery, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token))
            {
                try
                {
                    if (_client.IsConnected)
                        await ReportAsync("up", _closing.Token);
                }
                catch (Exception problem) when (IsLinkTrouble(problem))
                {
                    _closing.Token.ThrowIfCancellationRequested();
                    Mourn(problem);
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ReportAsync(string link, CancellationToken ct)
    {
        foreach (var spool in _spools.Values)
            await PublishAsync(Topic(spool.Source, "status"), TrackPayload.Status(link, _time.GetUtcNow(), spool.Highest), ct, retain: true);
    }

    private IEnumerable<(string Topic, byte[] Payload)> Packets(Spool spool, IReadOnlyList<TrackMessage> messages)
    {
        foreach (var signal in messages.Where(message => message.Chip is null))
            yield return (Topic(spool.Source, "signal"), TrackPayload.One(signal, true));
        foreach (var batch in messages.Where(message => message.Chip is not null).Chunk(TrackPayload.MostInBatch))
            yield return (Topic(spool.Source, "passing"), TrackPayload.Batch(batch, true));
    }

    private async Task DeliverAsync(Spool spool, IReadOnlyList<TrackMessage> messages, CancellationToken ct)
    {
        foreach (var (topic, payload) in Packets(spool, messages))
            await DeliverAsync(topic, payload, ct);
    }

    private async Task DeliverAsync(string topic, byte[] payload, CancellationToken ct)
    {
        while (true)
        {
            await ConnectAsync(ct);
            try
            {
                using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
                enough.CancelAfter(AnswerWithin);
                await PublishAsync(topic, payload, enough.Token);
                return;
            }
            catch (Exception problem) when (IsLinkTrouble(problem))
            {
                ct.ThrowIfCancellationRequested();
                Mourn(problem);
            }
        }
    }

    private async Task PublishAsync(string topic, byte[] payload, CancellationToken ct, bool retain = false)
    {
        var answer = await _client.PublishAsync(
            new MqttApplicationMessageBuilder()
                .WithTopic(topic)
                .WithPayload(payload)
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                .WithRetainFlag(retain)
                .Build(),
            ct);
        if (answer.ReasonCode is MqttClientPublishReasonCode.NotAuthorized)
            throw new ReplayException($"The broker does not let this player publish on {topic}.");
        Interlocked.Increment(ref _sent);
    }

    private static bool IsLinkTrouble(Exception problem) =>
        problem is MQTTnet.Exceptions.MqttCommunicationException or MQTTnet.Exceptions.MqttClientNotConnectedException
            or MQTTnet.Exceptions.MqttProtocolViolationException or OperationCanceledException or InvalidOperationException or IOException
            or System.Net.Sockets.SocketException;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "No link to the broker: {Trouble}")]
        public static partial void Lost(ILogger log, string trouble);

        [LoggerMessage(2, LogLevel.Warning, "{Source} is confirmed up to {Acked} of {Seq}: sending the rest again")]
        public static partial void Unconfirmed(ILogger log, string source, long acked, long seq);

        [LoggerMessage(4, LogLevel.Information, "{Host}:{Port} is back")]
        public static partial void Back(ILogger log, string host, int port);

        [LoggerMessage(3, LogLevel.Information, "The hub asks for {Count} messages of {Source}")]
        public static partial void AskedFor(ILogger log, string source, int count);
    }
}
