using LiveSkate.Core.Meets;

namespace LiveSkate.Core;

/// <summary>Gun and recall go to the heat that was armed last, until its result is published (contract section 2).</summary>
internal static class TrackSignals
{
    public static Meet Apply(Meet meet, SignalGiven fact, Recorded recorded)
    {
        if (meet.Index.Source(fact.Source) is null)
            return meet;
        if (fact.Kind == SignalKind.Gate || Waiting(meet) is not { } heat)
            return meet with { StraySignals = meet.StraySignals.Add(new StraySignal(recorded.At, fact.Source, fact.Kind, fact.Time)) };
        return meet.Touch(meet, heat.Id, recorded, run => run.WithArming(arming => Hear(arming, fact, recorded, meet)));
    }

    private static Heat? Waiting(Meet meet) =>
        meet.ArmedLast is { } id && meet.Heats.TryGetValue(id, out var heat) && heat.Run.Phase == Phase.Armed ? heat : null;

    private static Arming Hear(Arming arming, SignalGiven fact, Recorded recorded, Meet meet) =>
        fact.Kind == SignalKind.Recall
            ? arming with { Recalls = arming.Recalls.Add(fact.Time) }
            : (arming with { Guns = arming.Guns.Add(fact.Time) }).WithServerStart(fact.Time, recorded, meet);
}
