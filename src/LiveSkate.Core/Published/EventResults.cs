using System.Collections.Immutable;

namespace LiveSkate.Core.Published;

/// <summary>The results of an event (contract section 4).</summary>
/// <param name="Final">FIN-1 to FIN-6; empty until the last round is provisional.</param>
/// <param name="Notes">COD-5: the sanctions, as numbered footnotes.</param>
public sealed record EventResults(
    string Meet, long At, EventHeader Event, ImmutableArray<RoundResults> Rounds, ImmutableArray<FinalRow> Final,
    ImmutableArray<Footnote> Notes);

public sealed record EventHeader(string Id, string Name, string Format);

/// <param name="Status">The least advanced of its heats' states.</param>
public sealed record RoundResults(
    string Id, string Name, string Status, ImmutableArray<HeatResults> Heats, ImmutableArray<AdvancementRow> Advancement);

/// <param name="Versions">Every version of the result, oldest first.</param>
public sealed record HeatResults(
    string Id, int Number, int Run, string State, int Version, ImmutableArray<ResultRow> Rows, ImmutableArray<VersionLine> Versions);

/// <param name="Points">Won at sprints; null where the format gives none.</param>
/// <param name="LapsDown">Whole laps behind the leader.</param>
/// <param name="Members">Of a team: its skaters; empty otherwise.</param>
/// <param name="Notes">Footnotes of the event that are about this row.</param>
/// <param name="TimeBy">hand transponder photocell photo jury, or RR for a swapped time; null without a time.</param>
/// <param name="MeasuredMs">What the track read where the official time is another; null where they agree.</param>
/// <param name="Evidence">All that was said of this finish.</param>
public sealed record ResultRow(
    int? Rank, string Bib, string Name, string Nation, long? TimeMs, string? Time, string? Status, string? Mark, ImmutableArray<string> Remarks,
    int? Points, int LapsDown, ImmutableArray<string> Members, ImmutableArray<int> Notes, string? TimeBy, long? MeasuredMs,
    ImmutableArray<EvidenceRow> Evidence);

/// <summary>TIM-5: one word on one finish; the most trusted comes first.</summary>
/// <param name="Kind">hand transponder photocell photo jury.</param>
/// <param name="Source">Of the meet document; office for what was written in or decided there.</param>
/// <param name="TimeMs">Null where only a place was seen.</param>
/// <param name="Place">Null where only a time was taken.</param>
/// <param name="PrecisionMs">What it can tell apart.</param>
public sealed record EvidenceRow(string Kind, string Source, long? TimeMs, int? Place, int PrecisionMs);

/// <summary>COD-5: a sanction as a numbered footnote of the result, with the round in which it was given.</summary>
/// <param name="Number">As the rows cite it; 1 for the first of the event.</param>
/// <param name="ByRule">Nobody said it: the rules make it of what was said (INC-2).</param>
/// <param name="Lifted">Why it was taken back: it is in the record, and in no ranking; null where it stands.</param>
/// <param name="OnUs">When it was written down, in µs since 1970; null where nobody did.</param>
public sealed record Footnote(
    int Number, string Bib, string Code, string Round, string RoundName, string Heat, string Reason, string? Judge, string? Article,
    ImmutableArray<string> With, bool ByRule, string? Lifted, long? OnUs);

/// <summary>One entrant of a round and what becomes of him (QUA-1 to QUA-7).</summary>
/// <param name="Mark">Q, q or null; only when nothing can take it away.</param>
/// <param name="By">place, time, jury; null for who does not advance as things stand.</param>
/// <param name="Certainty">safe advances whatever still happens; in; bubble; out; gone.</param>
/// <param name="Rank">In the heat.</param>
/// <param name="TimeRank">Among all without a direct place; null for the others, and where nobody goes on by time.</param>
/// <param name="NeededMs">The time that goes through as things stand, for who still races; null where any does.</param>
/// <param name="Words">One plain sentence.</param>
public sealed record AdvancementRow(
    string Bib, string? Mark, string? By, string Certainty, int? Rank, long? TimeMs,
    string Name, string Nation, string Heat, string? Time, int? TimeRank, long? NeededMs, string Words);

/// <param name="Rank">FIN-1 to FIN-5; a place may stay empty.</param>
/// <param name="TimeMs">Of the round that made the place.</param>
/// <param name="Points">Won at sprints, or of a combined; null where the format gives none.</param>
/// <param name="Members">Of a team: its skaters; empty otherwise.</param>
/// <param name="Notes">Footnotes of the event that are about this row.</param>
public sealed record FinalRow(
    int? Rank, string Bib, string Name, string Nation, long? TimeMs, string Status, int? Points, ImmutableArray<string> Members,
    ImmutableArray<int> Notes)
{
    /// <summary>FMT-16: what the points are made of, event by event; empty but in a combined.</summary>
    public ImmutableArray<FinalPart> Parts { get; init; } = [];
}

/// <param name="Rank">In that event; null where there is none, or not yet.</param>
/// <param name="Points">Null until the event has a ranking.</param>
/// <param name="Status">In that event; null until it has a ranking.</param>
public sealed record FinalPart(string Event, string EventName, int? Rank, int? Points, string? Status);

/// <summary>The table of a round with its cut line.</summary>
/// <param name="Rule">"Heat winners and the 12 fastest go through."</param>
/// <param name="CutMs">The slowest time that goes through as things stand, or that the jury has to decide on; null while any time does.</param>
/// <param name="LineAfter">How many rows stand above the cut line.</param>
public sealed record RoundTable(
    string Meet, string Event, string EventName, string Id, string Name, string Status, string? Rule, int HeatsLeft,
    long? CutMs, string? Cut, int LineAfter, ImmutableArray<AdvancementRow> Rows);
