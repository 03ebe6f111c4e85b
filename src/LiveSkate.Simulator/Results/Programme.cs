using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveSkate.Simulator.Results;

/// <summary>The result lists of one meet, in the order in which the events are skated. A single list is a programme of one.</summary>
/// <param name="Title">Of the meet.</param>
/// <param name="Venue">Null: the first event's.</param>
/// <param name="TrackM">One lap of the venue; null: the first event's.</param>
/// <param name="DM">FMT-17; null: a usual one is made up where it is needed.</param>
public sealed record Programme(
    [property: JsonPropertyName("name")] string Title,
    string? Venue,
    [property: JsonPropertyName("track_m")] decimal? TrackM,
    [property: JsonPropertyName("d_m")] decimal? DM,
    ImmutableArray<ResultFile> Events)
{
    private const string SeedMeet = "worldgames-2022";

    /// <summary>The file's name without its ending.</summary>
    [JsonIgnore] public string Name { get; private init; } = "";

    /// <summary>The meet is called so where nobody says how.</summary>
    [JsonIgnore] public string Meet => Events is [{ IsSeed: true }] ? SeedMeet : Name;

    /// <summary>The meets that are carried inside the program, by the names that they are asked for.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } = [SeedMeet, "formats"];

    public static Programme Of(ResultFile file) =>
        new(file.Event.Name.Split(',', StringSplitOptions.TrimEntries)[0], file.Event.Venue, null, null, [file]) { Name = file.Name };

    /// <param name="name">One of <see cref="BuiltIn"/>.</param>
    public static Programme Inside(string name)
    {
        if (name == SeedMeet)
            return Of(ResultFile.Seed());
        using var stream = typeof(Programme).Assembly.GetManifestResourceStream(name + ".json")
            ?? throw new InvalidOperationException($"{name}.json is not embedded");
        return Parse(stream, name);
    }

    /// <summary>A file with one event, or with the events of a meet.</summary>
    /// <exception cref="UnplayableFileException">Not readable, not of either shape, or without heats that can be skated.</exception>
    public static Programme Read(string path)
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

    /// <exception cref="UnplayableFileException">Not of either shape, or without heats that can be skated.</exception>
    public static Programme Parse(Stream stream, string name)
    {
        try
        {
            using var text = JsonDocument.Parse(stream);
            if (text.RootElement.ValueKind != JsonValueKind.Object || !text.RootElement.TryGetProperty("events", out _))
                return Of(ResultFile.Checked(text.Deserialize(ResultFileJson.Default.ResultFile), name));
            var read = text.Deserialize(ResultFileJson.Default.Programme)!;
            if (read.Title is null || read.Events.IsDefaultOrEmpty)
                throw new UnplayableFileException($"{name} has no name or no events.");
            return read with
            {
                Name = name,
                Events = [.. read.Events.Select((file, index) => ResultFile.Checked(file, $"{name}, event {index + 1}"))],
            };
        }
        catch (JsonException problem)
        {
            throw new UnplayableFileException($"{name} is not a result file: {problem.Message}");
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ResultFile))]
[JsonSerializable(typeof(Programme))]
internal sealed partial class ResultFileJson : JsonSerializerContext;
