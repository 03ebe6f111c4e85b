using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Published;

/// <summary>
/// Which heats may read differently after a fact than before it. A reading is of its heat and the others of its round, for there the cut moves, and
/// of the start lists that were drawn from it (TIM-8); a finish, of all its event, for there are records. But who starts is marked in other events
/// too, and who did not in the next race of another one (R26 125); and what the office says may concern all.
/// </summary>
public static class Concerned
{
    public static IEnumerable<Heat> By(Meet before, Meet after)
    {
        if (after.OfficeAt == after.At || after.Touched.Any(id => !before.Heats.TryGetValue(id, out var was) || was.Run.Start != after.Heats[id].Run.Start))
            return after.Heats.Values;
        var concerned = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in after.Touched)
            concerned.UnionWith(Of(before, after, after.Heats[id]));
        return concerned.Select(id => after.Heats[id]);
    }

    private static IEnumerable<string> Of(Meet before, Meet after, Heat heat)
    {
        var (was, now) = (HeatStandings.Of(before, before.Heats[heat.Id]), HeatStandings.Of(after, heat));
        var plan = after.EventOf(heat);
        if (!Finish.Changed(was, now))
            return Rounds(plan, heat.Round).SelectMany(round => after.HeatsOf(plan.Id, round)).Select(other => other.Id);
        // Also of who was known to be absent before: it counts once the heat is over.
        var absent = was.Rows.Concat(now.Rows).Where(row => row.Status == Statuses.Dns)
            .SelectMany(row => after.CompetitorOf(heat, row.Bib).Members)
            .SelectMany(skater => after.HeatsOfSkater.GetValueOrDefault(skater.Id, []));
        return plan.Rounds.SelectMany(round => after.HeatsOf(plan.Id, round.Id)).Select(other => other.Id).Concat(absent);
    }

    /// <summary>This one, and those that are drawn from it or after it.</summary>
    private static IEnumerable<string> Rounds(EventDocument plan, string round) =>
        plan.Rounds.SkipWhile(other => other.Id != round).Where(other => other.Id == round || other.Heats.IsDrawnLater).Select(other => other.Id);
}
