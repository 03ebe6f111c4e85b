using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LiveSkate.Core.Meets;

/// <summary>What the office puts: the meet as planned (contract section 3). Lengths in metres.</summary>
/// <param name="Name">As the screens write it.</param>
/// <param name="Rehearsal">Whether simulated passings (sim) are taken.</param>
/// <param name="Sources">What is heard over MQTT, and where it stands.</param>
/// <param name="Skaters">All of the meet, whatever they are entered in.</param>
/// <param name="Events">One for each medal.</param>
/// <param name="Rate">How fast a played race runs against the wall clock; 1 for every real race. An addition to the contract.</param>
public sealed record MeetDocument(
    string Name,
    VenueDocument Venue,
    bool Rehearsal,
    ImmutableArray<SourceDocument> Sources,
    ImmutableArray<SkaterDocument> Skaters,
    ImmutableArray<EventDocument> Events,
    decimal Rate = 1);

/// <param name="Name">As the screens write it.</param>
/// <param name="TimeZone">Of the IANA list: Europe/Rome.</param>
/// <param name="LapM">Length of one lap in metres; may be broken (111.12).</param>
/// <param name="DM">FMT-17: how far the start of the 500 m + D lies before that of the plain distance; null where there is none.</param>
public sealed record VenueDocument(string Name, string TimeZone, decimal LapM, [property: JsonPropertyName("dM")] decimal? DM = null);

[JsonConverter(typeof(JsonStringEnumConverter<SourceRole>))]
public enum SourceRole
{
    [JsonStringEnumMemberName("start")] Start,
    [JsonStringEnumMemberName("finish")] Finish,
    [JsonStringEnumMemberName("split")] Split,
}

/// <param name="Id">Its {src} in the MQTT topics: a-z, 0-9 and -, up to 32.</param>
/// <param name="Role">start, finish, or split with atM.</param>
/// <param name="AtM">Metres after the finish line, for a split; null otherwise.</param>
/// <param name="Line">
/// LAP-3: which of two opposite lines it watches, 1 or 2; null: it serves every skater. For whoever starts at line 1, and in a race with one
/// line, a finish at line 2 is a split at half a lap.
/// </param>
public sealed record SourceDocument(string Id, SourceRole Role, decimal? AtM, int? Line = null);

/// <param name="Id">STL-1: who he is, whatever his name is written like.</param>
/// <param name="FamilyName">Written in capitals.</param>
/// <param name="GivenName">May be empty.</param>
/// <param name="Nation">STL-2: printed as it stands here.</param>
/// <param name="Transponders">TIM-7: his chips, as the decoders call them; none is anybody else's.</param>
/// <param name="Unnamed">OFF-7: has not agreed to be named in public; the number stands for the name.</param>
public sealed record SkaterDocument(
    string Id, string FamilyName, string GivenName, string Nation, ImmutableArray<string> Transponders, bool Unnamed = false);

/// <param name="Id">a-z, 0-9 and -, up to 32; drawn heats are called {event}-{round}-{number}.</param>
/// <param name="Name">As the screens write it.</param>
/// <param name="Format">sprint, timeTrial, relay, teamTimeTrial, massStart, points, elimination, pointsElimination or combined.</param>
/// <param name="DistanceM">In metres; without D (FMT-17).</param>
/// <param name="Entries">Who is entered.</param>
/// <param name="Rounds">In the order in which they are raced; none in a combined.</param>
/// <param name="Rules">What differs from the format's defaults; null: nothing.</param>
/// <param name="Records">The marks to beat, the highest first: the first is the one whose pace is shown; null: none are watched.</param>
/// <param name="NationRanking">SED-1: the nations as the previous competition of this kind ranked them, the best first; null: there was none.</param>
public sealed record EventDocument(
    string Id,
    string Name,
    string Format,
    decimal DistanceM,
    ImmutableArray<EntryDocument> Entries,
    ImmutableArray<RoundDocument> Rounds,
    RuleDocument? Rules = null,
    ImmutableArray<string>? NationRanking = null,
    ImmutableArray<MarkDocument>? Records = null)
{
    /// <summary>The round whose skaters this one takes: as it says, else the nearest before it that sends somebody on. Null for the first.</summary>
    public RoundDocument? SourceOf(RoundDocument round)
    {
        if (round.From is { } from)
            return Rounds.FirstOrDefault(other => other.Id == from);
        RoundDocument? nearest = null;
        foreach (var other in Rounds)
        {
            if (other.Id == round.Id)
                break;
            nearest = other.Advance is null ? nearest : other;
        }
        return nearest;
    }

    /// <summary>How many rounds lie before it: an A and a B final are as deep as each other.</summary>
    public int DepthOf(RoundDocument round)
    {
        var depth = 0;
        for (var at = SourceOf(round); at is not null && depth < Rounds.Length; at = SourceOf(at))
            depth++;
        return depth;
    }
}

