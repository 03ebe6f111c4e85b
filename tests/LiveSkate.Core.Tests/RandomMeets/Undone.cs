using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>A day after which everything is taken back that can be.</summary>
internal static class Undone
{
    private const string Keep = "keep";

    /// <summary>
    /// Until nothing of it can be taken back any more. What is left then is left because the track has heard it, and the meet is as if the rest had
    /// never been said.
    /// </summary>
    public static void Everything(Day day, string id)
    {
        while (InForce(day.Venue.Meets[id]).Reverse().Select(at => day.Do(id, new Undo(at), next: Keep)).Any(decision => decision.Fact is not null))
        {
            // From the end again: what it depended on can go now.
        }
        var meet = day.Venue.Meets[id];
        var left = InForce(meet).ToList();
        foreach (var at in left)
            Broken.Unless(
                Office.Decide(day.Venue, id, new Undo(at), null, Keep).Refusal?.Code is RefusalCodes.SignalHeard or RefusalCodes.DependedOn,
                () => $"{at} is left: {Office.Decide(day.Venue, id, new Undo(at), null, Keep)}");
        Broken.Unless(left.Count == 0 || meet.Said.Any(said => said.First.Fact is TrackFact), () => $"{string.Join(' ', left)} cannot be undone, and the track has said nothing");
        Afterwards.Same("what is left after undoing everything", Afterwards.WithoutTrace(NeverSaid(day, id)), Afterwards.WithoutTrace(meet));
    }

    private static IEnumerable<long> InForce(Meet meet) => meet.Said
        .Where(said => said.InForce is { Fact: OfficeFact and not NextRoundSettled { Said: null } })
        .Select(said => said.InForceSince!.Value);

    /// <summary>The day without all that was taken back, and with what stands in its place.</summary>
    private static Meet NeverSaid(Day day, string id)
    {
        var said = LastSaid(day, id);
        return day.Journal
            .Select(row => row.Meet != id || row.Fact is not OfficeFact or MeetPut ? row : said.GetValueOrDefault(row.At))
            .OfType<Recorded>()
            .Aggregate(Venue.Empty, VenueFold.Apply).Meets[id];
    }

    /// <summary>What each word came to, also of those for which a document that was put later has no place: until then they were in force.</summary>
    private static Dictionary<long, Recorded?> LastSaid(Day day, string id)
    {
        var said = new Dictionary<long, Recorded?>();
        var venue = Venue.Empty;
        foreach (var row in day.Journal)
        {
            if (row is { Fact: MeetPut } && row.Meet == id)
                Remember(venue);
            venue = VenueFold.Apply(venue, row);
        }
        Remember(venue);
        return said;

        void Remember(Venue sofar)
        {
            foreach (var one in sofar.Meets.GetValueOrDefault(id)?.Said ?? [])
                said[one.At] = one.InForce;
        }
    }
}
