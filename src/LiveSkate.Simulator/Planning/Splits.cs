using System.Collections.Immutable;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>When a skater crosses the line on the way to a known finish. Microseconds since the gun.</summary>
public static class Splits
{
    /// <summary>What standing still at the gun costs.</summary>
    private const long StandingStartUs = 1_600_000;

    /// <summary>Made up: a heat's common pace, a skater's own unsteadiness, and a last split that is exactly the finish.</summary>
    public static ImmutableArray<long> MadeUp(Course course, long elapsedUs, Dice pace, Dice own)
    {
        var lost = Math.Min(StandingStartUs, elapsedUs / 20);
        var weights = new long[course.Crossings];
        for (var crossing = 0; crossing < weights.Length; crossing++)
            weights[crossing] = course.LengthCm(crossing) * (10_000 + pace.Between(-200, 200) + own.Between(-60, 60));
        var all = weights.Sum();
        var splits = new long[weights.Length];
        var done = 0L;
        for (var crossing = 0; crossing < splits.Length; crossing++)
        {
            done += weights[crossing];
            splits[crossing] = lost + (long)((Int128)(elapsedUs - lost) * done / all);
        }

        return [.. splits];
    }

    /// <summary>From a lap table that is complete and agrees with itself and the official time; otherwise null.</summary>
    /// <param name="officialUs">Null where the table's own last value is the only one.</param>
    public static ImmutableArray<long>? FromTable(Course course, ImmutableArray<PrintedLap>? laps, long? officialUs, Dice dice)
    {
        if (laps is not { IsDefault: false } table || table.Length != course.Crossings)
            return null;
        var splits = new long[table.Length];
        var sumMs = 0L;
        for (var crossing = 0; crossing < splits.Length; crossing++)
        {
            if (PrintedTime.Milliseconds(table[crossing].LapTime) is not { } lapMs || lapMs <= 0)
                return null;
            sumMs += lapMs;
            var atMs = PrintedTime.Milliseconds(table[crossing].Elapsed) ?? sumMs;
            // Lap times are differences of cut values: the sum may be off by a hundredth a lap, not by more.
            if (Math.Abs(atMs - sumMs) > 10 * (crossing + 1))
                return null;
            // Hundredths were cut; what was cut off is thrown for.
            splits[crossing] = atMs / 10 * 10_000 + dice.Between(0, 9_999);
        }

        if (officialUs is { } official)
        {
            if (official / 10_000 != splits[^1] / 10_000)
                return null;
            splits[^1] = official;
        }

        return splits.Zip(splits.Skip(1)).All(pair => pair.First < pair.Second) ? [.. splits] : null;
    }
}
