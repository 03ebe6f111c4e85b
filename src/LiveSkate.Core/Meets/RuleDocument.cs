using System.Collections.Immutable;

namespace LiveSkate.Core.Meets;

/// <summary>
/// Where an event's rules differ from its format's defaults (rules.md section 18). Null: the default stands.
/// Laps are counted as the board counts them: laps to go when the leader crosses the line, 0 at the finish.
/// </summary>
public sealed record RuleDocument
{
    /// <summary>FMT-17: the venue's D comes on top of the distance.</summary>
    public bool? PlusD { get; init; }

    /// <summary>Length of the event's own lap in metres, where it is not the venue's: a road circuit, or a straight as long as its distance.</summary>
    public decimal? LapM { get; init; }

    /// <summary>LAP-5, REL-2: no lap is skated sooner, in ms; what comes sooner is the other ankle, or a team-mate who circles inside.</summary>
    public int? LeastLapMs { get; init; }

    /// <summary>LAP-3: 2 where the skaters of a heat start at opposite lines; 1: all at one; null: as many as the venue has finishes.</summary>
    public int? Lines { get; init; }

    /// <summary>TIM-5: closer than this on transponders alone is shown as unresolved, in ms.</summary>
    public int? UnresolvedMs { get; init; }

    /// <summary>PTS-1, PTS-2: when points are given, and how many.</summary>
    public SprintsDocument? Sprints { get; init; }

    /// <summary>ELI-3: when somebody goes out.</summary>
    public EliminationDocument? Elimination { get; init; }

    /// <summary>REL-4: the time of the team is the time of this one of its skaters.</summary>
    public int? Counts { get; init; }

    /// <summary>RNK-7: shared or byLapsThenTime.</summary>
    public string? DnfSameHeat { get; init; }

    /// <summary>FIN-2, FIN-3: time, placeThenTime or sharedPlace.</summary>
    public string? BlockRank { get; init; }

    /// <summary>FIN-4: whether a disqualification in a later round moves the blocks behind it up.</summary>
    public bool? CompactAcrossRounds { get; init; }

    /// <summary>QUA-5: allAdvance, or none where the jury decides otherwise (photo finish, skate-off, lot) and says so with advance.</summary>
    public string? TieAtTimeCut { get; init; }

    /// <summary>INC-2: false starts of one skater that are let go; the next is DSQ-TF.</summary>
    public int? FalseStarts { get; init; }

    /// <summary>FMT-15: whether who is behind by laps has finished when she crosses the line after the winner.</summary>
    public bool? LappedFinish { get; init; }

    /// <summary>TIM-1: decimals of a printed time: 3, or 0 where whole seconds are printed.</summary>
    public int? TimeDigits { get; init; }

    /// <summary>INC-7: warnings for a sport fault before the next is DSQ-SF; 0: none are given.</summary>
    public int? Warnings { get; init; }

    /// <summary>FIN-6: zero where a DNS in one of the events scores nothing, out where it takes the skater out of the combined.</summary>
    public string? DnsInCombined { get; init; }

    /// <summary>FIN-6: placePoints, the most win; or sumOfPlaces, the fewest win, and who has a place in more of the events goes before.</summary>
    public string? Scoring { get; init; }

    /// <summary>OFF-5: how long after a result is posted a protest is taken; null: nothing is said of it.</summary>
    public int? ProtestMinutes { get; init; }

    /// <summary>FMT-16: the events, by id, that are added up.</summary>
    public ImmutableArray<string>? Of { get; init; }
}

/// <param name="EveryLaps">A sprint every so many laps, counted back from the finish.</param>
/// <param name="FromM">FMT-20: none before this distance is behind the leader, in metres.</param>
/// <param name="AtLapsToGo">The announced laps themselves, in place of the two above.</param>
/// <param name="Points">For the first, second … at an intermediate sprint.</param>
/// <param name="LastPoints">The same at the finish.</param>
public sealed record SprintsDocument(
    int? EveryLaps = null, decimal? FromM = null, ImmutableArray<int>? AtLapsToGo = null, ImmutableArray<int>? Points = null,
    ImmutableArray<int>? LastPoints = null);

/// <param name="First">Laps to go at the first elimination; null: as late as leaves the survivors.</param>
/// <param name="EveryLaps">An elimination every so many laps.</param>
/// <param name="Doubles">Laps to go at which two go out.</param>
/// <param name="Survivors">How many skate the last lap.</param>
/// <param name="FromM">FMT-20: nobody goes out before this distance, in metres.</param>
/// <param name="Last">Laps to go at the last elimination, where first is null; null: one interval before the finish.</param>
/// <param name="Ranked">ELI-12: individual, or shared where all who went out have one place.</param>
public sealed record EliminationDocument(
    int? First = null, int? EveryLaps = null, ImmutableArray<int>? Doubles = null, int? Survivors = null, decimal? FromM = null, string? Ranked = null,
    int? Last = null);
