using System.Diagnostics;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Commands;

/// <summary>What the office may do, given how things stand. Decides; changes nothing.</summary>
public static class Office
{
    /// <param name="ifAt">The position that the asker saw; a command on anything that has changed since is stale (OFF-4). Null: do not ask.</param>
    /// <param name="next">keep or redraw: what becomes of rounds that have begun where the command changes who starts in them (OFF-3). Null: nothing was said.</param>
    public static Decision Decide(Venue venue, string meetId, Command command, long? ifAt, string? next = null)
    {
        if (venue.Find(meetId) is not { } meet)
            return Decision.Refused(RefusalCodes.UnknownMeet, $"There is no meet {meetId}.");
        var decision = Decide(venue, meet, command, ifAt);
        return command is OpenHeat { Heat: var heat } && decision.Fact is not null && NextRounds.Overtaken(meet, meet.Heats[heat]) is { } overtaken
            ? overtaken
            : NextRounds.Ask(meet, decision, next);
    }

    internal static Decision Decide(Venue venue, Meet meet, Command command, long? ifAt) => command switch
    {
        HeatCommand heat => Decide(venue, meet, heat, ifAt),
        RoundCommand round => Decide(meet, round, ifAt),
        AssignTransponder or Undo when ifAt < meet.OfficeAt => Stale(meet.Id, ifAt.Value, meet.OfficeAt),
        AssignTransponder assign => TransponderOffice.Decide(meet, assign),
        Undo undo => UndoOffice.Decide(meet, undo),
        _ => throw new UnreachableException(command.GetType().Name),
    };

    /// <summary>A document may be replaced until the first heat has been armed.</summary>
    public static Decision Put(Venue venue, string meetId, MeetDocument document) =>
        venue.Find(meetId) is { HasStarted: true }
            ? Decision.Refused(RefusalCodes.MeetStarted, $"A heat of {meetId} has been armed; its document is fixed now.")
            : new MeetPut(document);

    private static Decision Decide(Venue venue, Meet meet, HeatCommand command, long? ifAt)
    {
        if (command.Heat is null || !meet.Heats.TryGetValue(command.Heat, out var heat))
            return Decision.Refused(RefusalCodes.UnknownHeat, $"There is no heat {command.Heat} in {meet.Id}.");
        var changedAt = Math.Max(heat.TouchedAt, meet.OfficeAt);
        return ifAt < changedAt ? Stale(heat.Id, ifAt.Value, changedAt) : HeatOffice.Decide(venue, meet, heat, command);
    }

    private static Decision Decide(Meet meet, RoundCommand command, long? ifAt)
    {
        if (command.Event is null || meet.Index.Event(command.Event) is not { } plan)
            return Decision.Refused(RefusalCodes.UnknownEvent, $"There is no event {command.Event} in {meet.Id}.");
        if (plan.Rounds.FirstOrDefault(round => round.Id == command.Round) is not { } round)
            return Decision.Refused(RefusalCodes.UnknownRound, $"There is no round {command.Round} in {plan.Id}.");
        var changedAt = meet.HeatsOf(plan.Id, round.Id).Select(heat => heat.TouchedAt).Append(meet.OfficeAt).Max();
        return ifAt < changedAt ? Stale(round.Id, ifAt.Value, changedAt) : RoundOffice.Decide(meet, plan, round, command);
    }

    private static Decision Stale(string what, long seen, long changed) =>
        Decision.Refused(RefusalCodes.Stale, $"You saw {what} as it was at {seen}; it has changed since, at {changed}. Look again.");
}
