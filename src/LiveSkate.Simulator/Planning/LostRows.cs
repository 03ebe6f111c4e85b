using System.Collections.Immutable;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>
/// Copied lists have lost rows: a heat whose ranks begin at 2, a finalist who was in no semifinal. Somebody skated
/// there, so a starter is put in, placed without a time (TIM-9) and marked as invented; nothing is compared with him.
/// </summary>
public static class LostRows
{
    public static ImmutableArray<PrintedRound> Fill(ImmutableArray<PrintedRound> rounds)
    {
        var filled = new PrintedRound[rounds.Length];
        var unnamed = 0;
        // From the last round back: who turns up later says who is missing here.
        for (var index = rounds.Length - 1; index >= 0; index--)
        {
            var here = rounds[index].Heats.SelectMany(heat => heat.Results).Select(row => row.Name).ToHashSet();
            var missing = new Queue<PrintedRow>(RoundTree.After(rounds, filled, index).Where(row => !here.Contains(row.Name)));
            var heats = rounds[index].Heats
                .Select(heat => heat with
                {
                    Results = [.. heat.Results, .. Gaps(heat).Select(rank => Starter(missing, ref unnamed) with { Rank = rank })],
                })
                .ToArray();
            // No gap to put them in: they did not start, and the jury sent them on.
            heats[^1] = heats[^1] with
            {
                Results = [.. heats[^1].Results, .. missing.Select(row => Empty(row) with { Status = "DNS", Mark = "ADV" })],
            };
            filled[index] = rounds[index] with { Heats = [.. heats] };
        }

        return [.. filled];
    }

    private static IEnumerable<int> Gaps(PrintedHeat heat)
    {
        var expected = 1;
        foreach (var place in heat.Results.Where(row => row.Rank is not null).GroupBy(row => row.Rank!.Value).OrderBy(place => place.Key))
        {
            for (; expected < place.Key; expected++)
                yield return expected;
            expected = place.Key + place.Count();
        }
    }

    private static PrintedRow Starter(Queue<PrintedRow> missing, ref int unnamed) =>
        missing.TryDequeue(out var known)
            ? Empty(known)
            : PrintedRow.Unnamed(++unnamed);

    private static PrintedRow Empty(PrintedRow row) =>
        row with { Rank = null, Time = null, Status = "OK", Mark = null, StartPosition = null, Laps = null, Invented = true };
}
