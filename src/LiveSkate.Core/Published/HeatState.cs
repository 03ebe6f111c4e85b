using System.Collections.Immutable;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Published;

/// <summary>All that is public of a heat, except its rows: what a screen puts around them. Unknown is null, never absent.</summary>
public record HeatHeader
{
    public required string Meet { get; init; }

    /// <summary>Position in the journal that this shows.</summary>
    public required long At { get; init; }

    public required string Event { get; init; }
    public required string EventName { get; init; }
    public required string Round { get; init; }
    public required string RoundName { get; init; }
    public required string Id { get; init; }
    public required int Number { get; init; }

    /// <summary>How many heats the round has.</summary>
    public required int Of { get; init; }

    /// <summary>1, and one more each time the heat is annulled and run again (INC-9).</summary>
    public required int Run { get; init; }

    /// <summary>scheduled open armed running finished provisional review official cancelled.</summary>
    public required string State { get; init; }

    /// <summary>0 before the first publication; one more with every change that the public can see after it.</summary>
    public required int Version { get; init; }

    /// <summary>The newest change of what had been given out: "CORRECTED hh:mm" and what changed; null while there is none.</summary>
    public required VersionLine? Correction { get; init; }

    /// <summary>OFF-8: whose order this is, where the jury set one; null where what was measured decides.</summary>
    public required JuryOrder? JuryOrder { get; init; }

    /// <summary>OFF-5: a protest against a provisional result is taken until then; null where the event sets no limit, or it is not provisional.</summary>
    public required long? ProtestUntilUs { get; init; }

    /// <summary>
    /// OFF-3: what was measured late in the round before has changed who should start here, and nobody has said what becomes of it: "Preliminary
    /// round has changed since the draw: PROKOP loses, ROUMEC gains a place." Null where the start list is right, or was kept by the jury's word.
    /// </summary>
    public required string? StartListDoubt { get; init; }

    /// <summary>Why the result is under review, or was changed last; null where nothing was said.</summary>
    public required string? Reason { get; init; }

    public required decimal DistanceM { get; init; }

    /// <summary>Crossings of the finish line that make the race.</summary>
    public required int Laps { get; init; }

    /// <summary>Of the leader; null before the start.</summary>
    public required int? LapsToGo { get; init; }

    /// <summary>The format of the event, as the meet document names it.</summary>
    public required string Format { get; init; }

    /// <summary>LAP-8: the bell rings for the next lap of the leader: his last, or one with a sprint or an elimination at its end.</summary>
    public required bool Bell { get; init; }

    /// <summary>Laps to go at the next sprint for points; null where none comes.</summary>
    public required int? NextSprint { get; init; }

    /// <summary>Laps to go at the next elimination; null where none comes.</summary>
    public required int? NextElimination { get; init; }

    /// <summary>How many go out there.</summary>
    public required int GoOut { get; init; }

    /// <summary>How many are still in; null where nobody is eliminated.</summary>
    public required int? StillIn { get; init; }

    /// <summary>ELI-2: who was the last at an elimination lap, as the transponders have it, and the judges have not said so yet. Never a fact.</summary>
    public required ImmutableArray<ProposedOut> Proposed { get; init; }

    /// <summary>The newest sprint for points; null before the first.</summary>
    public required SprintStanding? LastSprint { get; init; }

    /// <summary>INC-3: neutralised or stopped while it runs; null otherwise.</summary>
    public required string? Paused { get; init; }

    /// <summary>The last lap that all who still skate have completed; null when nobody does, or somebody has none yet.</summary>
    public required int? CommonLap { get; init; }

    /// <summary>The marks to beat, the highest first; empty where none are watched.</summary>
    public required ImmutableArray<MarkLine> Records { get; init; }

    public required OrderAt? OrderAt { get; init; }

    /// <summary>Null before the start.</summary>
    public required RaceClock? Clock { get; init; }

    /// <summary>Times and chips are made up (a rehearsal or the demo); say so wherever they are shown.</summary>
    public required bool Rehearsal { get; init; }
}

