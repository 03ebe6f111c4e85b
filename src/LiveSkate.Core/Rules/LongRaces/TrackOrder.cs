namespace LiveSkate.Core.Rules.LongRaces;

/// <summary>LAP-4: who is where on the track, whatever the ranks go by.</summary>
internal static class TrackOrder
{
    /// <summary>Everybody still in the race or at its end, the first first; who has not passed anything yet comes last, in start order.</summary>
    public static List<SkaterStanding> Of(Race race, IEnumerable<SkaterStanding> skaters)
    {
        var byFinish = new FinishOrder(race.Run);
        var order = skaters.Where(IsIn).ToList();
        order.Sort((a, b) => Compare(a, b) is not 0 and var by ? by : a.Start.CompareTo(b.Start));
        return order;

        int Compare(SkaterStanding a, SkaterStanding b) =>
            a.IsOk != b.IsOk ? (a.IsOk ? -1 : 1)
            : a.IsOk ? byFinish.Compare(a, b)
            : race.Rule.CompareLive(race, a, b);
    }

    /// <summary>What the first of them has behind her: the board counts by who still leads, whoever was ahead of her and is out.</summary>
    public static int LapsOf(IEnumerable<SkaterStanding> skaters) => skaters.Where(IsIn).Select(skater => skater.Crossings.Lap).DefaultIfEmpty().Max();

    public static bool IsIn(SkaterStanding skater) => skater.IsOk || skater.Status is null;

    /// <summary>Lays the place on the track over the standings.</summary>
    public static SkaterStanding[] Lay(Race race, SkaterStanding[] skaters)
    {
        var places = Of(race, skaters).Where(skater => skater.IsOk || skater.Crossings.Last is not null)
            .Select((skater, i) => (skater.Bib, i)).ToDictionary(x => x.Bib, x => x.i + 1);
        return [.. skaters.Select(skater => skater with { OnTrack = places.TryGetValue(skater.Bib, out var place) ? place : null })];
    }
}
