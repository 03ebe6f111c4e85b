using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>
/// TIM-5: a light beam is more exact than a transponder on an ankle, but knows no names. Where exactly one skater was read by transponder
/// about then, the time is the beam's; in a bunch nobody can say whose skate it was, and the transponders stand.
/// </summary>
internal static class Beams
{
    public static Crossings[] Refine(Race race, Crossings[] crossings)
    {
        if (race.Run.Armings is not [.., { Beams.IsEmpty: false } arming])
            return crossings;
        var beams = arming.Beams.Where(beam => !race.Run.Voided.Contains(beam.At)).ToArray();
        return [.. crossings.Select((mine, i) => Refine(race, i, mine, crossings, beams))];
    }

    /// <summary>What became of each beam, for the operator: whose crossing it times, where it times one.</summary>
    public static IEnumerable<(string? Bib, UsedPassing Passing)> Uses(Race race, Crossings[] crossings)
    {
        var refined = Refine(race, crossings);
        foreach (var beam in race.Run.Armings[^1].Beams)
        {
            var bib = race.Heat.Bibs is [var alone] ? alone : null;
            var lap = 0;
            for (var i = 0; i < refined.Length; i++)
                foreach (var point in refined[i].Points.Where(point => point.Beam?.At == beam.At))
                    (bib, lap) = (race.Heat.Bibs[i], point.Lap);
            yield return (bib, new UsedPassing(beam, race.Run.Voided.Contains(beam.At) ? PassingUse.Voided : PassingUse.Beam, lap));
        }
    }

    private static Crossings Refine(Race race, int i, Crossings mine, Crossings[] all, Passing[] beams)
    {
        var line = race.LineOf(race.Heat.Bibs[i]);
        var points = mine.Points.ToBuilder();
        for (var p = 0; p < points.Count; p++)
            if (Array.Exists(beams, beam => beam.At == points[p].Passing.At))
                points[p] = points[p] with { Beam = points[p].Passing };
            else if (Nearest(race, line, points[p], beams) is { } beam && IsAlone(race, i, beam, all) && Between(points, p, beam) is { } elapsed)
                points[p] = points[p] with { Elapsed = elapsed, Beam = beam };
        return mine with { Laps = [.. points.Where(point => point.AtM is null)], Points = points.ToImmutable() };
    }

    /// <summary>Null where it would put him there before he was where he came from, or after he was farther along.</summary>
    private static TimeSpan? Between(ImmutableArray<RacePoint>.Builder points, int p, Passing beam)
    {
        var elapsed = points[p].Elapsed + (beam.Time - points[p].Passing.Time);
        return (p == 0 || points[p - 1].Elapsed <= elapsed) && (p == points.Count - 1 || elapsed <= points[p + 1].Elapsed) ? elapsed : null;
    }

    private static Passing? Nearest(Race race, int? line, RacePoint point, Passing[] beams)
    {
        Passing? nearest = null;
        foreach (var beam in beams)
            if (Distance(beam) is var distance && distance <= race.Profile.BeamWindow
                && race.From(line, beam) is { } seen && seen.AtM == point.AtM && (nearest is null || distance < Distance(nearest)))
                nearest = beam;
        return nearest;

        TimeSpan Distance(Passing beam) => (beam.Time - point.Passing.Time).Duration();
    }

    private static bool IsAlone(Race race, int i, Passing beam, Crossings[] all)
    {
        for (var other = 0; other < all.Length; other++)
        {
            if (other == i)
                continue;
            var line = race.LineOf(race.Heat.Bibs[other]);
            foreach (var point in all[other].Points)
                if ((beam.Time - point.Passing.Time).Duration() <= race.Profile.BeamWindow && race.From(line, beam) is { } seen && seen.AtM == point.AtM)
                    return false;
        }
        return true;
    }
}
