using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveSkate.Simulator.Results;

public sealed record PrintedRound(string Name, PrintedAdvancement? Advancement, ImmutableArray<PrintedHeat> Heats)
{
    /// <summary>Of the meet document: the round whose skaters it takes, "rest" for a B final, and how it is drawn. Null: as usual.</summary>
    public string? From { get; init; }

    public string? Takes { get; init; }

    public string? Draw { get; init; }

    /// <summary>Only some of the starters are known: the name of the round or of a heat says so.</summary>
    [JsonIgnore] public bool IsPartial => SaysPartial(Name) || Heats.Any(heat => SaysPartial(heat.Name));

    /// <summary>Without what the copyist put in brackets.</summary>
    [JsonIgnore] public string PlainName => Name.Split(" (")[0];

    private static bool SaysPartial(string name) =>
        name.Contains("partial", StringComparison.Ordinal) || name.Contains("only", StringComparison.Ordinal) || name.Contains("(places", StringComparison.Ordinal);
}

public sealed record PrintedAdvancement(
    [property: JsonPropertyName("winners_per_heat")] int? WinnersPerHeat,
    int? Fastest);

public sealed record PrintedHeat(string Name, ImmutableArray<PrintedRow> Results);
