using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using LiveSkate.Benchmarks.Load;
using LiveSkate.Core;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using LiveSkate.Server.Live;

namespace LiveSkate.Benchmarks.Fanout;

/// <summary>What is on: one scope of a meet with the records that the server really publishes, and a change for every push.</summary>
internal sealed class OnAir(Shown shown)
{
    private const int Heats = 40, Skaters = 8;

    private static readonly JsonSerializerOptions Wire =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Names =
        ["Pedro CAUSIL", "Bart SWINGS", "Martin FERRIÉ", "Vincenzo MAIORCA", "Andrés JIMÉNEZ", "Simon ALBRECHT", "Ioseba FERNÁNDEZ", "Doucelin PEDICONE"];

    private static readonly (HeatHeader Header, ImmutableArray<HeatRow> Rows) Blank = Published();

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _still = StillRecords(shown);
    private int _change;

    public static string ScopeOf(Shown shown) => shown == Shown.Line ? "meet/games" : "heat/games/m1000-pre-1";

    public string Scope { get; } = ScopeOf(shown);

    public static Beat Beat() => new(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000, 100, [new SourceAge("finish", 12, null)]);

    /// <summary>The scope after one more change, which carries the time.</summary>
    public ScopeState Next()
    {
        var puts = new Dictionary<string, ReadOnlyMemory<byte>>(_still, StringComparer.Ordinal);
        var turn = _change++;
        if (shown == Shown.Line)
        {
            puts["heat:h1"] = Bytes(Line(1) with { EventName = $"Men's 1000 m sprint {Mark.Now()}", State = turn % 2 == 0 ? "running" : "finished" });
            return new ScopeState(puts);
        }

        var row = turn % Skaters;
        puts["heat"] = Bytes(Header(Mark.Now(), 100 + turn));
        _still[$"row:{11 + row}"] = puts[$"row:{11 + row}"] = Bytes(Row(row, 2 + turn / Skaters % 4));
        return new ScopeState(puts);
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> StillRecords(Shown shown)
    {
        var still = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        if (shown == Shown.Line)
        {
            still["meet"] = Bytes(new MeetHeader("games", "World Games", "Birmingham", "America/Chicago", Rehearsal: false, "running"));
            for (var i = 1; i <= Heats; i++)
                still[$"heat:h{i}"] = Bytes(Line(i));
        }
        else
        {
            for (var i = 0; i < Skaters; i++)
                still[$"row:{11 + i}"] = Bytes(Row(i, 1));
        }

        return still;
    }

    private static HeatLine Line(int number) =>
        new($"h{number}", "m1000", "Men's 1000 m sprint", "pre", "Preliminary round", number, Heats, "scheduled", number);

    private static HeatHeader Header(string mark, long at) => Blank.Header with
    {
        At = at, State = "running", Reason = mark, LapsToGo = 3, OrderAt = new OrderAt(2, null),
        Clock = new RaceClock(1657386323633120, 1657386357756120 + at, 1m, Running: true, null),
    };

    private static HeatRow Row(int order, int lap) => Blank.Rows[order] with
    {
        Rank = order + 1, Lap = lap, ElapsedMs = 17_100 * lap + 120 * order, GapMs = 120 * order, LapMs = 17_100,
        Certainty = "in", NeededMs = 84_312, Words = "Through as things stand: 3rd of the 12 fastest",
    };

    /// <summary>The heat as the server would publish it before the start.</summary>
    private static (HeatHeader Header, ImmutableArray<HeatRow> Rows) Published()
    {
        string[] bibs = [.. Names.Select((_, i) => $"{11 + i}")];
        var rounds = new RoundDocument("pre", "Preliminary round", HeatPlan.Of([new HeatDocument("m1000-pre-1", 1, [.. bibs])]), null, null);
        var document = new MeetDocument(
            "World Games", new VenueDocument("Birmingham", "America/Chicago", 200), false, [],
            [.. Names.Select((name, i) => new SkaterDocument($"s{i}", name.Split(' ')[1], name.Split(' ')[0], "COL", []))],
            [new EventDocument("m1000", "Men's 1000 m sprint", "sprint", 1000, [.. bibs.Select((bib, i) => new EntryDocument(bib, $"s{i}"))], [rounds])]);
        var meet = MeetFold.Start("games", document, new Recorded(1, DateTimeOffset.UnixEpoch, "games", "office", new MeetPut(document)));
        var standing = HeatStandings.Of(meet, meet.Heats["m1000-pre-1"]);
        return (HeatPublisher.Header(meet, standing), HeatPublisher.Rows(meet, standing, HeatPublisher.RoundOf(meet, standing.Heat)));
    }

    private static ReadOnlyMemory<byte> Bytes<T>(T record) => JsonSerializer.SerializeToUtf8Bytes(record, Wire);
}

/// <summary>Two frames that are really sent.</summary>
internal enum Shown
{
    /// <summary>A heat's line in the programme changes: the smallest there is.</summary>
    Line,

    /// <summary>A passing in a heat of eight: the heat's header and one row.</summary>
    Passing,
}
