using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace LiveSkate.Benchmarks.Ingest;

/// <summary>
/// A made-up meet of the size of a real one: the same skaters in every event, a first round of several heats and a final that is drawn
/// later. Passing n is where and when it would be if the heats were skated one after another; with two readings, both ankles are read.
/// </summary>
/// <param name="Sources">Decoders at the finish line; each hears its share.</param>
/// <param name="Week">Which week of the season it is in.</param>
public sealed record BusyMeet(string Id, int Events, int Heats, int Skaters, int Laps, int Readings = 2, int Sources = 1, int Week = 0)
{
    /// <summary>The first gun; heats follow each other by ten minutes.</summary>
    private const long FirstGunUs = 1_700_000_000_000_000, WeekUs = 7 * 86_400_000_000, BetweenGunsUs = 600_000_000, LapUs = 18_000_000,
        BetweenSkatersUs = 200_000, BetweenAnklesUs = 30_000;

    public int PassingsOfHeat => Skaters * Laps * Readings;

    public int Passings => Events * Heats * PassingsOfHeat;

    /// <summary>In the order in which they are skated.</summary>
    public IEnumerable<string> HeatIds => Enumerable.Range(0, Events * Heats).Select(HeatId);

    public string HeatId(int heat) => Invariant($"e{heat / Heats + 1}-pre-{heat % Heats + 1}");

    public long GunUs(int heat) => FirstGunUs + Week * WeekUs + heat * BetweenGunsUs;

    /// <param name="n">0, 1, 2 …</param>
    public (string Chip, long TimeUs) Passing(int n)
    {
        var (heat, inHeat) = Math.DivRem(n, PassingsOfHeat);
        var (lap, inLap) = Math.DivRem(inHeat, Skaters * Readings);
        var (skater, reading) = Math.DivRem(inLap, Readings);
        var number = heat % Heats * Skaters + skater;
        return (Chip(number, reading), GunUs(heat) + (lap + 1) * LapUs + skater * BetweenSkatersUs + reading * BetweenAnklesUs);
    }

    /// <summary>As a decoder's gateway sends it (contract section 2), with all that decoders tell.</summary>
    /// <param name="buffer">Room for 300 bytes.</param>
    /// <returns>The bytes written.</returns>
    public int WritePayload(Span<byte> buffer, int n, string epoch, long seq)
    {
        var (chip, timeUs) = Passing(n);
        System.Text.Unicode.Utf8.TryWrite(buffer, CultureInfo.InvariantCulture,
            $$"""{"chip":"{{chip}}","timeUs":{{timeUs}},"epoch":"{{epoch}}","seq":{{seq}},"deviceNo":8857,"loop":"finish","hits":{{20 + n % 20}},"strength":{{100 + n % 50}},"battery":"ok"}""",
            out var written);
        return written;
    }

    public static string Source(int number) => Invariant($"finish-{number + 1}");

    public byte[] Document() => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["name"] = "A busy meet",
        ["venue"] = new JsonObject { ["name"] = "Hall", ["timeZone"] = "Etc/UTC", ["lapM"] = 200 },
        ["sources"] = List([
            Named("start-1", "start"), .. Enumerable.Range(0, Sources).Select(number => Named(Source(number), "finish"))]),
        ["skaters"] = List(Enumerable.Range(0, Heats * Skaters).Select(number => new JsonObject
        {
            ["id"] = Invariant($"s{number}"), ["familyName"] = Invariant($"Family {number}"), ["givenName"] = "Given", ["nation"] = "SUI",
            ["transponders"] = new JsonArray(Chip(number, 0), Chip(number, 1)),
        })),
        ["events"] = List(Enumerable.Range(0, Events).Select(Event)),
    }.ToJsonString());

    private JsonObject Event(int number) => new()
    {
        ["id"] = Invariant($"e{number + 1}"), ["name"] = Invariant($"Event {number + 1}"), ["format"] = "sprint", ["distanceM"] = 200 * Laps,
        ["entries"] = List(Enumerable.Range(0, Heats * Skaters).Select(skater => new JsonObject { ["bib"] = Bib(skater), ["skater"] = Invariant($"s{skater}") })),
        ["rounds"] = new JsonArray(
            new JsonObject
            {
                ["id"] = "pre", ["name"] = "Heats", ["advance"] = new JsonObject { ["perHeat"] = 1, ["fastest"] = 4 },
                ["heats"] = List(Enumerable.Range(0, Heats).Select(heat => new JsonObject
                {
                    ["id"] = HeatId(number * Heats + heat), ["number"] = heat + 1,
                    ["bibs"] = List(Enumerable.Range(heat * Skaters, Skaters).Select(skater => JsonValue.Create(Bib(skater)))),
                })),
            },
            new JsonObject { ["id"] = "final", ["name"] = "Final", ["heats"] = 1, ["draw"] = "directThenTime" }),
    };

    /// <summary>Two for each skater, for this meet alone.</summary>
    private string Chip(int skater, int reading) => Invariant($"{Id}-{7000 + skater * 2 + reading}");

    private static string Bib(int skater) => (skater + 1).ToString(CultureInfo.InvariantCulture);

    private static JsonObject Named(string id, string role) => new() { ["id"] = id, ["role"] = role };

    private static JsonArray List(IEnumerable<JsonNode> items) => new([.. items]);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
