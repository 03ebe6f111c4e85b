using System.Collections.Immutable;
using System.Globalization;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <param name="Chips">One on each ankle (TIM-7).</param>
public sealed record Starter(string Bib, string Skater, string Name, string Nation, ImmutableArray<string> Chips);

/// <summary>Who skates: everybody of the first round. Bibs are the file's; where it has none they, like all chips, are made up.</summary>
public static class StartList
{
    private const int FirstBib = 11;

    /// <param name="meet">Chips are different in each meet, so that two replays at one venue do not see each other's passings.</param>
    public static ImmutableArray<Starter> Of(ImmutableArray<PrintedRound> rounds, string meet)
    {
        var rows = rounds[0].Heats.SelectMany(heat => heat.Results).OrderBy(row => row.Name, StringComparer.Ordinal).ToArray();
        var bibs = Bibs(rows, [.. rounds.SelectMany(round => round.Heats).SelectMany(heat => heat.Results)]);
        var series = Dice.For("chips", meet).Between(10_000, 99_999);
        return
        [
            .. rows.Select((row, index) => new Starter(
                bibs[index],
                Text($"s{index + 1}"),
                row.Name,
                row.Nation ?? "XXX",
                [Text($"{series}{2 * index + 1:000}"), Text($"{series}{2 * index + 2:000}")])),
        ];
    }

    private static string[] Bibs(PrintedRow[] rows, ImmutableArray<PrintedRow> all)
    {
        var printed = rows.Select(row => row.Bib ?? all.FirstOrDefault(other => other.Name == row.Name && other.Bib is not null)?.Bib).ToArray();
        var taken = printed.Where(bib => bib is not null).ToHashSet();
        var next = FirstBib;
        for (var index = 0; index < printed.Length; index++)
        {
            if (printed[index] is not null)
                continue;
            while (!taken.Add(Text($"{next}")))
                next++;
            printed[index] = Text($"{next}");
        }

        return printed!;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
