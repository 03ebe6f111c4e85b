using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>Writes the meet document of contract section 3. It is always a rehearsal: nobody may take it for a real meet.</summary>
internal static class MeetPaper
{
    private static readonly (string Place, string Zone)[] Zones =
    [
        ("Birmingham", "America/Chicago"),
        ("Santiago", "America/Santiago"),
        ("Gangneung", "Asia/Seoul"),
    ];

    public static JsonObject Write(
        Programme programme, decimal lapM, decimal dM, decimal rate, ImmutableArray<Starter> starters, ImmutableArray<Race> races, ImmutableArray<RacePlan> planned)
    {
        var place = programme.Venue ?? programme.Events[0].Event.Venue ?? "Unknown venue";
        var venue = new JsonObject
        {
            ["name"] = place.Split(" (")[0],
            ["timeZone"] = Zones.FirstOrDefault(zone => place.Contains(zone.Place, StringComparison.Ordinal)).Zone ?? "Etc/UTC",
            ["lapM"] = lapM,
        };
        if (races.Any(race => race.File.Event.PlusD))
            venue["dM"] = dM;
        return new JsonObject
        {
            ["name"] = programme.Title,
            ["venue"] = venue,
            ["rehearsal"] = true,
            ["rate"] = rate,
            ["sources"] = new JsonArray([.. Sources(races)]),
            ["skaters"] = new JsonArray([.. starters.SelectMany(starter => starter.Wearers).DistinctBy(wearer => wearer.Skater).Select(Skater)]),
            ["events"] = new JsonArray([.. races.Select((race, index) => Event(race, planned[index], [.. starters.Where(starter => planned[index].BibOf.ContainsKey(starter.Printed))]))]),
        };
    }

    private static IEnumerable<JsonObject> Sources(ImmutableArray<Race> races)
    {
        var hasTwoLines = races.Any(race => race.Lines > 1);
        yield return Source(RacePlan.FinishSource, "finish", hasTwoLines ? 1 : null);
        yield return Source(RacePlan.StartSource, "start", hasTwoLines ? 1 : null);
        if (hasTwoLines)
        {
            yield return Source(RacePlan.OppositeFinish, "finish", 2);
            yield return Source(RacePlan.OppositeStart, "start", 2);
        }

        foreach (var race in races.Where(race => !EventPlanner.SplitSources(race).IsEmpty).Take(1))
        {
            var splits = EventPlanner.SplitSources(race);
            for (var quarter = 0; quarter < splits.Length; quarter++)
            {
                var source = Source(splits[quarter], "split", null);
                source["atM"] = race.Course.DistanceCm * (quarter + 1) / (splits.Length + 1) / 100m;
                yield return source;
            }
        }
    }

    private static JsonObject Source(string id, string role, int? line)
    {
        var source = new JsonObject { ["id"] = id, ["role"] = role };
        if (line is not null)
            source["line"] = line;
        return source;
    }

    private static JsonObject Event(Race race, RacePlan plan, ImmutableArray<Starter> starters)
    {
        var written = new JsonObject
        {
            ["id"] = race.Id,
            ["name"] = EventName(race.File.Event.Name.Split(',', StringSplitOptions.TrimEntries)[^1]),
            ["format"] = race.Kind,
            ["distanceM"] = race.File.Event.DistanceM,
            ["entries"] = new JsonArray([.. starters.Select(Entry)]),
            ["rounds"] = new JsonArray([.. plan.Rounds.Select((round, index) => Round(round, race.Rounds[index]))]),
        };
        if (race.Rules is { } rules)
            written["rules"] = rules.DeepClone();
        return written;
    }

    private static JsonObject Skater(Wearer wearer)
    {
        var name = PersonName.Split(wearer.Name, wearer.Nation);
        return new()
        {
            ["id"] = wearer.Skater,
            ["familyName"] = name.Family,
            ["givenName"] = name.Given,
            ["nation"] = wearer.Nation,
            ["transponders"] = new JsonArray([.. wearer.Chips.Select(chip => JsonValue.Create(chip))]),
        };
    }

    private static JsonObject Entry(Starter starter) => !starter.IsTeam
        ? new() { ["bib"] = starter.Bib, ["skater"] = starter.Wearers[0].Skater }
        : new()
        {
            ["bib"] = starter.Bib,
            ["team"] = new JsonObject
            {
                ["name"] = StartList.TeamName(starter.Printed), ["nation"] = starter.Nation,
                ["members"] = new JsonArray([.. starter.Wearers.Select(wearer => JsonValue.Create(wearer.Skater))]),
            },
        };

    private static JsonObject Round(PlannedRound round, PrintedRound printed)
    {
        var written = new JsonObject { ["id"] = round.Id, ["name"] = round.Name };
        if (round.From is null)
            written["heats"] = new JsonArray([.. round.Heats.Select(Heat)]);
        else
        {
            written["heats"] = round.Heats.Length;
            written["draw"] = printed.Draw ?? (round.Heats.Length > 1 ? "twoPassSnake" : "directThenTime");
            if (printed.From is not null)
                written["from"] = round.From;
            if (round.IsForTheRest)
                written["takes"] = "rest";
        }

        if (round.PerHeat is { } perHeat)
            written["advance"] = new JsonObject { ["perHeat"] = perHeat, ["fastest"] = printed.Advancement?.Fastest ?? 0 };
        return written;
    }

    private static JsonObject Heat(PlannedHeat heat) => new()
    {
        ["id"] = heat.Id,
        ["number"] = heat.Number,
        ["bibs"] = new JsonArray([.. heat.Starts.Select(start => JsonValue.Create(start.Bib))]),
    };

    /// <summary>"men 1000 m sprint" as it stands in lists: "Men's 1000 m sprint".</summary>
    private static string EventName(string printed) =>
        printed.StartsWith("women ", StringComparison.Ordinal) ? "Women's " + printed[6..]
        : printed.StartsWith("men ", StringComparison.Ordinal) ? "Men's " + printed[4..]
        : printed;
}
