using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveSkate.Simulator.Results;

/// <summary>A result list as somebody printed it: what a replay must come back to.</summary>
public sealed record ResultFile(
    PrintedEvent Event,
    ImmutableArray<PrintedRound> Rounds,
    [property: JsonPropertyName("final_ranking")] ImmutableArray<PrintedRow> FinalRanking)
{
    private const string SeedName = "worldgames-2022-men-1000m";

    /// <summary>The file's name without its ending: the meet is called after it.</summary>
    [JsonIgnore] public string Name { get; private init; } = "";

    /// <summary>The race of the demo, which every other replay is measured by.</summary>
    [JsonIgnore] public bool IsSeed => Name == SeedName;

    /// <summary>The seed event, carried inside the program.</summary>
    public static ResultFile Seed()
    {
        using var stream = typeof(ResultFile).Assembly.GetManifestResourceStream(SeedName + ".json")
            ?? throw new InvalidOperationException($"{SeedName}.json is not embedded");
        return Parse(stream, SeedName);
    }

    /// <exception cref="UnplayableFileException">Not readable, not of this shape, or without heats that can be skated.</exception>
    public static ResultFile Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Parse(stream, Path.GetFileNameWithoutExtension(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UnplayableFileException($"{path} cannot be read: {problem.Message}");
        }
    }

    public static ResultFile Parse(Stream stream, string name)
    {
        ResultFile? file;
        try
        {
            file = JsonSerializer.Deserialize(stream, ResultFileJson.Default.ResultFile);
        }
        catch (JsonException problem)
        {
            throw new UnplayableFileException($"{name} is not a result file: {problem.Message}");
        }

        if (file?.Event?.Name is null || file.Rounds.IsDefaultOrEmpty || file.Rounds.Any(round => round.Heats.IsDefaultOrEmpty))
            throw new UnplayableFileException($"{name} has no heats: only an event with its rounds and heats can be replayed.");
        if (!file.Event.IsSprint)
            throw new UnplayableFileException($"{name} is \"{file.Event.Format}\": only sprints with mass start can be replayed.");
        return file with { Name = name, FinalRanking = file.FinalRanking.IsDefault ? [] : file.FinalRanking };
    }
}

/// <summary>Thrown with a sentence for the person at the keyboard.</summary>
public sealed class UnplayableFileException(string message) : Exception(message);

/// <param name="Date">yyyy-MM-dd, sometimes only yyyy-MM and words.</param>
/// <param name="DistanceM">Metres as announced; 500 stands for 500 m + D.</param>
/// <param name="TrackM">Metres of one lap; null where nobody wrote it down.</param>
public sealed record PrintedEvent(
    string Name,
    string Date,
    string? Venue,
    [property: JsonPropertyName("distance_m")] decimal DistanceM,
    string Format,
    string? Surface,
    [property: JsonPropertyName("track_m")] decimal? TrackM)
{
    [JsonIgnore] public bool IsIce => Surface == "ice";

    [JsonIgnore] public bool IsSprint =>
        (Has("sprint") || Has("short track"))
        && !Has("points") && !Has("elimination") && !Has("relay") && !Has("time trial");

    private bool Has(string word) => Format.Contains(word, StringComparison.OrdinalIgnoreCase);
}

public sealed record PrintedRound(string Name, PrintedAdvancement? Advancement, ImmutableArray<PrintedHeat> Heats);

public sealed record PrintedAdvancement(
    [property: JsonPropertyName("winners_per_heat")] int? WinnersPerHeat,
    int? Fastest);

public sealed record PrintedHeat(string Name, ImmutableArray<PrintedRow> Results);

/// <param name="Time">As printed: "1:23.633", "43.104"; null where there is none.</param>
/// <param name="Status">OK DSQ DNS DNF EL, and PEN PEN-YC WDR ABD NP from the ice; UNKNOWN.</param>
/// <param name="Mark">As printed, and maybe wrong; only ADV and ADA (the jury's doing) are believed.</param>
public sealed record PrintedRow(
    int? Rank,
    string Name,
    string? Nation,
    string? Time,
    string? Status,
    string? Mark,
    string? Bib,
    [property: JsonPropertyName("start_position")] int? StartPosition,
    ImmutableArray<PrintedLap>? Laps)
{
    /// <summary>Not in the list, but somebody must have been there: see <see cref="LostRows"/>.</summary>
    [JsonIgnore] public bool Invented { get; init; }

    [JsonIgnore] public long? TimeMs => PrintedTime.Milliseconds(Time);

    [JsonIgnore] public bool AdvancedByJury => Mark is "ADV" or "ADA";

    /// <summary>What became of the skater, in the words of the contract.</summary>
    [JsonIgnore]
    public string Outcome => Status switch
    {
        "OK" => "OK",
        "DSQ" or "PEN" or "PEN-YC" => "DSQ-SF",
        "DNS" or "WDR" => "DNS",
        null or "UNKNOWN" when Rank is not null || Time is not null => "OK",
        _ => "DNF",
    };
}

/// <param name="LapTime">Of this lap, in seconds to hundredths.</param>
/// <param name="Elapsed">Since the start, cut to hundredths; often missing.</param>
public sealed record PrintedLap(
    int Lap,
    [property: JsonPropertyName("lap_time")] string? LapTime,
    string? Elapsed);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ResultFile))]
internal sealed partial class ResultFileJson : JsonSerializerContext;
