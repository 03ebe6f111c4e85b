using System.Collections.Immutable;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core;

/// <summary>
/// A meet as if something had never been said, or something else at that moment: everything but the passings is made anew from what
/// counts. What it leaves behind stays: the record, the versions.
/// </summary>
internal static class Undoing
{
    public static Meet Apply(Meet meet, CommandUndone fact, Recorded recorded)
    {
        var index = meet.Said.FindIndex(said => said.CanUndo(fact.At));
        if (index < 0)
            return meet;
        var after = Anew(meet, meet.Said.SetItem(index, meet.Said[index].With(fact.At, fact.By, recorded)));
        return Trace.Of(meet, after, recorded);
    }

    private static Meet Anew(Meet meet, ImmutableList<Said> said)
    {
        var after = said.Select(one => one.InForce).OfType<Recorded>().Aggregate(Start(meet), MeetFold.Step);
        return after with
        {
            Said = said,
            Former = meet.Former.SetItems(meet.Heats.Where(heat => !after.Heats.ContainsKey(heat.Key))),
            Heats = after.Heats.SetItems(after.Heats.Where(heat => meet.Heats.ContainsKey(heat.Key)).Select(
                heat => KeyValuePair.Create(heat.Key, heat.Value with
                {
                    TouchedAt = meet.Heats[heat.Key].TouchedAt, TouchedOn = meet.Heats[heat.Key].TouchedOn,
                }))),
        };
    }

    /// <summary>The meet when its document was put, with what was read since; whatever heat there was goes on with its trace.</summary>
    internal static Meet Start(Meet meet) => RoundFold.WithPlannedHeats(
        new Meet
        {
            Id = meet.Id, Document = meet.Document, Index = meet.Index, PutAt = meet.PutAt, At = meet.At, OfficeAt = meet.OfficeAt,
            Passings = meet.Passings, StrayPassings = meet.StrayPassings.FindAll(passing => passing.At < meet.PutAt || !IsSaid(meet, passing)),
            StraySignals = meet.StraySignals.FindAll(signal => signal.At < meet.PutAt),
            Former = meet.Former.SetItems(meet.Heats),
        },
        meet.PutAt, default);

    /// <summary>Chips read at the start are told anew, for which heat they are follows from what is said.</summary>
    private static bool IsSaid(Meet meet, Passing passing) => meet.Index.Source(passing.Source)?.Role == SourceRole.Start;
}
