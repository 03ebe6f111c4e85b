using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>From what was said and read to a standing. Recomputed whole for each meet as it stands: a heat is small, and nothing can go stale.</summary>
public static class HeatStandings
{
    /// <summary>
    /// What was asked of a meet already, for as long as somebody holds that very value. Many ask for the same: what is said of a change, its
    /// version, every scope that is looked at. A meet never changes, so nothing here is ever wrong.
    /// </summary>
    private static readonly ConditionalWeakTable<Meet, ConcurrentDictionary<Heat, HeatStanding>> Asked = [];

    /// <summary>The state alone: only while a heat is armed does it take all that was read.</summary>
    public static HeatStage StateOf(Meet meet, Heat heat) => heat.Run.Stage ?? Of(meet, heat).State;

    public static HeatStanding Of(Meet meet, Heat heat) =>
        Asked.GetValue(meet, static _ => new ConcurrentDictionary<Heat, HeatStanding>(ReferenceEqualityComparer.Instance))
            .GetOrAdd(heat, static (heat, meet) => Compute(meet, heat), meet);

    private static HeatStanding Compute(Meet meet, Heat heat)
    {
        var race = Race.Of(meet, heat);
        var run = heat.Run;
        var ways = Beams.Refine(race, CrossingsOf(race));
        var skaters = race.Rule.Score(race, [.. heat.Bibs.Select((bib, i) => SkaterStandings.Of(race, bib, i, ways[i]))]);
        var state = StateOf(run, race.Gun, skaters);
        if (state is < HeatStage.Running or HeatStage.Cancelled)
            (race, skaters) = (race with { Gun = null }, [.. heat.Bibs.Select((bib, i) => SkaterStandings.BeforeStart(race, bib, i))]);
        var rows = HeatRanking.Rank(race, skaters, state);
        return new HeatStanding(heat, state, race.Gun, race.Course, race.FirstRound, rows)
        {
            Profile = race.Profile,
            Sprints = race.Rule.Sprints(race, rows),
            Ahead = state <= HeatStage.Finished ? race.Rule.Ahead(race, rows) : RaceAhead.Nothing,
        };
    }

    /// <summary>What became of every passing of this heat's newest start, for the operator.</summary>
    public static IReadOnlyList<(string Bib, UsedPassing Passing)> PassingsOf(Meet meet, Heat heat)
    {
        var race = Race.Of(meet, heat);
        race = race with { Gun = heat.Run.Armings is [.., var arming] ? heat.Run.StartOf(arming) : null };
        var result = new List<(string, UsedPassing)>();
        if (heat.Run.Armings.IsEmpty)
            return result;
        result.AddRange(OwnStart.Uses(race));
        if (race.Gun is not { } gun)
            return result;
        var winner = Winner(race, [.. heat.Bibs.Select(bib => race.Rule.CrossingsOf(race, bib, gun, null))]);
        foreach (var bib in heat.Bibs)
        {
            var uses = new List<UsedPassing>();
            var end = race.Rule.CrossingsOf(race, bib, gun, uses).EndedBy(winner).FinishTime;
            result.AddRange(uses.Select(use => (bib, use.Passing.Time - gun > end && use.Use == PassingUse.Counted
                ? use with { Use = PassingUse.AfterFinish } : use)));
            result.AddRange(RacePassings.All(race, bib, gun)
                .Where(passing => !RacePassings.Counts(heat.Run, passing))
                .Select(passing => (bib, new UsedPassing(
                    passing, heat.Run.Voided.Contains(passing.At) ? PassingUse.Voided : PassingUse.AfterOfficial, 0))));
        }
        return result;
    }

    private static Crossings[] CrossingsOf(Race race)
    {
        Crossings[] ways = [.. race.Heat.Bibs.Select(bib => race.Gun is { } gun ? race.Rule.CrossingsOf(race, bib, gun, null) : Crossings.None)];
        var winner = Winner(race, ways);
        return winner is null ? ways : [.. ways.Select(way => way.EndedBy(winner))];
    }

    /// <summary>FMT-15: when the race ends for who is behind by laps.</summary>
    private static TimeSpan? Winner(Race race, Crossings[] ways) =>
        !race.Profile.LappedFinish ? null
        : ways.Where((_, i) => race.Run.MakesTheRace(race.Heat.Bibs[i])).Min(way => way.FinishTime);

    private static HeatStage StateOf(HeatRun run, DateTimeOffset? gun, SkaterStanding[] skaters) =>
        run.Stage is { } said ? said
        : gun is null ? HeatStage.Armed
        : run.FinishCalled ? HeatStage.Finished
        : RunningState(run.Armings[^1], gun.Value, skaters);

    /// <summary>A recall counts while somebody is still skating; once all have finished it comes too late.</summary>
    private static HeatStage RunningState(Arming arming, DateTimeOffset gun, SkaterStanding[] skaters)
    {
        var allDone = skaters.All(skater => skater.Status is not null) && skaters.Any(skater => skater.IsOk);
        DateTimeOffset? lastFinish = allDone
            ? skaters.Max(skater => skater.Crossings.Finished
                ? skater.Crossings.Laps[^1].Passing.Time
                : gun + (skater.Finish ?? TimeSpan.Zero))
            : null;
        var recalled = arming.Recalls.Any(recall => recall >= gun && (lastFinish is null || recall < lastFinish));
        return recalled ? HeatStage.Open : allDone ? HeatStage.Finished : HeatStage.Running;
    }
}
