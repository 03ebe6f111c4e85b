using System.Collections.Immutable;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>
/// A report that names the first few of a long race leaves out those who won the other points, and those who went out before. They are
/// made up, marked as invented, and nothing is compared with them.
/// </summary>
internal static class PartialField
{
    private const int LeastOthers = 3, MostOthers = 14, FirstOut = 2, OutOfPoints = 5;

    public static PrintedRound Fill(PrintedRound round, string kind, Course course)
    {
        if (!round.IsPartial)
            return round;
        return round with { Heats = [.. round.Heats.Select(heat => heat with { Results = [.. heat.Results, .. Others(heat.Results, kind, course)] })] };
    }

    private static IEnumerable<PrintedRow> Others(ImmutableArray<PrintedRow> known, string kind, Course course)
    {
        var number = known.Count(row => row.Invented);
        return kind switch
        {
            Kinds.Points => Enumerable.Range(0, Scorers(known, course)).Select(_ => PrintedRow.Unnamed(++number)),
            Kinds.Elimination => Enumerable.Range(0, FirstOut).Select(_ => PrintedRow.Unnamed(++number) with { Status = "EL" }),
            Kinds.PointsElimination => Enumerable.Range(0, OutOfPoints).Select(_ => PrintedRow.Unnamed(++number) with { Status = "EL" }),
            _ => [],
        };
    }

    /// <summary>So many that none of them has as many points as the last who is named.</summary>
    private static int Scorers(ImmutableArray<PrintedRow> known, Course course)
    {
        var wanted = SprintShares.Wanted(known);
        var most = Math.Max(1, wanted.Values.Min() - 1);
        var rest = Math.Max(0, SprintShares.All(LongRules.UsualSprints(Kinds.Points, course, known).Length) - wanted.Values.Sum());
        return Math.Clamp((rest + most - 1) / most + 1, LeastOthers, MostOthers);
    }
}
