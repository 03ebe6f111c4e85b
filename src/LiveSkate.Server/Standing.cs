using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Timing;
using LiveSkate.Server.Live;

namespace LiveSkate.Server;

/// <summary>How things stand after the last commit. Replaced whole; anybody may read it at any time.</summary>
/// <param name="Keys">Identities in the journal; only the loop's thread looks into it.</param>
/// <param name="Highlights">The newest of each heat, oldest first.</param>
public sealed record Standing(
    Venue Venue, ImmutableDictionary<string, SourceLog> Sources, Dictionary<string, KnownKey> Keys,
    ImmutableDictionary<HeatId, ImmutableArray<HighlightLine>> Highlights)
{
    private const int HighlightsKept = 12;

    public static Standing Empty() => new(
        Venue.Empty, ImmutableDictionary.Create<string, SourceLog>(StringComparer.Ordinal), new(StringComparer.Ordinal),
        ImmutableDictionary<HeatId, ImmutableArray<HighlightLine>>.Empty);

    public ImmutableArray<HighlightLine> HighlightsOf(string meet, string heat) => Highlights.GetValueOrDefault(new HeatId(meet, heat), []);

    /// <summary>
    /// To a viewer of this scope who comes late: the newest of its heats. In <c>now</c> those of the heat that is on.
    /// </summary>
    public ImmutableArray<HighlightLine> HighlightsIn(string scope) => scope.Split('/') switch
    {
        ["now"] => Projection.MeetOn(Venue) is { } meet && MeetPublisher.HeatOn(meet) is { } heat ? HighlightsOf(meet.Id, heat.Id) : [],
        ["heat", var meet, var heat] => HighlightsOf(meet, heat),
        ["event", var meet, var plan] when Venue.Find(meet) is { } found => Newest(found.Heats.Values.Where(heat => heat.Event == plan), meet),
        ["meet", var meet] when Venue.Find(meet) is { } found => Newest(found.Heats.Values, meet),
        _ => [],
    };

    internal Standing With(Draft draft, ImmutableArray<SaidOf> said) => this with
    {
        Venue = draft.Venue,
        Sources = draft.Sources,
        Highlights = said.IsEmpty ? Highlights : With(Highlights.ToBuilder(), said).ToImmutable(),
    };

    internal static ImmutableDictionary<HeatId, ImmutableArray<HighlightLine>>.Builder With(
        ImmutableDictionary<HeatId, ImmutableArray<HighlightLine>>.Builder sofar, IEnumerable<SaidOf> said)
    {
        foreach (var next in said)
        {
            var id = new HeatId(next.Meet, next.Line.Heat);
            var lines = sofar.GetValueOrDefault(id, []).Add(next.Line);
            sofar[id] = lines.Length > HighlightsKept ? lines.RemoveAt(0) : lines;
        }
        return sofar;
    }

    private ImmutableArray<HighlightLine> Newest(IEnumerable<Heat> heats, string meet) =>
        [.. heats.SelectMany(heat => HighlightsOf(meet, heat.Id)).OrderBy(line => line.At).TakeLast(HighlightsKept)];
}

/// <param name="Content">What a repeat must be equal to.</param>
public readonly record struct KnownKey(string? Content, long At);
