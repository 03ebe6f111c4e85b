using System.Collections.Immutable;
using System.Diagnostics;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core;

/// <summary>What is said of a heat makes its runs, and nothing else does. What does not fit into the run as it stands changes nothing.</summary>
internal static class HeatFold
{
    public static Heat Apply(Meet meet, Heat heat, Recorded recorded) =>
        heat with { Runs = Runs(meet, heat, recorded), Record = heat.Record.Add(recorded) };

    private static ImmutableArray<HeatRun> Runs(Meet meet, Heat heat, Recorded recorded)
    {
        var run = heat.Run;
        if (recorded.Fact is HeatAnnulled annulled)
            // INC-9: the old run stays. What carries over rounds comes along; a disqualification that shall stand is given again.
            return heat.Runs.Add(new HeatRun
            {
                Phase = Phase.Open, Reason = annulled.Reason, Sanctions = run.Sanctions.RemoveAll(given => !Statuses.Carries(given.Code)),
            });
        var after = recorded.Fact switch
        {
            HeatMadeOfficial => Sign(meet, heat, recorded.At),
            HeatFact fact => Apply(run, fact, recorded, RaceRules.Of(meet.EventOf(heat)).HasOwnClocks),
            SignalGiven fact => run.WithArming(arming => Heard(arming, fact, TrackSignals.Reading(meet, fact, recorded))),
            PassingRead fact => run.WithArming(arming => arming with { Starts = arming.Starts.Add(Passings.Placed(meet, fact, recorded)) }),
            FinishRead fact => run.SealedAt is not null || run.PhotoFinish?.Revision >= fact.Revision ? run : run with { PhotoFinish = fact },
            _ => throw new UnreachableException(recorded.Fact.GetType().Name),
        };
        return heat.Runs.SetItem(heat.Runs.Length - 1, after);
    }

    /// <summary>The first signature seals what was read; each keeps what came along to it.</summary>
    private static HeatRun Sign(Meet meet, Heat heat, long at)
    {
        var signed = heat.Run with
        {
            Phase = Phase.Official,
            SignedWith = heat.Bibs.ToImmutableDictionary(bib => bib, bib => SanctionSheet.Carried(meet, heat, bib).ToImmutableArray()),
        };
        return signed.SealedAt is null ? signed with { SealedAt = at, SealedUntil = Passings.NextStarts(meet, heat) } : signed;
    }

    private static Arming Heard(Arming arming, SignalGiven fact, (SourceRole Role, Passing Passing) read) => fact.Kind switch
    {
        SignalKind.Recall => arming with { Recalls = arming.Recalls.Add(fact.Time) },
        SignalKind.Gate when read.Role == SourceRole.Start => arming with { Starts = arming.Starts.Add(read.Passing) },
        SignalKind.Gate => arming with { Beams = arming.Beams.Add(read.Passing) },
        _ => arming with { Guns = arming.Guns.Add(fact.Time) },
    };

    private static HeatRun Apply(HeatRun run, HeatFact fact, Recorded recorded, bool ownClocks) => fact switch
    {
        HeatOpened => run with { Phase = Phase.Open },
        HeatArmed => ForNewStart(run) with { Phase = Phase.Armed, Armings = run.Armings.Add(new Arming { OwnClocks = ownClocks }) },
        HeatDisarmed => run with { Phase = Phase.Open },
        HeatStarted started => run.WithArming(arming => arming with { StartedByOffice = started.Time }),
        HeatFinished => run with { FinishCalled = true },
        HeatRecalled recalled => Recall(run, recalled, recorded),
        HeatPublished => run with { Phase = Phase.Provisional },
        HeatCancelled cancelled => run with { Phase = Phase.Cancelled, Reason = cancelled.Reason },
        HeatPaused paused => run with { Paused = paused },
        HeatResumed => run with { Paused = null },
        HeatReviewed review => run with { Phase = Phase.Review, Reason = review.Reason },
        PassingAdded added => run with { Added = run.Added.Add((added.Bib, new Passing(recorded.At, Passing.Office, null, "", added.Time) { Skater = added.Skater })) },
        SkaterOnTrack word => run with { OnTrack = run.OnTrack.Add(word) },
        PassingVoided voided => run with { Voided = run.Voided.Add(voided.Passing) },
        FinishOrderSet order => run with { Order = order.Bibs, OrderBy = new OrderWord(recorded.Actor, order.Reason, recorded.At, recorded.RecordedAt) },
        ProtestFiled protest => run with { Phase = Phase.Review, Reason = $"Protest of {protest.From}: {protest.Reason}" },
        // REC-3: what was ratified was another time.
        TimeSet time => run with
        {
            Times = run.Times.SetItem(time.Bib, time.TimeMs), Reason = time.Reason, Ratified = [.. run.Ratified.Where(record => record.Bib != time.Bib)],
        },
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
        RecordRatified ratified => run with { Ratified = run.Ratified.Add((ratified.Bib, ratified.Mark)) },
        SprintJudged sprint => run with { Sprints = run.Sprints.SetItem(sprint.LapsToGo, sprint.Bibs) },
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    /// <summary>INC-3: a start that was recalled decides nothing of the next. What was given to a skater stays with him.</summary>
    private static HeatRun ForNewStart(HeatRun run) => run.Start is null ? run : run with
    {
        Order = [], OrderBy = null, Times = HeatRun.Scheduled.Times, PhotoFinish = null,
        Eliminations = [], Sprints = HeatRun.Scheduled.Sprints, Paused = null,
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
