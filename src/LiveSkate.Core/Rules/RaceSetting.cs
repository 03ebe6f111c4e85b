using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules;

/// <summary>What the document makes of an event: the rule of its format, the settings, the course.</summary>
public sealed record RaceSetting(EventDocument Plan, RaceRule Rule, FormatProfile Profile, Course Course)
{
    public static RaceSetting Of(VenueDocument venue, EventDocument plan)
    {
        var rule = RaceRules.Of(plan);
        var profile = rule.Profile(plan);
        return new RaceSetting(plan, rule, profile, Course.Of(Distance(venue, plan), profile.LapM ?? venue.LapM, profile));
    }

    /// <summary>FMT-17: D belongs to the venue, and comes on top.</summary>
    private static decimal Distance(VenueDocument venue, EventDocument plan) =>
        plan.DistanceM + (plan.Rules?.PlusD == true ? venue.DM ?? 0 : 0);
}
