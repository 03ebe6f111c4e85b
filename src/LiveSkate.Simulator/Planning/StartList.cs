using System.Collections.Immutable;
using System.Globalization;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <param name="Printed">The name by which the lists know a skater or a team.</param>
/// <param name="Wearers">The skater, or the members of the team.</param>
public sealed record Starter(string Bib, string Printed, string Nation, ImmutableArray<Wearer> Wearers, bool IsTeam);

/// <param name="Chips">One on each ankle (TIM-7).</param>
public sealed record Wearer(string Skater, string Name, string Nation, ImmutableArray<string> Chips);

/// <summary>Who skates: everybody of the first rounds. Bibs are the list's; where it has none they, like all chips, are made up.</summary>
public static class StartList
{
    private const int FirstBib = 11, UsualTeam = 3;
    private const string NoNation = "XXX";

    /// <param name="meet">Chips are different in each meet, so that two replays at one venue do not see each other's passings.</param>
    public static ImmutableArray<Starter> Of(ImmutableArray<Race> races, string meet)
    {
        var rows = races
            .SelectMany(race => race.Rounds.Where((_, index) => RoundTree.SourceOf(race.Rounds, index) is null).SelectMany(Rows), (race, row) => (Row: row, IsTeam: Kinds.HasTeams(race.Kind)))
            .OrderBy(entry => entry.Row.Name, StringComparer.Ordinal).DistinctBy(entry => entry.Row.Name).ToArray();
        var bibs = Bibs([.. rows.Select(entry => entry.Row)], [.. races.SelectMany(race => race.Rounds).SelectMany(Rows)]);
        var wearers = Wearers(rows, meet);
        return
        [
            .. rows.Select((entry, index) => new Starter(
                bibs[index], entry.Row.Name, entry.Row.Nation ?? NoNation,
                [.. (entry.IsTeam ? Members(entry.Row) : [entry.Row.Name]).Select(name => wearers[name])], entry.IsTeam)),
        ];
    }

    /// <summary>What is called so in the lists, for those who read it.</summary>
    public static string TeamName(string printed) => printed.Split(" (")[0];

    private static IEnumerable<PrintedRow> Rows(PrintedRound round) => round.Heats.SelectMany(heat => heat.Results);

    /// <summary>Skaters first, so that their ids do not depend on the teams.</summary>
    private static Dictionary<string, Wearer> Wearers((PrintedRow Row, bool IsTeam)[] rows, string meet)
    {
        var series = Dice.For("chips", meet).Between(10_000, 99_999);
        return rows.Where(entry => !entry.IsTeam).Select(entry => (entry.Row.Name, entry.Row.Nation))
            .Concat(rows.Where(entry => entry.IsTeam).SelectMany(entry => Members(entry.Row), (entry, name) => (Name: name, entry.Row.Nation)))
            .DistinctBy(person => person.Name)
            .Select((person, index) => new Wearer(
                Text($"s{index + 1}"), person.Name, person.Nation ?? NoNation, [Text($"{series}{2 * index + 1:000}"), Text($"{series}{2 * index + 2:000}")]))
            .ToDictionary(wearer => wearer.Name);
    }

    /// <summary>As the list names them, in brackets behind the team, or made up.</summary>
    private static string[] Members(PrintedRow team) =>
        team.Members is { IsDefaultOrEmpty: false } named ? [.. named]
        : team.Name.Split(" (") is [_, var inside] ? inside.TrimEnd(')').Split(',', StringSplitOptions.TrimEntries)
        : [.. Enumerable.Range(1, UsualTeam).Select(number => Text($"{team.Name} {number}"))];

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
