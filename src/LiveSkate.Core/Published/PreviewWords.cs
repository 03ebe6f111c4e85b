using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

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
            var parts = rows.Prepend(heat.Run is { } run ? $"run {run}" : null).Prepend(state)
                .Append(heat.Starts is { } bibs ? $"start list {string.Join(", ", bibs.Select(bib => NameOf(after, after.Heats[heat.Heat].Event, bib)))}" : null);
            yield return $"{HeatName(before.Heats.ContainsKey(heat.Heat) ? before : after, heat.Heat)}: {string.Join(", ", parts.Where(part => part is not null))}.";
        }
    }

    public static IEnumerable<string> Of(Meet meet, ImmutableArray<RoundPreview> rounds)
    {
        foreach (var round in rounds)
        {
            if (!round.Lost.IsEmpty || !round.Gained.IsEmpty)
                yield return $"{ChangeWords.GoOn(bib => NameOf(meet, round.Event, bib), round.Lost, round.Gained)} in the {NextName(meet, round)}.";
            foreach (var bib in round.Withdrew)
                yield return $"{RoundName(meet, round.Event, round.Round)}: {NameOf(meet, round.Event, bib)} is withdrawn; nobody moves up.";
            foreach (var bib in round.Returned)
                yield return $"{RoundName(meet, round.Event, round.Round)}: {NameOf(meet, round.Event, bib)} is withdrawn no more.";
            if (!round.Marks.IsEmpty)
                yield return $"{RoundName(meet, round.Event, round.Round)}: "
                    + string.Join(", ", round.Marks.Select(mark => $"{mark.Name} {mark.Was ?? "no mark"} → {mark.Now ?? "no mark"}")) + ".";
        }
    }

    /// <param name="isKept">Whether the command says that what has begun stands.</param>
    public static IEnumerable<string> Of(Meet meet, ImmutableArray<NextPreview> next, bool isKept)
    {
        foreach (var round in next)
        {
            var name = RoundName(meet, round.Event, round.Round);
            var draw = round.Proposal is { } heats
                ? $": {string.Join("; ", heats.Select(heat => string.Join(", ", heat.Select(bib => NameOf(meet, round.Event, bib)))))}."
                : ".";
            yield return !round.Begun.IsEmpty ? Begun(meet, round.Begun, isKept)
                : round.Lost.IsEmpty && round.Gained.IsEmpty ? $"{name}, to be confirmed{draw}"
                : $"{name} is to be drawn again{draw}";
        }
    }

    /// <summary>"Semifinals 2 has results: keep or redraw?"</summary>
    private static string Begun(Meet meet, ImmutableArray<string> heats, bool isKept)
    {
        var (who, one) = (string.Join(", ", heats.Select(heat => HeatName(meet, heat))), heats.Length == 1);
        var raced = heats.All(heat => meet.Heats.TryGetValue(heat, out var known) && HeatStandings.Of(meet, known).State >= HeatStage.Finished);
        return isKept ? $"{who} {(one ? "keeps its start list" : "keep their start lists")}."
            : $"{who} {(one ? "has" : "have")} {(raced ? "results" : "begun")}: keep or redraw?";
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
