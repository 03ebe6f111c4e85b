using System.Diagnostics;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core;

/// <summary>What the office's facts make of a heat.</summary>
internal static class HeatFold
{
    public static Meet Apply(Meet meet, HeatFact fact, Recorded recorded)
    {
        if (!meet.Heats.TryGetValue(fact.Heat, out var heat))
            return meet;
        var after = fact switch
        {
            HeatArmed => meet with { HasStarted = true, ArmedLast = fact.Heat },
            HeatDisarmed when meet.ArmedLast == fact.Heat => meet with { ArmedLast = null },
            HeatAnnulled when meet.ArmedLast == fact.Heat => meet with { ArmedLast = null },
            _ => meet,
        };
        if (fact is HeatAnnulled annulled)
            return Annul(after, heat, annulled, recorded);
        var ownClocks = RaceRules.Of(meet.EventOf(heat)).HasOwnClocks;
        return after.Touch(meet, fact.Heat, recorded, run => Apply(run, fact, recorded, ownClocks));
    }

    /// <summary>INC-9: the old run stays. What carries over rounds comes along; a disqualification that shall stand is given again.</summary>
    private static Meet Annul(Meet meet, Heat heat, HeatAnnulled fact, Recorded recorded)
    {
        var next = new HeatRun
        {
            Phase = Phase.Open, Reason = fact.Reason, Sanctions = heat.Run.Sanctions.RemoveAll(given => !Statuses.Carries(given.Code)),
        };
        return meet with
        {
            Heats = meet.Heats.SetItem(
                heat.Id, heat with { Runs = heat.Runs.Add(next), TouchedAt = recorded.At, TouchedOn = recorded.RecordedAt }),
        };
    }

    private static HeatRun Apply(HeatRun run, HeatFact fact, Recorded recorded, bool ownClocks) => fact switch
    {
        HeatOpened => run with { Phase = Phase.Open },
        HeatArmed => run with { Phase = Phase.Armed, Armings = run.Armings.Add(new Arming { OwnClocks = ownClocks }) },
        HeatDisarmed => run with { Phase = Phase.Open },
        HeatStarted started => run.WithArming(arming => arming with { StartedByOffice = started.Time, StartOnServer = recorded.RecordedAt }),
        HeatFinished => run with { FinishCalled = true },
        HeatRecalled recalled => Recall(run, recalled, recorded),
        HeatPublished => run with { Phase = Phase.Provisional, Version = run.Version + 1 },
        HeatMadeOfficial => run with { Phase = Phase.Official, Version = run.Version + 1, SealedAt = run.SealedAt ?? recorded.At },
        HeatCancelled cancelled => run with { Phase = Phase.Cancelled, Reason = cancelled.Reason, Version = run.Version + 1 },
        HeatReviewed review => run with { Phase = Phase.Review, Reason = review.Reason },
        PassingAdded added => run with { Added = run.Added.Add((added.Bib, new Passing(recorded.At, "office", null, "", added.Time))) },
        PassingVoided voided => run with { Voided = run.Voided.Add(voided.Passing) },
        FinishOrderSet order => run with { Order = order.Bibs },
        TimeSet time => run with { Times = run.Times.SetItem(time.Bib, time.TimeMs), Reason = time.Reason },
        SkaterSanctioned given => run with
        {
            Sanctions = run.Sanctions.Add(new Sanctioned(
                given.Bib, given.Code, given.Reason, recorded.At, recorded.RecordedAt, given.With ?? [], given.Judge, given.Article)),
            Reason = given.Reason,
        },
        SanctionLifted lifted => Lift(run, lifted, recorded),
        SkatersEliminated gone => run with
        {
            Eliminations = run.Eliminations.AddRange(gone.Bibs.Select(bib => new EliminatedSkater(bib, gone.LapsToGo, gone.Cause, recorded.At))),
        },
        SkaterReinstated back => run with { Eliminations = run.Eliminations.RemoveAll(gone => gone.Bib == back.Bib), Reason = back.Reason },
        SprintJudged sprint => run with { Sprints = run.Sprints.SetItem(sprint.LapsToGo, sprint.Bibs) },
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    private static HeatRun Recall(HeatRun run, HeatRecalled fact, Recorded recorded)
    {
        var recalled = run.WithArming(arming => arming with { RecalledByOffice = true }) with { Phase = Phase.Open };
        return fact.Bib is null ? recalled : recalled with
        {
            Sanctions = run.Sanctions.Add(new Sanctioned(fact.Bib, Statuses.FalseStart, "recalled", recorded.At, recorded.RecordedAt, [])),
        };
    }

    /// <summary>False starts and warnings are counted, so the last one given is taken back; of the others one is as good as many.</summary>
    private static HeatRun Lift(HeatRun run, SanctionLifted fact, Recorded recorded)
    {
        var given = run.Sanctions.Where(sanction => sanction.Bib == fact.Bib && sanction.Code == fact.Code).ToList();
        if (Statuses.Carries(fact.Code) && given.Count > 1)
            given = [given[^1]];
        return run with
        {
            Sanctions = run.Sanctions.RemoveAll(given.Contains),
            Lifted = run.Lifted.AddRange(given.Select(sanction => new LiftedSanction(sanction, fact.Reason, recorded.At))),
            Reason = fact.Reason,
        };
    }
}
