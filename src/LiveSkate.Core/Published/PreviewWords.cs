using System.Collections.Immutable;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Published;

/// <summary>A preview as sentences.</summary>
internal static class PreviewWords
{
    public static IEnumerable<string> Of(Meet before, Meet after, ImmutableArray<HeatPreview> heats)
    {
        foreach (var heat in heats)
        {
            var state = (heat.Was, heat.Now) switch
            {
                (null, { } now) => now,
                ({ } was, null) => $"{was}, and would be no more",
                var (was, now) when was == now => null,
                var (was, now) => $"{was} → {now}",
            };
            var rows = heat.Rows.Select(row => ChangeWords.Row(row.Name, new RowChange(row.Bib, row.Was, row.Now)));
            yield return $"{HeatName(before.Heats.ContainsKey(heat.Heat) ? before : after, heat.Heat)}: {string.Join(", ", rows.Prepend(state!).Where(part => part is not null))}.";
        }
    }

    public static IEnumerable<string> Of(Meet meet, ImmutableArray<RoundPreview> rounds)
    {
        foreach (var round in rounds)
        {
            if (!round.Lost.IsEmpty || !round.Gained.IsEmpty)
                yield return $"{ChangeWords.GoOn(bib => NameOf(meet, round.Event, bib), round.Lost, round.Gained)} in the {NextName(meet, round)}.";
            if (!round.Marks.IsEmpty)
                yield return $"{RoundName(meet, round.Event, round.Round)}: "
                    + string.Join(", ", round.Marks.Select(mark => $"{mark.Name} {mark.Was ?? "no mark"} → {mark.Now ?? "no mark"}")) + ".";
        }
    }

    public static IEnumerable<string> Of(Meet meet, ImmutableArray<NextPreview> next)
    {
        foreach (var round in next)
            yield return !round.Begun.IsEmpty
                ? $"{string.Join(", ", round.Begun.Select(heat => HeatName(meet, heat)))} {(round.Begun.Length == 1 ? "has" : "have")} begun: keep or redraw?"
                : round.Proposal is { } heats
                    ? $"{RoundName(meet, round.Event, round.Round)} is to be drawn again: {string.Join("; ", heats.Select(heat => string.Join(", ", heat.Select(bib => NameOf(meet, round.Event, bib)))))}."
                    : $"{RoundName(meet, round.Event, round.Round)} is to be drawn again.";
    }

    public static IEnumerable<string> Of(Meet meet, ImmutableArray<FinalPreview> finals) => finals.Select(final =>
        $"Final ranking of {meet.Index.Event(final.Event)!.Name}: "
            + string.Join(", ", final.Places.Select(place => $"{place.Name} {Place(place.Was)} → {Place(place.Now)}")) + ".");

    private static string Place(int? rank) => rank is { } place ? Words.Ordinal(place) : "none";

    private static string NameOf(Meet meet, string @event, string bib) => meet.Index.Competitor(@event, bib)!.ShortName;

    private static string RoundName(Meet meet, string @event, string round) => meet.Index.Round(@event, round)!.Name;

    private static string NextName(Meet meet, RoundPreview round)
    {
        var plan = meet.Index.Event(round.Event)!;
        return plan.Rounds.FirstOrDefault(next => plan.SourceOf(next)?.Id == round.Round && !next.IsForTheRest())?.Name ?? "next round";
    }

    /// <summary>"Semifinals 2", or the round's name where it has one heat only.</summary>
    private static string HeatName(Meet meet, string id)
    {
        if (!meet.Heats.TryGetValue(id, out var heat))
            return id;
        var name = RoundName(meet, heat.Event, heat.Round);
        return meet.HeatsOf(heat.Event, heat.Round).Count == 1 ? name : $"{name} {heat.Number}";
    }
}
