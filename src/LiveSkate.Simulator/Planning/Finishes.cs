using System.Collections.Immutable;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>
/// When everybody of a heat crosses the line. Official times come back to the thousandth; what no list tells (the digits
/// behind it, the crossing of somebody who was disqualified later) is thrown for.
/// </summary>
/// <param name="takesTimesAway">Who has a place and no time was seen by the camera only (TIM-9); otherwise nobody printed it.</param>
public sealed class Finishes(Course course, string seed, string heat, ImmutableArray<PrintedRow> rows, bool takesTimesAway = true)
{
    private readonly Dictionary<PrintedRow, long> _official = Microseconds.Of(rows, seed, heat);

    public PlannedStart Plan(PrintedRow row, string bib)
    {
        if (row.Outcome == "DNS")
            return new(bib, row, [], false, false);

        var dice = Dice.For(seed, heat, row.Name, "laps");
        if (_official.TryGetValue(row, out var official))
            return new(bib, row, Way(row, official, dice), true, false);

        if (Splits.FromTable(course, row.Laps, null, dice) is { } table)
            return new(bib, row, table, row.Outcome != "DNF", takesTimesAway && row.Outcome == "OK");

        // Placed without a time and stopped by the table before the end: seen by the camera only.
        var skated = row.Laps is { IsDefault: false } laps ? laps.Length : course.Crossings;
        var ends = row.Outcome != "DNF" && (row.Outcome != "OK" || skated >= course.Crossings);
        var way = Way(row, Invented(row), dice);
        if (ends)
            return new(bib, row, way, true, takesTimesAway && row.Outcome == "OK");
        var most = course.Crossings - 1;
        var reached = row.Outcome == "OK" ? Math.Min(skated, most) : (int)dice.Between(Math.Min(1, most), most);
        return new(bib, row, way[..reached], false, false);
    }

    private ImmutableArray<long> Way(PrintedRow row, long elapsedUs, Dice dice) =>
        Splits.FromTable(course, row.Laps, elapsedUs, dice)
        ?? Splits.MadeUp(course, elapsedUs, Dice.For(seed, heat, "pace"), dice);

    /// <summary>
    /// A crossing that no list tells: for a place without a time just behind the place before, for somebody who is
    /// disqualified later between the second and the third (the seed's case), for anybody else behind all.
    /// </summary>
    private long Invented(PrintedRow row)
    {
        var dice = Dice.For(seed, heat, row.Name, "finish");
        var times = _official.Values.Order().ToArray();
        if (times.Length == 0)
            return (course.DistanceCm * 900) + dice.Between(0, 3_000_000) + (row.Rank ?? rows.Length) * 200_000;

        if (row.Outcome == "OK" && row.Rank is { } rank)
        {
            var ahead = _official.Where(other => other.Key.Rank < rank).Select(other => other.Value).DefaultIfEmpty(times[0] - 400_000).Max();
            var behind = _official.Where(other => other.Key.Rank > rank).Select(other => other.Value).DefaultIfEmpty(ahead + 900_000).Min();
            return Inside(dice, ahead, behind);
        }

        return row.Outcome == "DSQ-SF" && times.Length > 2
            ? Inside(dice, times[1], times[2])
            : times[^1] + dice.Between(200_000, 2_000_000);
    }

    /// <summary>Strictly between two thousandths, and never a second behind the first.</summary>
    private static long Inside(Dice dice, long first, long second)
    {
        var room = Math.Min(second - first, 900_000);
        return first + room / 4 + dice.Between(0, Math.Max(0, room / 2));
    }
}
