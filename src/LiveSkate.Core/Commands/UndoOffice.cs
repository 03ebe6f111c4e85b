using System.Collections.Immutable;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Commands;

/// <summary>
/// What can be taken back, or have another act put in its place. The rule is one: all that was said later must still have been possible. So
/// what came after is gone through twice, with and without, and the first command or signal that only fits with it is what depends on it.
/// </summary>
internal static class UndoOffice
{
    public static Decision Decide(Meet meet, Undo command)
    {
        var index = meet.Said.FindIndex(said => said.CanUndo(command.At));
        if (index < 0)
            return NotThere(meet, command.At);
        var said = meet.Said[index];
        var what = said.First.Fact is NextRoundSettled settled ? settled.Said : said.First.Fact;
        if (what is not OfficeFact first)
            return Decision.Refused(
                RefusalCodes.NotUndoable, $"{command.At} is what the track sent, and no command. voidPassing strikes a passing out, recallHeat and annulHeat end a start.");
        var before = meet.Said.Take(index).Select(one => one.InForce).OfType<Recorded>().Aggregate(Undoing.Start(meet), MeetFold.Step);
        if (Replacement(before, first, command, out var by) is { } refusal)
            return refusal;
        var undone = new CommandUndone(command.At, by);
        var now = said.With(command.At, by, said.First with { Fact = undone }).InForce;
        return Dependent(meet, index, command.At, before, said.InForce, now) ?? undone;
    }

    private static Decision NotThere(Meet meet, long at)
    {
        if (at == meet.PutAt)
            return Decision.Refused(RefusalCodes.NotUndoable, $"Putting the meet is not undone; put it again, until a heat has been armed.");
        return meet.Said.Find(said => said.Includes(at)) is { } known
            ? Decision.Refused(
                RefusalCodes.AlreadyUndone,
                $"{(known.At == at ? "That" : "That undo")} has been {(known.InForce is null ? "undone" : "changed")} at {known.NewestAt}; undo {known.NewestAt} to have it back.")
            : Decision.Refused(RefusalCodes.UnknownCommand, $"There is no command at {at} in {meet.Id} since its document was put.");
    }

    /// <summary>The other act is decided as things stood at that moment.</summary>
    private static Decision? Replacement(Meet before, OfficeFact first, Undo command, out OfficeFact? by)
    {
        by = null;
        if (command.By is not { } act)
            return null;
        var fits = (first, act) switch
        {
            (HeatFact was, HeatCommand heat) => was.Heat == heat.Heat,
            (RoundFact was, RoundCommand round) => was.Event == round.Event && was.Round == round.Round,
            (TransponderAssigned was, AssignTransponder assign) => was.Transponder == assign.Transponder,
            _ => false,
        };
        if (!fits)
            return Decision.Refused(
                RefusalCodes.WrongReplacement, $"{Asked.Name(Asked.By(first))} can be replaced by another act of the same heat or round, not by {Asked.Name(act)}.");
        var decision = Office.Decide(Alone(before), before, act, null);
        by = decision.Fact as OfficeFact;
        return decision.Refusal is null ? null : decision;
    }

    /// <param name="since">The word that is undone.</param>
    /// <param name="before">The meet as it was before that place.</param>
    /// <param name="was">What counts there.</param>
    /// <param name="now">What would count there.</param>
    private static Decision? Dependent(Meet meet, int index, long since, Meet before, Recorded? was, Recorded? now)
    {
        var (with, without) = (Step(before, was), Step(before, now));
        var undone = Unwrapped((OfficeFact)meet.Said[index].First.Fact);
        foreach (var later in meet.Said.Skip(index + 1).Select(said => said.InForce).OfType<Recorded>())
        {
            // What was said before the undo that is undone now was said with what comes back.
            var refusal = later.At < since || later.Fact is NextRoundSettled { Said: null } ? null
                : later.Fact is OfficeFact wrapped && Unwrapped(wrapped) is var fact
                ? !MayDepend(with, fact, undone) ? null : Refusal(with, without, fact, later, was?.Fact is DrawProposed)
                : Unheard(with, without, later);
            if (refusal is not null)
                return refusal;
            (with, without) = (Step(with, later), Step(without, later));
        }
        return null;
    }

    /// <param name="proposed">What is undone is the very proposal; other draws are made anew from what they are drawn from (OFF-3).</param>
    private static Decision? Refusal(Meet with, Meet without, OfficeFact fact, Recorded later, bool proposed)
    {
        var command = Asked.By(fact);
        if (fact is HeatOpened { Heat: var opened } && with.Heats.TryGetValue(opened, out var was) && without.Heats.TryGetValue(opened, out var now)
            && !was.Bibs.SequenceEqual(now.Bibs))
            return Decision.Refused(
                RefusalCodes.DependedOn, $"{Asked.Name(command)} at {later.At} depends on it: {opened} would have another start list. Undo that first.");
        return Refuses(without, command) is { } why && !(why.Code == RefusalCodes.NoProposal && !proposed) && Refuses(with, command) is null
            ? Decision.Refused(RefusalCodes.DependedOn, $"{Asked.Name(command)} at {later.At} depends on it: {why.Detail} Undo that first.")
            : null;
    }

    /// <summary>What a draw is made of may change later (OFF-3); that is not this question.</summary>
    private static Refusal? Refuses(Meet meet, Command command) =>
        Office.Decide(Alone(meet), meet, command, null).Refusal is { Code: not RefusalCodes.DrawChanged } refusal ? refusal : null;

    /// <summary>A signal that a start heard is not taken from it, and not given to another one, of another heat or of the same.</summary>
    private static Decision? Unheard(Meet with, Meet without, Recorded later) =>
        TrackSignals.HeardBy(with, later.Fact) is { } start && TrackSignals.HeardBy(without, later.Fact) != start
            ? Decision.Refused(
                RefusalCodes.SignalHeard,
                $"{start.Heat} has heard its {(later.Fact is SignalGiven signal ? signal.Kind.ToString().ToLowerInvariant() : "start")} at {later.At}, and would not have without it. recallHeat or annulHeat ends that start.")
            : null;

    private static Meet Step(Meet meet, Recorded? said) => said is null ? meet : MeetFold.Step(meet, said);

    /// <summary>
    /// What is said of another heat stands by itself; but only one is armed at a time, the heats of a draw come and go with it, and a transponder is
    /// read in any heat.
    /// </summary>
    private static bool MayDepend(Meet meet, OfficeFact fact, OfficeFact undone) =>
        fact is HeatArmed || undone is TransponderAssigned || ((fact as HeatFact)?.Heat is { } heat && (undone as HeatFact)?.Heat is { } other
            ? heat == other
            : EventOf(meet, fact) == EventOf(meet, undone));

    private static OfficeFact Unwrapped(OfficeFact fact) => fact is NextRoundSettled { Said: { } said } ? said : fact;

    private static string? EventOf(Meet meet, OfficeFact fact) => fact switch
    {
        HeatFact heat => meet.Heats.GetValueOrDefault(heat.Heat)?.Event,
        RoundFact round => round.Event,
        _ => null,
    };

    private static Venue Alone(Meet meet) => new(ImmutableDictionary<string, Meet>.Empty.Add(meet.Id, meet), meet.At, meet.Id);
}
