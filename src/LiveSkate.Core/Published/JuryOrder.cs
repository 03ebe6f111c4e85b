using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Published;

/// <summary>OFF-8: the jury's order stands, and says who set it and why.</summary>
/// <param name="By">office, or office/{name}.</param>
/// <param name="Reason">Null where none was given.</param>
/// <param name="Against">How it differs from what was measured: "SWINGS 4th → 3rd"; empty where it does not.</param>
public sealed record JuryOrder(string By, string? Reason, long RecordedUs, ImmutableArray<string> Against)
{
    public static JuryOrder? Of(Meet meet, HeatStanding standing)
    {
        var heat = standing.Heat;
        if (heat.Run is not { OrderBy: { } word, Order.IsEmpty: false })
            return null;
        var measured = HeatStandings.Of(meet, heat with { Runs = heat.Runs.SetItem(heat.Runs.Length - 1, heat.Run with { Order = [] }) });
        return new JuryOrder(
            word.Actor, word.Reason, Microseconds.FromInstant(word.On),
            [.. standing.ChangesFrom(measured).Where(change => change.Was.Rank != change.Now.Rank)
                .Select(change => ChangeWords.Row(meet.CompetitorOf(heat, change.Bib).ShortName, change))]);
    }
}
