namespace LiveSkate.Core.Rules.LongRaces;

/// <summary>At which laps to go there are points (PTS-2).</summary>
public static class SprintSchedule
{
    /// <returns>The first sprint first; 0, the finish, always is the last.</returns>
    public static IReadOnlyList<int> LapsToGo(SprintPlan plan, Course course) =>
        [.. Announced(plan, course).Where(toGo => toGo < course.Laps).Append(0).Distinct().OrderDescending()];

    private static IEnumerable<int> Announced(SprintPlan plan, Course course) =>
        !plan.AtLapsToGo.IsEmpty
            ? plan.AtLapsToGo
            // FMT-20: none before the free distance is behind the leader.
            : Enumerable.Range(0, course.Laps).Where(toGo => toGo % plan.EveryLaps == 0 && course.Behind(course.Laps - toGo) >= plan.FromM);
}