/// <summary>REC-1: a mark to beat, and the even pace of it.</summary>
/// <param name="PaceMs">Of one lap, were all the distance skated evenly.</param>
public sealed record MarkLine(string Kind, long TimeMs, string Time, string? Holder, long PaceMs);

/// <summary>The complete public state of a heat (contract section 4).</summary>
public sealed record HeatState : HeatHeader
{
    public required ImmutableArray<HeatRow> Rows { get; init; }
    public required ImmutableArray<HighlightLine> Highlights { get; init; }

    /// <summary>Every sprint for points so far, the first first.</summary>
    public required ImmutableArray<SprintStanding> Sprints { get; init; }

    /// <summary>The laps at which somebody still goes out, as the schedule stands now (ELI-3, ELI-7).</summary>
    public required ImmutableArray<EliminationLap> Eliminations { get; init; }
}

/// <summary>The split that the order is taken at. LAP-4: laps completed, then the time at that lap.</summary>
/// <param name="AtM">Metres after the line where the last point was a split; null at the line.</param>
public sealed record OrderAt(int Lap, decimal? AtM);

/// <summary>A screen computes: elapsed = (its own time + offset − startUs) × rate while running.</summary>
/// <param name="StartUs">Server time, in µs since 1970, at which the race clock stood at zero.</param>
/// <param name="ServerUs">Server time at which this was written.</param>
/// <param name="Rate">1, or the speed at which a demo is played.</param>
/// <param name="StoppedMs">Where the clock stands when it is not running: the winner's time; null if there is none.</param>
public sealed record RaceClock(long StartUs, long ServerUs, decimal Rate, bool Running, long? StoppedMs);

public sealed record HeatRow
{
    /// <summary>0 for the first line; the order in which rows are shown.</summary>
    public required int Order { get; init; }

    /// <summary>Competition rank (1, 2, 2, 4); while running the live order; null where there is none.</summary>
    public required int? Rank { get; init; }

    public required string Bib { get; init; }

    /// <summary>Given name and FAMILY NAME.</summary>
    public required string Name { get; init; }

    /// <summary>FAMILY NAME alone, for boards.</summary>
    public required string ShortName { get; init; }

    public required string Nation { get; init; }

    /// <summary>Official time cut to the thousandth.</summary>
    public required long? TimeMs { get; init; }

    /// <summary>The same, to be shown: "1:23.633".</summary>
    public required string? Time { get; init; }

    /// <summary>null OK WDR DNS DNF EL DSQ-TF DSQ-SF DSQ-DF.</summary>
    public required string? Status { get; init; }

    /// <summary>Q by place, q by time; only when nothing can take it away.</summary>
    public required string? Mark { get; init; }

    /// <summary>FS W1 W2 (of this heat, and of earlier rounds of the event), RR, DNS2, PF photo finish, WR (pending) =GR PB and the like (REC-3, REC-4), unresolved (TIM-5), missed-read (LAP-6).</summary>
    public required ImmutableArray<string> Remarks { get; init; }

    /// <summary>Crossings of the finish line so far.</summary>
    public required int Lap { get; init; }

    /// <summary>At the last point passed.</summary>
    public required long? ElapsedMs { get; init; }

    /// <summary>To the best at the same point; 0 for the best. Against the clock: the best of the round so far (LAP-4).</summary>
    public required long? GapMs { get; init; }

    /// <summary>TIM-3: difference of the two cut cumulative times.</summary>
    public required long? LapMs { get; init; }

    /// <summary>FMT-1, LAP-3: lane, or which of two opposite lines; null where all start together.</summary>
    public required int? Lane { get; init; }

    /// <summary>TIM-6: this one's own clock began so many ms after the heat's; null where all run from one gun, or before the start.</summary>
    public required long? StartMs { get; init; }

    /// <summary>
    /// In a round that goes by time: the place among all of it, at the last point passed while skating (LAP-4); null in other rounds.
    /// </summary>
    public required int? RoundRank { get; init; }

    /// <summary>Against the clock (LAP-4): how much faster than the best of all others at the same point; null for who is not, and where nobody was.</summary>
    public required long? AheadMs { get; init; }

    /// <summary>Of a team: its skaters; empty otherwise.</summary>
    public required ImmutableArray<string> Members { get; init; }

