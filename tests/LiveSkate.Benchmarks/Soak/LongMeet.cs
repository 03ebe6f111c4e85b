using System.Globalization;
using System.Text.Json.Nodes;

namespace LiveSkate.Benchmarks.Soak;

/// <summary>A meet document of many events: six categories of 28 skaters each, who race one event after another: four heats of seven, and a final.</summary>
internal sealed class LongMeet(int events, decimal rate)
{
    public const string Id = "soak", Finish = "finish-1", Start = "start-1";
    public const int Heats = 4, Skaters = 7, Laps = 5;
    private const int Categories = 6;

    public int Events => events;

    /// <summary>A final has seven, too: four winners and the three fastest.</summary>
    public int AllHeats => events * (Heats + 1);

    public static string EventId(int @event) => $"e{@event}";

    public static string HeatId(int @event, int heat) => heat < Heats ? $"e{@event}-pre-{heat + 1}" : $"e{@event}-final-1";

    public static string Chip(int @event, string bib, char ankle) => $"c{@event % Categories}-{bib}{ankle}";

    public JsonObject Document() => new()
    {
        ["name"] = "A long day",
        ["venue"] = new JsonObject { ["name"] = "Oval", ["timeZone"] = "Etc/UTC", ["lapM"] = 200 },
        ["rehearsal"] = true,
        ["rate"] = rate,
        ["sources"] = new JsonArray(
            new JsonObject { ["id"] = Finish, ["role"] = "finish" }, new JsonObject { ["id"] = Start, ["role"] = "start" },
            new JsonObject { ["id"] = "split-1", ["role"] = "split", ["atM"] = 100 }),
        ["skaters"] = new JsonArray([.. Enumerable.Range(0, Math.Min(Categories, events)).SelectMany(category => Bibs(0, Heats * Skaters).Select(bib => Skater(category, bib)))]),
        ["events"] = new JsonArray([.. Enumerable.Range(0, events).Select(Event)]),
    };

    private static JsonObject Skater(int category, string bib) => new()
    {
        ["id"] = $"s{category}-{bib}", ["familyName"] = $"Jiménez {bib}", ["givenName"] = "Andrés", ["nation"] = "COL",
        ["transponders"] = new JsonArray(Chip(category, bib, 'a'), Chip(category, bib, 'b')),
    };

    private static JsonObject Event(int number) => new()
    {
        ["id"] = EventId(number), ["name"] = $"1000 m sprint {number + 1}", ["format"] = "sprint", ["distanceM"] = Laps * 200,
        ["entries"] = new JsonArray([.. Bibs(0, Heats * Skaters).Select(bib => new JsonObject { ["bib"] = bib, ["skater"] = $"s{number % Categories}-{bib}" })]),
        ["rounds"] = new JsonArray(
            new JsonObject
            {
                ["id"] = "pre", ["name"] = "Preliminary round", ["advance"] = new JsonObject { ["perHeat"] = 1, ["fastest"] = 3 },
                ["heats"] = new JsonArray([.. Enumerable.Range(0, Heats).Select(heat => new JsonObject
                {
                    ["id"] = HeatId(number, heat), ["number"] = heat + 1, ["bibs"] = new JsonArray([.. Bibs(heat * Skaters, Skaters).Select(bib => JsonValue.Create(bib))]),
                })]),
            },
            new JsonObject { ["id"] = "final", ["name"] = "Final", ["heats"] = 1, ["draw"] = "directThenTime" }),
    };

    private static IEnumerable<string> Bibs(int from, int count) =>
        Enumerable.Range(from + 1, count).Select(bib => bib.ToString(CultureInfo.InvariantCulture));
}
