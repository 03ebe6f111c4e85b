using System.Collections.Immutable;

namespace LiveSkate.Simulator.Planning;

/// <summary>
/// What the loop at the finish line and the start device read around one heat: the race itself, and what every real loop
/// also reads: warm-up laps, somebody who stands on the line at the gun, cool-down laps (LAP-5).
/// </summary>
public sealed class TrackScript(Course course, string seed, ImmutableDictionary<string, ImmutableArray<string>> chips)
{
    /// <summary>From the first warm-up lap to the gun, and from the last reading of a heat to the next heat's first.</summary>
    public const long BeforeGunUs = 90_000_000, BetweenHeatsUs = 60_000_000;

    private const long WarmUpEndsUs = 25_000_000;

    /// <summary>Readings in the order of time, not numbered yet.</summary>
    public ImmutableArray<TrackMessage> Heat(string heat, long gunUs, ImmutableArray<PlannedStart> starts)
    {
        var read = new List<TrackMessage> { new(RacePlan.StartSource, "", 0, null, gunUs) };
        foreach (var start in starts.Where(start => !start.SplitsUs.IsEmpty))
        {
            var dice = Dice.For(seed, heat, start.Bib, "loop");
            if (dice.Chance(0.4))
                read.AddRange(Ankles(start.Bib, gunUs - dice.Between(WarmUpEndsUs, BeforeGunUs - 1_000_000), dice));
            if (course.StartsAtFinishLine && dice.Chance(0.3))
                read.AddRange(Ankles(start.Bib, gunUs + dice.Between(30_000, 900_000), dice));
            foreach (var split in start.SplitsUs)
                read.AddRange(Ankles(start.Bib, gunUs + split, dice));
            if (start.ElapsedUs is { } elapsed && dice.Chance(0.5))
                read.AddRange(Ankles(start.Bib, gunUs + elapsed + dice.Between(24_000_000, 36_000_000), dice));
        }

        return [.. read.OrderBy(message => message.TimeUs).ThenBy(message => message.Chip, StringComparer.Ordinal)];
    }

    /// <summary>Either ankle first; the first reading is the one that counts.</summary>
    private IEnumerable<TrackMessage> Ankles(string bib, long atUs, Dice dice)
    {
        var first = (int)dice.Between(0, 1);
        yield return new(RacePlan.FinishSource, "", 0, chips[bib][first], atUs);
        yield return new(RacePlan.FinishSource, "", 0, chips[bib][1 - first], atUs + dice.Between(5_000, 60_000));
    }
}
