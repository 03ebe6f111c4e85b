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
        var (plan, rule, profile, course) = meet.Index.SettingOf(heat.Event);
        return new Race(
            meet, heat, plan, rule, profile, course, plan.Rounds[0].Id == heat.Round, heat.Run.Phase is Phase.Scheduled or Phase.Open ? null : heat.Run.Start);
    }

    /// <summary>
    /// LAP-3: 1 or 2 where the skaters start at opposite lines, each timed at his own: the first of the start list at line 1, the second at
    /// line 2. Null: one line for all.
    /// </summary>
    public int? LineOf(string bib) =>
        LinesOf(Meet, Plan) is > 1 and var lines ? Heat.Bibs.IndexOf(bib) % lines + 1 : null;

    /// <summary>LAP-3: how many lines there are to start from in an event, each with a finish of its own.</summary>
    public static int LinesOf(Meet meet, EventDocument plan) =>
        RaceRules.Of(plan) is { HasOwnClocks: true } rule ? rule.Profile(plan).Lines ?? (meet.Index.HasTwoLines ? 2 : 1) : 1;

    /// <summary>Lane or line; null where all start together.</summary>
    public int? LaneOf(string bib) => LineOf(bib) ?? (Profile.Lanes ? Heat.Bibs.IndexOf(bib) + 1 : null);

    /// <summary>A reading as it looks from somebody's own line: there, or so many metres after it. Null: it says nothing.</summary>
    public Passing? From(int? ownLine, Passing passing)
    {
        if (!Meet.Index.HasLines || passing is { AtM: null, Line: null })
            return passing;
        var half = Course.LapM / 2;
        // Where a source watches no line of its own, its place is told from line 1.
        var fromFirst = (passing.AtM ?? 0) + (passing.Line == 2 ? half : 0);
        var atM = (fromFirst + (ownLine == 2 ? half : 0)) % Course.LapM;
        return atM != 0 ? passing with { AtM = atM } : passing.AtM is null ? passing : null;
    }
}
