using System.Collections.Immutable;

namespace LiveSkate.Simulator.Planning;

/// <summary>
/// What the loops at the lines and the start devices read around one heat: the race itself, and what every real loop
/// also reads: warm-up laps, somebody who stands on the line at the gun, cool-down laps (LAP-5).
/// </summary>
public sealed class TrackScript(Course course, string seed, ImmutableDictionary<string, ImmutableArray<Wearer>> wearers)
{
    /// <summary>From the first warm-up lap to the gun, and from the last reading of a heat to the next heat's first.</summary>
    public const long BeforeGunUs = 90_000_000, BetweenHeatsUs = 60_000_000;

    private const long WarmUpEndsUs = 25_000_000;

    /// <summary>Readings in the order of time, not numbered yet.</summary>
    /// <param name="ownClocks">Each starts with a gate of his own in place of the gun.</param>
    public ImmutableArray<TrackMessage> Heat(string heat, long gunUs, ImmutableArray<PlannedStart> starts, bool ownClocks)
    {
        var read = new List<TrackMessage>();
        if (ownClocks)
            read.AddRange(starts.Where(start => !start.SplitsUs.IsEmpty).Select(start =>
                new TrackMessage(start.IsOpposite ? RacePlan.OppositeStart : RacePlan.StartSource, "", 0, null, gunUs + start.StartUs, IsGate: true)));
        else
            read.Add(new TrackMessage(RacePlan.StartSource, "", 0, null, gunUs));
        foreach (var start in starts.Where(start => !start.SplitsUs.IsEmpty))
        {
            var dice = Dice.For(seed, heat, start.Bib, "loop");
            var zero = gunUs + start.StartUs;
            if (dice.Chance(0.4))
                read.AddRange(Ankles(start, 0, gunUs - dice.Between(WarmUpEndsUs, BeforeGunUs - 1_000_000), dice));
            if (course.StartsAtFinishLine && dice.Chance(0.3))
                read.AddRange(Ankles(start, 0, zero + dice.Between(30_000, 900_000), dice));
            for (var split = 0; split < start.SplitsUs.Length; split++)
                read.AddRange(Ankles(start, start.Legs.IsEmpty ? 0 : start.Legs[split], zero + start.SplitsUs[split], dice));
            if (start.ElapsedUs is { } elapsed && dice.Chance(0.5))
                read.AddRange(Ankles(start, 0, zero + elapsed + dice.Between(24_000_000, 36_000_000), dice));
            foreach (var beside in start.Beside)
                read.AddRange(Ankles(start, beside.Member, zero + beside.AtUs, dice, beside.Source));
        }

        return [.. read.OrderBy(message => message.TimeUs).ThenBy(message => message.Chip, StringComparer.Ordinal)];
    }

    /// <summary>Either ankle first; the first reading is the one that counts.</summary>
    private IEnumerable<TrackMessage> Ankles(PlannedStart start, int member, long atUs, Dice dice, string? source = null)
    {
        var chips = wearers[start.Bib][member].Chips;
        source ??= start.IsOpposite ? RacePlan.OppositeFinish : RacePlan.FinishSource;
        var first = (int)dice.Between(0, 1);
        yield return new(source, "", 0, chips[first], atUs);
        yield return new(source, "", 0, chips[1 - first], atUs + dice.Between(5_000, 60_000));
    }
}
