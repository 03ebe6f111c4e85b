using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Published;

/// <summary>
/// Which heats may read differently after a fact than before it. A reading is of its heat and the others of its round, for there the cut moves, and
/// of the start lists that were drawn from it (TIM-8). But who starts, and who did not, is marked in other events too (R26 125); and what the
/// office says may concern all.
/// </summary>
public static class Concerned
{
    public static IEnumerable<Heat> By(Meet before, Meet after)
    {
        if (after.OfficeAt == after.At)
            return after.Heats.Values;
        foreach (var id in after.Touched)
            if (!before.Heats.TryGetValue(id, out var was) || was.Run.Start != after.Heats[id].Run.Start
                || Finish.Changed(HeatStandings.Of(before, was), HeatStandings.Of(after, after.Heats[id])))
                return after.Heats.Values;
        return after.Touched.Select(id => after.Heats[id]).SelectMany(heat => Rounds(after.EventOf(heat), heat.Round).SelectMany(round => after.HeatsOf(heat.Event, round))).Distinct();
    }

    /// <summary>This one, and those that are drawn from it or after it.</summary>
    private static IEnumerable<string> Rounds(EventDocument plan, string round) =>
        plan.Rounds.SkipWhile(other => other.Id != round).Where(other => other.Id == round || other.Heats.IsDrawnLater).Select(other => other.Id);
}
