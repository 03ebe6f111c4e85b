using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Published;

/// <summary>
/// Which heats may read differently after a fact than before it. A reading is of its heat and the others of its round, for there the cut moves. But
/// what somebody finished with stands on the start lists of the next rounds (TIM-8), and who did not start is marked in the next race of
/// another event (R26 125); and what the office says may concern all.
/// </summary>
public static class Concerned
{
    public static IEnumerable<Heat> By(Meet before, Meet after)
    {
        if (after.OfficeAt == after.At)
            return after.Heats.Values;
        foreach (var id in after.Touched)
            if (!before.Heats.TryGetValue(id, out var was) || Finish.Changed(HeatStandings.Of(before, was), HeatStandings.Of(after, after.Heats[id])))
                return after.Heats.Values;
        return after.Touched.Select(id => (after.Heats[id].Event, after.Heats[id].Round)).Distinct().SelectMany(round => after.HeatsOf(round.Event, round.Round));
    }
}
