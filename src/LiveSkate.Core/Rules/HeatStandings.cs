using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>From what was said and read to a standing. A heat is small: all of it is ranked anew with each passing, and only whose passings changed is followed anew.</summary>
public static class HeatStandings
{
    /// <summary>The state alone: only while a heat is armed does it take all that was read.</summary>
    public static HeatStage StateOf(Meet meet, Heat heat) => heat.Run.Stage ?? Of(meet, heat).State;

    public static HeatStanding Of(Meet meet, Heat heat) => meet.Era.StandingsOf(meet, heat).Of(meet, heat);

    /// <summary>From scratch.</summary>
    internal static HeatStanding Anew(Meet meet, Heat heat) =>
        From(null, meet, heat, HeatReadings.Of(meet, heat, HeatReadings.SkatersOf(meet, heat))).Standing;

    /// <param name="last">Of the same heat: whose readings are still the same keeps his way.</param>
    /// <param name="read">As the meet has them.</param>
    internal static KnownStanding From(KnownStanding? last, Meet meet, Heat heat, HeatReadings read)
    {
        // Another run, or this one as it might be, is another race.
        var sameRun = ReferenceEquals(last?.Heat.Run, heat.Run) ? last : null;
        var race = Race.Of(meet, heat);
        var ways = WaysOf(race, read, sameRun);
        var skaters = SkatersOf(race, Beams.Refine(race, Ended(race, ways)), sameRun);
        var scored = race.Rule.Score(race, skaters);
        var state = StateOf(heat.Run, race.Gun, scored);
        if (state is < HeatStage.Running or HeatStage.Cancelled)
            (race, scored) = (race with { Gun = null }, [.. heat.Bibs.Select((bib, i) => SkaterStandings.BeforeStart(race, bib, i))]);
        Keep(scored, last?.Scored);
        var rows = HeatRanking.Rank(race, scored, state, last);
        var standing = new HeatStanding(heat, state, race.Gun, race.Course, race.FirstRound, rows)
        {
            Profile = race.Profile,
            // The points follow from who crossed when; a rank that was taken (RR) changes times, not sprints.
            Sprints = race.Rule.Sprints(race, scored),
            Ahead = state <= HeatStage.Finished ? race.Rule.Ahead(race, rows) : RaceAhead.Nothing,
        };
        return new KnownStanding(heat, read, ways, skaters, scored, InStartOrder(rows), standing);
    }

    /// <summary>What became of every passing of this heat's run, for the operator; without a bib what names nobody (a light beam).</summary>
    public static IReadOnlyList<(string? Bib, UsedPassing Passing)> PassingsOf(Meet meet, Heat heat)
    {
        var race = Race.Of(meet, heat);
        race = race with { Gun = heat.Run.Start };
        var result = new List<(string? Bib, UsedPassing Passing)>();
        if (heat.Run.Armings.IsEmpty)
            return result;
        result.AddRange(RacePassings.OfFalseStarts(race));
        result.AddRange(OwnStart.Uses(race));
        if (race.Gun is not { } gun)
            return result;
        Crossings[] ways = [.. heat.Bibs.Select(bib => race.Rule.CrossingsOf(race, bib, gun, null))];
        var winner = Winner(race, ways);
        foreach (var bib in heat.Bibs)
        {
            var uses = new List<UsedPassing>();
            var end = race.Rule.CrossingsOf(race, bib, gun, uses).EndedBy(winner).FinishTime;
            result.AddRange(uses.Select(use => ((string?)bib, winner is not null && use.Passing.Time - gun > end && use.Use == PassingUse.Counted
                ? use with { Use = PassingUse.AfterFinish } : use)));
            result.AddRange(RacePassings.All(race, bib, gun)
                .Where(passing => !RacePassings.Counts(heat.Run, passing))
                .Select(passing => ((string?)bib, new UsedPassing(
                    passing, heat.Run.Voided.Contains(passing.At) ? PassingUse.Voided : PassingUse.AfterOfficial, 0))));
        }
        // Of who skates alone they are among his own already.
        var listed = result.Select(entry => entry.Passing.Passing.At).ToHashSet();
        result.AddRange(Beams.Uses(race, [.. ways.Select(way => way.EndedBy(winner))]).Where(entry => !listed.Contains(entry.Passing.Passing.At)));
        return result;
    }

    private static Crossings[] WaysOf(Race race, HeatReadings read, KnownStanding? last)
    {
        var bibs = race.Heat.Bibs;
        var ways = new Crossings[bibs.Length];
        for (int i = 0, from = 0; i < ways.Length; i++)
        {
            var members = race.Meet.CompetitorOf(race.Heat, bibs[i]).Members.Length;
            ways[i] = last?.Read.AreSame(read, from, members) == true ? last.Ways[i]
                : race.Gun is { } gun ? race.Rule.CrossingsOf(race, bibs[i], gun, null)
                : Crossings.None;
            from += members;
        }
        return ways;
    }

    private static Crossings[] Ended(Race race, Crossings[] ways)
    {
        var winner = Winner(race, ways);
        return winner is null ? ways : [.. ways.Select(way => way.EndedBy(winner))];
    }

    private static SkaterStanding[] SkatersOf(Race race, Crossings[] ways, KnownStanding? last)
    {
        var skaters = new SkaterStanding[ways.Length];
        for (var i = 0; i < skaters.Length; i++)
            skaters[i] = last?.Skaters[i] is { } same && ReferenceEquals(same.Crossings, ways[i]) ? same
                : SkaterStandings.Of(race, race.Heat.Bibs[i], i, ways[i]);
        return skaters;
    }

    /// <summary>Who says what he said before is the same.</summary>
    private static void Keep(SkaterStanding[] skaters, SkaterStanding[]? last)
    {
        for (var i = 0; last is not null && i < skaters.Length; i++)
            if (skaters[i] == last[i])
                skaters[i] = last[i];
    }

    private static SkaterStanding[] InStartOrder(ImmutableArray<SkaterStanding> rows)
    {
        var skaters = new SkaterStanding[rows.Length];
        foreach (var row in rows)
            skaters[row.Start] = row;
        return skaters;
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
