using System.Collections.Immutable;
using LiveSkate.Core;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Timing;
using LiveSkate.Server.Journal;

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
        Notice(before, recorded.At);
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

    private void Notice(Venue before, long at)
    {
        foreach (var meet in Venue.Meets.Values.Where(meet => meet.At == at))
        {
            // A draw that is taken back takes its heats with it.
            if (before.Find(meet.Id) is { } old && !ReferenceEquals(old.Heats, meet.Heats))
                foreach (var gone in old.Heats.Keys.Where(id => !meet.Heats.ContainsKey(id)))
                    _heats.Add(new HeatId(meet.Id, gone));
            foreach (var heat in meet.Heats.Values.Where(heat => heat.TouchedAt == at))
            {
                foreach (var other in meet.HeatsOf(heat.Event, heat.Round))
                    _heats.Add(new HeatId(meet.Id, other.Id));
                if (before.Find(meet.Id) is { } was)
                    _highlights.AddRange(Highlights.Between(was, meet, heat.Id)
                        .Select(highlight => new SaidOf(meet.Id, heat.Event, HighlightWords.Line(meet, highlight, at))));
            }
        }
    }
}

/// <summary>How things stand after the last commit. Replaced whole; anybody may read it at any time.</summary>
/// <param name="Keys">Identities in the journal; only the loop's thread looks into it.</param>
/// <param name="Highlights">The newest of each heat since the server started, oldest first.</param>
public sealed record Standing(
    Venue Venue, ImmutableDictionary<string, SourceLog> Sources, Dictionary<string, KnownKey> Keys,
    ImmutableDictionary<HeatId, ImmutableArray<HighlightLine>> Highlights)
{
    private const int HighlightsKept = 12;

    public static Standing Empty() => new(
        Venue.Empty, ImmutableDictionary.Create<string, SourceLog>(StringComparer.Ordinal), new(StringComparer.Ordinal),
        ImmutableDictionary<HeatId, ImmutableArray<HighlightLine>>.Empty);

    public ImmutableArray<HighlightLine> HighlightsOf(string meet, string heat) => Highlights.GetValueOrDefault(new HeatId(meet, heat), []);

    internal Standing With(Draft draft, ImmutableArray<SaidOf> said) => this with
    {
        Venue = draft.Venue,
        Sources = draft.Sources,
        Highlights = said.Aggregate(Highlights, static (sofar, next) =>
        {
            var id = new HeatId(next.Meet, next.Line.Heat);
            var lines = sofar.GetValueOrDefault(id, []).Add(next.Line);
            return sofar.SetItem(id, lines.Length > HighlightsKept ? lines.RemoveAt(0) : lines);
        }),
    };
}

/// <param name="Content">What a repeat must be equal to.</param>
public readonly record struct KnownKey(string? Content, long At);
