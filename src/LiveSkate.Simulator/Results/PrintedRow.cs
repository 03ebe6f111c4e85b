using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveSkate.Simulator.Results;

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
    /// <summary>Won at sprints, or added up over the events of a combined.</summary>
    public int? Points { get; init; }

    /// <summary>Of a team; where the list names none they stand in brackets behind its name, or are made up.</summary>
    public ImmutableArray<string>? Members { get; init; }

    /// <summary>With EL: the lap of the leader at which it was, counted from the start.</summary>
    [JsonPropertyName("eliminated_at_lap")]
    public int? EliminatedAtLap { get; init; }

    /// <summary>With EL: lapped, fall, gave-up, fault; null: the last at an elimination lap.</summary>
    public string? Cause { get; init; }

    /// <summary>Whole laps behind the winner.</summary>
    [JsonPropertyName("laps_down")]
    public int LapsDown { get; init; }

    /// <summary>W1, W2, FS: given while the race runs.</summary>
    public ImmutableArray<string>? Remarks { get; init; }

    /// <summary>Not in the list, but somebody must have been there: see the planning.</summary>
    [JsonIgnore] public bool Invented { get; init; }

    [JsonIgnore] public long? TimeMs => PrintedTime.Milliseconds(Time);

    [JsonIgnore] public bool AdvancedByJury => Mark is "ADV" or "ADA";

    /// <summary>What became of the skater, in the words of the contract.</summary>
    [JsonIgnore]
    public string Outcome => Status switch
    {
        "OK" or "EL" or "DSQ-TF" or "DSQ-SF" or "DSQ-DF" => Status,
        "DSQ" or "PEN" or "PEN-YC" => "DSQ-SF",
        "DNS" or "WDR" => "DNS",
        null or "UNKNOWN" when Rank is not null || Time is not null => "OK",
        _ => "DNF",
    };

    [JsonIgnore] public bool IsDisqualified => Outcome.StartsWith("DSQ", StringComparison.Ordinal);

    public static PrintedRow Unnamed(int number) =>
        new(null, $"Unnamed {number}", null, null, "OK", null, null, null, null) { Invented = true };
}

/// <param name="LapTime">Of this lap, in seconds to hundredths.</param>
/// <param name="Elapsed">Since the start, cut to hundredths; often missing.</param>
public sealed record PrintedLap(
    int Lap,
    [property: JsonPropertyName("lap_time")] string? LapTime,
    string? Elapsed);
