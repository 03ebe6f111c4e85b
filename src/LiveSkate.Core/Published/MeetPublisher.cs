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

    private static bool IsDrawn(Meet meet) => meet.Document.Events.All(plan => plan.Rounds.All(round => meet.HeatsOf(plan.Id, round.Id).Count > 0));

    /// <summary>All heats that are known, in the order of the programme: round by round as the document has the events.</summary>
    public static IEnumerable<HeatLine> Programme(Meet meet)
    {
        var order = 0;
        var rounds = meet.Document.Events.Select(plan => plan.Rounds.Length).DefaultIfEmpty(0).Max();
        for (var depth = 0; depth < rounds; depth++)
            foreach (var plan in meet.Document.Events)
            {
                if (depth >= plan.Rounds.Length)
                    continue;
                var round = plan.Rounds[depth];
                var heats = meet.HeatsOf(plan.Id, round.Id);
                foreach (var heat in heats)
                    yield return new HeatLine(
                        heat.Id, plan.Id, plan.Name, round.Id, round.Name, heat.Number, heats.Count, Words.Of(HeatStandings.StateOf(meet, heat)), order++);
            }
    }

    /// <summary>
    /// Whatever is on: the running heat, else the armed one, else the one of which something was said last among those that
    /// have been opened; before any of that, the first of the programme. Who warms up brings no old heat back: a passing says nothing.
    /// </summary>
    public static Heat? HeatOn(Meet meet)
    {
        (int Now, Heat Heat)? on = null;
        foreach (var (_, heat) in meet.Heats)
            if (heat.Run.Phase != Phase.Scheduled)
            {
                var now = HeatStandings.StateOf(meet, heat) switch { HeatStage.Running => 2, HeatStage.Armed => 1, _ => 0 };
                if (on is not { } best || now > best.Now || (now == best.Now && SaidAt(heat) > SaidAt(best.Heat)))
                    on = (now, heat);
            }
        return on?.Heat ?? (Programme(meet).FirstOrDefault() is { } first ? meet.Heats[first.Id] : null);
    }

    private static long SaidAt(Heat heat) => heat.Record.Count > 0 ? heat.Record[^1].At : 0;

    /// <summary>The heat that comes after this one: the first of the programme that nobody has opened.</summary>
    public static HeatLine? Next(Meet meet, Heat? on) =>
        Programme(meet).FirstOrDefault(line => line.State == "scheduled" && line.Id != on?.Id);
}
