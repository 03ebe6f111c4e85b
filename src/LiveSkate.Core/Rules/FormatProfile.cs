using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules;

/// <summary>
/// The rules of one race format as data (rules.md section 18). Nothing here is a constant in a code path, so a
/// federation that decides otherwise needs another profile, not another program.
/// </summary>
public sealed record FormatProfile(string Format)
{
    /// <summary>LAP-5: nobody skates a legal lap faster than this, in metres a second.</summary>
    public decimal MaxSpeed { get; init; } = 15m;

    /// <summary>LAP-5: a crossing sooner than this share of the fastest legal lap is a duplicate.</summary>
    public decimal MinLapShare { get; init; } = 0.6m;

    /// <summary>LAP-2: a rest of the distance shorter than this share of a lap is a measuring error, not a part lap.</summary>
    public decimal PartLapFrom { get; init; } = 0.02m;

    /// <summary>TIM-5: closer than this on transponders alone is shown as unresolved.</summary>
    public TimeSpan UnresolvedWindow { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>LAP-6: a lap this many times the median looks like a missed reading …</summary>
    public double MissedReadFrom { get; init; } = 1.7;

    /// <summary>… and from here on like a fall.</summary>
    public double MissedReadTo { get; init; } = 2.6;

    /// <summary>Overdue after this many times the median lap.</summary>
    public double OverdueAfter { get; init; } = 1.3;

    /// <summary>FIN-2: sprints of this length and more rank a block by time over all heats, shorter ones by place, then time.</summary>
    public decimal BlockByTimeFromM { get; init; } = 600m;
}

public static class FormatProfiles
{
    private static readonly Dictionary<string, FormatProfile> Known = new() { ["sprint"] = new FormatProfile("sprint") };

    /// <summary>The formats that a meet document may name.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    public static FormatProfile Of(EventDocument plan) => Known[plan.Format];
}

/// <summary>The course of one race: how many crossings of the line, and how long each lap is.</summary>
public sealed record Course(int Laps, decimal FirstLapM, decimal LapM, TimeSpan LeastFirstLap, TimeSpan LeastLap)
{
    /// <summary>LAP-1, LAP-2: where the lap does not divide the distance, the first part lap takes the rest.</summary>
    public static Course Of(decimal distanceM, decimal lapM, FormatProfile profile)
    {
        var full = (int)decimal.Floor(distanceM / lapM);
        var rest = distanceM - full * lapM;
        var (laps, first) = rest > profile.PartLapFrom * lapM ? (full + 1, rest) : (Math.Max(full, 1), lapM);
        return new Course(laps, first, lapM, Least(first), Least(lapM));

        TimeSpan Least(decimal metres) => TimeSpan.FromSeconds((double)(profile.MinLapShare * metres / profile.MaxSpeed));
    }
}
