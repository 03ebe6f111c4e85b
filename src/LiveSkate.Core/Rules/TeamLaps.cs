using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>
/// REL-2: which crossings of a team's members are the team's. Where somebody said who is in the race, hers; otherwise, of those that
/// cannot both be laps, the one nearest to the pace of the team. A function of the set of passings, whatever order they came in.
/// </summary>
internal sealed class TeamLaps(Race race, string bib, DateTimeOffset gun)
{
    private readonly Course _course = race.Course;

    private readonly ImmutableArray<SkaterOnTrack> _words = [.. race.Run.OnTrack.Where(word => word.Bib == bib).OrderBy(word => word.Time)];

    public Crossings Count(List<UsedPassing>? uses)
    {
        var passings = RacePassings.Counting(race, bib, gun).ToList();
        var candidates = passings.Where(passing => passing.AtM is null && IsInRace(passing)).ToList();
        var laps = ImmutableArray.CreateBuilder<RacePoint>(_course.Laps);
        while (laps.Count < _course.Laps && Next(candidates, laps) is { } next)
            laps.Add(new RacePoint(laps.Count + 1, null, next.Time - gun, next));
        uses?.AddRange(passings.Select(passing => Use(passing, laps)));
        var counted = laps.ToImmutable();
        return new Crossings(counted, counted, counted.Length == _course.Laps);
    }

    /// <summary>What the office wrote in; who was said to be in the race, or is said so a moment later; where nothing was said, anybody.</summary>
    private bool IsInRace(Passing passing) =>
        passing.Source == Passing.Office || IsSaid(passing)
            || _words.Any(word => word.Skater == Member(passing) && word.Time > passing.Time && word.Time - passing.Time <= race.Profile.HandOver);

    private bool IsSaid(Passing passing) =>
        _words.LastOrDefault(word => word.Time <= passing.Time) is not { } said || said.Skater == Member(passing);

    private string? Member(Passing passing) => passing.Skater ?? race.Meet.WearerOf(passing.Chip, passing.Time);

    private Passing? Next(List<Passing> candidates, ImmutableArray<RacePoint>.Builder laps)
    {
        var last = laps.Count == 0 ? gun : laps[^1].Passing.Time;
        var least = laps.Count == 0 ? _course.LeastFirstLap : _course.LeastLap;
        var first = candidates.FindIndex(passing => passing.Time - last >= least);
        if (first < 0)
            return null;
        var expected = Expected(laps);
        var best = candidates[first];
        // Whoever comes sooner after the first than anybody skates is another answer to the same question.
        for (var i = first + 1; i < candidates.Count && candidates[i].Time - candidates[first].Time < _course.LeastLap; i++)
            if (IsBetter(candidates[i], best))
                best = candidates[i];
        return best;

        bool IsBetter(Passing a, Passing b) =>
            (a.Source == Passing.Office) != (b.Source == Passing.Office) ? a.Source == Passing.Office
            : IsSaid(a) != IsSaid(b) ? IsSaid(a)
            : Member(a) != Member(b) && Off(a) < Off(b);

        TimeSpan Off(Passing passing) => (passing.Time - last - expected).Duration();
    }

    /// <summary>The median of the team's laps so far.</summary>
    private TimeSpan Expected(ImmutableArray<RacePoint>.Builder laps)
    {
        if (laps.Count < 2)
            return TimeSpan.FromSeconds((double)((laps.Count == 0 ? _course.FirstLapM : _course.LapM) / race.Profile.UsualSpeed));
        var times = Enumerable.Range(1, laps.Count - 1).Select(i => laps[i].Elapsed - laps[i - 1].Elapsed).Order().ToList();
        return times[times.Count / 2];
    }

    private UsedPassing Use(Passing passing, ImmutableArray<RacePoint>.Builder laps)
    {
        var lap = laps.Count(point => point.Passing.Time <= passing.Time);
        var use = laps.Any(point => point.Passing.At == passing.At) ? PassingUse.Counted
            : lap == _course.Laps ? PassingUse.AfterFinish
            : passing.Time - gun < _course.LeastFirstLap ? PassingUse.TooEarly
            : lap > 0 && Member(laps[lap - 1].Passing) == Member(passing) && passing.Time - laps[lap - 1].Passing.Time < _course.LeastLap
                ? PassingUse.Duplicate
            : PassingUse.OffTrack;
        return new UsedPassing(passing, use, lap);
    }
}
