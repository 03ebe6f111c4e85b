using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveSkate.Core.Meets;

/// <summary>What the office puts: the meet as planned (contract section 3). Lengths in metres.</summary>
/// <param name="Rate">How fast a played race runs against the wall clock; 1 for every real race. An addition to the contract.</param>
public sealed record MeetDocument(
    string Name,
    VenueDocument Venue,
    bool Rehearsal,
    ImmutableArray<SourceDocument> Sources,
    ImmutableArray<SkaterDocument> Skaters,
    ImmutableArray<EventDocument> Events,
    decimal Rate = 1);

/// <param name="LapM">Length of one lap in metres; may be broken (111.12).</param>
/// <param name="DM">FMT-17: how far the start of the 500 m + D lies before that of the plain distance; null where there is none.</param>
public sealed record VenueDocument(string Name, string TimeZone, decimal LapM, decimal? DM = null);

[JsonConverter(typeof(JsonStringEnumConverter<SourceRole>))]
public enum SourceRole
{
    [JsonStringEnumMemberName("start")] Start,
    [JsonStringEnumMemberName("finish")] Finish,
    [JsonStringEnumMemberName("split")] Split,
}

/// <param name="AtM">Metres after the finish line, for a split; null otherwise.</param>
/// <param name="Line">
/// LAP-3: which of two opposite lines it watches, 1 or 2; null: it serves every skater. For whoever starts at line 1, and in a race with one
/// line, a finish at line 2 is a split at half a lap.
/// </param>
public sealed record SourceDocument(string Id, SourceRole Role, decimal? AtM, int? Line = null);

public sealed record SkaterDocument(string Id, string FamilyName, string GivenName, string Nation, ImmutableArray<string> Transponders);

public sealed record EventDocument(
    string Id,
    string Name,
    string Format,
    decimal DistanceM,
    ImmutableArray<EntryDocument> Entries,
    ImmutableArray<RoundDocument> Rounds,
    RuleDocument? Rules = null);

/// <summary>A skater, or a team with its members (REL-3); one of the two.</summary>
public sealed record EntryDocument(string Bib, string? Skater = null, TeamDocument? Team = null);

/// <param name="Members">Ids of skaters, each in one team of the event.</param>
public sealed record TeamDocument(string Name, string Nation, ImmutableArray<string> Members);

/// <param name="Heats">Known heats, or only how many there will be.</param>
/// <param name="Advance">Null in the last round.</param>
/// <param name="Draw">How this round is drawn from the one before (SED-2: twoPassSnake; directThenTime); null where heats are known.</param>
public sealed record RoundDocument(string Id, string Name, HeatPlan Heats, AdvanceRule? Advance, string? Draw);

/// <summary>QUA-1: the first <paramref name="PerHeat"/> of each heat, and the <paramref name="Fastest"/> best times of all others.</summary>
/// <param name="TimePlace">QUA-2: only who was placed so in the heat may go through on time; null: everybody.</param>
public sealed record AdvanceRule(int PerHeat, int Fastest, int? TimePlace = null);

public sealed record HeatDocument(string Id, int Number, ImmutableArray<string> Bibs);
