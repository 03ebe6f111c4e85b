using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Published;

/// <summary>The programme of a meet, and what of it is on.</summary>
public static class MeetPublisher
{
    public static MeetHeader Header(Meet meet) => new(
        meet.Id, meet.Document.Name, meet.Document.Venue.Name, meet.Document.Venue.TimeZone, meet.Document.Rehearsal, Status(meet));

    /// <summary>scheduled until a heat has been opened, official once every round of every event is, running between.</summary>
    public static string Status(Meet meet) =>
        meet.Heats.Values.All(heat => heat.Run.Phase == Phase.Scheduled && heat.RunNumber == 1) ? "scheduled"
        : meet.Heats.Values.All(heat => heat.Run.Phase is Phase.Official or Phase.Cancelled) && IsDrawn(meet) ? "official"
        : "running";

    private static bool IsDrawn(Meet meet)
    {
        var heats = ByRound(meet);
        return meet.Document.Events.All(plan => plan.Rounds.All(round => heats.Contains((plan.Id, round.Id))));
    }

    /// <summary>All heats that are known, in the order of the programme: round by round as the document has the events.</summary>
    public static ImmutableArray<HeatLine> Programme(Meet meet)
    {
        var lines = ImmutableArray.CreateBuilder<HeatLine>();
        var byRound = ByRound(meet);
        foreach (var depth in Enumerable.Range(0, meet.Document.Events.Select(plan => plan.Rounds.Length).DefaultIfEmpty(0).Max()))
            foreach (var plan in meet.Document.Events.Where(plan => depth < plan.Rounds.Length))
            {
                var round = plan.Rounds[depth];
                var heats = byRound[(plan.Id, round.Id)].OrderBy(heat => heat.Number).ToList();
                foreach (var heat in heats)
                    lines.Add(new HeatLine(
                        heat.Id, plan.Id, plan.Name, round.Id, round.Name, heat.Number, heats.Count,
                        Words.Of(HeatStandings.StateOf(meet, heat)), lines.Count));
            }
        return lines.ToImmutable();
    }

    private static ILookup<(string Event, string Round), Heat> ByRound(Meet meet) => meet.Heats.Values.ToLookup(heat => (heat.Event, heat.Round));

    /// <summary>
    /// Whatever is on: the running heat, else the armed one, else the one touched last by the office among those that
    /// have been opened; before any of that, the first of the programme.
    /// </summary>
    public static Heat? HeatOn(Meet meet)
    {
        var opened = meet.Heats.Values.Where(heat => heat.Run.Phase != Phase.Scheduled).ToList();
        if (opened.Count == 0)
            return Programme(meet) is [var first, ..] ? meet.Heats[first.Id] : null;
        return opened
            .OrderByDescending(heat => HeatStandings.StateOf(meet, heat) switch { HeatStage.Running => 2, HeatStage.Armed => 1, _ => 0 })
            .ThenByDescending(heat => heat.TouchedAt)
            .First();
    }

    /// <summary>The heat that comes after this one: the first of the programme that nobody has opened.</summary>
    public static HeatLine? Next(Meet meet, Heat? on) =>
        Programme(meet).FirstOrDefault(line => line.State == "scheduled" && line.Id != on?.Id);
}
