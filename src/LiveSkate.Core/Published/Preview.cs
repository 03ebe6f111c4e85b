using System.Collections.Immutable;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Published;

/// <summary>What a command would change, looked at before it is given: the meet as it is against the meet as it would be. Writes nothing.</summary>
public static class Preview
{
    public static PreviewAnswer Of(Venue venue, string meetId, Command command, long? ifAt = null, string? next = null)
    {
        var decision = Office.Decide(venue, meetId, command, ifAt, next);
        var refused = decision.Refusal is { } refusal ? new PreviewRefusal(refusal.Code, refusal.Detail) : null;
        // What it would change is what has to be known to answer the question.
        if (refused?.Code == RefusalCodes.NextRoundBegun)
            decision = Office.Decide(venue, meetId, command, ifAt, NextRounds.Keep);
        if (venue.Find(meetId) is not { } before || decision.Fact is not { } fact)
            return new PreviewAnswer(meetId, venue.Find(meetId)?.At ?? venue.At, refused, [], [], [], [], []);
        var plain = fact is NextRoundSettled { Next: NextRounds.Keep, Said: { } said } ? said : fact;
        var after = MeetFold.Apply(before, new Recorded(venue.At + 1, default, meetId, "office", fact));
        var unsettled = ReferenceEquals(plain, fact) ? after : MeetFold.Apply(before, new Recorded(venue.At + 1, default, meetId, "office", plain));
        return Of(before, after, unsettled, refused, isKept: refused is null && !ReferenceEquals(plain, fact));
    }

    /// <param name="unsettled">As it would be if nobody had said what becomes of the next rounds.</param>
    /// <param name="isKept">Whether the command says that the next rounds stand.</param>
    private static PreviewAnswer Of(Meet before, Meet after, Meet unsettled, PreviewRefusal? refused, bool isKept)
    {
        var heats = Heats(before, after).ToImmutableArray();
        var rounds = Each(before, (plan, round) => Round(before, after, plan, round)).ToImmutableArray();
        var next = Each(before, (plan, round) => Next(before, unsettled, plan, round)).ToImmutableArray();
        var final = before.Document.Events.Select(plan => Final(before, after, plan)).Where(places => !places.Places.IsEmpty).ToImmutableArray();
        return new PreviewAnswer(
            before.Id, before.At, refused, heats, rounds, next, final,
            [.. PreviewWords.Of(before, after, heats), .. PreviewWords.Of(before, rounds), .. PreviewWords.Of(before, next, isKept), .. PreviewWords.Of(before, final)]);
    }

    private static IEnumerable<T> Each<T>(Meet meet, Func<EventDocument, RoundDocument, T?> look) where T : class =>
        meet.Document.Events.SelectMany(plan => plan.Rounds, look).OfType<T>();

    private static IEnumerable<HeatPreview> Heats(Meet before, Meet after)
    {
        var both = after.Heats.Values.Concat(before.Heats.Values).DistinctBy(heat => heat.Id)
            .OrderBy(heat => before.Document.Events.IndexOf(before.EventOf(heat)))
            .ThenBy(heat => before.EventOf(heat).Rounds.IndexOf(before.Index.Round(heat.Event, heat.Round)!))
            .ThenBy(heat => heat.Number);
        foreach (var id in both.Select(heat => heat.Id))
        {
            var was = before.Heats.TryGetValue(id, out var old) ? HeatStandings.Of(before, old) : null;
            var now = after.Heats.TryGetValue(id, out var heat) ? HeatStandings.Of(after, heat) : null;
            ImmutableArray<RowPreview> rows = was is null || now is null
                ? []
                : [.. now.ChangesFrom(was).Select(change => new RowPreview(change.Bib, NameOf(after, heat!.Event, change.Bib), change.Was, change.Now))];
            int? run = old is not null && heat is not null && old.RunNumber != heat.RunNumber ? heat.RunNumber : null;
            ImmutableArray<string>? starts = heat is null || (old is not null && old.Bibs.SequenceEqual(heat.Bibs)) ? null : [.. heat.Bibs];
            if (was?.State != now?.State || !rows.IsEmpty || run is not null || starts is not null)
                yield return new HeatPreview(id, was is null ? null : Words.Of(was.State), now is null ? null : Words.Of(now.State), rows, run, starts);
        }
    }

