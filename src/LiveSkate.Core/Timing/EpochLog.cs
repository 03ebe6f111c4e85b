using System.Collections.Immutable;

namespace LiveSkate.Core.Timing;

/// <summary>
/// What has come of one run of one sender, as the fewest possible ranges. A number in the far future costs one
/// range, not a list of all that it skips.
/// </summary>
public sealed class EpochLog
{
    /// <summary>Received; disjoint, ascending, and never touching each other.</summary>
    private readonly ImmutableList<SeqRange> _received;

    private EpochLog(ImmutableList<SeqRange> received) => _received = received;

    public static EpochLog Empty { get; } = new([]);

    /// <summary>All from 1 up to this number have come; 0 if number 1 is missing.</summary>
    public long Contiguous => _received is [{ From: 1 } first, ..] ? first.To : 0;

    /// <summary>The highest number that has come; 0 if none.</summary>
    public long Last => _received.IsEmpty ? 0 : _received[^1].To;

    public bool HasHoles => _received.Count > 1 || _received is [{ From: > 1 }];

    /// <summary>What is missing below <see cref="Last"/>, ascending.</summary>
    public IEnumerable<SeqRange> Holes
    {
        get
        {
            var expected = 1L;
            foreach (var range in _received)
            {
                if (range.From > expected)
                    yield return new SeqRange(expected, range.From - 1);
                if (range.To == long.MaxValue)
                    yield break;
                expected = range.To + 1;
            }
        }
    }

    /// <summary>The same log when the number has come before.</summary>
    /// <param name="seq">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 1: such a message is refused before it gets here.</exception>
    public EpochLog Add(long seq)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seq, 1);
        var after = FirstStartingAfter(seq);
        var before = after - 1;
        if (before >= 0 && _received[before].To >= seq)
            return this;
        var joinsBefore = before >= 0 && _received[before].To == seq - 1;
        var joinsAfter = after < _received.Count && _received[after].From - 1 == seq;
        return new EpochLog((joinsBefore, joinsAfter) switch
        {
            (true, true) => _received.RemoveAt(after).SetItem(before, new SeqRange(_received[before].From, _received[after].To)),
            (true, false) => _received.SetItem(before, _received[before] with { To = seq }),
            (false, true) => _received.SetItem(after, _received[after] with { From = seq }),
            (false, false) => _received.Insert(after, new SeqRange(seq, seq)),
        });
    }

    private int FirstStartingAfter(long seq)
    {
        int low = 0, high = _received.Count;
        // A live sender counts upwards: nearly always it is the end.
        if (high > 0 && _received[high - 1].From <= seq)
            return high;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_received[middle].From <= seq)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
