using System.Collections.Immutable;
using LiveSkate.Core;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Server;

/// <summary>
/// One group commit while it is put together: what would be written, and how things would stand. Thrown away whole if the
/// journal cannot write it, so nothing is ever seen that is not durable.
/// </summary>
internal sealed class Draft(Standing start, DateTimeOffset now)
{
    private readonly List<JournalEntry> _entries = [];
    private readonly List<Recorded> _rows = [];
    private readonly Dictionary<string, KnownKey> _newKeys = new(StringComparer.Ordinal);
    private readonly HashSet<(string Source, string Epoch)> _runs = [];
    private readonly List<SaidOf> _highlights = [];
    private readonly HashSet<HeatId> _heats = [];

    public Venue Venue { get; private set; } = start.Venue;

    public ImmutableDictionary<string, SourceLog> Sources { get; private set; } = start.Sources;

    public IReadOnlyList<JournalEntry> Entries => _entries;

    public IReadOnlyDictionary<string, KnownKey> NewKeys => _newKeys;

    public bool IsRepeat(string key, out KnownKey known) =>
        _newKeys.TryGetValue(key, out known) || start.Keys.TryGetValue(key, out known);

    /// <summary>A repeat: nothing changes, but its sender learns that we have it.</summary>
    public void Acknowledge(string source, string? epoch)
    {
        if (epoch is not null)
            _runs.Add((source, epoch));
    }

    /// <returns>The position that the fact will have.</returns>
    public long Add(JournalEntry entry)
    {
        var recorded = new Recorded(start.Venue.At + _entries.Count + 1, now, entry.Meet, entry.Actor, entry.Fact);
        var before = Venue;
        Venue = VenueFold.Apply(before, recorded);
        _entries.Add(entry);
        _rows.Add(recorded);
        if (entry.Key is { } key)
            _newKeys[key] = new KnownKey(entry.Content, recorded.At);
        if (SenderOf(entry.Fact) is (var source, { } epoch, { } seq))
        {
            Sources = Sources.SetItem(source, Sources.GetValueOrDefault(source, SourceLog.Empty).Add(epoch, seq));
            Acknowledge(source, epoch);
        }
        var noticed = Noticed.Of(before, Venue, recorded.At);
        _heats.UnionWith(noticed.Heats);
        _heats.UnionWith(noticed.Gone);
        _highlights.AddRange(noticed.Said);
        return recorded.At;
    }

    public Commit ToCommit(long arrivedAt) =>
        new([.. _rows], [.. _runs.Select(run => new Receipt(run.Source, run.Epoch, Sources[run.Source].Contiguous(run.Epoch)))])
        {
            Highlights = [.. _highlights],
            Heats = [.. _heats],
            ArrivedAt = arrivedAt,
        };

    internal static (string Source, string? Epoch, long? Seq)? SenderOf(Fact fact) => fact switch
    {
        TrackFact track => (track.Source, track.Epoch, track.Seq),
        MessageRejected { Source: { } source } rejected => (source, rejected.Epoch, rejected.Seq),
        _ => null,
    };
}
