using System.Collections.Immutable;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core;

/// <summary>
/// A meet as if something had never been said, or something else at that moment: everything but the passings is made anew from what
/// counts. What it leaves behind stays: the record, the versions.
/// </summary>
internal static class Undoing
{
    /// <param name="settled">What was said with the undo of the rounds that had begun; null where nothing had to be.</param>
    public static Meet Apply(Meet meet, CommandUndone fact, Recorded recorded, NextRoundSettled? settled = null)
    {
        var index = meet.Said.FindIndex(said => said.CanUndo(fact.At));
        if (index < 0)
            return meet;
        var said = meet.Said.SetItem(index, meet.Said[index].With(fact.At, fact.By, recorded));
        // What was said of the next rounds with an undo goes with it.
        if (said.FindIndex(one => one.At == fact.At && one.First.Fact is NextRoundSettled { Said: null }) is >= 0 and var with)
            said = said.SetItem(with, said[with].With(fact.At, null, recorded));
        if (settled is not null)
            said = said.Add(Said.Of(recorded with { Fact = settled with { Said = null } }));
        return Trace.Of(meet, Anew(meet, said), recorded);
    }

    private static Meet Anew(Meet meet, ImmutableList<Said> said)
    {
        var after = said.Select(one => one.InForce).OfType<Recorded>().Aggregate(Start(meet), MeetFold.Step);
        return after with
        {
            Said = said,
            Former = after.Former.SetItems(meet.Heats.Where(heat => !after.Heats.ContainsKey(heat.Key) && !after.Former.ContainsKey(heat.Key)).Select(TraceOf)),
            Heats = after.Heats.SetItems(after.Heats.Where(heat => meet.Heats.ContainsKey(heat.Key)).Select(
                heat => KeyValuePair.Create(heat.Key, heat.Value with
                {
                    TouchedAt = meet.Heats[heat.Key].TouchedAt, TouchedOn = meet.Heats[heat.Key].TouchedOn,
                    Versions = meet.Heats[heat.Key].Versions, StartsOnServer = meet.Heats[heat.Key].StartsOnServer,
                }))),
        };
    }

    private static KeyValuePair<string, Heat> TraceOf(KeyValuePair<string, Heat> heat) =>
        KeyValuePair.Create(heat.Key, heat.Value with { Runs = [HeatRun.Scheduled], Record = [] });

    /// <summary>The meet when its document was put, with what was read since; whatever heat there was goes on with its trace.</summary>
    internal static Meet Start(Meet meet) => RoundFold.WithPlannedHeats(
        TransponderFold.Unsaid(new Meet
        {
            Id = meet.Id, Document = meet.Document, Index = meet.Index, PutAt = meet.PutAt, At = meet.At, OfficeAt = meet.OfficeAt,
            Passings = meet.Passings, StrayPassings = ArrivalLog.Of(meet.StrayPassings.Where(passing => passing.At < meet.PutAt || !IsSaid(meet, passing))),
            StraySignals = meet.StraySignals.FindAll(signal => signal.At < meet.PutAt),
            Worn = meet.Worn,
            Former = meet.Former.SetItems(meet.Former.Select(TraceOf)),
        }),
        meet.PutAt, default);

    /// <summary>Chips read at the start are told anew, for which heat they are follows from what is said.</summary>
    private static bool IsSaid(Meet meet, Passing passing) => meet.Index.Source(passing.Source)?.Role == SourceRole.Start;
}
