using System.Collections.Immutable;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>Who wins which sprint, so that the printed points come out: two for the first and one for the second, three, two and one at the finish.</summary>
internal static class SprintShares
{
    private const int Tries = 200;
    private static readonly int[] Last = [3, 2, 1];

    /// <summary>All points of a race with so many sprints before the finish.</summary>
    public static int All(int sprints) => 3 * sprints + Last.Sum();

    /// <summary>
    /// What everybody who is ranked has to win, by name. Where the list does not say it: one more than the next behind, but not more than the next ahead.
    /// </summary>
    public static Dictionary<string, int> Wanted(IEnumerable<PrintedRow> rows)
    {
        var ranked = rows.Where(row => row is { Outcome: "OK", Rank: not null } or { Points: not null }).OrderBy(row => row.Rank ?? int.MaxValue).ToArray();
        var wanted = ranked.ToDictionary(row => row.Name, row => row.Points ?? 0);
        for (var index = ranked.Length - 1; index >= 0; index--)
        {
            if (ranked[index].Points is not null)
                continue;
            var behind = index + 1 < ranked.Length ? wanted[ranked[index + 1].Name] + 1 : 0;
            var ahead = ranked[..index].Select(row => row.Points).LastOrDefault(points => points is not null);
            wanted[ranked[index].Name] = Math.Min(behind, ahead ?? int.MaxValue);
        }

        return wanted;
    }

    /// <param name="sprints">Laps to go, the first first.</param>
    /// <param name="last">Names of the first three over the finish line.</param>
    /// <param name="isIn">Whether somebody still skates at a sprint.</param>
    /// <returns>First and second by laps to go.</returns>
    public static Dictionary<int, (string First, string Second)> Of(
        ImmutableArray<PrintedRow> rows, ImmutableArray<int> sprints, IReadOnlyList<string> last, Func<string, int, bool> isIn, Dice dice)
    {
        var wanted = Wanted(rows);
        SpreadRest(rows, wanted, All(sprints.Length) - wanted.Values.Sum(), sprints, isIn);
        for (var place = 0; place < Math.Min(Last.Length, last.Count); place++)
        {
            wanted[last[place]] = wanted.GetValueOrDefault(last[place]) - Last[place];
            if (wanted[last[place]] < 0)
                throw new UnplayableFileException($"{last[place]} crosses the line as number {place + 1} and has fewer points than that gives.");
        }

        var names = wanted.Keys.ToArray();
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            dice.Shuffle<string>(names);
            if (Deal(names, wanted, sprints, isIn) is { } dealt)
                return dealt;
        }

        throw new UnplayableFileException("The printed points cannot be won at these sprints.");
    }

    /// <summary>What nobody is printed with goes to those who were made up, and to those who went out.</summary>
    private static void SpreadRest(
        ImmutableArray<PrintedRow> rows, Dictionary<string, int> wanted, int rest, ImmutableArray<int> sprints, Func<string, int, bool> isIn)
    {
        var least = rows.Where(row => row is { Outcome: "OK", Rank: not null }).Select(row => wanted[row.Name]).DefaultIfEmpty(1).Min();
        var others = rows.Where(row => row.Points is null && row is { Outcome: "EL" } or { Invented: true, Rank: null }).ToArray();
        var most = others.ToDictionary(row => row.Name, row => row.Outcome == "EL" ? sprints.Count(lap => isIn(row.Name, lap)) : Math.Max(0, least - 1));
        while (rest > 0 && others.Where(row => wanted.GetValueOrDefault(row.Name) < most[row.Name]).MinBy(row => wanted.GetValueOrDefault(row.Name)) is { } poorest)
        {
            wanted[poorest.Name] = wanted.GetValueOrDefault(poorest.Name) + 1;
            rest--;
        }

        if (rest != 0)
            throw new UnplayableFileException($"The printed points are {Math.Abs(rest)} {(rest > 0 ? "fewer" : "more")} than {sprints.Length} sprints and the finish give.");
    }

    /// <summary>From the last sprint to the first, because few are left at the end. Null: it did not come out.</summary>
    private static Dictionary<int, (string First, string Second)>? Deal(
        string[] names, Dictionary<string, int> wanted, ImmutableArray<int> sprints, Func<string, int, bool> isIn)
    {
        if (Halves(names, wanted, sprints.Length) is not { } left)
            return null;
        var dealt = new Dictionary<int, (string, string)>();
        foreach (var lap in sprints.Reverse())
        {
            // Who goes out early has fewer sprints to win his in.
            var here = names.Where(name => isIn(name, lap) && left[name].Twos + left[name].Ones > 0)
                .OrderBy(name => sprints.Count(other => other > lap && isIn(name, other)) - left[name].Twos - left[name].Ones)
                .ThenByDescending(name => left[name].Twos + left[name].Ones).ToArray();
            if (here.Length == 0)
                return null;
            var urgent = here[0];
            var takesTwo = left[urgent].Twos >= left[urgent].Ones;
            var other = Array.Find(here, name => name != urgent && (takesTwo ? left[name].Ones : left[name].Twos) > 0);
            if (other is null)
            {
                takesTwo = !takesTwo;
                other = Array.Find(here, name => name != urgent && (takesTwo ? left[name].Ones : left[name].Twos) > 0);
            }

            if (other is null || (takesTwo ? left[urgent].Twos : left[urgent].Ones) == 0)
                return null;
            var (first, second) = takesTwo ? (urgent, other) : (other, urgent);
            dealt[lap] = (first, second);
            left[first] = left[first] with { Twos = left[first].Twos - 1 };
            left[second] = left[second] with { Ones = left[second].Ones - 1 };
        }

        return dealt;
    }

    /// <summary>Each one's points as wins and second places, as many of either as there are sprints. Null: it cannot be.</summary>
    private static Dictionary<string, (int Twos, int Ones)>? Halves(string[] names, Dictionary<string, int> wanted, int sprints)
    {
        var halves = names.ToDictionary(name => name, name => (Twos: wanted[name] / 2, Ones: wanted[name] % 2));
        for (var more = halves.Values.Sum(half => half.Twos) - sprints; more > 0; more--)
        {
            var name = names.Where(name => halves[name].Twos > 0).MinBy(name => halves[name].Twos + halves[name].Ones)!;
            halves[name] = (halves[name].Twos - 1, halves[name].Ones + 2);
        }

        return halves.Values.Sum(half => half.Twos) == sprints && halves.Values.Sum(half => half.Ones) == sprints ? halves : null;
    }
}
