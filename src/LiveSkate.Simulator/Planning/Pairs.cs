using System.Collections.Immutable;
using System.Globalization;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>
/// A list of times against the clock is printed as one; it is skated alone or two by two. The slowest begin, the fastest
/// pair is the last, and an odd one out skates the last heat alone (SED-4).
/// </summary>
internal static class Pairs
{
    public static ImmutableArray<PrintedRound> Of(ImmutableArray<PrintedRound> rounds, int together) =>
        [.. rounds.Select(round => round.Heats.All(heat => heat.Results.Length <= together) ? round : Split(round, together))];

    private static PrintedRound Split(PrintedRound round, int together) => round with
    {
        Heats =
        [
            .. round.Heats.SelectMany(heat => heat.Results)
                .OrderByDescending(row => row.TimeMs ?? long.MaxValue).ThenByDescending(row => row.Rank)
                .Chunk(together)
                .Select((rows, index) => new PrintedHeat(string.Create(CultureInfo.InvariantCulture, $"Heat {index + 1}"), [.. rows.Select(row => Alone(row, rows))])),
        ],
    };

    /// <summary>The place among those who skate together.</summary>
    private static PrintedRow Alone(PrintedRow row, PrintedRow[] heat) =>
        row.TimeMs is { } time ? row with { Rank = heat.Count(other => other.TimeMs < time) + 1 } : row with { Rank = null };
}
