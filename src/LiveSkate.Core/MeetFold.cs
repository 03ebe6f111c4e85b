using System.Collections.Immutable;
using System.Diagnostics;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core;

/// <summary>
/// What the facts make of a meet. Never fails and never throws: a fact that does not fit becomes state that the
/// operator can see.
/// </summary>
public static class MeetFold
{
    public static Meet Start(string id, MeetDocument document, Recorded recorded)
    {
        var meet = new Meet { Id = id, Document = document, Index = new MeetIndex(document), At = recorded.At, OfficeAt = recorded.At };
        foreach (var plan in document.Events)
            foreach (var round in plan.Rounds)
                foreach (var heat in round.Heats.Known)
                    meet = meet.WithHeat(
                        new Heat(heat.Id, plan.Id, round.Id, heat.Number, heat.Bibs, [HeatRun.Scheduled], recorded.At, recorded.RecordedAt));
        return meet;
    }

    public static Meet Apply(Meet meet, Recorded recorded)
    {
        var after = recorded.Fact switch
        {
            PassingRead fact => Read(meet, fact, recorded),
            SignalGiven fact => TrackSignals.Apply(meet, fact, recorded),
            FinishRead fact => Read(meet, fact, recorded),
            SourceReported or MessageRejected => meet,
            MeetPut fact => Replace(meet, fact.Document, recorded),
            HeatFact fact => HeatFold.Apply(meet, fact, recorded) with { OfficeAt = recorded.At },
            RoundFact fact => Apply(meet, fact, recorded) with { OfficeAt = recorded.At },
            _ => throw new UnreachableException(recorded.Fact.GetType().Name),
        };
        return after.At == recorded.At ? after : after with { At = recorded.At };
    }

    private static Meet Read(Meet meet, PassingRead fact, Recorded recorded)
    {
        var source = meet.Index.Source(fact.Source);
        var passing = Placed(meet, new Passing(recorded.At, fact.Source, null, fact.Chip, fact.Time));
        if (source?.Role == SourceRole.Start && TrackSignals.StartedBy(meet, passing) is { } starting)
            return TrackSignals.Start(meet, starting, passing, recorded);
        if (Skater(meet, passing) is not { } skater || Owner(meet, skater, passing.Time) is not { } id)
            return Keep(meet, passing);
        var heat = meet.Heats[id];
        // All in one copy: this is what happens all day.
        var after = meet with
        {
            At = recorded.At,
            Passings = meet.Passings.SetItem(skater, meet.PassingsOf(skater).Add(passing)),
            Heats = meet.Heats.SetItem(id, heat.Touched(heat.Run.WithServerStart(passing.Time, recorded, meet), recorded)),
        };
        return after.CountVersion(meet, id);
    }

    /// <summary>With whoever wears the chip, in order of time; a loop that times nothing and a chip that nobody wears make a stray.</summary>
    private static Meet Keep(Meet meet, Passing passing) =>
        Skater(meet, passing) is { } skater
            ? meet with { Passings = meet.Passings.SetItem(skater, meet.PassingsOf(skater).Add(passing)) }
            : meet with { StrayPassings = meet.StrayPassings.Add(passing) };

    private static string? Skater(Meet meet, Passing passing) =>
        meet.Index.Source(passing.Source) is null or { Role: SourceRole.Start } ? null : meet.Index.SkaterOfChip(passing.Chip);

    private static Passing Placed(Meet meet, Passing passing) => meet.Index.Source(passing.Source) is not { } source
        ? passing
        : passing with { AtM = source.Role == SourceRole.Split ? source.AtM : null, Line = source.Line };

    /// <summary>What was read before the document was put again is not lost: the chips may have other wearers now.</summary>
    private static Meet Replace(Meet meet, MeetDocument document, Recorded recorded)
    {
        var read = meet.Passings.Values.SelectMany(passings => passings).Concat(meet.StrayPassings).OrderBy(passing => passing.At);
        var after = Start(meet.Id, document, recorded) with { StraySignals = meet.StraySignals };
        return read.Aggregate(after, (sofar, passing) => Keep(sofar, Placed(after, passing)));
    }

    /// <summary>The heat run in which the skater is entered and whose gun is the last at or before that time.</summary>
    internal static string? Owner(Meet meet, string skater, DateTimeOffset time)
    {
        (DateTimeOffset Start, string Heat)? best = null;
        foreach (var id in meet.HeatsOfSkater.GetValueOrDefault(skater, []))
            foreach (var run in meet.Heats[id].Runs)
                foreach (var arming in run.Armings)
                    if (run.StartOf(arming) is { } start && start <= time && (best is null || start > best.Value.Start))
                        best = (start, id);
        return best?.Heat;
    }

