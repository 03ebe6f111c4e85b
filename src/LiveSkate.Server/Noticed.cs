using System.Collections.Immutable;
using LiveSkate.Core;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;

namespace LiveSkate.Server;

/// <summary>What one fact has changed for those who look on: the same for a fact that has just come and for one that is replayed.</summary>
/// <param name="Heats">Those that may read differently now.</param>
/// <param name="Gone">Heats that are no more.</param>
internal readonly record struct Noticed(ImmutableArray<HeatId> Heats, ImmutableArray<HeatId> Gone, ImmutableArray<SaidOf> Said)
{
    /// <param name="at">Of the fact between the two.</param>
    public static Noticed Of(Venue before, Venue after, long at)
    {
        var (heats, gone, said) = (ImmutableArray.CreateBuilder<HeatId>(), ImmutableArray.CreateBuilder<HeatId>(), ImmutableArray.CreateBuilder<SaidOf>());
        foreach (var (id, meet) in after.Meets)
            if (meet.At == at)
            {
                heats.AddRange((before.Find(id) is { } was ? Concerned.By(was, meet) : meet.Heats.Values).Select(heat => new HeatId(id, heat.Id)));
                gone.AddRange(GoneFrom(before.Find(id), meet));
            }
        foreach (var (meet, heat) in Touched(after, at))
            said.AddRange(SaidOf(before, meet, heat, at));
        return new Noticed(heats.ToImmutable(), gone.ToImmutable(), said.ToImmutable());
    }

    /// <summary>For the replay, which publishes nothing.</summary>
    public static IEnumerable<SaidOf> SaidBetween(Venue before, Venue after, long at) =>
        Touched(after, at).SelectMany(touched => SaidOf(before, touched.Meet, touched.Heat, at));

    private static IEnumerable<(Meet Meet, Heat Heat)> Touched(Venue after, long at)
    {
        foreach (var (_, meet) in after.Meets)
            if (meet.At == at)
                foreach (var heat in meet.Touched)
                    yield return (meet, meet.Heats[heat]);
    }

    /// <summary>Heats that a new document or a new draw has no more.</summary>
    private static IEnumerable<HeatId> GoneFrom(Meet? was, Meet meet) =>
        was is null || (ReferenceEquals(was.Document, meet.Document) && was.Heats.Count <= meet.Heats.Count) ? []
        : was.Heats.Keys.Where(id => !meet.Heats.ContainsKey(id)).Select(id => new HeatId(meet.Id, id));

    private static IEnumerable<SaidOf> SaidOf(Venue before, Meet meet, Heat heat, long at) =>
        before.Find(meet.Id) is { } was
            ? Highlights.Between(was, meet, heat.Id).Select(highlight => new SaidOf(meet.Id, heat.Event, HighlightWords.Line(meet, highlight, at)))
            : [];
}
