using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>The plan of one event: its rounds and heats, and what is read and said in each.</summary>
internal sealed class EventPlanner(string meet, Race race, string tag, ImmutableArray<Starter> starters, Timetable timetable)
{
    private const long SecondUs = 1_000_000, ThousandthUs = 1_000, LatestStartUs = 1_800_000;
    private static readonly string[] MarathonSplits = ["split-1", "split-2", "split-3"];

    private readonly List<PlannedRound> _rounds = [];
    private readonly ImmutableDictionary<string, string> _bibOf = starters.ToImmutableDictionary(starter => starter.Printed, starter => starter.Bib);
    private readonly ImmutableDictionary<string, ImmutableArray<Wearer>> _wearers = starters.ToImmutableDictionary(starter => starter.Bib, starter => starter.Wearers);

    /// <summary>Quarter distances of a road race with a single crossing of the line.</summary>
    public static ImmutableArray<string> SplitSources(Race race) =>
        race is { Kind: Kinds.MassStart, Course.Crossings: 1 } ? [.. MarathonSplits] : [];

    public static string TagOf(string meet, Race race, ulong seed) =>
        Crockford.Text(Dice.Digest(meet, race.Id, seed.ToString(CultureInfo.InvariantCulture), Fingerprint(race)))[..10];

    /// <summary>One after the other; nothing where there are fewer.</summary>
    public void PlanRound(int index)
    {
        if (index < race.Rounds.Length)
            _rounds.Add(Round(index, [.. race.Rounds.Select((round, place) => RoundId(round.PlainName, place))]));
    }

    public RacePlan Plan() =>
        new(meet, race.Id, race.Kind, tag, [], [.. _rounds], _bibOf, race.File.FinalRanking) { InSeconds = Race.InWholeSeconds(race.File) };

    private PlannedRound Round(int index, string[] ids)
    {
        var printed = race.Rounds[index];
        var isIce = race.File.Event.IsIce;
        var heats = ImmutableArray.CreateBuilder<PlannedHeat>();
        for (var number = 1; number <= printed.Heats.Length; number++)
            heats.Add(Heat(printed.Heats[number - 1], $"{race.Id}-{ids[index]}-{number}", number));

        var source = RoundTree.SourceOf(race.Rounds, index);
        var round = new PlannedRound(
            ids[index], isIce ? printed.Name : printed.PlainName, source is { } from ? ids[from] : null, null, isIce || (source is not null && race.Lines > 1), heats.ToImmutable(), [], [])
        {
            IsForTheRest = RoundTree.IsForTheRest(printed),
        };
        if (RoundTree.Next(race.Rounds, index) is not { } next)
            return round;
        var rows = printed.Heats.SelectMany(heat => heat.Results).ToArray();
        var byTime = printed.Advancement?.Fastest is > 0;
        var perHeat = printed.Advancement?.WinnersPerHeat ?? (byTime ? 0 : PlacesThatAdvance(rows, next));
        // Where nobody goes on by time, whoever goes on without the place was sent on.
        var byJury = rows.Where(row => next.Contains(row.Name) && (row.AdvancedByJury || (!byTime && (row.Rank ?? int.MaxValue) > perHeat)));
        var withdrawn = rows.Where(row => row.Rank <= perHeat && !next.Contains(row.Name));
        return round with
        {
            PerHeat = perHeat, ByJury = [.. byJury.Select(row => _bibOf[row.Name])], Withdrawn = [.. withdrawn.Select(row => _bibOf[row.Name])],
        };
    }

    /// <summary>For a list that does not say its rule: as many places as advanced in every heat, and one at least.</summary>
    private static int PlacesThatAdvance(PrintedRow[] rows, HashSet<string> next)
    {
        var stayed = rows.Where(row => row.Rank is not null && !next.Contains(row.Name)).Select(row => row.Rank!.Value);
        return Math.Max(1, stayed.DefaultIfEmpty(rows.Max(row => row.Rank ?? 1) + 1).Min() - 1);
    }

