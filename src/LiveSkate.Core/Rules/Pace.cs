using System.Runtime.InteropServices;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>The usual lap of a heat, and who strays from it. Measured on what was read, never on the wall clock.</summary>
internal sealed class Pace
{
    private readonly FormatProfile _profile;
    private readonly TimeSpan? _medianLap;
    private readonly TimeSpan _latest;
    private readonly int _lapsOfRace;

    /// <summary>LAP-2: the first lap may be short; it is measured as if it had begun so much before the start.</summary>
    private readonly TimeSpan _firstBegan;

    /// <summary>TIM-6: who has not been read may not have started yet.</summary>
    private readonly bool _ownClocks;

    private Pace(Race race, TimeSpan? medianLap, TimeSpan latest)
    {
        (_profile, _lapsOfRace, _ownClocks, _medianLap, _latest) = (race.Profile, race.Course.Laps, race.Rule.HasOwnClocks, medianLap, latest);
        _firstBegan = -(medianLap ?? TimeSpan.Zero) * (double)(1 - race.Course.FirstLapM / race.Course.LapM);
    }

    public static Pace Of(SkaterStanding[] skaters, Race race)
    {
        var laps = new List<TimeSpan>(skaters.Length * race.Course.Laps);
        var latest = TimeSpan.Zero;
        foreach (var skater in skaters)
        {
            var crossings = skater.Crossings;
            for (var i = 1; i < crossings.Laps.Length; i++)
                laps.Add(crossings.Laps[i].Elapsed - crossings.Laps[i - 1].Elapsed);
            if (crossings.Points is [.., var last] && last.Elapsed > latest)
                latest = last.Elapsed;
        }
        return new Pace(race, laps.Count == 0 ? null : Ordered(CollectionsMarshal.AsSpan(laps), laps.Count / 2), latest);
    }

    /// <summary>What would stand there if they were sorted. All of them are looked at with every passing, so only as far as it takes (quickselect).</summary>
    private static TimeSpan Ordered(Span<TimeSpan> laps, int place)
    {
        var (from, to) = (0, laps.Length - 1);
        while (from < to)
        {
            var (low, high, pivot) = (from, to, laps[(from + to) / 2]);
            while (low <= high)
            {
                while (laps[low] < pivot)
                    low++;
                while (laps[high] > pivot)
                    high--;
                if (low > high)
                    break;
                (laps[low], laps[high]) = (laps[high], laps[low]);
                (low, high) = (low + 1, high - 1);
            }
            if (place <= high)
                to = high;
            else if (place >= low)
                from = low;
            else
                break;
        }
        return laps[place];
    }

    /// <summary>Others were read so much later that he should have been here again: by how much, in ms. Null while he is in time.</summary>
    public long? OverdueMs(SkaterStanding skater) =>
        skater.Status is null && _medianLap is { } lap && (skater.Crossings.Lap > 0 || !_ownClocks)
        && _latest - Before(skater, skater.Crossings.Lap) is var since && since > lap * _profile.OverdueAfter
            ? RaceTime.CutToMilliseconds(since - lap)
            : null;

    /// <summary>LAP-6: still short of the distance, and one lap as long as two.</summary>
    public bool MissedRead(SkaterStanding skater)
    {
        if (skater.Crossings.Lap >= _lapsOfRace || _medianLap is not { } lap)
            return false;
        for (var i = 0; i < skater.Crossings.Laps.Length; i++)
        {
            var share = (skater.Crossings.Laps[i].Elapsed - Before(skater, i)) / lap;
            if (share >= _profile.MissedReadFrom && share <= _profile.MissedReadTo)
                return true;
        }
        return false;
    }

    /// <summary>When the lap began that ends with this crossing.</summary>
    private TimeSpan Before(SkaterStanding skater, int crossing) => crossing > 0 ? skater.Crossings.Laps[crossing - 1].Elapsed : _firstBegan;
}