/// <summary>A mark to beat (REC-1).</summary>
/// <param name="Kind">WR CR GR NR TR, or what the meet calls it.</param>
/// <param name="TimeMs">What has to be beaten.</param>
/// <param name="Holder">Who has it.</param>
/// <param name="Nations">Whose skaters it is for; null: everybody's.</param>
public sealed record MarkDocument(string Kind, long TimeMs, string? Holder = null, ImmutableArray<string>? Nations = null);

/// <summary>A skater, or a team with its members (REL-3); one of the two.</summary>
/// <param name="Bib">The start list number; unique in the event.</param>
/// <param name="Skater">By id.</param>
/// <param name="Team">In the formats of teams.</param>
/// <param name="PbMs">REC-4: personal best before this meet; null where it is not known.</param>
/// <param name="SbMs">The season's best.</param>
public sealed record EntryDocument(string Bib, string? Skater = null, TeamDocument? Team = null, long? PbMs = null, long? SbMs = null);

/// <param name="Name">As the screens write it.</param>
/// <param name="Nation">As a skater's.</param>
/// <param name="Members">Ids of skaters, each in one team of the event.</param>
public sealed record TeamDocument(string Name, string Nation, ImmutableArray<string> Members);

/// <param name="Id">Unique in the event.</param>
/// <param name="Name">As the screens write it.</param>
/// <param name="Heats">Known heats, or only how many there will be.</param>
/// <param name="Advance">Who goes on; null in the last round.</param>
/// <param name="Draw">twoPassSnake (SED-2), directThenTime, bracket (SED-3), byNation (SED-1), slowestFirst or reversedSnake (SED-4); null where heats are known.</param>
/// <param name="From">The round whose skaters it takes; null: the nearest before it that sends somebody on.</param>
/// <param name="Takes">advance (the default): who goes on from there; rest: who does not, for a B final (FIN-5).</param>
/// <param name="Most">Of the rest, only so many, the best first; null: all of them.</param>
public sealed record RoundDocument(
    string Id, string Name, HeatPlan Heats, AdvanceRule? Advance, string? Draw, string? From = null, string? Takes = null, int? Most = null)
{
    public const string TakesAdvance = "advance", TakesRest = "rest";

    /// <summary>A B final: for who missed the A final.</summary>
    public bool IsForTheRest() => Takes == TakesRest;
}

/// <summary>QUA-1: the first <paramref name="PerHeat"/> of each heat, and the <paramref name="Fastest"/> best times of all others.</summary>
/// <param name="PerHeat">Direct places of each heat; 0: times alone (QUA-10).</param>
/// <param name="Fastest">Places on time; 0: places alone (QUA-11).</param>
/// <param name="TimePlace">QUA-2: only who was placed so in the heat may go through on time; null: everybody.</param>
public sealed record AdvanceRule(int PerHeat, int Fastest, int? TimePlace = null);

/// <param name="Id">Unique in the meet.</param>
/// <param name="Number">STL-3: as printed, in whatever order they are skated.</param>
/// <param name="Bibs">In start order.</param>
public sealed record HeatDocument(string Id, int Number, ImmutableArray<string> Bibs);
