using System.Collections.Immutable;

namespace LiveSkate.Core.Rules.LongRaces;

/// <summary>ELI-3: who goes out when, from the number of real starters (ELI-9).</summary>
public static class EliminationSchedule
{
    /// <summary>
    /// From the first announced lap on until the survivors are left; where none is announced, so late that the last elimination leaves them.
    /// </summary>
    /// <returns>The first lap first.</returns>
    public static ImmutableArray<EliminationLap> Of(EliminationPlan plan, Course course, int starters)
    {
        var need = starters - plan.Survivors;
        return plan.First is null ? [.. Take(Laps(plan, course), need).Reverse()] : [.. Take(Laps(plan, course), need)];
    }

    /// <summary>ELI-7: the laps that are still needed to come down to the survivors; whoever left in between has made the earliest unnecessary.</summary>
    public static ImmutableArray<EliminationLap> Open(ImmutableArray<EliminationLap> schedule, int stillIn, int survivors) =>
        [.. Take(schedule.Reverse(), stillIn - survivors).Reverse()];

    /// <summary>ELI-4: how many more than the survivors the schedule leaves.</summary>
    public static int LeftOver(EliminationPlan plan, Course course, int starters) =>
        Math.Max(0, starters - plan.Survivors) - Of(plan, course, starters).Sum(lap => lap.GoOut);

    /// <summary>Every lap that can be one, in the order in which they are given away.</summary>
    public static IEnumerable<EliminationLap> Laps(EliminationPlan plan, Course course)
    {
        var toGo = plan.First ?? plan.Last ?? plan.EveryLaps;
        for (; toGo > 0 && toGo < course.Laps; toGo += plan.First is null ? plan.EveryLaps : -plan.EveryLaps)
            // ELI-1, FMT-20: nobody goes out before the free distance is behind the leader.
            if (course.Behind(course.Laps - toGo) >= plan.FromM)
                yield return new EliminationLap(toGo, plan.Doubles.Contains(toGo) ? 2 : 1);
    }

    private static IEnumerable<EliminationLap> Take(IEnumerable<EliminationLap> laps, int need)
    {
        foreach (var lap in laps)
        {
            if (need <= 0)
                yield break;
            yield return lap with { GoOut = Math.Min(lap.GoOut, need) };
            need -= lap.GoOut;
        }
    }
}
