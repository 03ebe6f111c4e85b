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
        return Of(before, after, unsettled, refused);
    }

    /// <param name="unsettled">As it would be if nobody had said what becomes of the next rounds.</param>
    private static PreviewAnswer Of(Meet before, Meet after, Meet unsettled, PreviewRefusal? refused)
    {
        var heats = Heats(before, after).ToImmutableArray();
        var rounds = Each(before, (plan, round) => Round(before, after, plan, round)).ToImmutableArray();
        var next = Each(before, (plan, round) => Next(before, unsettled, plan, round)).ToImmutableArray();
        var final = before.Document.Events.Select(plan => Final(before, after, plan)).Where(places => !places.Places.IsEmpty).ToImmutableArray();
        return new PreviewAnswer(
            before.Id, before.At, refused, heats, rounds, next, final,
            [.. PreviewWords.Of(before, after, heats), .. PreviewWords.Of(before, rounds), .. PreviewWords.Of(before, next), .. PreviewWords.Of(before, final)]);
    }

    private static IEnumerable<T> Each<T>(Meet meet, Func<EventDocument, RoundDocument, T?> look) where T : class =>
        meet.Document.Events.SelectMany(plan => plan.Rounds, look).OfType<T>();

    private static IEnumerable<HeatPreview> Heats(Meet before, Meet after)
    {
        foreach (var id in before.Heats.Keys.Union(after.Heats.Keys).Order(StringComparer.Ordinal))
        {
            var was = before.Heats.TryGetValue(id, out var old) ? HeatStandings.Of(before, old) : null;
            var now = after.Heats.TryGetValue(id, out var heat) ? HeatStandings.Of(after, heat) : null;
            ImmutableArray<RowPreview> rows = was is null || now is null
                ? []
                : [.. now.ChangesFrom(was).Select(change => new RowPreview(change.Bib, NameOf(after, heat!.Event, change.Bib), change.Was, change.Now))];
            if (was?.State != now?.State || !rows.IsEmpty)
                yield return new HeatPreview(id, was is null ? null : Words.Of(was.State), now is null ? null : Words.Of(now.State), rows);
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
        return old.SetEquals(goOn) && marks.IsEmpty ? null : new RoundPreview(plan.Id, round.Id, [.. old.Except(goOn)], [.. goOn.Except(old)], marks);
    }

    private static ImmutableSortedSet<string> GoOn(RoundStanding round) =>
        [.. round.Entrants.Where(entrant => entrant.Advances).Select(entrant => entrant.Skater.Bib)];

    private static NextPreview? Next(Meet before, Meet after, EventDocument plan, RoundDocument round)
    {
        if (Cascade.Of(after, plan, round) is not { } stale)
            return null;
        return Cascade.Of(before, plan, round) is { } was && was.Lost.SequenceEqual(stale.Lost) && was.Gained.SequenceEqual(stale.Gained)
            ? null
            : new NextPreview(plan.Id, round.Id, stale.Lost, stale.Gained, stale.Begun, stale.Begun.IsEmpty ? Cascade.Proposal(after, plan, round) : null);
    }

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
