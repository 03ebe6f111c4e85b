using LiveSkate.Simulator.Planning;

namespace LiveSkate.Simulator.Play;

/// <summary>
/// What one source has let go and the hub has not yet confirmed: a gateway's memory. The receipt is <c>ack</c>, never the
/// broker's PUBACK. Safe to use from several threads.
/// </summary>
public sealed class Spool(string source, string epoch)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, TrackMessage> _released = [];
    private long _acked, _highest;
    private TaskCompletionSource _changed = New();

    public string Source => source;

    public string Epoch => epoch;

    /// <summary>All up to this number is in the hub's journal.</summary>
    public long Acked
    {
        get { lock (_gate) return _acked; }
    }

    /// <summary>The highest number let go so far.</summary>
    public long Highest
    {
        get { lock (_gate) return _highest; }
    }

    public void Release(TrackMessage message)
    {
        lock (_gate)
        {
            _highest = Math.Max(_highest, message.Seq);
            if (message.Seq > _acked)
                _released[message.Seq] = message;
        }
    }

    /// <returns>Whether the receipt is about this run and says something new.</returns>
    public bool Acknowledge(string? run, long upTo)
    {
        lock (_gate)
        {
            if (run != epoch || upTo <= _acked)
                return false;
            _acked = upTo;
            foreach (var seq in _released.Keys.TakeWhile(seq => seq <= upTo).ToArray())
                _released.Remove(seq);
            _changed.TrySetResult();
            _changed = New();
            return true;
        }
    }

    /// <summary>What is still owed, in order; with ranges, what of it lies in them.</summary>
    public IReadOnlyList<TrackMessage> Owed(IReadOnlyList<(long From, long To)>? ranges = null)
    {
        lock (_gate)
        {
            return [.. _released.Values.Where(message =>
                ranges is null || ranges.Any(range => message.Seq >= range.From && message.Seq <= range.To))];
        }
    }

    /// <summary>Waits until a receipt has come that covers <paramref name="seq"/>, or the next one, or the time is over.</summary>
    /// <returns>Whether any new receipt came.</returns>
    public async Task<bool> NextReceiptAsync(long seq, TimeSpan patience, TimeProvider time, CancellationToken ct)
    {
        Task changed;
        lock (_gate)
        {
            if (_acked >= seq)
                return true;
            changed = _changed.Task;
        }

        try
        {
            await changed.WaitAsync(patience, time, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
