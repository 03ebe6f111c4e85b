using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Rules.LongRaces;

namespace LiveSkate.Core;

/// <param name="LapsToGo">0 at the finish.</param>
/// <param name="Judged">The judges said so; otherwise as the transponders have it.</param>
public sealed record SprintSkated(string Heat, int LapsToGo, ImmutableArray<SprintScore> Scores, bool Judged) : Highlight(Heat, Scores[0].Bib);

public sealed record LeadsOnPoints(string Heat, string Bib, int Points) : Highlight(Heat, Bib);

public sealed record WonOnPoints(string Heat, string Bib, int Points) : Highlight(Heat, Bib);

public sealed record WentOut(string Heat, string Bib, int Place, string Cause) : Highlight(Heat, Bib);

/// <summary>The last elimination is over; <paramref name="Bib"/> was the last over the line there who stayed in.</summary>
/// <param name="Left">How many skate for it.</param>
public sealed record LastToSurvive(string Heat, string Bib, int Left) : Highlight(Heat, Bib);

public sealed record WasLapped(string Heat, string Bib) : Highlight(Heat, Bib);

/// <summary>
/// What is worth saying of a race of many laps: each sprint and each elimination once, a new leader once a kilometre and not where
/// points decide, the fastest lap when all are in.
/// </summary>
internal static class LongRaceHighlights
{
    public static IEnumerable<Highlight> Between(HeatStanding was, HeatStanding now) =>
        [.. OfLaps(was, now), .. OfSprints(was, now), .. OfEliminations(was, now), .. OfFinish(was, now)];

    private static IEnumerable<Highlight> OfLaps(HeatStanding was, HeatStanding now)
    {
        var (before, lead) = (LeadLaps.Of(was.Heat.Run, was.Rows), LeadLaps.Of(now.Heat.Run, now.Rows));
        for (var lap = before.Laps + 1; lap <= lead.Laps && lap < now.Course.Laps; lap++)
        {
            if (lap == now.Course.Laps - 1)
                yield return new LastLap(now.Heat.Id, lead.LeaderOf(lap));
            else if (now.Profile.Sprints is null && IsTold(now, lap) && LastTold(now, lap) is var told && lead.LeaderOf(told) != lead.LeaderOf(lap))
                yield return new LeadChanged(now.Heat.Id, lead.LeaderOf(lap), lap);
        }
        foreach (var (old, row) in now.RowsChangedFrom(was))
            // A missed reading looks like a lap behind: nothing is said until that is cleared up.
            if (row is { Status: null, MissedRead: false, Crossings: var way } && way.Lap > old.Crossings.Lap
                && lead.BehindAt(way, way.Lap) > 0 && lead.BehindAt(way, way.Lap - 1) == 0)
                yield return new WasLapped(now.Heat.Id, row.Bib);
    }

    private static bool IsTold(HeatStanding heat, int lap)
    {
        var every = heat.Profile.LeadEveryM!.Value;
        return decimal.Floor(heat.Course.Behind(lap) / every) > decimal.Floor(heat.Course.Behind(lap - 1) / every);
    }

    private static int LastTold(HeatStanding heat, int lap)
    {
        for (lap--; lap > 1 && !IsTold(heat, lap);)
            lap--;
        return Math.Max(lap, 1);
    }

    private static IEnumerable<Highlight> OfSprints(HeatStanding was, HeatStanding now)
    {
        foreach (var sprint in now.Sprints.Where(sprint => sprint.Complete))
        {
            var old = was.Sprints.FirstOrDefault(known => known.LapsToGo == sprint.LapsToGo);
            var isNew = old is not { Complete: true };
            if (!isNew && (old!.Judged || !sprint.Judged || old.Scores.SequenceEqual(sprint.Scores)))
                continue;
            yield return new SprintSkated(now.Heat.Id, sprint.LapsToGo, sprint.Scores, sprint.Judged && !isNew);
            var others = was.Sprints.Where(known => known.LapsToGo != sprint.LapsToGo);
            if (now.State == HeatStage.Running && Leader(others) is { } before && Leader(now.Sprints) is { } leader && leader.Bib is { } bib && bib != before.Bib)
                yield return new LeadsOnPoints(now.Heat.Id, bib, leader.Points);
        }
    }

    /// <summary>Null before the first point; nobody where two have as many.</summary>
    private static (string? Bib, int Points)? Leader(IEnumerable<SprintStanding> sprints)
    {
        var totals = sprints.SelectMany(sprint => sprint.Scores).GroupBy(score => score.Bib, score => score.Points)
            .Select(points => (Bib: points.Key, Points: points.Sum())).OrderByDescending(total => total.Points).ToList();
        return totals.Count == 0 ? null : totals.Count > 1 && totals[1].Points == totals[0].Points ? (null, totals[0].Points) : totals[0];
    }

    private static IEnumerable<Highlight> OfEliminations(HeatStanding was, HeatStanding now)
    {
        foreach (var (_, row) in now.RowsChangedFrom(was).Where(row => row.Now.Out is not null && row.Was.Out is null).OrderByDescending(row => row.Now.Out!.Place))
            yield return new WentOut(now.Heat.Id, row.Bib, row.Out!.Place, row.Out.Cause);
        if (now.Profile.Elimination is not { } plan || now.Ahead.StillIn != plan.Survivors || !(was.Ahead.StillIn > plan.Survivors))
            yield break;
        var lap = now.Course.Laps - (now.Rows.Where(row => row.Out is not null).MinBy(row => row.Out!.Place)?.Out!.LapsToGo ?? now.Course.Laps);
        var left = now.Rows.Where(row => row.Status is null && lap > 0 && row.Crossings.Lap >= lap).ToList();
        if (left.MaxBy(row => row.Crossings.Laps[lap - 1].Elapsed) is { } last)
            yield return new LastToSurvive(now.Heat.Id, last.Bib, plan.Survivors);
    }

    private static IEnumerable<Highlight> OfFinish(HeatStanding was, HeatStanding now)
    {
        var id = now.Heat.Id;
        if (now.Profile.Sprints is null && now.Rows[0].IsOk && !was.Rows.Any(row => row.IsOk))
            yield return new Won(id, now.Rows[0].Bib, now.Rows[0].TimeMs);
        if (was.State != HeatStage.Running || now.State != HeatStage.Finished)
            yield break;
        if (now.Rows[0] is { IsOk: true, Points: { } points } winner)
            yield return new WonOnPoints(id, winner.Bib, points);
        if (now.BestLap is { } best)
            yield return new BestLap(id, best.Bib, best.Lap, best.Ms);
    }
}
