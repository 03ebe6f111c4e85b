using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules.LongRaces;

namespace LiveSkate.Core.Rules.Formats;

/// <summary>
/// FMT-18: mass start over many laps. Laps behind count before the order over the line; points and eliminations where the format's
/// profile has them.
/// </summary>
internal abstract class LongRace : RaceRule
{
    /// <summary>FIN-3: no times are compared over heats; FMT-15: the winner ends the race for all; a leader a kilometre is said.</summary>
    protected static FormatProfile Long(string format) => new(format) { BlockRank = BlockRank.SharedPlace, LappedFinish = true, LeadEveryM = 1000, Warnings = 2 };

    internal override bool TakesOut => true;

    internal override SkaterStanding[] Score(Race race, SkaterStanding[] skaters)
    {
        var lead = LeadLaps.Of(race.Run, skaters);
        SkaterStanding[] scored = [.. skaters.Select(skater => skater with { LapsDown = WasIn(race, skater) ? lead.Behind(skater.Crossings) : 0 })];
        if (race.Profile.Sprints is not null)
            scored = TrackOrder.Lay(race, SprintPoints.Lay(race, scored));
        return Eliminations.Lay(race, scored);
    }

    /// <summary>Who is disqualified is as far behind as she was; before she started, nowhere.</summary>
    private static bool WasIn(Race race, SkaterStanding skater) =>
        TrackOrder.IsIn(skater)
        || (Statuses.IsDisqualified(skater.Status) && (skater.Crossings.Lap > 0 || FinishOrder.HadFinished(race.Run, skater)));

    /// <summary>PTS-4: points before the order over the line, and never by time.</summary>
    internal override int CompareScore(SkaterStanding a, SkaterStanding b) => (b.Points ?? 0).CompareTo(a.Points ?? 0);

    internal override ImmutableArray<SprintStanding> Sprints(Race race, IReadOnlyList<SkaterStanding> skaters) => SprintPoints.Of(race, skaters);

    internal override RaceAhead Ahead(Race race, ImmutableArray<SkaterStanding> rows)
    {
        var toGo = race.Course.Laps - TrackOrder.LapsOf(rows);
        int? sprint = race.Profile.Sprints is { } plan
            && SprintSchedule.LapsToGo(plan, race.Course).Where(at => at < toGo).DefaultIfEmpty(-1).First() is >= 0 and var ahead ? ahead : null;
        if (race.Profile.Elimination is null)
            return new RaceAhead(sprint, null, 0);
        var next = NextOut.Of(race, rows);
        return new RaceAhead(sprint, next.Next?.LapsToGo, next.Next?.GoOut ?? 0) 
        {
            StillIn = next.StillIn, Proposed = next.Proposed, Eliminations = next.Open,
        };
    }
}
