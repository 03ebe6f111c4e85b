using System.Collections.Immutable;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>Which round takes whom from which: the one before, unless the list says otherwise. A and B finals take from the same.</summary>
internal static class RoundTree
{
    public static int? SourceOf(ImmutableArray<PrintedRound> rounds, int index) =>
        rounds[index].From is not { } from ? (index > 0 ? index - 1 : null)
        : rounds.FirstOrDefault(round => round.Name == from) is { } source ? rounds.IndexOf(source)
        : throw new UnplayableFileException($"\"{rounds[index].Name}\" takes its skaters from \"{from}\", and there is no such round.");

    public static bool IsForTheRest(PrintedRound round) => round.Takes == "rest";

    /// <summary>Who goes on; null where nobody does.</summary>
    public static HashSet<string>? Next(ImmutableArray<PrintedRound> rounds, int index)
    {
        var next = rounds.Where((round, other) => !IsForTheRest(round) && SourceOf(rounds, other) == index).ToArray();
        return next.Length == 0 ? null : [.. next.SelectMany(round => round.Heats).SelectMany(heat => heat.Results).Select(row => row.Name)];
    }

    /// <summary>Everybody of the rounds that take their skaters from this one.</summary>
    public static IEnumerable<PrintedRow> After(ImmutableArray<PrintedRound> rounds, PrintedRound[] filled, int index) =>
        filled.Where((_, other) => other > index && SourceOf(rounds, other) == index).SelectMany(round => round.Heats).SelectMany(heat => heat.Results);
}
