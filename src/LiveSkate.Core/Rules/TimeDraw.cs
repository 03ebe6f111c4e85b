using System.Collections.Immutable;

namespace LiveSkate.Core.Rules;

/// <summary>SED-4: draws by time alone, in which the fastest come last.</summary>
internal static class TimeDraw
{
    /// <summary>Two by two from the slowest on; the fastest pair is the last heat. An odd one out skates the last heat alone.</summary>
    public const string SlowestFirst = "slowestFirst";

    /// <summary>The 100 m: dealt like a snake that begins in the last heat, so that the fastest are there.</summary>
    public const string ReversedSnake = "reversedSnake";

    public static IReadOnlyList<string> Names { get; } = [SlowestFirst, ReversedSnake];

    /// <param name="lines">Where each skater has a line of his own, no heat has more than these; a tie at the cut (QUA-5) makes one more heat.</param>
    /// <returns>The bibs of heat 1, 2 … in start order: the fastest of a heat has the first lane or line (SED-5).</returns>
    public static ImmutableArray<ImmutableArray<string>> Propose(RoundStanding from, string name, int heats, int lines)
    {
        // Whom the jury sends on without a time is the slowest.
        var through = from.Entrants.Where(entrant => entrant.Advances).OrderBy(entrant => entrant.Skater.TimeMs ?? long.MaxValue).Select(entrant => entrant.Skater.Bib).ToList();
        if (lines > 1)
            heats = Math.Max(heats, (through.Count + lines - 1) / lines);
        return name == ReversedSnake ? Snake(through, heats) : InPairs(through, heats);
    }

    private static ImmutableArray<ImmutableArray<string>> InPairs(List<string> fastestFirst, int heats)
    {
        var (least, rest) = Math.DivRem(fastestFirst.Count, heats);
        var drawn = ImmutableArray.CreateBuilder<ImmutableArray<string>>(heats);
        var end = fastestFirst.Count;
        for (var heat = 0; heat < heats; heat++)
        {
            var size = heat < rest ? least + 1 : least;
            drawn.Add([.. fastestFirst[(end - size)..end]]);
            end -= size;
        }
        return drawn.ToImmutable();
    }

    private static ImmutableArray<ImmutableArray<string>> Snake(List<string> fastestFirst, int heats)
    {
        var lists = Enumerable.Range(0, heats).Select(_ => new List<string>()).ToArray();
        for (var i = 0; i < fastestFirst.Count; i++)
        {
            var (turn, place) = Math.DivRem(i, heats);
            lists[turn % 2 == 0 ? heats - 1 - place : place].Add(fastestFirst[i]);
        }
        return [.. lists.Select(list => list.ToImmutableArray())];
    }
}
