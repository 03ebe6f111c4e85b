using System.Collections.Immutable;

namespace LiveSkate.Core.Published;

/// <summary>The results of an event (contract section 4).</summary>
public sealed record EventResults(
    string Meet, long At, EventHeader Event, ImmutableArray<RoundResults> Rounds, ImmutableArray<FinalRow> Final);

public sealed record EventHeader(string Id, string Name, string Format);

/// <param name="Status">The least advanced of its heats' states.</param>
public sealed record RoundResults(
    string Id, string Name, string Status, ImmutableArray<HeatResults> Heats, ImmutableArray<AdvancementRow> Advancement);

public sealed record HeatResults(string Id, int Number, int Run, string State, int Version, ImmutableArray<ResultRow> Rows);

/// <param name="Points">Won at sprints; null where the format gives none.</param>
/// <param name="LapsDown">Whole laps behind the leader.</param>
/// <param name="Members">Of a team: its skaters; empty otherwise.</param>
public sealed record ResultRow(
    int? Rank, string Bib, string Name, string Nation, long? TimeMs, string? Time, string? Status, string? Mark, ImmutableArray<string> Remarks,
    int? Points, int LapsDown, ImmutableArray<string> Members);

/// <summary>One entrant of a round and what becomes of him (QUA-1 to QUA-7).</summary>
/// <param name="Mark">Q, q or null; only when nothing can take it away.</param>
/// <param name="By">place, time, jury; null for who does not advance as things stand.</param>
/// <param name="Certainty">safe advances whatever still happens; in; bubble; out; gone.</param>
/// <param name="Rank">In the heat.</param>
/// <param name="TimeRank">Among all without a direct place; null for the others.</param>
/// <param name="Words">One plain sentence.</param>
public sealed record AdvancementRow(
    string Bib, string? Mark, string? By, string Certainty, int? Rank, long? TimeMs,
    string Name, string Nation, string Heat, string? Time, int? TimeRank, long? NeededMs, string Words);

/// <param name="Rank">FIN-1 to FIN-5; a place may stay empty.</param>
public sealed record FinalRow(
    int? Rank, string Bib, string Name, string Nation, long? TimeMs, string Status, int? Points, ImmutableArray<string> Members);

/// <summary>The table of a round with its cut line.</summary>
/// <param name="Rule">"Heat winners and the 12 fastest go through."</param>
/// <param name="CutMs">The slowest time that goes through as things stand; null while any time does.</param>
/// <param name="LineAfter">How many rows stand above the cut line.</param>
public sealed record RoundTable(
    string Meet, string Event, string EventName, string Id, string Name, string Status, string? Rule, int HeatsLeft,
    long? CutMs, string? Cut, int LineAfter, ImmutableArray<AdvancementRow> Rows);
