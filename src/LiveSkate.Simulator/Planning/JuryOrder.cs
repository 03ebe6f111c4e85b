using System.Collections.Immutable;

namespace LiveSkate.Simulator.Planning;

/// <summary>The order that the jury has to enter, because the times alone would give another one or none.</summary>
public static class JuryOrder
{
    /// <returns>Lists of bibs that share a place, or null where the crossings give the printed ranks by themselves.</returns>
    public static ImmutableArray<ImmutableArray<string>>? Of(ImmutableArray<PlannedStart> starts)
    {
        var places = starts
            .Where(start => start.Printed is { Outcome: "OK", Rank: not null })
            .GroupBy(start => start.Printed.Rank!.Value)
            .OrderBy(place => place.Key)
            .Select(place => place.ToList())
            .ToList();
        if (places.All(place => place.All(start => start.ElapsedUs is not null && start.ElapsedUs == place[0].ElapsedUs))
            && places.Zip(places.Skip(1)).All(pair => pair.First[0].ElapsedUs < pair.Second[0].ElapsedUs))
            return null;

        // Who is disqualified later has crossed the line like everybody else, and has a place until then.
        foreach (var crossed in starts.Where(start => start.ElapsedUs is not null && start.Printed.Rank is null))
        {
            var behind = places.FindIndex(place => place[0].ElapsedUs is null || place[0].ElapsedUs > crossed.ElapsedUs);
            places.Insert(behind < 0 ? places.Count : behind, [crossed]);
        }

        return [.. places.Select(place => place.Select(start => start.Bib).ToImmutableArray())];
    }
}
