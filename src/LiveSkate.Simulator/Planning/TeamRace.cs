using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>Who of a team crosses when: in a relay one after the other (REL-2), against the clock all together (REL-4).</summary>
internal static class TeamRace
{
    private const int LapsInARow = 2;
    private const long HandOverUs = 2_000_000;

    /// <summary>A leg is two laps. Who rests circles inside, and is read at the line now and then.</summary>
    public static PlannedStart Relay(PlannedStart start, int members, Dice dice)
    {
        ImmutableArray<int> legs = [.. Enumerable.Range(0, start.SplitsUs.Length).Select(lap => lap / LapsInARow % members)];
        var beside = new List<SideReading>();
        for (var lap = 0; lap < start.SplitsUs.Length; lap++)
            if (members > 1 && dice.Chance(0.3))
                beside.Add(new(RacePlan.FinishSource, (legs[lap] + 2) % members, start.SplitsUs[lap] + dice.Between(6_000_000, 9_000_000)));
        return start with { Legs = legs, Beside = [.. beside] };
    }

    /// <summary>The judge at the zone says who is in the race.</summary>
    public static IEnumerable<PlannedAct> HandOvers(PlannedStart start, long gunUs, ImmutableArray<Wearer> wearers)
    {
        for (var lap = 0; lap < start.Legs.Length; lap++)
        {
            if (lap % LapsInARow != 0)
                continue;
            var atUs = gunUs + (lap == 0 ? 0 : start.SplitsUs[lap - 1]) + HandOverUs;
            yield return new(atUs, JudgeWords.Text($"leg-{lap}-{start.Bib}"), new JsonObject
            {
                ["type"] = "setOnTrack", ["bib"] = start.Bib, ["skater"] = wearers[start.Legs[lap]].Skater, ["timeUs"] = atUs,
            });
        }
    }

    /// <summary>The printed times are those of the skater who counts; the others are just before him, or behind.</summary>
    public static PlannedStart Together(PlannedStart start, int members, int counts, Dice dice)
    {
        var beside = new List<SideReading>();
        foreach (var split in start.SplitsUs)
            for (var member = 0; member < members; member++)
                if (member != counts - 1)
                    beside.Add(new(RacePlan.FinishSource, member, split + (member - counts + 1) * 150_000 + dice.Between(-40_000, 40_000)));
        return start with { Legs = [.. start.SplitsUs.Select(_ => counts - 1)], Beside = [.. beside] };
    }
}
