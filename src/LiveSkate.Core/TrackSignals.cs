using LiveSkate.Core.Meets;

namespace LiveSkate.Core;

/// <summary>Gun, gate and recall go to the heat that was armed last, until its result is published (contract section 2).</summary>
internal static class TrackSignals
{
    public static Meet Apply(Meet meet, SignalGiven fact, Recorded recorded)
    {
        if (meet.Index.Source(fact.Source) is not { } source)
            return meet;
        return Waiting(meet) is { } heat
            ? meet.Touch(meet, heat.Id, recorded, run => Hear(run, fact, source, recorded, meet))
            : meet with { StraySignals = meet.StraySignals.Add(new StraySignal(recorded.At, fact.Source, fact.Kind, fact.Time)) };
    }

    /// <summary>The waiting heat, where a chip read at the start is somebody's own start in it (TIM-6).</summary>
    public static Heat? StartedBy(Meet meet, Passing passing) =>
        Waiting(meet) is { } heat && heat.Run.Armings[^1].OwnClocks && meet.Index.SkaterOfChip(passing.Chip) is { } skater
        && meet.HeatsOfSkater.GetValueOrDefault(skater, []).Contains(heat.Id)
            ? heat
            : null;

    public static Meet Start(Meet meet, Heat heat, Passing passing, Recorded recorded) =>
        meet.Touch(meet, heat.Id, recorded, run => Started(run, passing, recorded, meet));

    private static Heat? Waiting(Meet meet) =>
        meet.ArmedLast is { } id && meet.Heats.TryGetValue(id, out var heat) && heat.Run.Phase == Phase.Armed ? heat : null;

    private static HeatRun Hear(HeatRun run, SignalGiven fact, SourceDocument source, Recorded recorded, Meet meet)
    {
        var read = new Passing(recorded.At, source.Id, source.Role == SourceRole.Split ? source.AtM : null, "", fact.Time) { Line = source.Line };
        return fact.Kind switch
        {
            SignalKind.Recall => run.WithArming(arming => arming with { Recalls = arming.Recalls.Add(fact.Time) }),
            SignalKind.Gate when source.Role == SourceRole.Start => Started(run, read, recorded, meet),
            SignalKind.Gate => run.WithArming(arming => arming with { Beams = arming.Beams.Add(read) }),
            _ => run.WithArming(arming => arming with { Guns = arming.Guns.Add(fact.Time) }).WithServerStart(fact.Time, recorded, meet),
        };
    }

    private static HeatRun Started(HeatRun run, Passing read, Recorded recorded, Meet meet)
    {
        var started = run.WithArming(arming => arming with { Starts = arming.Starts.Add(read) });
        return run.Armings[^1].OwnClocks ? started.WithServerStart(read.Time, recorded, meet) : started;
    }
}
