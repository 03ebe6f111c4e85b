using LiveSkate.Core.Meets;

namespace LiveSkate.Core;

/// <summary>Gun, gate and recall go to the heat that was armed last, until its result is published (contract section 2).</summary>
internal static class TrackSignals
{
    public static Meet Apply(Meet meet, SignalGiven fact, Recorded recorded) =>
        meet.Index.Source(fact.Source) is null ? meet
        : Waiting(meet) is { } heat ? meet.With(HeatFold.Apply(meet, heat, recorded))
        : meet with { StraySignals = meet.StraySignals.Add(new StraySignal(recorded.At, fact.Source, fact.Kind, fact.Time)) };

    /// <summary>A chip read at the start is somebody's own start in the waiting heat (TIM-6), or a stray.</summary>
    public static Meet Apply(Meet meet, PassingRead fact, Recorded recorded) =>
        StartedBy(meet, fact) is { } heat
            ? meet.With(HeatFold.Apply(meet, heat, recorded))
            : meet with { StrayPassings = meet.StrayPassings.Add(Passings.Placed(meet, fact, recorded)) };

    /// <summary>A signal as a reading of its place.</summary>
    public static (SourceRole Role, Passing Passing) Reading(Meet meet, SignalGiven fact, Recorded recorded)
    {
        var source = meet.Index.Source(fact.Source)!;
        return (source.Role, Passings.Placed(meet, new Passing(recorded.At, source.Id, null, "", fact.Time)));
    }

    /// <summary>Which start of which heat would hear it; null for none.</summary>
    public static (string Heat, int Run, int Start)? HeardBy(Meet meet, Fact fact) => fact switch
    {
        SignalGiven => Waiting(meet),
        PassingRead passing => StartedBy(meet, passing),
        _ => null,
    } is { } heat ? (heat.Id, heat.RunNumber, heat.Run.Armings.Length) : null;

    private static Heat? StartedBy(Meet meet, PassingRead fact) =>
        Waiting(meet) is { } heat && heat.Run.Armings[^1].OwnClocks && meet.WearerOf(fact.Chip, fact.Time) is { } skater
        && meet.HeatsOfSkater.GetValueOrDefault(skater, []).Contains(heat.Id)
            ? heat
            : null;

    private static Heat? Waiting(Meet meet) =>
        meet.ArmedLast is { } id && meet.Heats.TryGetValue(id, out var heat) && heat.Run.Phase == Phase.Armed ? heat : null;
}
