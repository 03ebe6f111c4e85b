using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>What holds of any round and any ranking.</summary>
internal static class EventChecks
{
    public static void Of(Meet meet, EventDocument plan)
    {
        var rounds = ResultsPublisher.Rounds(meet, plan);
        foreach (var round in rounds)
            Of(meet, plan, round);
        if (plan.Rounds.IsEmpty)
            Ranked(plan, "combined", [.. CombinedRanking.Of(meet, plan).Select(place => (place.Bib, place.Rank))]);
        else
            Ranked(plan, "final", [.. FinalRanking.Of(rounds).Select(place => (place.Skater.Bib, place.Rank))]);
    }

    private static void Of(Meet meet, EventDocument plan, RoundStanding round)
    {
        var bibs = meet.HeatsOf(plan.Id, round.Round.Id).SelectMany(heat => heat.Bibs).ToList();
        Broken.Unless(bibs.Count == bibs.Distinct().Count(), () => $"{round.Round.Id}: somebody starts twice: {string.Join(' ', bibs)}");
        if (round.Round.Advance is not { } rule)
            return;
        Broken.Unless(
            round.Entrants.Length == bibs.Count && round.Entrants.Select(entrant => entrant.Skater.Bib).ToHashSet().SetEquals(bibs),
            () => $"{round.Round.Id}: entrants {string.Join(' ', round.Entrants.Select(entrant => entrant.Skater.Bib))} of {string.Join(' ', bibs)}");
        // The cut line lies after the last that advances.
        Broken.Unless(round.Entrants.SkipWhile(entrant => entrant.Advances).All(entrant => !entrant.Advances), () => $"{round.Round.Id}: somebody goes through from below the line");
        At_least_so_many_go_on(plan, round, rule);
        foreach (var entrant in round.Entrants)
        {
            Broken.Unless(entrant.Mark is null || entrant.Certainty == Certainty.Safe, () => $"{entrant.Skater.Bib} has {entrant.Mark} and is {entrant.Certainty} (QUA-12)");
            Broken.Unless(
                !entrant.Advances || entrant.By != AdvancedBy.None, () => $"{entrant.Skater.Bib} goes on by nothing");
            // QUA-3.
            Broken.Unless(
                !entrant.Advances || entrant.By is AdvancedBy.Jury || entrant.Skater.Status is null or Statuses.Ok or Statuses.Eliminated,
                () => $"{entrant.Skater.Bib} {entrant.Skater.Status} goes on by {entrant.By}");
        }
    }

    /// <summary>rules.md section 20.</summary>
    private static void At_least_so_many_go_on(EventDocument plan, RoundStanding round, AdvanceRule rule)
    {
        var gone = round.Entrants.Count(entrant => entrant.Withdrawn);
        var onTime = round.Entrants.Count(entrant => entrant.TimeRank is not null);
        var through = round.Entrants.Count(entrant => entrant.Advances);
        var direct = round.Entrants.Count(entrant => entrant.By == AdvancedBy.Place);
        if (RaceRules.Of(plan).Profile(plan).TieAtCutAdvances)
            Broken.Unless(through + gone >= direct + Math.Min(rule.Fastest, onTime), () => $"{round.Round.Id}: {through} go on: {direct} direct, {onTime} for {rule.Fastest} places on time, {gone} withdrawn");
    }

    /// <summary>Everybody once; the ranked in order, then those without a rank. FIN-4 leaves places empty.</summary>
    private static void Ranked(EventDocument plan, string what, (string Bib, int? Rank)[] places)
    {
        string All() => $"{what} of {plan.Id}: {string.Join(", ", places.Select(place => $"{place.Rank} {place.Bib}"))}";
        Broken.Unless(places.Select(place => place.Bib).Distinct().Count() == places.Length, All);
        var ranks = places.Select(place => place.Rank).OfType<int>().ToArray();
        Broken.Unless(places.Take(ranks.Length).All(place => place.Rank is not null), All);
        for (var i = 0; i < ranks.Length; i++)
            Broken.Unless(ranks[i] >= i + 1 || (i > 0 && ranks[i] == ranks[i - 1]), All);
        for (var i = 1; i < ranks.Length; i++)
            Broken.Unless(ranks[i] >= ranks[i - 1], All);
        Broken.Unless(ranks.Length == 0 || ranks[^1] <= Math.Max(places.Length, plan.Entries.Length), All);
    }
}
