using System.Collections.Immutable;
using LiveSkate.Core.Timing;
using LiveSkate.Simulator.Planning;
using LiveSkate.Simulator.Play;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Compare;

/// <summary>
/// Holds what the hub says against what was printed. It computes no ranking: the list is the measure. One line for each
/// difference, always in the same words and the same order.
/// </summary>
public static class Comparison
{
    public static ImmutableArray<string> Of(RacePlan plan, EventView hub)
    {
        var lines = new List<string>();
        foreach (var planned in plan.Rounds)
        {
            if (hub.Rounds.FirstOrDefault(round => round.Id == planned.Id) is not { } round)
            {
                lines.Add($"round {planned.Id}: missing");
                continue;
            }

            foreach (var heat in planned.Heats)
                CompareHeat(plan, heat, round.Heats.FirstOrDefault(other => other.Id == heat.Id), lines);
            if (planned.PerHeat is not null)
                CompareAdvancement(planned, [.. plan.After(planned).Where(next => !next.IsForTheRest)], round, lines);
        }

        if (!plan.FinalRanking.IsEmpty)
            CompareFinal(plan, hub.Final, lines);
        return [.. lines];
    }

    /// <summary>The places before the jury has spoken: the order over the line.</summary>
    public static IEnumerable<string> Provisional(PlannedHeat heat, HeatView hub)
    {
        var order = heat.FinishOrder ??
        [
            .. heat.Starts.Where(start => start.ElapsedUs is not null).GroupBy(start => start.ElapsedUs).OrderBy(place => place.Key)
                .Select(place => place.Select(start => start.Bib).ToImmutableArray()),
        ];
        var rank = 1;
        foreach (var place in order)
        {
            foreach (var bib in place)
            {
                var row = hub.Rows.FirstOrDefault(row => row.Bib == bib);
                if (row is null || row.Rank != rank)
                    yield return $"heat {heat.Id} before the jury, bib {bib}: rank {Word(row?.Rank)} instead of {rank}";
            }

            rank += place.Length;
        }
    }

    /// <summary>Who stands in which heat.</summary>
    public static IEnumerable<string> Draw(PlannedRound planned, RoundView hub)
    {
        foreach (var heat in planned.Heats)
        {
            var want = heat.Starts.Select(start => start.Bib).Order(StringComparer.Ordinal).ToArray();
            var have = hub.Heats.FirstOrDefault(other => other.Id == heat.Id)?.Rows.Select(row => row.Bib).Order(StringComparer.Ordinal).ToArray() ?? [];
            if (!want.SequenceEqual(have))
                yield return $"draw of {heat.Id}: {string.Join(' ', have)} instead of {string.Join(' ', want)}";
        }
    }

    private static void CompareHeat(RacePlan plan, PlannedHeat planned, HeatView? hub, List<string> lines)
    {
        if (hub is null)
        {
            lines.Add($"heat {planned.Id}: missing");
            return;
        }

        if (hub.State != "official")
            lines.Add($"heat {planned.Id}: {hub.State} instead of official");
        foreach (var start in planned.Starts.Where(start => !start.Printed.Invented).OrderBy(start => start.Bib, StringComparer.Ordinal))
        {
            var where = $"heat {planned.Id}, bib {start.Bib}";
            if (hub.Rows.FirstOrDefault(row => row.Bib == start.Bib) is { } row)
                CompareRow(plan, where, start.Printed, row, lines);
            else
                lines.Add($"{where}: missing");
        }

        foreach (var row in hub.Rows.Where(row => planned.Starts.All(start => start.Bib != row.Bib)).OrderBy(row => row.Bib, StringComparer.Ordinal))
            lines.Add($"heat {planned.Id}, bib {row.Bib}: not in the file");
    }

    private static void CompareRow(RacePlan plan, string where, PrintedRow printed, RowView row, List<string> lines)
    {
        // Lists leave the place of who did not come home empty; the rules share the last one (RNK-2). Not every list tells where somebody
        // who was eliminated is placed.
        if (printed.Outcome is not ("DNF" or "DNS" or "DSQ-TF") && !(printed is { Outcome: "EL", Rank: null }) && row.Rank != printed.Rank)
            lines.Add($"{where}: rank {Word(row.Rank)} instead of {Word(printed.Rank)}");
        if (printed.Outcome == "OK" && !SameTime(plan, row.TimeMs, printed.TimeMs))
            lines.Add($"{where}: time {Time(row.TimeMs)} instead of {Time(printed.TimeMs)}");
        if (printed.Points is { } points && printed.Outcome is "OK" or "EL" && row.Points != points)
            lines.Add($"{where}: points {Word(row.Points)} instead of {points}");
        if (row.Status != printed.Outcome)
            lines.Add($"{where}: status {row.Status ?? "none"} instead of {printed.Outcome}");
    }

    /// <summary>In a sprint no time is a finding of the jury (TIM-9). Of other races a list that prints none says nothing about it.</summary>
    private static bool SameTime(RacePlan plan, long? hub, long? printed) =>
        printed is null && plan.Kind != Kinds.Sprint ? true
        : plan.InSeconds ? hub / 1_000 == printed / 1_000
        : hub == printed;

    private static void CompareAdvancement(PlannedRound planned, ImmutableArray<PlannedRound> next, RoundView hub, List<string> lines)
    {
        var goOn = next.SelectMany(round => round.Heats).SelectMany(heat => heat.Starts).Select(start => start.Bib).ToHashSet();
        foreach (var start in planned.Heats.SelectMany(heat => heat.Starts).OrderBy(start => start.Bib, StringComparer.Ordinal))
        {
            if (start.Printed.Invented || planned.Withdrawn.Contains(start.Bib))
                continue;
            var row = hub.Advancement.FirstOrDefault(row => row.Bib == start.Bib);
            var want = !goOn.Contains(start.Bib) ? "nothing"
                : planned.ByJury.Contains(start.Bib) ? "by jury"
                : start.Printed.Rank <= planned.PerHeat ? "Q by place"
                : "q by time";
            var have = row?.By switch
            {
                null => "nothing",
                "jury" => "by jury",
                var by => $"{row.Mark ?? "no mark"} by {by}",
            };
            if (have != want)
                lines.Add($"round {planned.Id}, bib {start.Bib}: advances {have} instead of {want}");
        }
    }

    private static void CompareFinal(RacePlan plan, ImmutableArray<FinalView> hub, List<string> lines)
    {
        foreach (var printed in plan.FinalRanking)
        {
            if (!plan.BibOf.TryGetValue(printed.Name, out var bib))
                lines.Add($"final: {printed.Name} is in no heat of the file");
            else if (hub.FirstOrDefault(row => row.Bib == bib) is not { } row)
                lines.Add($"final, bib {bib}: missing");
            else
                CompareRow(plan, $"final, bib {bib}", printed, new(row.Rank, row.Bib, row.TimeMs, row.Status, null, row.Points), lines);
        }
    }

    private static string Word(int? rank) => rank?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none";

    private static string Time(long? ms) => ms is { } known ? RaceTime.Format(known) : "none";
}
