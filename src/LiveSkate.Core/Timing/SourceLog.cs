using System.Collections.Immutable;

namespace LiveSkate.Core.Timing;

/// <summary>
/// Which numbers of one source are in the journal, run by run: what its receipt says, and what has to be asked for again
/// (contract section 2). An immutable value: <see cref="Add"/> gives a new one.
/// </summary>
public sealed class SourceLog
{
    private readonly ImmutableDictionary<string, EpochLog> _epochs;

    private readonly ImmutableHashSet<string> _ragged;

    private SourceLog(ImmutableDictionary<string, EpochLog> epochs, string? newest, ImmutableHashSet<string> ragged) =>
        (_epochs, NewestEpoch, _ragged) = (epochs, newest, ragged);

    public static SourceLog Empty { get; } = new(
        ImmutableDictionary.Create<string, EpochLog>(StringComparer.Ordinal), null, ImmutableHashSet.Create<string>(StringComparer.Ordinal));

    /// <summary>The run that was heard of last for the first time; late messages of an older one do not bring it back. Null: none.</summary>
    public string? NewestEpoch { get; }

    /// <summary>How many runs have been heard of: each is kept, for a late message of it must still find its place.</summary>
    public int Runs => _epochs.Count;

    /// <summary>The runs in which something is missing, in no order.</summary>
    public IReadOnlyCollection<string> Ragged => _ragged;

    /// <summary>Something is missing in one of the runs.</summary>
    public bool HasHoles => !_ragged.IsEmpty;

    /// <summary>The same log when the number has come before.</summary>
    /// <param name="seq">At least 1.</param>
    public SourceLog Add(string epoch, long seq)
    {
        var known = _epochs.TryGetValue(epoch, out var found);
        var log = found ?? EpochLog.Empty;
        var grown = log.Add(seq);
        if (ReferenceEquals(grown, log))
            return this;
        return new SourceLog(
            _epochs.SetItem(epoch, grown), known ? NewestEpoch : epoch, grown.HasHoles ? _ragged.Add(epoch) : _ragged.Remove(epoch));
    }

    /// <summary>All from 1 up to this number are in the journal; 0 if number 1 is missing or the run is unknown.</summary>
    public long Contiguous(string epoch) => Of(epoch).Contiguous;

    /// <summary>The highest number in the journal; 0 if none.</summary>
    public long Last(string epoch) => Of(epoch).Last;

    /// <summary>What is missing below the highest number, ascending; ranges, so a wild number costs one.</summary>
    public IEnumerable<SeqRange> Holes(string epoch) => Of(epoch).Holes;

    private EpochLog Of(string epoch) => _epochs.GetValueOrDefault(epoch, EpochLog.Empty);
}
