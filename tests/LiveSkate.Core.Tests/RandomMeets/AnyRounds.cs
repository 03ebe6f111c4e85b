using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>The rounds of an event: heats that are known, and heats that are drawn; finals A and B; heats of nobody, of one, of all.</summary>
internal static class AnyRounds
{
    public static ImmutableArray<RoundDocument> Of(Dice dice, string @event, ImmutableArray<string> bibs, string format)
    {
        var rounds = ImmutableArray.CreateBuilder<RoundDocument>();
        var count = format is "sprint" ? dice.OneOf(1, 2, 2, 3, 4) : dice.OneOf(1, 1, 2, 2, 3);
        for (var i = 0; i < count; i++)
        {
            var isLast = i == count - 1;
            var advance = isLast ? null : Advance(dice, bibs.Length);
            rounds.Add(i == 0 && !dice.OneIn(4)
                ? new RoundDocument("r1", "Round 1", Known(dice, @event, bibs), advance, null)
                : new RoundDocument($"r{i + 1}", $"Round {i + 1}", Later(dice, bibs.Length, isLast), advance, DrawFor(dice, i)));
        }
        if (count > 1 && dice.OneIn(3))
            rounds.Insert(dice.OneIn(2) ? count : count - 1, BFinal(dice, rounds[count - 2].Id));
        return rounds.ToImmutable();
    }

    /// <summary>FIN-5.</summary>
    private static RoundDocument BFinal(Dice dice, string from) => new(
        "b", "Final B", HeatPlan.DrawnLater(dice.OneOf(1, 1, 2)), null, dice.OneOf(Draw.DirectThenTime, null), dice.OneIn(3) ? null : from,
        RoundDocument.TakesRest, dice.MaybeSome(2, () => dice.Between(1, 5)));

    private static AdvanceRule Advance(Dice dice, int entries)
    {
        var perHeat = dice.OneOf(0, 1, 1, 2, 3);
        var fastest = dice.OneOf(0, 1, 2, 4, entries, 1000);
        return new AdvanceRule(perHeat, fastest, dice.MaybeSome(5, () => perHeat + dice.Between(1, 2)));
    }

    private static HeatPlan Known(Dice dice, string @event, ImmutableArray<string> bibs)
    {
        var heats = dice.OneOf(1, 2, 2, 3, 4, Math.Max(1, (bibs.Length + 1) / 2));
        var order = dice.Shuffled(bibs);
        // A heat may be empty, and somebody may be entered and in none of them.
        var left = dice.OneIn(6) ? order.Skip(1) : order;
        var dealt = left.Select((bib, i) => (bib, Heat: dice.OneIn(9) ? dice.Upto(heats) : i % heats)).ToLookup(x => x.Heat, x => x.bib);
        var numbers = dice.OneIn(3) ? dice.Shuffled(Enumerable.Range(1, heats)) : [.. Enumerable.Range(1, heats)];
        return HeatPlan.Of([.. Enumerable.Range(0, heats).Select(i => new HeatDocument($"{@event}-r1-{numbers[i]}", numbers[i], [.. dealt[i]]))]);
    }

    private static HeatPlan Later(Dice dice, int entries, bool isLast) =>
        HeatPlan.DrawnLater(isLast ? dice.OneOf(1, 1, 1, 2, Math.Max(1, entries / 2)) : dice.OneOf(1, 2, 2, 3, 5));

    private static string? DrawFor(Dice dice, int round) =>
        dice.OneIn(8) ? null : round == 0 ? dice.OneOf(Draw.ByNation, Draw.TwoPassSnake) : dice.Pick([.. Draw.Names]);
}
