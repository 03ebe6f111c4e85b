using System.Text.RegularExpressions;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Meets;

/// <summary>Whether a document of the right shape makes sense. Finds every fault, not the first.</summary>
public sealed partial class MeetCheck
{
    /// <summary>A marathon may be one lap from start to finish.</summary>
    internal const decimal LeastLapM = 20, MostLapM = 100_000, MostM = 1_000_000;

    private readonly List<Fault> _faults = [];
    private readonly HashSet<string> _heatIds = new(StringComparer.Ordinal);

    [GeneratedRegex("^[a-z0-9-]{1,32}$", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();

    public static bool IsId(string id) => IdPattern().IsMatch(id);

    public static IReadOnlyList<Fault> Faults(MeetDocument document)
    {
        var check = new MeetCheck();
        check.Check(document);
        return check._faults;
    }

    private void Check(MeetDocument document)
    {
        NotEmpty("$.name", document.Name);
        NotEmpty("$.venue.name", document.Venue.Name);
        Range("$.venue.lapM", document.Venue.LapM, LeastLapM, MostLapM, "metres");
        if (document.Venue.DM is { } d)
            Range("$.venue.dM", d, 0, document.Venue.LapM, "metres");
        Range("$.rate", document.Rate, 0.01m, 1000, "times");
        Each(document.Sources, "$.sources", source => source.Id, (source, path) => Check(document, source, path));
        Each(document.Skaters, "$.skaters", skater => skater.Id, Check);
        Unique(
            document.Skaters.SelectMany((skater, i) => skater.Transponders.Select((chip, j) => (chip, $"$.skaters[{i}].transponders[{j}]"))),
            "transponder");
        Each(document.Events, "$.events", plan => plan.Id, (plan, path) => Check(document, plan, path));
    }

    private void Check(MeetDocument document, SourceDocument source, string path)
    {
        if (source.Role == SourceRole.Split && source.AtM is null)
            Add($"{path}.atM", "missing", "A split says how many metres after the finish line it lies.");
        if (source.Line is { } line)
            Range($"{path}.line", line, 1, 2, "");
        if (source.AtM is { } atM && (atM <= 0 || atM >= document.Venue.LapM))
            Add($"{path}.atM", "out-of-range", $"{atM} m is not between the finish line and the end of the lap of {document.Venue.LapM} m.");
    }

    private void Check(SkaterDocument skater, string path)
    {
        NotEmpty($"{path}.familyName", skater.FamilyName);
        for (var i = 0; i < skater.Transponders.Length; i++)
            NotEmpty($"{path}.transponders[{i}]", skater.Transponders[i]);
    }

    private void Check(MeetDocument document, EventDocument plan, string path)
    {
        NotEmpty($"{path}.name", plan.Name);
        OneOf($"{path}.format", plan.Format, RaceRules.Names, "unknown-format");
        var skaters = document.Skaters.Select(skater => skater.Id).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < plan.Entries.Length; i++)
            Check(plan.Entries[i], $"{path}.entries[{i}]", skaters);
        Unique(plan.Entries.Select((entry, i) => (entry.Bib, $"{path}.entries[{i}].bib")), "bib");
        Unique(plan.Entries.SelectMany((entry, i) => Entered(entry, $"{path}.entries[{i}]")), "skater");
        RuleCheck.Check(document, plan, path, Add);
        if (RaceRules.Names.Contains(plan.Format) && RaceRules.Of(plan).IsRanking)
            FormatCheck.CheckRanking(document, plan, path, Add);
        else
            CheckRace(document, plan, path);
        Each(plan.Rounds, $"{path}.rounds", round => round.Id, (round, at) => Check(plan, round, at));
    }

    private void CheckRace(MeetDocument document, EventDocument plan, string path)
    {
        Range($"{path}.distanceM", plan.DistanceM, 1, MostM, "metres");
        if (plan.Rounds.IsEmpty)
            Add($"{path}.rounds", "missing", "An event has at least one round.");
        if (RaceRules.Names.Contains(plan.Format))
            FormatCheck.CheckRace(document, plan, path, Add);
    }

    private void Check(EntryDocument entry, string path, HashSet<string> skaters)
    {
        NotEmpty($"{path}.bib", entry.Bib);
        if (entry.Skater is null == entry.Team is null)
            Add($"{path}.skater", "missing", "An entry is either a skater or a team.");
        if (entry.Team is { } team)
        {
            NotEmpty($"{path}.team.name", team.Name);
            if (team.Members.IsEmpty)
                Add($"{path}.team.members", "missing", "A team has members.");
        }
        foreach (var (skater, at) in Entered(entry, path))
            if (!skaters.Contains(skater))
                Add(at, "unknown-skater", $"There is no skater {skater}.");
    }

    private static IEnumerable<(string Skater, string Path)> Entered(EntryDocument entry, string path) =>
        entry.Team is { } team ? team.Members.Select((member, i) => (member, $"{path}.team.members[{i}]"))
        : entry.Skater is { } skater ? [(skater, $"{path}.skater")]
        : [];

    private void Check(EventDocument plan, RoundDocument round, string path)
    {
        NotEmpty($"{path}.name", round.Name);
        var index = plan.Rounds.IndexOf(round);
        var isLast = index == plan.Rounds.Length - 1;
        var later = plan.Rounds.Skip(index + 1).ToList();
        if (isLast && round.Advance is not null)
            Add($"{path}.advance", "out-of-range", "Nobody goes on from the last round.");
        else if (round.Advance is not null && later.All(other => other.IsForTheRest() || plan.SourceOf(other)?.Id != round.Id))
            Add($"{path}.advance", "out-of-range", "No later round takes those who go on from here.");
        if (!isLast && round.Advance is null && later.Any(other => plan.SourceOf(other) is null))
            Add($"{path}.advance", "missing", "A round before the last says who goes on.");
        CheckSource(plan, round, index, path);
        if (round.Advance is { } rule)
        {
            if (rule.TimePlace <= rule.PerHeat)
                Add($"{path}.advance.timePlace", "out-of-range", $"Place {rule.TimePlace} goes through by place already.");
            else if (rule is { TimePlace: not null, Fastest: 0 })
                Add($"{path}.advance.timePlace", "out-of-range", "Nobody goes on by time: fastest is 0.");
            Range($"{path}.advance.perHeat", rule.PerHeat, 0, 1000, "skaters");
            Range($"{path}.advance.fastest", rule.Fastest, 0, 1000, "skaters");
            if (rule.TimePlace is { } place)
                Range($"{path}.advance.timePlace", place, 1, 1000, "th place");
            if (rule is { PerHeat: 0, Fastest: 0 })
                Add($"{path}.advance", "out-of-range", "Somebody has to go on: perHeat or fastest is more than 0.");
        }
        if (round.Draw is { } draw)
            OneOf($"{path}.draw", draw, Draw.Names, "unknown-draw");
        if (round.Heats.IsDrawnLater)
            CheckDrawnLater(plan, round, path);
        else
            CheckKnown(plan, round, path);
    }

    private void CheckSource(EventDocument plan, RoundDocument round, int index, string path)
    {
        if (round.From is { } from && plan.Rounds.Take(index).All(other => other.Id != from || other.Advance is null))
            Add($"{path}.from", "unknown-round", $"There is no round {from} before this one that sends somebody on.");
        if (round.Takes is { } takes)
            OneOf($"{path}.takes", takes, [RoundDocument.TakesAdvance, RoundDocument.TakesRest], "out-of-range");
        if (round.Most is { } most)
            Range($"{path}.most", most, 1, 1000, "skaters");
        if (round is { Most: not null, Takes: null or RoundDocument.TakesAdvance })
            Add($"{path}.most", "out-of-range", "Who goes on is said by the round before; most is for a round that takes the rest.");
    }

    private void CheckDrawnLater(EventDocument plan, RoundDocument round, string path)
    {
        Range($"{path}.heats", round.Heats.Count, 1, 100, "heats");
        for (var number = 1; number <= Math.Min(round.Heats.Count, 100); number++)
        {
            var id = RoundFold.DrawnHeatId(plan.Id, round.Id, number);
            if (!IsId(id))
            {
                Add($"{path}.id", "malformed-id", $"Its heats would be called {id}; an id has at most 32 of a-z, 0-9 and -.");
                return;
            }
            UniqueHeat(id, $"{path}.heats");
        }
    }

    private void CheckKnown(EventDocument plan, RoundDocument round, string path)
    {
        var entered = plan.Entries.Select(entry => entry.Bib).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < round.Heats.Known.Length; i++)
        {
            var heat = round.Heats.Known[i];
            Id($"{path}.heats[{i}].id", heat.Id);
            UniqueHeat(heat.Id, $"{path}.heats[{i}].id");
            Range($"{path}.heats[{i}].number", heat.Number, 1, 10_000, "");
            for (var j = 0; j < heat.Bibs.Length; j++)
                if (!entered.Contains(heat.Bibs[j]))
                    Add($"{path}.heats[{i}].bibs[{j}]", "unknown-bib", $"Bib {heat.Bibs[j]} is not entered in {plan.Id}.");
        }
        Unique(round.Heats.Known.Select((heat, i) => (heat.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{path}.heats[{i}].number")), "heat number");
        Unique(round.Heats.Known.SelectMany((heat, i) => heat.Bibs.Select((bib, j) => (bib, $"{path}.heats[{i}].bibs[{j}]"))), "bib in this round");
    }

    private void UniqueHeat(string id, string path)
    {
        if (!_heatIds.Add(id))
            Add(path, "duplicate", $"The meet has a heat {id} already.");
    }

    private void Each<T>(IReadOnlyList<T> items, string path, Func<T, string> id, Action<T, string> check)
    {
        for (var i = 0; i < items.Count; i++)
        {
            Id($"{path}[{i}].id", id(items[i]));
            check(items[i], $"{path}[{i}]");
        }
        Unique(items.Select((item, i) => (id(item), $"{path}[{i}].id")), "id");
    }

    private void Unique(IEnumerable<(string Value, string Path)> values, string what)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (value, path) in values)
            if (!seen.TryAdd(value, path))
                Add(path, "duplicate", $"The {what} {value} stands at {seen[value]} already.");
    }

    private void Id(string path, string id)
    {
        if (!IsId(id))
            Add(path, "malformed-id", $"\"{id}\" is not an id: 1 to 32 of a-z, 0-9 and -.");
    }

    private void NotEmpty(string path, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
            Add(path, "missing", "It is empty.");
    }

    private void Range(string path, decimal value, decimal least, decimal most, string unit)
    {
        if (value < least || value > most)
            Add(path, "out-of-range", $"{value} is not between {least} and {most} {unit}".TrimEnd() + ".");
    }

    private void OneOf(string path, string value, IReadOnlyCollection<string> known, string code)
    {
        if (!known.Contains(value))
            Add(path, code, $"\"{value}\" is not one of {string.Join(", ", known)}.");
    }

    private void Add(string path, string code, string detail) => _faults.Add(new Fault(path, code, detail));
}
