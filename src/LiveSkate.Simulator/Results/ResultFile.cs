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

    /// <exception cref="UnplayableFileException">Not of this shape, or without heats that can be skated.</exception>
    public static ResultFile Parse(Stream stream, string name)
    {
        try
        {
            return Checked(JsonSerializer.Deserialize(stream, ResultFileJson.Default.ResultFile), name);
        }
        catch (JsonException problem)
        {
            throw new UnplayableFileException($"{name} is not a result file: {problem.Message}");
        }
    }

    /// <summary>With nothing left out that a plan asks for.</summary>
    internal static ResultFile Checked(ResultFile? file, string name)
    {
        var hasHeats = file is not null && !file.Rounds.IsDefaultOrEmpty && file.Rounds.All(round => !round.Heats.IsDefaultOrEmpty);
        if (file?.Event?.Name is null || (!hasHeats && file.Event.Kind != Kinds.Combined))
            throw new UnplayableFileException($"{name} has no heats: only an event with its rounds and heats can be replayed.");
        if (file.Event.Kind is null)
            throw new UnplayableFileException($"{name} is \"{file.Event.Format}\", which is none of {string.Join(", ", Kinds.All)}.");
        if (file.Event is { Kind: not Kinds.Combined, DistanceM: <= 0 })
            throw new UnplayableFileException($"{name} does not say its distance.");
        return file with
        {
            Name = name,
            Rounds = file.Rounds.IsDefault ? [] : file.Rounds,
            FinalRanking = file.FinalRanking.IsDefault ? [] : file.FinalRanking,
        };
    }
}

/// <summary>Thrown with a sentence for the person at the keyboard.</summary>
public sealed class UnplayableFileException(string message) : Exception(message);
