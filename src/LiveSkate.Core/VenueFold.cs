using LiveSkate.Core.Meets;

namespace LiveSkate.Core;

/// <summary>Which meets a fact concerns. What the office did concerns its own; what the track says, every meet that knows the source.</summary>
public static class VenueFold
{
    public static Venue Apply(Venue venue, Recorded recorded)
    {
        var after = recorded.Fact switch
        {
            MeetPut put when venue.Find(recorded.Meet!) is null =>
                venue with { Meets = venue.Meets.SetItem(recorded.Meet!, MeetFold.Start(recorded.Meet!, put.Document, recorded)) },
            OfficeFact => ApplyTo(venue, recorded.Meet!, recorded),
            SignalGiven signal => HearSignal(venue, signal, recorded),
            TrackFact track => ApplyToAll(venue, track, recorded),
            MessageRejected => venue.WithRejected(recorded),
            _ => venue,
        };
        return after with
        {
            At = recorded.At,
            ArmedLast = recorded.Fact switch
            {
                HeatArmed => recorded.Meet,
                CommandUndone or NextRoundSettled => after.Meets.Values.Where(meet => meet.HasStarted).MaxBy(meet => meet.ArmedAt)?.Id,
                _ => after.ArmedLast,
            },
        };
    }

    /// <summary>Simulated readings count only in a rehearsal.</summary>
    public static bool Hears(Meet meet, TrackFact fact) =>
        meet.Index.Source(fact.Source) is not null && (!fact.Sim || meet.Document.Rehearsal);

    private static Venue HearSignal(Venue venue, SignalGiven signal, Recorded recorded) =>
        venue.ArmedLast is { } id && Hears(venue.Meets[id], signal)
            ? ApplyTo(venue, id, recorded)
            : ApplyToAll(venue, signal, recorded);

    private static Venue ApplyToAll(Venue venue, TrackFact fact, Recorded recorded)
    {
        var meets = venue.Meets;
        foreach (var (id, meet) in venue.Meets)
            if (Hears(meet, fact))
                meets = meets.SetItem(id, MeetFold.Apply(meet, recorded));
        return venue with { Meets = meets };
    }

    private static Venue ApplyTo(Venue venue, string meet, Recorded recorded) =>
        venue.Meets.TryGetValue(meet, out var before)
            ? venue with { Meets = venue.Meets.SetItem(meet, MeetFold.Apply(before, recorded)) }
            : venue;
}
