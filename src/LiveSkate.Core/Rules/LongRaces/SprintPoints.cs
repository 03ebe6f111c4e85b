using System.Collections.Immutable;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules.LongRaces;

/// <summary>PTS-1, PTS-5: who won what at each sprint. The judges' order; until they have said it, the transponders' as a proposal.</summary>
internal static class SprintPoints
{
    /// <returns>The sprints at which somebody has points, the first first.</returns>
    public static ImmutableArray<SprintStanding> Of(Race race, IReadOnlyList<SkaterStanding> skaters)
    {
        if (race.Profile.Sprints is not { } plan || race.Gun is null)
            return [];
        // Judges may add a sprint that was not announced.
        var laps = SprintSchedule.LapsToGo(plan, race.Course).Union(race.Run.Sprints.Keys).OrderDescending();
        return [.. laps.Select(toGo => Judge(race, plan, skaters, toGo)).Where(sprint => !sprint.Scores.IsEmpty)];
    }

    public static SkaterStanding[] Lay(Race race, SkaterStanding[] skaters)
    {
        if (race.Profile.Sprints is null)
            return skaters;
        var sprints = Of(race, skaters);
        // The referee's signature stands for the judges' word on all of them.
        var isSigned = race.Run.Phase == Phase.Official;
        return [.. skaters.Select(skater => skater with
        {
            Points = PointsOf(sprints, skater.Bib),
            PointsUnjudged = isSigned ? 0 : PointsOf(sprints.Where(sprint => !sprint.Judged), skater.Bib),
        })];
    }

    private static int PointsOf(IEnumerable<SprintStanding> sprints, string bib) =>
        sprints.SelectMany(sprint => sprint.Scores).Where(score => score.Bib == bib).Sum(score => score.Points);

    private static SprintStanding Judge(Race race, SprintPlan plan, IReadOnlyList<SkaterStanding> skaters, int toGo)
    {
        var points = toGo == 0 ? plan.LastPoints : plan.Points;
        if (race.Run.Sprints.TryGetValue(toGo, out var said) && !said.IsEmpty)
            return new SprintStanding(toGo, true, true, false, Scores(said, points));
        var order = toGo == 0 ? AtTheFinish(race, skaters) : AtTheLine(race, skaters, race.Course.Laps - toGo, points.Length);
        var crossed = order.Sum(group => group.Bibs.Length);
        var waiting = skaters.Count(skater => skater.Status is null && skater.Crossings.Lap < race.Course.Laps - toGo);
        var isJudged = toGo == 0 && (!race.Run.Order.IsEmpty || race.Run.PhotoFinish is not null);
        return new SprintStanding(
            toGo, isJudged, crossed >= points.Length || waiting == 0, !isJudged && IsClose(order, points.Length, race.Profile.UnresolvedWindow),
            Scores(order.Select(group => group.Bibs), points));
    }

    private readonly record struct AtOnce(TimeSpan? At, ImmutableArray<string> Bibs);

    /// <summary>Down to the first who gets nothing.</summary>
    private static bool IsClose(IReadOnlyList<AtOnce> order, int scoring, TimeSpan window)
    {
        for (var i = 1; i < order.Count && i <= scoring; i++)
            if (order[i].At - order[i - 1].At < window)
                return true;
        return false;
    }

    private static ImmutableArray<SprintScore> Scores(IEnumerable<ImmutableArray<string>> order, ImmutableArray<int> points)
    {
        var scores = ImmutableArray.CreateBuilder<SprintScore>();
        var place = 1;
        foreach (var group in order)
        {
            if (place > points.Length)
                break;
            foreach (var bib in group)
                if (points[place - 1] > 0)
                    scores.Add(new SprintScore(bib, place, points[place - 1]));
            place += group.Length;
        }
        return scores.ToImmutable();
    }

    /// <summary>
    /// Who completed that lap, the first first, down to the first who gets nothing. Who was disqualified since keeps her place there: only
    /// the judges move it. (A plain loop, for it runs for every sprint at every passing.)
    /// </summary>
    private static List<AtOnce> AtTheLine(Race race, IReadOnlyList<SkaterStanding> skaters, int lap, int wanted)
    {
        var first = new List<(TimeSpan At, string Bib)>(wanted + 2);
        foreach (var skater in skaters)
        {
            if (skater.Crossings.Lap < lap)
                continue;
            var at = skater.Crossings.Laps[lap - 1].Elapsed;
            if ((first.Count > wanted && at > first[^1].At) || !WasIn(race.Run, skater.Bib, race.Course.Laps - lap))
                continue;
            var place = first.Count;
            while (place > 0 && first[place - 1].At > at)
                place--;
            first.Insert(place, (at, skater.Bib));
        }
        var groups = new List<AtOnce>(first.Count);
        foreach (var (at, bib) in first)
            if (groups.Count > 0 && groups[^1].At == at)
                groups[^1] = groups[^1] with { Bibs = groups[^1].Bibs.Add(bib) };
            else
                groups.Add(new AtOnce(at, [bib]));
        return groups;
    }

    /// <summary>Who has gone out and rolls on scores no more; who went out nobody knows when, wherever she was read.</summary>
    private static bool WasIn(HeatRun run, string bib, int toGo) =>
        run.MakesTheRace(bib) || run.Eliminations.Any(gone => gone.Bib == bib && (gone.LapsToGo is not { } outAt || toGo >= outAt));

    private static List<AtOnce> AtTheFinish(Race race, IReadOnlyList<SkaterStanding> skaters)
    {
        var byFinish = new FinishOrder(race.Run);
        var finished = skaters
            .Where(skater => skater.IsOk || (Statuses.IsDisqualified(skater.Status) && FinishOrder.HadFinished(race.Run, skater)))
            .Where(skater => skater.LapsDown == 0 || FinishOrder.IsPlaced(race.Run, skater.Bib))
            .Order(byFinish)
            .ToList();
        var groups = new List<AtOnce>();
        for (var i = 0; i < finished.Count; i++)
            if (i > 0 && byFinish.Compare(finished[i - 1], finished[i]) == 0)
                groups[^1] = groups[^1] with { Bibs = groups[^1].Bibs.Add(finished[i].Bib) };
            else
                groups.Add(new AtOnce(finished[i].Finish, [finished[i].Bib]));
        return groups;
    }
}
