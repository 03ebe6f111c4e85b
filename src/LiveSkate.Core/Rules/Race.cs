using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules;

/// <summary>One heat, and all that the rules of its format look at.</summary>
/// <param name="Gun">Zero of the race; null before it.</param>
public sealed record Race(
    Meet Meet, Heat Heat, EventDocument Plan, RaceRule Rule, FormatProfile Profile, Course Course, bool FirstRound, DateTimeOffset? Gun)
{
    public HeatRun Run => Heat.Run;

    public static Race Of(Meet meet, Heat heat)
    {
        var plan = meet.EventOf(heat);
        var rule = RaceRules.Of(plan);
        var profile = rule.Profile(plan);
        var arming = heat.Run.Armings.IsEmpty ? null : heat.Run.Armings[^1];
        return new Race(
            meet, heat, plan, rule, profile, Course.Of(Distance(meet, plan), meet.Document.Venue.LapM, profile), plan.Rounds[0].Id == heat.Round,
            heat.Run.Phase is Phase.Scheduled or Phase.Open ? null : arming?.Start);
    }

    /// <summary>FMT-17: D belongs to the venue, and comes on top.</summary>
    private static decimal Distance(Meet meet, EventDocument plan) =>
        plan.DistanceM + (plan.Rules?.PlusD == true ? meet.Document.Venue.DM ?? 0 : 0);
}
