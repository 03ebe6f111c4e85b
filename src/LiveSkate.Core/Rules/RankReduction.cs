using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules;

/// <summary>Where somebody stands in a heat. Who has the same slot and stands no farther behind in it shares the rank.</summary>
internal readonly record struct Placed(SkaterStanding Skater, int Slot, int Behind)
{
    public bool Shares(Placed other) => Slot == other.Slot && Behind == other.Behind;
}

/// <summary>
/// RR (INC-5, INC-6). The offender takes the time and place of the affected skater and the other way round. Several affected have the
/// offender's time and stay as they arrived; the offender takes those of the last of them. What was measured is kept beside.
/// </summary>
internal static class RankReduction
{
    public static bool IsIn(HeatRun run) => run.Sanctions.Any(given => given.Code == Statuses.Reduced);

    /// <summary>Who swaps and was disqualified since, as if he had not been.</summary>
    public static SkaterStanding AsSkated(HeatRun run, SkaterStanding skater) =>
        Statuses.IsDisqualified(skater.Status) && IsNamed(run, skater.Bib) && FinishOrder.HadFinished(run, skater)
            ? skater with { Status = Statuses.Ok, TimeMs = SkaterStandings.OfficialMs(run, skater.Bib, skater.Finish) }
            : skater;

    public static List<Placed> Apply(HeatRun run, List<Placed> places)
    {
        foreach (var given in run.Sanctions.Where(given => given.Code == Statuses.Reduced))
            Swap(places, given);
        return [.. places.OrderBy(place => place.Slot).ThenBy(place => place.Behind)];
    }

    private static bool IsNamed(HeatRun run, string bib) => run.Sanctions.Any(given =>
        given.Code == Statuses.Reduced && (given.Bib == bib || given.With.Contains(bib, StringComparer.Ordinal)));

    private static void Swap(List<Placed> places, Sanctioned given)
    {
        var offender = places.FindIndex(place => place.Skater.Bib == given.Bib && place.Skater.IsOk);
        if (offender < 0)
            return;
        var from = places[offender];
        // Whoever was ahead anyway has lost nothing; who did not finish has no time to swap.
        var affected = Enumerable.Range(0, places.Count)
            .Where(i => given.With.Contains(places[i].Skater.Bib, StringComparer.Ordinal) && places[i].Skater.IsOk)
            .Where(i => (places[i].Slot, places[i].Behind).CompareTo((from.Slot, from.Behind)) > 0)
            .OrderBy(i => (places[i].Slot, places[i].Behind))
            .ToList();
        if (affected.Count == 0)
            return;
        var last = places[affected[^1]];
        var behind = from.Behind;
        foreach (var i in affected)
            places[i] = new Placed(WithTimeOf(places[i].Skater, from.Skater), from.Slot, behind++);
        places[offender] = new Placed(WithTimeOf(from.Skater, last.Skater), last.Slot, last.Behind);
    }

    private static SkaterStanding WithTimeOf(SkaterStanding skater, SkaterStanding other) => skater with
    {
        Finish = other.Finish,
        TimeMs = other.TimeMs,
        MeasuredMs = skater.TimeMs ?? skater.MeasuredMs,
        Swapped = true,
    };
}
