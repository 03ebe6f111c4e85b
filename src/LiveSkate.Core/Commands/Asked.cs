using System.Diagnostics;

namespace LiveSkate.Core.Commands;

/// <summary>The command that a fact came from.</summary>
public static class Asked
{
    public static Command By(OfficeFact fact) => fact switch
    {
        HeatFact heat => By(heat),
        DrawProposed draw => new DrawRound(draw.Event, draw.Round),
        DrawConfirmed draw => new ConfirmDraw(draw.Event, draw.Round, draw.ByJury ? draw.Heats : null),
        SkaterAdvanced move => new Advance(move.Event, move.Round, move.Bib, move.Reason),
        SkaterWithdrawn move => new Withdraw(move.Event, move.Round, move.Bib, move.Reason),
        TransponderAssigned assigned => new AssignTransponder(assigned.Transponder, assigned.Skater, assigned.From),
        NextRoundSettled settled => By(settled.Said!),
        CommandUndone undone => new Undo(undone.At, undone.By is null ? null : By(undone.By)),
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    private static HeatCommand By(HeatFact fact) => fact switch
    {
        HeatOpened => new OpenHeat(fact.Heat),
        HeatArmed => new ArmHeat(fact.Heat),
        HeatDisarmed => new DisarmHeat(fact.Heat),
        HeatStarted start => new StartHeat(fact.Heat, start.Time),
        HeatFinished => new FinishHeat(fact.Heat),
        HeatRecalled recall => new RecallHeat(fact.Heat, recall.Bib),
        HeatPublished => new Publish(fact.Heat),
        HeatMadeOfficial => new MakeOfficial(fact.Heat),
        HeatReviewed review => new Review(fact.Heat, review.Reason),
        HeatAnnulled annul => new AnnulHeat(fact.Heat, annul.Reason),
        HeatCancelled cancel => new CancelHeat(fact.Heat, cancel.Reason),
        HeatPaused pause => new PauseHeat(fact.Heat, pause.How, pause.Reason),
        HeatResumed => new ResumeHeat(fact.Heat),
        PassingAdded add => new AddPassing(fact.Heat, add.Bib, add.Time, add.Skater),
        SkaterOnTrack word => new SetOnTrack(fact.Heat, word.Bib, word.Skater, word.Time),
        RecordRatified mark => new RatifyRecord(fact.Heat, mark.Bib, mark.Mark),
        PassingVoided strike => new VoidPassing(fact.Heat, strike.Passing),
        FinishOrderSet order => new SetFinishOrder(fact.Heat, order.Bibs, order.Reason),
        ProtestFiled protest => new Protest(fact.Heat, protest.From, protest.Reason),
        TimeSet time => new SetTime(fact.Heat, time.Bib, time.TimeMs, time.Reason),
        SkaterSanctioned given => new Sanction(fact.Heat, given.Bib, given.Code, given.Reason, given.With, given.Judge, given.Article),
        SanctionLifted lifted => new LiftSanction(fact.Heat, lifted.Bib, lifted.Code, lifted.Reason),
        SkatersEliminated gone => new Eliminate(fact.Heat, gone.Bibs, gone.LapsToGo, gone.Cause),
        SkaterReinstated back => new Reinstate(fact.Heat, back.Bib, back.Reason),
        SprintJudged sprint => new SetSprint(fact.Heat, sprint.LapsToGo, sprint.Bibs),
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    /// <summary>"sanction of h1": a command as a sentence names it.</summary>
    public static string Name(Command command) => command switch
    {
        HeatCommand heat => $"{Word(command)} of {heat.Heat}",
        RoundCommand round => $"{Word(command)} of {round.Event}, {round.Round}",
        AssignTransponder assign => $"{Word(command)} of {assign.Transponder}",
        _ => Word(command),
    };

    public static string Word(Command command) => char.ToLowerInvariant(command.GetType().Name[0]) + command.GetType().Name[1..];
}
