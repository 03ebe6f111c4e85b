using LiveSkate.Core.Rules;
using LiveSkate.Core.Rules.LongRaces;

namespace LiveSkate.Core.Meets;

/// <summary>Whether what an event's document says of its rules makes sense.</summary>
internal static class RuleCheck
{
    /// <param name="add">Is told path, code and sentence of each fault.</param>
    public static void Check(MeetDocument document, EventDocument plan, string path, Action<string, string, string> add)
    {
        CheckRecords(plan, path, add);
        path += ".rules";
        CheckLaps(document, plan, path, add);
        if (plan.Rules is not { } rules)
            return;
        OneOf("blockRank", rules.BlockRank, "time", "placeThenTime", "sharedPlace");
        OneOf("dnfSameHeat", rules.DnfSameHeat, "shared", "byLapsThenTime");
        OneOf("tieAtTimeCut", rules.TieAtTimeCut, "allAdvance", "none");
        OneOf("elimination.ranked", rules.Elimination?.Ranked, "individual", "shared");
        OneOf("dnsInCombined", rules.DnsInCombined, "zero", "out");
        OneOf("scoring", rules.Scoring, "placePoints", "sumOfPlaces");
        if (rules.LapM is { } lap and (< 20 or > 100_000))
            add($"{path}.lapM", "out-of-range", $"{lap} is not between 20 and 100000 metres.");
        AtLeast("unresolvedMs", rules.UnresolvedMs, 0);
        AtLeast("falseStarts", rules.FalseStarts, 0);
        AtLeast("protestMinutes", rules.ProtestMinutes, 0);
        AtLeast("warnings", rules.Warnings, 0);
        AtLeast("leastLapMs", rules.LeastLapMs, 1);
        AtLeast("lines", rules.Lines, 1);
        AtLeast("counts", rules.Counts, 1);
        if (rules.TimeDigits is { } digits and not (0 or 3))
            add($"{path}.timeDigits", "out-of-range", $"{digits} is not 0 or 3.");
        AtLeast("sprints.everyLaps", rules.Sprints?.EveryLaps, 1);
        AtLeast("elimination.everyLaps", rules.Elimination?.EveryLaps, 1);
        AtLeast("elimination.survivors", rules.Elimination?.Survivors, 1);
        AtLeast("elimination.first", rules.Elimination?.First, 1);
        AtLeast("elimination.last", rules.Elimination?.Last, 0);
        NotNegative("sprints.fromM", rules.Sprints?.FromM);
        NotNegative("elimination.fromM", rules.Elimination?.FromM);
        CheckFormat(plan, rules, path, add);
        // PTS-6: there are no negative points.
        foreach (var points in (rules.Sprints?.Points ?? []).Concat(rules.Sprints?.LastPoints ?? []))
            AtLeast("sprints", points, 0);
        if (rules.PlusD == true && document.Venue.DM is null)
            add($"{path}.plusD", "missing", "The venue does not say its D (venue.dM).");
        foreach (var other in rules.Of ?? [])
            if (document.Events.All(known => known.Id != other || known.Id == plan.Id))
                add($"{path}.of", "unknown-event", $"There is no other event {other}.");

        void OneOf(string member, string? value, params string[] known)
        {
            if (value is not null && !known.Contains(value, StringComparer.Ordinal))
                add($"{path}.{member}", "out-of-range", $"\"{value}\" is not one of {string.Join(", ", known)}.");
        }

        void NotNegative(string member, decimal? metres)
        {
            if (metres < 0)
                add($"{path}.{member}", "out-of-range", $"{metres} metres is less than 0.");
        }

        void AtLeast(string member, int? value, int least)
        {
            if (value < least)
                add($"{path}.{member}", "out-of-range", $"{value} is less than {least}.");
        }
    }

    /// <summary>A rule of another format would be passed over unseen.</summary>
    private static void CheckFormat(EventDocument plan, RuleDocument rules, string path, Action<string, string, string> add)
    {
        if (!RaceRules.Names.Contains(plan.Format))
            return;
        var (rule, profile) = (RaceRules.Of(plan), RaceRules.Of(plan).Profile(plan));
        if (rules.Sprints is not null && profile.Sprints is null)
            add($"{path}.sprints", "out-of-range", $"A {plan.Format} has no sprints for points.");
        if (rules.Elimination is not null && profile.Elimination is null)
            add($"{path}.elimination", "out-of-range", $"Nobody goes out of a {plan.Format}.");
        if ((rules.Scoring ?? rules.DnsInCombined) is not null && !rule.IsRanking)
            add($"{path}.{(rules.Scoring is null ? "dnsInCombined" : "scoring")}", "out-of-range", $"A {plan.Format} adds up no other events.");
    }

    /// <summary>What is said of single laps, by the event or by its format.</summary>
    private static void CheckLaps(MeetDocument document, EventDocument plan, string path, Action<string, string, string> add)
    {
        if (!RaceRules.Names.Contains(plan.Format) || (plan.Rules?.LapM ?? document.Venue.LapM) < MeetCheck.LeastLapM || plan.DistanceM is < 1 or > MeetCheck.MostM)
            return;
        var (_, _, profile, course) = RaceSetting.Of(document.Venue, plan);
        foreach (var toGo in plan.Rules?.Sprints?.AtLapsToGo ?? [])
            if (toGo < 0 || toGo >= course.Laps)
                add($"{path}.sprints.atLapsToGo", "out-of-range", $"{toGo} is not between 0 and {course.Laps - 1} laps to go.");
        if (profile.Elimination is not { EveryLaps: > 0, Survivors: > 0 } elimination)
            return;
        var laps = EliminationSchedule.Laps(elimination, course).ToList();
        foreach (var two in elimination.Doubles)
            if (!laps.Any(lap => lap.LapsToGo == two))
                add($"{path}.elimination.doubles", "out-of-range", $"Nobody goes out at {two} laps to go, so two cannot.");
        foreach (var heat in plan.Rounds.SelectMany(round => round.Heats.Known))
            if (EliminationSchedule.LeftOver(elimination, course, heat.Bibs.Length) is > 0 and var more)
                add($"{path}.elimination", "out-of-range",
                    $"{heat.Id}: {heat.Bibs.Length} starters and {elimination.Survivors} survivors leave {more} more than the {laps.Count} elimination laps take out (ELI-4).");
    }

    private static void CheckRecords(EventDocument plan, string path, Action<string, string, string> add)
    {
        var marks = plan.Records ?? [];
        for (var i = 0; i < marks.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(marks[i].Kind))
                add($"{path}.records[{i}].kind", "missing", "It is empty.");
            if (marks[i].TimeMs <= 0)
                add($"{path}.records[{i}].timeMs", "out-of-range", $"{marks[i].TimeMs} ms is no time.");
            if (plan.Rules?.PlusD == true && marks[i].Kind != Rules.Records.OfTrack)
                add($"{path}.records[{i}].kind", "out-of-range", "A distance with D differs from track to track: only a track record (TR) can be compared (REC-5).");
        }
        for (var i = 0; i < plan.Entries.Length; i++)
            if (plan.Entries[i].PbMs <= 0 || plan.Entries[i].SbMs <= 0)
                add($"{path}.entries[{i}]", "out-of-range", "A best time is more than 0 ms.");
    }
}
