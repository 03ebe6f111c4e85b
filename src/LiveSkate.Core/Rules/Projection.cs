using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>
/// Where somebody who still skates is expected, as of his last crossing and in the pace of his last lap, in ms of the race clock (of his own, where each has one). Nothing
/// here knows what time it is: whoever has a clock asks with it, and while nothing arrives the answer only gets worse.
/// </summary>
/// <param name="DueMs">At the line again.</param>
/// <param name="FinishMs">At the finish, were he there when he is due.</param>
/// <param name="RestMs">From the next crossing to the finish.</param>
public sealed record Projection(long DueMs, long FinishMs, long RestMs)
{
    /// <summary>Null before two laps, once he has finished, where a missed reading makes his last lap no measure (LAP-6), and in a race that is held up (INC-3).</summary>
    public static Projection? Of(HeatStanding standing, SkaterStanding skater)
    {
        if (standing.State != HeatStage.Running || standing.Heat.Run.Paused is not null || skater is not { Status: null, MissedRead: false, Crossings.Laps: [.., var before, var last] })
            return null;
        var left = standing.Course.Laps - skater.Crossings.Lap;
        // FMT-15: the winner has ended it for all, at their next crossing.
        if (standing.Profile.LappedFinish && standing.Rows.Any(row => row.Crossings.Finished && standing.Heat.Run.MakesTheRace(row.Bib)))
            left = 1;
        var at = RaceTime.CutToMilliseconds(last.Elapsed);
        var lap = at - RaceTime.CutToMilliseconds(before.Elapsed);
        return new Projection(at + lap, at + lap * left, lap * (left - 1));
    }

    /// <summary>He was not at the line by then, so he cannot finish sooner than the rest takes from then on.</summary>
    public long FinishAt(long clockMs) => Math.Max(FinishMs, clockMs + RestMs);
}