    private PlannedHeat Heat(PrintedHeat printed, string id, int number)
    {
        var rows = printed.Results;
        var pack = race.Long is { } rules ? new PackRace(race.Course, rules, tag, id, rows, Race.InWholeSeconds(race.File) ? SecondUs : ThousandthUs) : null;
        var finishes = new Finishes(race.Course, tag, id, rows, takesTimesAway: race.Kind == Kinds.Sprint);
        var starts = rows.Select(row => pack?.Start(row, _bibOf[row.Name]) ?? finishes.Plan(row, _bibOf[row.Name])).ToArray();
        // The list is in the order of the finish; nobody starts in that order.
        Dice.For("start order", id, race.File.Name).Shuffle<PlannedStart>(starts);
        var inStartOrder = starts.OrderBy(start => start.Printed.StartPosition ?? int.MaxValue)
            .Select((start, place) => OfKind(start, place, id)).ToImmutableArray();

        var gunUs = timetable.NextGunUs;
        var script = new TrackScript(race.Course, tag, _wearers);
        var messages = timetable.Numbered(script.Heat(id, gunUs, inStartOrder, Kinds.HasOwnClocks(race.Kind)));
        return new(id, number, gunUs, inStartOrder, messages, race.Kind is Kinds.Sprint or Kinds.Relay ? JuryOrder.Of(inStartOrder) : null)
        {
            Acts = pack is not null ? JudgeWords.Of(pack, race.Course, gunUs, inStartOrder)
                : race.Kind == Kinds.Relay ? [.. inStartOrder.SelectMany(start => TeamRace.HandOvers(start, gunUs, _wearers[start.Bib])).OrderBy(act => act.AtUs)]
                : [],
        };
    }

    /// <summary>What the format adds to a way round the track.</summary>
    private PlannedStart OfKind(PlannedStart start, int place, string heat)
    {
        var dice = Dice.For(tag, heat, start.Bib, race.Kind);
        var members = _wearers[start.Bib].Length;
        return race.Kind switch
        {
            Kinds.Relay => TeamRace.Relay(start, members, dice),
            Kinds.TeamTimeTrial => TeamRace.Together(start, members, (int?)race.Rules?["counts"] ?? 3, dice),
            Kinds.TimeTrial when race.Lines > 1 => AtOwnLine(start, place, dice),
            Kinds.MassStart when SplitSources(race) is { IsEmpty: false } sources => start with
            {
                Beside = [.. start.SplitsUs.SelectMany(finish => sources.Select((source, quarter) => new SideReading(
                    source, 0, finish * (quarter + 1) / (sources.Length + 1) - dice.Between(0, 20 * SecondUs))))],
            },
            _ => start,
        };
    }

    /// <summary>LAP-3: the second of the start list at the opposite line; each is also read half a lap on, at the other's.</summary>
    private PlannedStart AtOwnLine(PlannedStart start, int place, Dice dice)
    {
        var isOpposite = place % race.Lines == 1;
        var halves = start.SplitsUs.Select((split, lap) => (Before: lap == 0 ? 0 : start.SplitsUs[lap - 1], split)).Select(lap => (lap.Before + lap.split) / 2 + dice.Between(0, 400_000));
        return start with
        {
            IsOpposite = isOpposite,
            StartUs = isOpposite ? dice.Between(0, LatestStartUs) : 0,
            Beside = [.. halves.Select(half => new SideReading(isOpposite ? RacePlan.FinishSource : RacePlan.OppositeFinish, 0, half))],
        };
    }

    /// <summary>Everything of the file that the plan is made from.</summary>
    private static string Fingerprint(Race race)
    {
        var printed = race.File.Event;
        var text = new StringBuilder().Append(
            CultureInfo.InvariantCulture, $"{race.File.Name}|{printed.Name}|{printed.Date}|{printed.Format}|{race.Course}|{race.Rules?.ToJsonString()}|");
        foreach (var row in race.Rounds.SelectMany(round => round.Heats).SelectMany(heat => heat.Results))
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Rank},{row.Name},{row.Time},{row.Status},{row.Bib},{row.Points},{row.EliminatedAtLap},{row.LapsDown};");
            foreach (var lap in row.Laps ?? [])
                text.Append(CultureInfo.InvariantCulture, $"{lap.LapTime},{lap.Elapsed};");
        }

        return text.ToString();
    }

    private static string RoundId(string name, int index) => name.ToLowerInvariant() switch
    {
        var it when it.StartsWith("prelim", StringComparison.Ordinal) => "pre",
        var it when it.StartsWith("quarter", StringComparison.Ordinal) => "quarter",
        var it when it.StartsWith("semi", StringComparison.Ordinal) => "semi",
        "final" => "final",
        "final a" => "a",
        "final b" => "b",
        "heats" => "heats",
        _ => string.Create(CultureInfo.InvariantCulture, $"r{index + 1}"),
    };
}
