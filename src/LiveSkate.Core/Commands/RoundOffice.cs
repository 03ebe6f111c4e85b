using System.Collections.Immutable;
using System.Diagnostics;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Commands;

/// <summary>Draws, and whom the jury sends on or takes out.</summary>
internal static class RoundOffice
{
    public static Decision Decide(Meet meet, EventDocument plan, RoundDocument round, RoundCommand command) => command switch
    {
        DrawRound => Propose(meet, plan, round),
        ConfirmDraw { Heats: { } heats } => ConfirmJurys(meet, plan, round, heats),
        ConfirmDraw => Confirm(meet, plan, round),
        Advance advance => Move(meet, plan, round, advance.Bib, isAdvance: true) ?? new SkaterAdvanced(plan.Id, round.Id, advance.Bib, advance.Reason),
        Withdraw withdraw => Move(meet, plan, round, withdraw.Bib, isAdvance: false)
            ?? new SkaterWithdrawn(plan.Id, round.Id, withdraw.Bib, withdraw.Reason),
        _ => throw new UnreachableException(command.GetType().Name),
    };

    private static Decision Propose(Meet meet, EventDocument plan, RoundDocument round)
    {
        if (NotReady(meet, plan, round, out var from) is { } refusal)
            return refusal;
        if (round.Draw is null)
            return Decision.Refused(RefusalCodes.RoundNotReady, $"{round.Id} has no draw in the document; confirm the jury's own draw with heats.");
        var heats = Draw.Propose(meet, plan, round, from);
        return heats.All(heat => heat.IsEmpty)
            ? Decision.Refused(RefusalCodes.NoStarters, $"Nobody goes {(round.IsForTheRest() ? "out" : "through")} from {from?.Round.Id ?? "the entries"}.")
            : new DrawProposed(plan.Id, round.Id, heats);
    }

    private static Decision Confirm(Meet meet, EventDocument plan, RoundDocument round)
    {
        if (NotReady(meet, plan, round, out var from) is { } refusal)
            return refusal;
        if (Cascade.Proposal(meet, plan, round) is not { } proposal)
            return Decision.Refused(RefusalCodes.NoProposal, $"{round.Id} has no proposal to confirm; draw it first.");
        var now = Draw.Propose(meet, plan, round, from);
        return now.Zip(proposal).All(pair => pair.First.SequenceEqual(pair.Second))
            ? new DrawConfirmed(plan.Id, round.Id, proposal, ByJury: false)
            : Decision.Refused(RefusalCodes.DrawChanged, $"{from?.Round.Id ?? plan.Id} has changed since {round.Id} was drawn; draw it again.");
    }

    private static Decision ConfirmJurys(Meet meet, EventDocument plan, RoundDocument round, ImmutableArray<ImmutableArray<string>> heats)
    {
        if (NotReady(meet, plan, round, out _) is { } refusal)
            return refusal;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var bib in heats.SelectMany(heat => heat))
        {
            if (meet.Index.Competitor(plan.Id, bib) is null)
                return Decision.Refused(RefusalCodes.UnknownBib, $"Bib {bib} is not entered in {plan.Id}.");
            if (!seen.Add(bib))
                return Decision.Refused(RefusalCodes.DuplicateBib, $"Bib {bib} is drawn twice.");
        }
        return seen.Count == 0
            ? Decision.Refused(RefusalCodes.NoStarters, $"The draw of {round.Id} is empty.")
            : new DrawConfirmed(
                plan.Id, round.Id, [.. heats.Where(heat => !heat.IsEmpty)], ByJury: true,
                plan.SourceOf(round) is { } from ? [.. Cascade.Due(meet, plan, round, from)] : null);
    }

    /// <summary>The round before must be provisional or official, and no heat of this one opened.</summary>
    private static Decision? NotReady(Meet meet, EventDocument plan, RoundDocument round, out RoundStanding? from)
    {
        from = plan.SourceOf(round) is { } source ? Advancement.Of(meet, plan, source) : null;
        if (meet.HeatsOf(plan.Id, round.Id).FirstOrDefault(heat => heat.Run.Phase != Phase.Scheduled) is { } begun)
            return Decision.Refused(RefusalCodes.AlreadyDrawn, $"{begun.Id} has been opened; {round.Id} cannot be drawn any more.");
        if (!round.Heats.IsDrawnLater)
            return Decision.Refused(RefusalCodes.AlreadyDrawn, $"The heats of {round.Id} stand in the document.");
        return from is null || from.Status is HeatStage.Provisional or HeatStage.Official
            ? null
            : Decision.Refused(
                RefusalCodes.RoundNotReady,
                $"{round.Id} is drawn when {from.Round.Id} is provisional or official; it is {Published.Words.Of(from.Status)}.");
    }

    /// <summary>FIN-5: who is not going through has something to withdraw from where a B final waits for him.</summary>
    private static bool IsDueInB(Meet meet, EventDocument plan, RoundDocument round, string bib) => plan.Rounds.Any(
        other => other.IsForTheRest() && plan.SourceOf(other)?.Id == round.Id && Cascade.Due(meet, plan, other, round).Contains(bib));

    private static Decision? Move(Meet meet, EventDocument plan, RoundDocument round, string? bib, bool isAdvance)
    {
        if (round.Advance is null)
            return Decision.Refused(RefusalCodes.LastRound, $"Nobody goes on from {round.Id}; it is the last round.");
        var standing = Advancement.Of(meet, plan, round);
        if (bib is null || standing.Find(bib) is not { } entrant)
            return Decision.Refused(RefusalCodes.UnknownBib, $"Bib {bib} is not in {round.Id}.");
        return isAdvance || entrant.Advances || entrant.Withdrawn || IsDueInB(meet, plan, round, bib)
            ? null
            : Decision.Refused(RefusalCodes.NotQualified, $"Bib {bib} is not going through from {round.Id}; there is nothing to withdraw from.");
    }
}