    /// <summary>Of a team: who is in the race, or whose crossing counted last (REL-2, REL-4); null otherwise.</summary>
    public required string? Skater { get; init; }

    /// <summary>Won at sprints so far; null where the format gives none.</summary>
    public required int? Points { get; init; }

    /// <summary>PTS-5: how many of them are the transponders' proposal; null where the format gives none.</summary>
    public required int? PointsUnjudged { get; init; }

    /// <summary>Place on the track, where the rank goes by points; null otherwise, and for who is not racing any more.</summary>
    public required int? OnTrack { get; init; }

    /// <summary>Whole laps behind the leader.</summary>
    public required int LapsDown { get; init; }

    /// <summary>Would go out at the next elimination as things stand.</summary>
    public required bool InDanger { get; init; }

    /// <summary>TIM-5: hand transponder photocell photo jury, or RR for a swapped time; null without a time.</summary>
    public required string? TimeBy { get; init; }

    /// <summary>What the track read where the official time is another (RR, photo finish, jury; TIM-8); null where they agree.</summary>
    public required long? MeasuredMs { get; init; }

    /// <summary>On a start list: how she came here; null in a first round, and once the race runs.</summary>
    public required CameFrom? From { get; init; }

    /// <summary>What the rules would have the jury give and did not yet: DSQ-SF after a warning too many; null otherwise.</summary>
    public required string? Proposed { get; init; }
    /// <summary>Was the last at an elimination lap, as the transponders have it; the judges have not said so yet.</summary>
    public required bool ProposedOut { get; init; }

    /// <summary>With EL: how she went out; null otherwise.</summary>
    public required OutOfRace? Out { get; init; }

    /// <summary>Should have been here by now.</summary>
    public required bool Overdue { get; init; }

    /// <summary>By how much, at the last reading of anybody; a screen goes on with its own clock from <see cref="DueMs"/>. Null while in time.</summary>
    public required long? OverdueMs { get; init; }

    /// <summary>When the next crossing of the line is due in the pace of the last lap, on the race clock, or on his own where each has one (TIM-6); null before two laps.</summary>
    public required long? DueMs { get; init; }

    /// <summary>
    /// An estimate, never a result: the finish in the pace of the last lap. At race clock t a screen shows the larger of this and
    /// t + <see cref="ProjectedRestMs"/>, so that it only gets worse while nothing arrives. Null before two laps, and for who is overdue.
    /// </summary>
    public required long? ProjectedMs { get; init; }

    /// <summary>From the next crossing to the finish in that pace.</summary>
    public required long? ProjectedRestMs { get; init; }

    /// <summary>At the header's common lap; null where there is none.</summary>
    public required long? CommonMs { get; init; }

    /// <summary>What each lap of the rest may take for the first of the header's records; null where it is out of reach, or none is watched.</summary>
    public required long? RecordLapMs { get; init; }

    /// <summary>Closer to a neighbour than transponders can tell (TIM-5); the photo finish decides.</summary>
    public required bool Unresolved { get; init; }

    /// <summary>safe in bubble out gone; null in a last round.</summary>
    public required string? Certainty { get; init; }

    /// <summary>The time that goes through, as things stand; null where any time does or the race is over for her.</summary>
    public required long? NeededMs { get; init; }

    /// <summary>The advancement in one plain sentence; null in a last round.</summary>
    public required string? Words { get; init; }
}

/// <summary>What a start list carries from the round before (TIM-8): it may matter who came by what.</summary>
/// <param name="Mark">Q, q, or null for who was sent on by the jury, or comes to a B final.</param>
/// <param name="By">place, time, jury; null for a B final.</param>
/// <param name="TimeBy">hand transponder photocell photo jury RR; null without a time.</param>
/// <param name="Changed">The official time is not what the track read.</param>
public sealed record CameFrom(string Round, int? Rank, string? Mark, string? By, long? TimeMs, string? Time, string? TimeBy, bool Changed);

/// <summary>Something worth saying aloud; may be lost without harm.</summary>
public sealed record HighlightLine(string Kind, string Heat, string? Bib, string Text, long At);