    private static RoundPreview? Round(Meet before, Meet after, EventDocument plan, RoundDocument round)
    {
        if (round.Advance is null)
            return null;
        var (was, now) = (Advancement.Of(before, plan, round), Advancement.Of(after, plan, round));
        var (old, goOn) = (GoOn(was), GoOn(now));
        var marks = now.Entrants
            .Select(entrant => new MarkPreview(
                entrant.Skater.Bib, NameOf(after, plan.Id, entrant.Skater.Bib), was.Find(entrant.Skater.Bib)?.Mark, entrant.Mark))
            .Where(mark => mark.Was != mark.Now)
            .ToImmutableArray();
        var (gone, still) = (Withdrawn(now), Withdrawn(was));
        return old.SetEquals(goOn) && marks.IsEmpty && gone.SetEquals(still) ? null : new RoundPreview(
            plan.Id, round.Id, [.. old.Except(goOn)], [.. goOn.Except(old)], marks, [.. gone.Except(still)], [.. still.Except(gone)]);
    }

    private static ImmutableSortedSet<string> Withdrawn(RoundStanding round) =>
        [.. round.Entrants.Where(entrant => entrant.Withdrawn).Select(entrant => entrant.Skater.Bib)];

    private static ImmutableSortedSet<string> GoOn(RoundStanding round) =>
        [.. round.Entrants.Where(entrant => entrant.Advances).Select(entrant => entrant.Skater.Bib)];

    private static NextPreview? Next(Meet before, Meet after, EventDocument plan, RoundDocument round)
    {
        var (was, stale) = (Cascade.Of(before, plan, round), Cascade.Of(after, plan, round));
        var proposal = stale is { Begun.IsEmpty: false } ? null : Cascade.Proposal(after, plan, round);
        var isStale = stale is not null && !(was is not null && was.Lost.SequenceEqual(stale.Lost) && was.Gained.SequenceEqual(stale.Gained));
        return isStale || (proposal is { } heats && !IsSame(Cascade.Proposal(before, plan, round), heats))
            ? new NextPreview(plan.Id, round.Id, stale?.Lost ?? [], stale?.Gained ?? [], stale?.Begun ?? [], proposal)
            : null;
    }

    private static bool IsSame(ImmutableArray<ImmutableArray<string>>? was, ImmutableArray<ImmutableArray<string>> now) =>
        was is { } heats && heats.Length == now.Length && heats.Zip(now).All(pair => pair.First.SequenceEqual(pair.Second));

    private static FinalPreview Final(Meet before, Meet after, EventDocument plan)
    {
        var was = Places(before, plan);
        var now = Places(after, plan);
        return new FinalPreview(plan.Id, [
            .. now.Keys.Union(was.Keys)
                .Select(bib => new PlacePreview(bib, NameOf(after, plan.Id, bib), was.GetValueOrDefault(bib), now.GetValueOrDefault(bib)))
                .Where(place => place.Was != place.Now)
                .OrderBy(place => place.Now ?? int.MaxValue)]);
    }

    private static Dictionary<string, int?> Places(Meet meet, EventDocument plan) => RaceRules.Of(plan).IsRanking
        ? CombinedRanking.Of(meet, plan).ToDictionary(place => place.Bib, place => place.Rank)
        : FinalRanking.Of(ResultsPublisher.Rounds(meet, plan)).ToDictionary(place => place.Skater.Bib, place => place.Rank);

    private static string NameOf(Meet meet, string @event, string bib) => meet.Index.Competitor(@event, bib)!.ShortName;
}
