using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Meets;

/// <summary>Whether an event is what its format needs: teams or skaters, two lines or one, heats or other events.</summary>
internal static class FormatCheck
{
    /// <summary>FMT-16: a combined has other events in place of rounds.</summary>
    public static void CheckRanking(MeetDocument document, EventDocument plan, string path, Action<string, string, string> add)
    {
        if (!plan.Rounds.IsEmpty)
            add($"{path}.rounds", "out-of-range", $"A {plan.Format} has no rounds of its own; its events stand in rules.of.");
        var of = plan.Rules?.Of ?? [];
        if (of.IsEmpty)
            add($"{path}.rules.of", "missing", $"A {plan.Format} says which events are added up.");
        for (var i = 0; i < of.Length; i++)
            if (document.Events.FirstOrDefault(other => other.Id == of[i]) is { } other && other.Format == plan.Format)
                add($"{path}.rules.of[{i}]", "out-of-range", $"{other.Id} is a {plan.Format} itself.");
        CheckEntries(plan, path, hasTeams: false, add);
    }

    /// <param name="add">Is told path, code and sentence of each fault.</param>
    public static void CheckRace(MeetDocument document, EventDocument plan, string path, Action<string, string, string> add)
    {
        var rule = RaceRules.Of(plan);
        if (plan.Rules?.Of is not null)
            add($"{path}.rules.of", "out-of-range", $"A {plan.Format} adds up no other events.");
        CheckEntries(plan, path, rule.HasTeams, add);
        CheckCounts(plan, path, rule, add);
        CheckLines(document, plan, path, rule, add);
    }

    private static void CheckEntries(EventDocument plan, string path, bool hasTeams, Action<string, string, string> add)
    {
        for (var i = 0; i < plan.Entries.Length; i++)
            if (hasTeams && plan.Entries[i] is { Team: null, Skater: not null })
                add($"{path}.entries[{i}].team", "missing", $"A {plan.Format} is raced by teams.");
            else if (!hasTeams && plan.Entries[i].Team is not null)
                add($"{path}.entries[{i}].team", "out-of-range", $"There are no teams in a {plan.Format}.");
    }

    /// <summary>REL-4.</summary>
    private static void CheckCounts(EventDocument plan, string path, RaceRule rule, Action<string, string, string> add)
    {
        if (!rule.CountsMembers)
        {
            if (plan.Rules?.Counts is not null)
                add($"{path}.rules.counts", "out-of-range", $"In a {plan.Format} nobody counts for a team.");
            return;
        }
        var counts = rule.Profile(plan).Counts;
        for (var i = 0; i < plan.Entries.Length; i++)
            if (plan.Entries[i].Team is { } team && team.Members.Length < counts)
                add($"{path}.entries[{i}].team.members", "out-of-range", $"{team.Name} has {team.Members.Length} members, and the time of number {counts} counts.");
    }

    /// <summary>LAP-3.</summary>
    private static void CheckLines(MeetDocument document, EventDocument plan, string path, RaceRule rule, Action<string, string, string> add)
    {
        const int most = 2;
        var lines = document.Sources.Where(source => source.Role == SourceRole.Finish).Select(source => source.Line).OfType<int>().Distinct().Count();
        if (plan.Rules?.Lines > most || (plan.Rules?.Lines == most && !rule.HasOwnClocks))
            add($"{path}.rules.lines", "out-of-range", rule.HasOwnClocks ? "There are at most two opposite lines." : $"In a {plan.Format} all start at one line.");
        if (!rule.HasOwnClocks || plan.Rules?.Lines == 1 || (plan.Rules?.Lines is null && lines == 0))
            return;
        if (lines < most)
            add("$.sources", "missing", $"{plan.Name} is timed at two opposite lines: there is a finish with line 1 and one with line 2.");
        for (var i = 0; i < plan.Rounds.Length; i++)
            for (var j = 0; j < plan.Rounds[i].Heats.Known.Length; j++)
                if (plan.Rounds[i].Heats.Known[j].Bibs.Length > most)
                    add($"{path}.rounds[{i}].heats[{j}].bibs", "out-of-range", "One skater starts at each of the two lines.");
    }
}
