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
        ResultFile file, string @event, decimal lapM, decimal rate, ImmutableArray<Starter> starters,
        ImmutableArray<PlannedRound> rounds, ImmutableArray<PrintedRound> printed)
    {
        var title = file.Event.Name.Split(',', StringSplitOptions.TrimEntries);
        var venue = file.Event.Venue ?? "Unknown venue";
        return new JsonObject
        {
            ["name"] = title[0],
            ["venue"] = new JsonObject
            {
                ["name"] = venue.Split(" (")[0],
                ["timeZone"] = Zones.FirstOrDefault(zone => venue.Contains(zone.Place, StringComparison.Ordinal)).Zone ?? "Etc/UTC",
                ["lapM"] = lapM,
            },
            ["rehearsal"] = true,
            ["rate"] = rate,
            ["sources"] = new JsonArray(
                new JsonObject { ["id"] = RacePlan.FinishSource, ["role"] = "finish" },
                new JsonObject { ["id"] = RacePlan.StartSource, ["role"] = "start" }),
            ["skaters"] = new JsonArray([.. starters.Select(Skater)]),
            ["events"] = new JsonArray(new JsonObject
            {
                ["id"] = @event,
                ["name"] = EventName(title[^1]),
                ["format"] = "sprint",
                ["distanceM"] = file.Event.DistanceM,
                ["entries"] = new JsonArray([.. starters.Select(Entry)]),
                ["rounds"] = new JsonArray([.. rounds.Select((round, index) => Round(round, printed[index], index))]),
            }),
        };
    }

    private static JsonObject Skater(Starter starter)
    {
        var name = PersonName.Split(starter.Name, starter.Nation);
        return new()
        {
            ["id"] = starter.Skater,
            ["familyName"] = name.Family,
            ["givenName"] = name.Given,
            ["nation"] = starter.Nation,
            ["transponders"] = new JsonArray([.. starter.Chips.Select(chip => JsonValue.Create(chip))]),
        };
    }

    private static JsonObject Entry(Starter starter) => new() { ["bib"] = starter.Bib, ["skater"] = starter.Skater };

    private static JsonObject Round(PlannedRound round, PrintedRound printed, int index)
    {
        var written = new JsonObject { ["id"] = round.Id, ["name"] = round.Name };
        if (index == 0)
            written["heats"] = new JsonArray([.. round.Heats.Select(Heat)]);
        else
        {
            written["heats"] = round.Heats.Length;
            written["draw"] = round.Heats.Length > 1 ? "twoPassSnake" : "directThenTime";
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
