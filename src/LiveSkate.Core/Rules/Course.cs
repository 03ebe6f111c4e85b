namespace LiveSkate.Core.Rules;

/// <summary>The course of one race: how many crossings of the line, and how long each lap is.</summary>
public sealed record Course(int Laps, decimal FirstLapM, decimal LapM, TimeSpan LeastFirstLap, TimeSpan LeastLap)
{
    /// <summary>What is behind a skater at her n-th crossing of the line, in metres.</summary>
    public decimal Behind(int lap) => lap <= 0 ? 0 : FirstLapM + (lap - 1) * LapM;

    /// <summary>
    /// LAP-1, LAP-2: where the lap does not divide the distance, the first part lap takes the rest. A distance shorter than a lap is one
    /// part lap: a straight.
    /// </summary>
    public static Course Of(decimal distanceM, decimal lapM, FormatProfile profile)
    {
        var full = (int)decimal.Floor(distanceM / lapM);
        var rest = distanceM - full * lapM;
        var (laps, first) = full == 0 ? (1, distanceM) : rest > profile.PartLapFrom * lapM ? (full + 1, rest) : (full, lapM);
        return new Course(laps, first, lapM, Least(first), Least(lapM));

        TimeSpan Least(decimal metres) => profile.LeastLap is { } least ? least * (double)(metres / lapM) : TimeSpan.FromSeconds((double)(profile.MinLapShare * metres / profile.MaxSpeed));
    }
}
