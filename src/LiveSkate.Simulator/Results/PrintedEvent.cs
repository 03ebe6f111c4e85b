using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace LiveSkate.Simulator.Results;

/// <param name="Date">yyyy-MM-dd, sometimes only yyyy-MM and words.</param>
/// <param name="Format">In the words of the list: "points race", "500 m + D sprint, final of four".</param>
/// <param name="TrackM">Metres of one lap; null where nobody wrote it down.</param>
public sealed partial record PrintedEvent(
    string Name,
    string Date,
    string? Venue,
    string Format,
    string? Surface,
    [property: JsonPropertyName("track_m")] decimal? TrackM)
{
    private const decimal TrackLapM = 200m, IceLapM = 111.12m;

    /// <summary>Of the event in the meet document; null: it is made from the name.</summary>
    public string? Id { get; init; }

    /// <summary>Metres as announced; null for a combined. 500 with a D is 500.</summary>
    [JsonPropertyName("distance_m")]
    public decimal? Distance { get; init; }

    /// <summary>What the meet document shall say of the event's rules, word for word; null: what the list does not tell is made up.</summary>
    public JsonObject? Rules { get; init; }

    [JsonIgnore] public decimal DistanceM => Distance ?? 0;

    [JsonIgnore] public bool IsIce => Surface == "ice";

    /// <summary>The format as the meet document names it; null where the words say none.</summary>
    [JsonIgnore] public string? Kind => Kinds.Of(Format);

    /// <summary>FMT-17.</summary>
    [JsonIgnore] public bool PlusD => Format.Contains("+ D", StringComparison.Ordinal);

    /// <summary>LAP-3.</summary>
    [JsonIgnore] public bool IsDual => Format.Contains("dual", StringComparison.OrdinalIgnoreCase);

    /// <summary>The lap of the event: as written down, from the number of laps, or the usual one.</summary>
    [JsonIgnore] public decimal LapM =>
        (decimal?)Rules?["lapM"] ?? TrackM
        ?? (Laps().Match(Format) is { Success: true } laps
            ? decimal.Round(DistanceM / decimal.Parse(laps.Groups[1].ValueSpan, CultureInfo.InvariantCulture), 2, MidpointRounding.ToPositiveInfinity)
            : Format.Contains("marathon", StringComparison.OrdinalIgnoreCase) ? DistanceM
            : IsIce ? IceLapM : TrackLapM);

    [GeneratedRegex(@"(\d+) laps")]
    private static partial Regex Laps();
}

/// <summary>The formats, as the meet document names them.</summary>
public static class Kinds
{
    public const string Sprint = "sprint", TimeTrial = "timeTrial", Relay = "relay", TeamTimeTrial = "teamTimeTrial", MassStart = "massStart",
        Points = "points", Elimination = "elimination", PointsElimination = "pointsElimination", Combined = "combined";

    public static IReadOnlyList<string> All { get; } =
        [Sprint, TimeTrial, Relay, TeamTimeTrial, MassStart, Points, Elimination, PointsElimination, Combined];

    public static bool IsLong(string kind) => kind is MassStart or Points or Elimination or PointsElimination;

    /// <summary>TIM-6: each clock begins with its own gate.</summary>
    public static bool HasOwnClocks(string kind) => kind is TimeTrial or TeamTimeTrial;

    public static bool HasTeams(string kind) => kind is Relay or TeamTimeTrial;

    public static bool HasPoints(string kind) => kind is Points or PointsElimination;

    public static bool Eliminates(string kind) => kind is Elimination or PointsElimination;

    /// <summary>From the words of a list.</summary>
    public static string? Of(string words) =>
        Has(words, "combined") ? Combined
        : Has(words, "points") && Has(words, "elimination") ? PointsElimination
        : Has(words, "elimination") ? Elimination
        : Has(words, "points") ? Points
        : Has(words, "relay") ? Relay
        : Has(words, "team time trial") ? TeamTimeTrial
        : Has(words, "time trial") ? TimeTrial
        : Has(words, "sprint") || Has(words, "short track") ? Sprint
        : Has(words, "marathon") || Has(words, "mass start") ? MassStart
        : null;

    private static bool Has(string words, string word) => words.Contains(word, StringComparison.OrdinalIgnoreCase);
}
