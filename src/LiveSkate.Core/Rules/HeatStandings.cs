using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>From what was said and read to a standing. Recomputed whole each time: a heat is small, and nothing can go stale.</summary>
public static class HeatStandings
{
    public static HeatStanding Of(Meet meet, Heat heat)
    {
        var race = Race.Of(meet, heat);
        var run = heat.Run;
        var skaters = race.Rule.Score(race, [.. heat.Bibs.Select((bib, i) => SkaterStandings.Of(run, bib, i, CrossingsOf(race, bib)))]);
        var state = StateOf(run, race.Gun, skaters);
        if (state < HeatStage.Running)
            (race, skaters) = (race with { Gun = null }, [.. heat.Bibs.Select((bib, i) => SkaterStandings.BeforeStart(run, bib, i))]);
        var rows = HeatRanking.Rank(race, skaters, state);
        return new HeatStanding(heat, state, race.Gun, race.Course, race.FirstRound, rows)
        {
            Ahead = state == HeatStage.Running ? race.Rule.Ahead(race, rows) : RaceAhead.Nothing,
        };
    }

    /// <summary>What became of every passing of this heat's newest start, for the operator.</summary>
    public static IReadOnlyList<(string Bib, UsedPassing Passing)> PassingsOf(Meet meet, Heat heat)
    {
        var race = Race.Of(meet, heat);
        var result = new List<(string, UsedPassing)>();
        if (heat.Run.Armings.IsEmpty || heat.Run.Armings[^1].Start is not { } gun)
            return result;
        foreach (var bib in heat.Bibs)
        {
            var uses = new List<UsedPassing>();
            _ = race.Rule.CrossingsOf(race, bib, gun, uses);
            result.AddRange(uses.Select(use => (bib, use)));
            result.AddRange(RacePassings.All(race, bib, gun)
                .Where(passing => !RacePassings.Counts(heat.Run, passing))
                .Select(passing => (bib, new UsedPassing(
                    passing, heat.Run.Voided.Contains(passing.At) ? PassingUse.Voided : PassingUse.AfterOfficial, 0))));
        }
        return result;
    }

    private static Crossings CrossingsOf(Race race, string bib) =>
        race.Gun is { } gun ? race.Rule.CrossingsOf(race, bib, gun, null) : Crossings.None;

    private static HeatStage StateOf(HeatRun run, DateTimeOffset? gun, SkaterStanding[] skaters) => run.Phase switch
    {
        Phase.Scheduled => HeatStage.Scheduled,
        Phase.Open => HeatStage.Open,
        Phase.Provisional => HeatStage.Provisional,
        Phase.Review => HeatStage.Review,
        Phase.Official => HeatStage.Official,
        _ when gun is null => HeatStage.Armed,
        _ when run.FinishCalled => HeatStage.Finished,
        _ => RunningState(run.Armings[^1], gun.Value, skaters),
    };

    /// <summary>A recall counts while somebody is still skating; once all have finished it comes too late.</summary>
    private static HeatStage RunningState(Arming arming, DateTimeOffset gun, SkaterStanding[] skaters)
    {
        var allDone = skaters.All(skater => skater.Status is not null) && skaters.Any(skater => skater.IsOk);
        DateTimeOffset? lastFinish = allDone
            ? gun + skaters.Max(skater => skater.Crossings.FinishTime ?? skater.Finish ?? TimeSpan.Zero)
            : null;
        var recalled = arming.Recalls.Any(recall => recall >= gun && (lastFinish is null || recall < lastFinish));
        return recalled ? HeatStage.Open : allDone ? HeatStage.Finished : HeatStage.Running;
    }
}