    private static Meet Read(Meet meet, FinishRead fact, Recorded recorded) =>
        !meet.Heats.TryGetValue(fact.Heat, out var heat) || heat.Run.SealedAt is not null || heat.Run.PhotoFinish?.Revision >= fact.Revision
            ? meet
            : meet.Touch(meet, fact.Heat, recorded, run => run with { PhotoFinish = fact });

    private static Meet Apply(Meet meet, RoundFact fact, Recorded recorded) => fact switch
    {
        DrawProposed proposed => meet with { Proposals = meet.Proposals.SetItem((fact.Event, fact.Round), proposed) },
        DrawConfirmed confirmed => Draw(meet, confirmed, recorded),
        SkaterAdvanced or SkaterWithdrawn => meet with { JuryMoves = meet.JuryMoves.Add(fact) },
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    private static Meet Draw(Meet meet, DrawConfirmed draw, Recorded recorded)
    {
        foreach (var old in meet.HeatsOf(draw.Event, draw.Round).ToList())
            meet = meet.WithoutHeat(old);
        for (var i = 0; i < draw.Heats.Length; i++)
            meet = meet.WithHeat(new Heat(
                DrawnHeatId(draw.Event, draw.Round, i + 1), draw.Event, draw.Round, i + 1, draw.Heats[i], [HeatRun.Scheduled],
                recorded.At, recorded.RecordedAt));
        return meet with { Proposals = meet.Proposals.Remove((draw.Event, draw.Round)) };
    }

    public static string DrawnHeatId(string @event, string round, int number) => $"{@event}-{round}-{number}";

    internal static Meet WithHeat(this Meet meet, Heat heat)
    {
        var heatsOf = meet.HeatsOfSkater.ToBuilder();
        foreach (var skater in SkatersOf(meet, heat))
            heatsOf[skater] = heatsOf.GetValueOrDefault(skater, []).Add(heat.Id);
        return meet with { Heats = meet.Heats.SetItem(heat.Id, heat), HeatsOfSkater = heatsOf.ToImmutable() };
    }

    private static Meet WithoutHeat(this Meet meet, Heat heat)
    {
        var heatsOf = meet.HeatsOfSkater.ToBuilder();
        foreach (var skater in SkatersOf(meet, heat))
            heatsOf[skater] = heatsOf[skater].Remove(heat.Id);
        return meet with { Heats = meet.Heats.Remove(heat.Id), HeatsOfSkater = heatsOf.ToImmutable() };
    }

    /// <summary>Everybody on the track in a heat, by id: of a team, each of its members.</summary>
    private static IEnumerable<string> SkatersOf(Meet meet, Heat heat) =>
        heat.Bibs.SelectMany(bib => meet.CompetitorOf(heat, bib).Members).Select(skater => skater.Id);

    /// <summary>Changes the newest run of a heat, and counts a version where the public can see the difference.</summary>
    internal static Meet Touch(this Meet after, Meet before, string id, Recorded recorded, Func<HeatRun, HeatRun> change)
    {
        var heat = after.Heats[id];
        after = after with { At = recorded.At, Heats = after.Heats.SetItem(id, heat.Touched(change(heat.Run), recorded)) };
        return after.CountVersion(before, id);
    }

    private static Meet CountVersion(this Meet after, Meet before, string id)
    {
        var (was, now) = (before.Heats[id], after.Heats[id]);
        var alreadyCounted = now.Run.Version != was.Run.Version;
        return now.Run.Version == 0 || alreadyCounted || !now.Run.IsPublished
            || HeatStandings.Of(before, was).ReadsLike(HeatStandings.Of(after, now))
            ? after
            : after with { Heats = after.Heats.SetItem(id, now.With(now.Run with { Version = now.Run.Version + 1 })) };
    }

    private static Heat Touched(this Heat heat, HeatRun run, Recorded recorded) =>
        heat with { Runs = heat.With(run).Runs, TouchedAt = recorded.At, TouchedOn = recorded.RecordedAt };

    /// <summary>
    /// A message cannot come before it happened, so every message of a start says how late the clock's zero can be at
    /// most; the earliest wins. A reading more than five seconds off is a decoder with a wrong clock, and is left out.
    /// </summary>
    internal static HeatRun WithServerStart(this HeatRun run, DateTimeOffset time, Recorded recorded, Meet meet)
    {
        if (run.Armings is not [.., var arming] || run.StartOf(arming) is not { } start || time < start)
            return run;
        var zero = recorded.RecordedAt - (time - start) / (double)meet.Document.Rate;
        return arming.StartOnServer is { } known && (zero >= known || known - zero > TimeSpan.FromSeconds(5))
            ? run
            : run.WithArming(last => last with { StartOnServer = zero });
    }
}
