using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>What holds of any heat, whatever happened to it.</summary>
internal static class HeatChecks
{
    public static void Of(Meet meet, HeatStanding heat)
    {
        Everybody_has_one_row(heat);
        Ranks_are_a_competition_ranking(heat);
        foreach (var row in heat.Rows)
        {
            A_status_says_what_there_is(heat, row);
            Nobody_goes_back(heat, row);
            A_projection_only_gets_worse(heat, row);
        }
        Each_point_is_given_once(heat);
        Everybody_is_accounted_for(heat);
        Broken.Unless(
            heat.State is not (HeatStage.Scheduled or HeatStage.Open or HeatStage.Armed or HeatStage.Cancelled) || heat.Rows.All(row => row.Rank is null && row.Crossings.Lap == 0),
            () => $"{Name(meet, heat)}: something of the race is shown while it is {heat.State}");
    }

    private static string Name(Meet meet, HeatStanding heat) => $"{meet.Id} {heat.Heat.Id} ({heat.Profile.Format}, {heat.State})";

    private static void Everybody_has_one_row(HeatStanding heat) => Broken.Unless(
        heat.Rows.Length == heat.Heat.Bibs.Length && heat.Rows.Select(row => row.Bib).ToHashSet().SetEquals(heat.Heat.Bibs),
        () => $"rows {string.Join(' ', heat.Rows.Select(row => row.Bib))} of {string.Join(' ', heat.Heat.Bibs)}");

    /// <summary>rules.md section 20. While a race runs, who is out has her place from the back already.</summary>
    private static void Ranks_are_a_competition_ranking(HeatStanding heat)
    {
        var ranks = heat.Rows.Select(row => row.Rank).OfType<int>().ToArray();
        var isWhole = heat.Rows.All(row => row.Status is not null) || heat.Rows.All(row => row.Out is null);
        for (var i = 0; i < ranks.Length; i++)
            Broken.Unless(
                isWhole ? ranks[i] == i + 1 || (i > 0 && ranks[i] == ranks[i - 1]) : ranks[i] >= 1 && ranks[i] <= heat.Rows.Length && (i == 0 || ranks[i] >= ranks[i - 1]),
                () => $"ranks of {heat.Profile.Format}, {heat.State}: {string.Join(", ", heat.Rows.Select(row => $"{row.Rank} {row.Bib} {row.Status}"))}");
        Broken.Unless(
            !isWhole || heat.Rows.SkipWhile(row => row.Rank is not null).All(row => row.Rank is null),
            () => $"somebody without a rank stands before somebody with one, {heat.State}: {string.Join(", ", heat.Rows.Select(row => $"{row.Rank} {row.Bib} {row.Status}"))}");
    }

    private static void A_status_says_what_there_is(HeatStanding heat, SkaterStanding row)
    {
        Broken.Unless(
            row.Status is null or Statuses.Ok or Statuses.Eliminated || Statuses.Sanctions.Contains(row.Status), () => $"status {row.Status}");
        Broken.Unless(row.TimeMs is null || (row.IsOk && row.TimeMs >= 0), () => $"{row.Bib} {row.Status} has a time of {row.TimeMs}");
        Broken.Unless(
            row.Rank is null || row.Status is not (Statuses.SportFault or Statuses.DisciplinaryFault or Statuses.Withdrawn) && !(row.Status == Statuses.Dns && heat.FirstRound),
            () => $"{row.Bib} {row.Status} has rank {row.Rank} (RNK-3)");
        Broken.Unless(row.Status == Statuses.Eliminated == row.Out is not null, () => $"{row.Bib} {row.Status} out {row.Out}");
        Broken.Unless(!row.IsOk || heat.State < HeatStage.Running || heat.State == HeatStage.Cancelled || row.Rank is not null, () => $"{row.Bib} OK without a rank");
    }

    private static void Nobody_goes_back(HeatStanding heat, SkaterStanding row)
    {
        var laps = row.Crossings.Laps;
        Broken.Unless(laps.Length <= heat.Course.Laps, () => $"{row.Bib} has {laps.Length} laps of {heat.Course.Laps}");
        for (var i = 0; i < laps.Length; i++)
            Broken.Unless(
                laps[i].Lap == i + 1 && laps[i].Elapsed >= (i == 0 ? TimeSpan.Zero : laps[i - 1].Elapsed),
                () => $"laps of {row.Bib} ({heat.Profile.Format}): {string.Join(", ", laps.Select(lap => $"{lap.Lap} {lap.Elapsed}"))}");
        var points = row.Crossings.Points;
        for (var i = 1; i < points.Length; i++)
            Broken.Unless(
                points[i].CompareProgress(points[i - 1]) > 0 && points[i].Elapsed >= points[i - 1].Elapsed,
                () => $"points of {row.Bib} ({heat.Profile.Format}): {string.Join(", ", points.Select(point => $"{point.Lap}+{point.AtM} {point.Elapsed}"))}");
    }

    private static void A_projection_only_gets_worse(HeatStanding heat, SkaterStanding row)
    {
        if (Projection.Of(heat, row) is not { } projection)
            return;
        Broken.Unless(projection.RestMs >= 0 && projection.FinishMs >= projection.DueMs, () => $"{row.Bib} is projected as {projection}");
        for (long clock = 0, finish = 0; clock < 2 * projection.FinishMs; clock += 1 + projection.FinishMs / 5)
        {
            Broken.Unless(projection.FinishAt(clock) >= finish, () => $"{row.Bib} is projected better at {clock}: {projection}");
            finish = projection.FinishAt(clock);
        }
    }

    private static void Each_point_is_given_once(HeatStanding heat) => Broken.Unless(
        heat.Rows.Sum(row => row.Points ?? 0) == heat.Sprints.Sum(sprint => sprint.Scores.Sum(score => score.Points))
            && heat.Rows.All(row => row.Points is null || (row.Points >= row.PointsUnjudged && row.PointsUnjudged >= 0)),
        () => $"points {string.Join(' ', heat.Rows.Select(row => $"{row.Bib}:{row.Points}/{row.PointsUnjudged}"))} of sprints {string.Join(' ', heat.Sprints.Select(sprint => $"{sprint.LapsToGo}:{string.Join(',', sprint.Scores)}"))}");

    /// <summary>rules.md section 20: who finished, who was taken out and who was not to be counted are all starters, once nobody is waited for.</summary>
    private static void Everybody_is_accounted_for(HeatStanding heat) => Broken.Unless(
        !heat.Heat.Run.FinishCalled || heat.State is HeatStage.Scheduled or HeatStage.Open or HeatStage.Armed or HeatStage.Cancelled || heat.Rows.All(row => row.Status is not null),
        () => $"nobody is waited for, and {string.Join(' ', heat.Rows.Where(row => row.Status is null).Select(row => row.Bib))} has no status");
}
