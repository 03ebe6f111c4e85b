using System.Collections.Immutable;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules;

/// <summary>A drawn round whose start list is no longer what the round before gives (OFF-3).</summary>
/// <param name="Lost">Bibs that have a start and should have none.</param>
/// <param name="Gained">Bibs that should have one.</param>
/// <param name="Begun">Heats that were opened; empty where a new draw costs nothing.</param>
public sealed record StaleDraw(
    EventDocument Event, RoundDocument Round, RoundDocument From, ImmutableArray<string> Lost, ImmutableArray<string> Gained, ImmutableArray<string> Begun);

/// <summary>OFF-3: what a late change in one round does to the rounds that are drawn from it. Computed, so that nothing can be forgotten.</summary>
public static class Cascade
{
    public static IEnumerable<StaleDraw> Of(Meet meet, EventDocument plan) =>
        plan.Rounds.Select(round => Of(meet, plan, round)).OfType<StaleDraw>();

    /// <returns>Null where the start list is right, or was kept by the jury's word, or there is none.</returns>
    public static StaleDraw? Of(Meet meet, EventDocument plan, RoundDocument round)
    {
        if (!round.Heats.IsDrawnLater || plan.SourceOf(round) is not { } from || Drawn(meet, plan, round) is not { Count: > 0 } drawn)
            return null;
        var due = Due(meet, plan, round, from);
        var kept = meet.Kept.GetValueOrDefault((plan.Id, round.Id));
        if (due.SetEquals(drawn) || (!kept.IsDefault && due.SetEquals(kept)))
            return null;
        var settled = kept.IsDefault ? drawn : [.. kept];
        return new StaleDraw(plan, round, from, [.. settled.Except(due)], [.. due.Except(settled)], Begun(meet, plan, round));
    }

    /// <summary>Who would be drawn into a round now.</summary>
    public static ImmutableSortedSet<string> Due(Meet meet, EventDocument plan, RoundDocument round, RoundDocument from)
    {
        var standing = Advancement.Of(meet, plan, from);
        return round.IsForTheRest()
            ? [.. Draw.Propose(meet, plan, round, standing).SelectMany(heat => heat)]
            : [.. standing.Entrants.Where(entrant => entrant.Advances).Select(entrant => entrant.Skater.Bib)];
    }

    public static ImmutableArray<string> Begun(Meet meet, EventDocument plan, RoundDocument round) =>
        [.. meet.HeatsOf(plan.Id, round.Id).Where(IsBegun).Select(heat => heat.Id)];

    private static bool IsBegun(Heat heat) => heat.Run.Phase != Phase.Scheduled;

    /// <summary>
    /// The draw that waits to be confirmed: the one that was asked for, or a new one wherever the old one does not fit any more and nobody has
    /// raced by it.
    /// </summary>
    public static ImmutableArray<ImmutableArray<string>>? Proposal(Meet meet, EventDocument plan, RoundDocument round)
    {
        if (meet.Proposals.TryGetValue((plan.Id, round.Id), out var said))
            return said.Heats;
        var isOpen = meet.Reopened.Contains((plan.Id, round.Id)) || Of(meet, plan, round) is { Begun.IsEmpty: true };
        if (!isOpen || round.Draw is null || plan.SourceOf(round) is not { } from)
            return null;
        var standing = Advancement.Of(meet, plan, from);
        return standing.Status is HeatStage.Provisional or HeatStage.Official ? Draw.Propose(meet, plan, round, standing) : null;
    }

    private static ImmutableSortedSet<string> Drawn(Meet meet, EventDocument plan, RoundDocument round) =>
        [.. meet.HeatsOf(plan.Id, round.Id).SelectMany(heat => heat.Bibs)];
}
