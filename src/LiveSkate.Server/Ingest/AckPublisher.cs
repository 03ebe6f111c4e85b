using System.Text.Json;
using System.Threading.Channels;
using LiveSkate.Core.Timing;
using Microsoft.Extensions.Logging;

namespace LiveSkate.Server.Ingest;

/// <summary>
/// Sends the receipts (contract section 2): on each commit <c>src/{src}/ack</c>, retained. A sender deletes nothing before it.
/// When the broker is slower than the journal, only the newest receipt of a run is sent: it covers those before it.
/// </summary>
public sealed partial class AckPublisher : IAsyncDisposable
{
    private readonly IMqttBroker _broker;
    private readonly ILogger<AckPublisher> _logger;
    private readonly Lock _gate = new();

    /// <summary>A receipt goes out on the thread that offers it: it is little work, and to wake another thread takes longer.</summary>
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, AllowSynchronousContinuations = true });

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pump;
    private OrderedDictionary<(string Source, string Epoch), Receipt> _waiting = [];

    /// <param name="broker">Started before the first offer.</param>
    public AckPublisher(IMqttBroker broker, ILogger<AckPublisher> logger)
    {
        (_broker, _logger) = (broker, logger);
        _pump = Task.Run(PumpAsync);
    }

    /// <summary>At start: the last receipt of every source that the journal knows, anew.</summary>
    public void OfferAll(IEnumerable<KeyValuePair<string, SourceLog>> logs)
    {
        foreach (var (source, log) in logs)
        {
            if (log.NewestEpoch is { } epoch)
                Offer([new Receipt(source, epoch, log.Contiguous(epoch))]);
        }
    }

    /// <summary>Never waits.</summary>
    public void Offer(Commit commit) => Offer(commit.Receipts.AsSpan());

    public async ValueTask DisposeAsync()
    {
        _wake.Writer.TryComplete();
        await _stop.CancelAsync();
        await _pump;
    }

    private void Offer(ReadOnlySpan<Receipt> receipts)
    {
        if (receipts.IsEmpty)
            return;
        lock (_gate)
        {
            foreach (var receipt in receipts)
                _waiting[(receipt.Source, receipt.Epoch)] = receipt;
        }
        _wake.Writer.TryWrite(true);
    }

    private async Task PumpAsync()
    {
        try
        {
            while (await _wake.Reader.WaitToReadAsync(_stop.Token))
            {
                _wake.Reader.TryRead(out _);
                OrderedDictionary<(string Source, string Epoch), Receipt> taken;
                lock (_gate)
                    (taken, _waiting) = (_waiting, []);
                foreach (var receipt in taken.Values)
                    await SendAsync(receipt);
            }
        }
        catch (OperationCanceledException)
        {
            // The hub stops; at its next start all receipts go out anew.
        }
    }

    private async Task SendAsync(Receipt receipt)
    {
        try
        {
            var payload = JsonSerializer.SerializeToUtf8Bytes(new Ack(receipt.Epoch, receipt.Seq), IngestJson.Default.Ack);
            await _broker.PublishAsync($"src/{receipt.Source}/ack", payload, retain: true, _stop.Token);
        }
        catch (Exception wrong) when (wrong is not OperationCanceledException)
        {
            // The sender keeps what it has and sends it again; the next receipt covers this one.
            Log.NotSent(_logger, receipt.Source, wrong);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "MQTT: the receipt for {Source} could not be sent")]
        public static partial void NotSent(ILogger logger, string source, Exception wrong);
    }
}
