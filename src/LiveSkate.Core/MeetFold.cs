using System.Diagnostics;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core;

/// <summary>
/// What the facts make of a meet. Never fails and never throws: a fact that does not fit becomes state that the
/// operator can see.
/// </summary>
public static class MeetFold
{
    public static Meet Start(string id, MeetDocument document, Recorded recorded)
    {
        var meet = new Meet
        {
            Id = id, Document = document, Index = new MeetIndex(document), PutAt = recorded.At, At = recorded.At, OfficeAt = recorded.At,
        };
        meet = RoundFold.WithPlannedHeats(meet, recorded.At, recorded.RecordedAt);
        return meet with { Touched = [.. meet.Heats.Keys] };
    }

    public static Meet Apply(Meet meet, Recorded recorded)
    {
        if (recorded.Fact is PassingRead passing && meet.Index.Source(passing.Source)?.Role != SourceRole.Start)
            return Passings.Read(meet, passing, recorded);
        if (recorded.Fact is SourceReported or MessageRejected)
            return meet with { At = recorded.At, Touched = [] };
        var after = recorded.Fact switch
        {
            MeetPut fact => MeetReplacement.Of(meet, fact.Document, recorded),
            CommandUndone fact => Undoing.Apply(meet, fact, recorded),
            NextRoundSettled { Said: CommandUndone fact } settled => Undoing.Apply(meet, fact, recorded, settled),
            _ => Trace.Of(meet, Step(meet, recorded) with { Said = meet.Said.Add(Said.Of(recorded)) }, recorded),
        };
        return after with
        {
            At = recorded.At,
            OfficeAt = recorded.Fact is OfficeFact ? recorded.At : meet.OfficeAt,
            Touched = [.. Trace.HeatsOf(meet, after, recorded.Fact).Where(heat => heat.TouchedAt == recorded.At).Select(heat => heat.Id)],
        };
    }

    /// <summary>What one fact says, without the trace that it leaves.</summary>
    internal static Meet Step(Meet meet, Recorded recorded) => recorded.Fact switch
    {
        HeatFact fact => Apply(meet, fact, recorded),
        RoundFact fact => RoundFold.Apply(meet, fact, recorded),
        TransponderAssigned fact => TransponderFold.Apply(meet, fact, recorded),
        NextRoundSettled fact => RoundFold.Settle(fact.Said is { } said ? Step(meet, recorded with { Fact = said }) : meet, fact),
        SignalGiven fact => TrackSignals.Apply(meet, fact, recorded),
        PassingRead fact => TrackSignals.Apply(meet, fact, recorded),
        FinishRead fact => meet.Heats.TryGetValue(fact.Heat, out var heat) ? meet.With(HeatFold.Apply(meet, heat, recorded)) : meet,
        _ => throw new UnreachableException(recorded.Fact.GetType().Name),
    };

    private static Meet Apply(Meet meet, HeatFact fact, Recorded recorded)
    {
        if (!meet.Heats.TryGetValue(fact.Heat, out var heat))
            return meet;
        var after = meet.With(HeatFold.Apply(meet, heat, recorded));
        return fact switch
        {
            HeatArmed => after with { ArmedAt = recorded.At, ArmedLast = fact.Heat },
            HeatDisarmed or HeatAnnulled when meet.ArmedLast == fact.Heat => after with { ArmedLast = null },
            _ => after,
        };
    }

    internal static Meet With(this Meet meet, Heat heat) => meet with { Heats = meet.Heats.SetItem(heat.Id, heat), Era = meet.Era.With(meet, heat) };
}
