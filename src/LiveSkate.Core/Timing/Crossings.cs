using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Timing;

/// <summary>A point of the race that a skater has passed.</summary>
/// <param name="Lap">Crossings of the finish line so far, this one included.</param>
/// <param name="AtM">Metres after the line for a split; null at the line.</param>
/// <param name="Elapsed">Since the gun.</param>
public readonly record struct RacePoint(int Lap, decimal? AtM, TimeSpan Elapsed, Passing Passing)
{
    /// <summary>TIM-5: the light beam whose time <see cref="Elapsed"/> is, not the transponder's; null where none is his.</summary>
    public Passing? Beam { get; init; }

    public bool ByBeam => Beam is not null;

    /// <summary>LAP-4: farther along means ahead.</summary>
    public int CompareProgress(RacePoint other) => Lap != other.Lap ? Lap.CompareTo(other.Lap) : (AtM ?? 0).CompareTo(other.AtM ?? 0);
}

/// <summary>What became of one passing.</summary>
public enum PassingUse { Counted, Duplicate, TooEarly, AfterFinish, Voided, AfterOfficial, FalseStart, Start, OffTrack, Beam }

public readonly record struct UsedPassing(Passing Passing, PassingUse Use, int Lap);

/// <summary>One skater's way through one race: a function of the set of passings, whatever order they came in.</summary>
/// <param name="Laps">At the line.</param>
/// <param name="Points">At the line and at splits.</param>
public sealed record Crossings(ImmutableArray<RacePoint> Laps, ImmutableArray<RacePoint> Points, bool Finished)
{
    public static Crossings None { get; } = new([], [], false);

    public ImmutableArray<RacePoint> Laps { get; init => (field, Fastest) = (value, FastestOf(value)); } = Laps;

    /// <summary>The fastest of the laps after the first, which is short or from a standing start; null before the second.</summary>
    public (int Lap, long Ms)? Fastest { get; private init; } = FastestOf(Laps);

    public RacePoint? Last => Points is [.., var last] ? last : null;

    /// <summary>The same way through points that are known better, or not at all.</summary>
    public static Crossings Through(ImmutableArray<RacePoint> points, Course course)
    {
        var laps = points.All(point => point.AtM is null) ? points : [.. points.Where(point => point.AtM is null)];
        return new Crossings(laps, points, laps.Length == course.Laps);
    }

    /// <summary>When he was there; null where he has not been.</summary>
    public TimeSpan? At(RacePoint there)
    {
        foreach (var point in Points)
            if (point.CompareProgress(there) == 0)
                return point.Elapsed;
        return null;
    }

    public TimeSpan? FinishTime => Finished ? Laps[^1].Elapsed : null;

    public int Lap => Laps.Length;

    /// <summary>
    /// FMT-15: once the winner is in, whoever is behind by laps ends at the line too. Null: nobody has won yet.
    /// </summary>
    public Crossings EndedBy(TimeSpan? winner)
    {
        for (var i = 0; i < Laps.Length; i++)
            if (Laps[i].Elapsed >= winner)
                return new Crossings(Laps[..(i + 1)], [.. Points.TakeWhile(point => point.Elapsed <= Laps[i].Elapsed)], true);
        return this;
    }

    private static (int Lap, long Ms)? FastestOf(ImmutableArray<RacePoint> laps)
    {
        (int Lap, long Ms)? fastest = null;
        for (var i = 1; i < laps.Length; i++)
        {
            var ms = RaceTime.CutToMilliseconds(laps[i].Elapsed) - RaceTime.CutToMilliseconds(laps[i - 1].Elapsed);
            if (!(ms >= fastest?.Ms))
                fastest = (i + 1, ms);
        }
        return fastest;
    }

    /// <param name="gun">Zero of his clock.</param>
    /// <param name="passings">In order of time, from the gun on and up to the skater's next start.</param>
    /// <param name="uses">Where given, is told what became of each passing.</param>
    public static Crossings Of(IEnumerable<Passing> passings, DateTimeOffset gun, Course course, List<UsedPassing>? uses = null)
    {
        var laps = ImmutableArray.CreateBuilder<RacePoint>(course.Laps);
        var points = ImmutableArray.CreateBuilder<RacePoint>(course.Laps);
        RacePoint? last = null;
        foreach (var passing in passings)
        {
            if (IsBetterRead(passing))
                TakeBackLast();
            var use = Use(passing);
            if (use == PassingUse.Counted)
            {
                last = new RacePoint(laps.Count + (passing.AtM is null ? 1 : 0), passing.AtM, passing.Time - gun, passing);
                points.Add(last.Value);
                if (passing.AtM is null)
                    laps.Add(last.Value);
            }
            uses?.Add(new UsedPassing(passing, use, laps.Count));
        }
        var (finished, onlyLaps) = (laps.Count == course.Laps, laps.Count == points.Count);
        var atTheLine = laps.DrainToImmutable();
        return new Crossings(atTheLine, onlyLaps ? atTheLine : points.DrainToImmutable(), finished);

        // TIM-5: what the office wrote in stands only until a decoder has read the same crossing.
        bool IsBetterRead(Passing passing) =>
            passing.AtM is null && !passing.IsByHand && last is { AtM: null, Passing.IsByHand: true } written
            && passing.Time - gun - written.Elapsed < course.LeastLap;

        void TakeBackLast()
        {
            if (uses is not null && uses.FindLastIndex(use => use.Passing.At == last!.Value.Passing.At) is >= 0 and var i)
                uses[i] = uses[i] with { Use = PassingUse.Duplicate };
            laps.RemoveAt(laps.Count - 1);
            points.RemoveAt(points.Count - 1);
            last = points.Count > 0 ? points[^1] : null;
        }

        // LAP-5, TIM-7: one crossing is its first reading; what follows sooner than anybody can skate is the other ankle.
        PassingUse Use(Passing passing)
        {
            if (laps.Count == course.Laps)
                return PassingUse.AfterFinish;
            var elapsed = passing.Time - gun;
            if (passing.AtM is { } atM)
                return last is { } point && point.Lap == laps.Count && point.AtM >= atM ? PassingUse.Duplicate
                    : laps.Count == 0 && atM <= course.LapM - course.FirstLapM ? PassingUse.TooEarly
                    : PassingUse.Counted;
            return laps.Count == 0
                ? elapsed < course.LeastFirstLap ? PassingUse.TooEarly : PassingUse.Counted
                : elapsed - laps[^1].Elapsed < course.LeastLap ? PassingUse.Duplicate : PassingUse.Counted;
        }
    }
}
