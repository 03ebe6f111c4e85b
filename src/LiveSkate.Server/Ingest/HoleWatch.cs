using System.Collections.Concurrent;
using System.Text.Json;
using LiveSkate.Core.Timing;
using Microsoft.Extensions.Logging;

namespace LiveSkate.Server.Ingest;

/// <summary>
/// Asks for what is missing (contract section 2): 500 ms after a hole has been seen, again after 3 s, three times in all,
/// and shows it until it is filled. It knows only what it is told by <see cref="Observe"/>, also at start.
/// </summary>
public sealed partial class HoleWatch : IAsyncDisposable
{
    /// <summary>How far a question may be late.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    /// <summary>Ranges in one question, so that it stays far below 16 KiB; the next tick asks for the next.</summary>
    private const int MostRanges = 200;

    private readonly IMqttBroker _broker;
    private readonly TimeProvider _time;
    private readonly ILogger<HoleWatch> _logger;
    private readonly long _started;
    private readonly ConcurrentDictionary<string, SourceLog> _news = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HoleLedger> _ledgers = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private int _sweeping;

    public HoleWatch(IMqttBroker broker, TimeProvider time, ILogger<HoleWatch> logger)
    {
        (_broker, _time, _logger) = (broker, time, logger);
        _started = time.GetTimestamp();
        _timer = time.CreateTimer(_ => _ = SweepAsync(), null, Tick, Tick);
    }

    /// <summary>The counters of a source as they are now: after a commit, and for each source at start. Never waits.</summary>
    public void Observe(string source, SourceLog log) => _news[source] = log;

    /// <summary>Which numbers are missing, in words; null if none that had to be asked for.</summary>
    public string? AlarmOf(string source)
    {
        lock (_gate)
            return _ledgers.GetValueOrDefault(source)?.Alarm();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _timer.DisposeAsync();
    }

    private async Task SweepAsync()
    {
        if (Interlocked.Exchange(ref _sweeping, 1) == 1)
            return;
        try
        {
            foreach (var (source, epoch, ranges) in Due())
                await AskAsync(source, epoch, ranges);
        }
        catch (OperationCanceledException)
        {
            // The hub stops; at its next start every hole is asked for anew.
        }
        catch (Exception wrong)
        {
            // The holes stay due, so the next tick tries again.
            Log.Failed(_logger, wrong);
        }
        finally
        {
            Volatile.Write(ref _sweeping, 0);
        }
    }

    private List<(string Source, string Epoch, SeqRange[] Ranges)> Due()
    {
        var now = _time.GetElapsedTime(_started);
        var due = new List<(string, string, SeqRange[])>();
        lock (_gate)
        {
            foreach (var (source, log) in _news)
            {
                if (!_news.TryRemove(new KeyValuePair<string, SourceLog>(source, log)))
                    continue;
                if (log.HasHoles || _ledgers.ContainsKey(source))
                    Ledger(source).Merge(log, now);
            }
            foreach (var (source, ledger) in _ledgers)
            {
                foreach (var (epoch, ranges) in ledger.Due(now, MostRanges))
                    due.Add((source, epoch, ranges));
            }
        }
        return due;
    }

    private async Task AskAsync(string source, string epoch, SeqRange[] ranges)
    {
        var question = new Resend(epoch, [.. ranges.Select(range => new[] { range.From, range.To })]);
        var payload = JsonSerializer.SerializeToUtf8Bytes(question, IngestJson.Default.Resend);
        if (!await _broker.PublishAsync($"src/{source}/resend", payload, retain: false, _stop.Token))
            return;
        Log.Asked(_logger, source, ranges[0].ToString(), ranges.Length);
        lock (_gate)
            Ledger(source).Asked(epoch, ranges, _time.GetElapsedTime(_started));
    }

    private HoleLedger Ledger(string source)
    {
        if (!_ledgers.TryGetValue(source, out var ledger))
            _ledgers[source] = ledger = new HoleLedger();
        return ledger;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "MQTT: {Source} is asked to send {First} again, in all {Count} ranges")]
        public static partial void Asked(ILogger logger, string source, string first, int count);

        [LoggerMessage(2, LogLevel.Error, "MQTT: missing numbers could not be asked for")]
        public static partial void Failed(ILogger logger, Exception wrong);
    }
}
