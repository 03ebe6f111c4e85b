using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>The usual lap of a heat, and who strays from it. Measured on what was read, never on the wall clock.</summary>
internal sealed class Pace
{
    private readonly FormatProfile _profile;
    private readonly TimeSpan? _medianLap;
    private readonly TimeSpan _latest;
    private readonly int _lapsOfRace;

    private Pace(Race race, TimeSpan? medianLap, TimeSpan latest) =>
        (_profile, _lapsOfRace, _medianLap, _latest) = (race.Profile, race.Course.Laps, medianLap, latest);

    public static Pace Of(SkaterStanding[] skaters, Race race)
    {
        var laps = new List<TimeSpan>();
        var latest = TimeSpan.Zero;
        foreach (var crossings in skaters.Select(skater => skater.Crossings))
        {
            for (var i = 1; i < crossings.Laps.Length; i++)
                laps.Add(crossings.Laps[i].Elapsed - crossings.Laps[i - 1].Elapsed);
            if (crossings.Last is { } last && last.Elapsed > latest)
                latest = last.Elapsed;
        }
        laps.Sort();
        return new Pace(race, laps.Count == 0 ? null : laps[laps.Count / 2], latest);
    }

    /// <summary>Others were read so much later that he should have been here again: by how much, in ms. Null while he is in time.</summary>
    public long? OverdueMs(SkaterStanding skater) =>
        skater.Status is null && _medianLap is { } lap && skater.Crossings.Lap > 0
        && _latest - skater.Crossings.Laps[^1].Elapsed is var since && since > lap * _profile.OverdueAfter
            ? RaceTime.CutToMilliseconds(since - lap)
            : null;

    /// <summary>LAP-6: still short of the distance, and one lap as long as two.</summary>
    public bool MissedRead(SkaterStanding skater)
    {
        if (skater.Crossings.Lap >= _lapsOfRace || _medianLap is not { } lap)
            return false;
        for (var i = 1; i < skater.Crossings.Laps.Length; i++)
        {
            var share = (skater.Crossings.Laps[i].Elapsed - skater.Crossings.Laps[i - 1].Elapsed) / lap;
            if (share >= _profile.MissedReadFrom && share <= _profile.MissedReadTo)
                return true;
        }
        return false;
    }
}
