using System.Buffers;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace LiveSkate.Server.Ingest;

/// <summary>
/// What an external broker delivers, on its way to the journal: all that waits is recorded at once, while what was taken before is still being
/// written, so that the journal never waits for us; acknowledged in the order of arrival. What is not acknowledged stays with the broker and
/// comes again.
/// </summary>
internal sealed partial class ExternalInbox : IAsyncDisposable
{
    /// <summary>Messages in one record.</summary>
    private const int MostAtOnce = 256;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly PayloadReader _reader;
    private readonly Func<IReadOnlyList<TrackItem>, CancellationToken, Task> _record;
    private readonly ILogger _logger;
    private readonly Channel<(MqttApplicationMessageReceivedEventArgs Message, IReadOnlyList<TrackItem> Items)> _waiting;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pump;

    /// <param name="room">At least the receive maximum, so that what the broker may send never has to wait outside.</param>
    public ExternalInbox(PayloadReader reader, int room, Func<IReadOnlyList<TrackItem>, CancellationToken, Task> record, ILogger logger)
    {
        (_reader, _record, _logger) = (reader, record, logger);
        _waiting = Channel.CreateBounded<(MqttApplicationMessageReceivedEventArgs, IReadOnlyList<TrackItem>)>(
            new BoundedChannelOptions(room) { SingleReader = true, AllowSynchronousContinuations = true });
        _pump = Task.Run(PumpAsync);
    }

    public async Task TakeAsync(MqttApplicationMessageReceivedEventArgs args)
    {
        args.AutoAcknowledge = false;
        var items = _reader.Read(args.ApplicationMessage.Topic, args.ApplicationMessage.Payload.ToArray());
        IngestMeter.Count(items);
        try
        {
            await _waiting.Writer.WriteAsync((args, items), _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The hub stops. Not acknowledged, so the broker keeps it.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pump;
    }

    private async Task PumpAsync()
    {
        var (recording, acknowledging) = (Task.CompletedTask, Task.CompletedTask);
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(_stop.Token))
            {
                var messages = new List<MqttApplicationMessageReceivedEventArgs>();
                var items = new List<TrackItem>();
                while (messages.Count < MostAtOnce && _waiting.Reader.TryRead(out var next))
                {
                    messages.Add(next.Message);
                    items.AddRange(next.Items);
                }
                var before = recording;
                recording = RecordAsync(items);
                acknowledging = AcknowledgeAsync(recording, acknowledging, messages);
                await before;
            }
        }
        catch (OperationCanceledException)
        {
            // What was not acknowledged comes again at the next start.
        }
        await acknowledging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <param name="before">Fails where those that came before were not recorded: then these are not acknowledged either.</param>
    private async Task AcknowledgeAsync(Task recording, Task before, List<MqttApplicationMessageReceivedEventArgs> messages)
    {
        await Task.WhenAll(recording, before);
        foreach (var message in messages)
            await AcknowledgeAsync(message);
    }

    /// <summary>Again and again: the broker sends nothing twice within a connection, so giving up would leave a hole until the next one.</summary>
    private async Task RecordAsync(List<TrackItem> items)
    {
        for (var backOff = new BackOff(); ;)
        {
            try
            {
                await _record(items, _stop.Token);
                return;
            }
            catch (Exception wrong) when (!_stop.IsCancellationRequested)
            {
                IngestMeter.CountFailure();
                Log.NotRecorded(_logger, items.Count, wrong);
                await Task.Delay(backOff.Next(), _stop.Token);
            }
        }
    }

    /// <summary>Also while the hub stops: what is in the journal need not come again.</summary>
    private async Task AcknowledgeAsync(MqttApplicationMessageReceivedEventArgs message)
    {
        try
        {
            using var timeout = new CancellationTokenSource(Patience);
            await message.AcknowledgeAsync(timeout.Token);
        }
        catch (Exception gone)
        {
            // Its connection has ended; the broker sends it again on the next one, where it is a repeat.
            Log.NotAcknowledged(_logger, gone);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(11, LogLevel.Error, "MQTT: {Count} messages could not be recorded; the broker keeps them, and it is tried again")]
        public static partial void NotRecorded(ILogger logger, int count, Exception wrong);

        [LoggerMessage(12, LogLevel.Debug, "MQTT: a message could not be acknowledged")]
        public static partial void NotAcknowledged(ILogger logger, Exception gone);
    }
}
