using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>
/// TIM-6: where somebody's own clock begins: at the gate of his line, else where his chip was read at the start, else with the gun.
/// A function of the set of what was heard.
/// </summary>
internal static class OwnStart
{
    /// <summary>Null: he has not started.</summary>
    public static DateTimeOffset? Of(Race race, string bib)
    {
        if (race.Gun is null || race.Run.Armings is not [.., var arming])
            return null;
        return arming.StartedByOffice ?? Reading(race, bib, arming)?.Time ?? (arming.Guns.IsEmpty ? null : arming.Guns.Min);
    }

    /// <summary>Nothing was read of him on the course, but he did leave the start: DNF, not DNS.</summary>
    public static SkaterStanding[] Left(Race race, SkaterStanding[] skaters) =>
        [.. skaters.Select(skater => DidStart(race, skater) ? skater with { Status = Statuses.Dnf } : skater)];

    private static bool DidStart(Race race, SkaterStanding skater) =>
        skater.Status == Statuses.Dns && !race.Run.Sanctions.Any(given => given.Bib == skater.Bib && given.Code == Statuses.Dns)
        && race.Run.PhotoFinish?.Rows.Any(row => row.Bib == skater.Bib) != true
        && race.Run.Armings is [.., var arming] && Reading(race, skater.Bib, arming) is not null;

    /// <summary>What became of all that was read at the start, for the operator.</summary>
    public static IEnumerable<(string? Bib, UsedPassing Passing)> Uses(Race race)
    {
        var arming = race.Run.Armings[^1];
        if (!arming.OwnClocks)
            yield break;
        var starts = race.Heat.Bibs.ToDictionary(bib => bib, bib => Reading(race, bib, arming), StringComparer.Ordinal);
        foreach (var reading in arming.Starts)
        {
            var starter = starts.FirstOrDefault(start => start.Value?.At == reading.At).Key;
            var use = race.Run.Voided.Contains(reading.At) ? PassingUse.Voided : starter is null ? PassingUse.Duplicate : PassingUse.Start;
            yield return (starter ?? Nearest(race, reading), new UsedPassing(reading, use, 0));
        }
    }

    private static Passing? Reading(Race race, string bib, Arming arming)
    {
        var heard = arming.Starts.Where(reading => !race.Run.Voided.Contains(reading.At)).ToList();
        return Gate(race, bib, heard) ?? heard.Find(reading => reading.Chip.Length > 0 && IsHis(race, bib, reading));
    }

    /// <summary>Whose start it would have been.</summary>
    private static string Nearest(Race race, Passing reading) =>
        race.Heat.Bibs.FirstOrDefault(bib => reading.Chip.Length > 0 ? IsHis(race, bib, reading) : reading.Line == race.LineOf(bib)) ?? race.Heat.Bibs[0];

    private static bool IsHis(Race race, string bib, Passing reading) =>
        race.Meet.WearerOf(reading.Chip, reading.Time) is { } skater
        && race.Meet.CompetitorOf(race.Heat, bib).Members.Any(member => member.Id == skater);

    /// <summary>A gate at his line; where the gates tell no lines apart, they open for one after the other in start order.</summary>
    private static Passing? Gate(Race race, string bib, List<Passing> heard)
    {
        var gates = heard.Where(reading => reading.Chip.Length == 0).ToList();
        if (race.LineOf(bib) is { } line && gates.Exists(gate => gate.Line is not null))
            return gates.Find(gate => gate.Line == line);
        var turn = race.Heat.Bibs.Where(other => !race.Run.Sanctions.Any(given => given.Bib == other && given.Code == Statuses.Dns)).ToList().IndexOf(bib);
        var openings = Openings(gates, race.Profile.GateRepeat);
        return turn >= 0 && turn < openings.Count ? openings[turn] : null;
    }

    /// <summary>A gate that is heard again at once is the same start: its second beam, the skate behind.</summary>
    private static List<Passing> Openings(List<Passing> gates, TimeSpan repeat)
    {
        var openings = new List<Passing>();
        foreach (var gate in gates)
            if (openings.Count == 0 || gate.Time - openings[^1].Time > repeat)
                openings.Add(gate);
        return openings;
    }
}
