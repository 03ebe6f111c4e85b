using System.Collections.Immutable;

namespace LiveSkate.Core.Published;

/// <summary>What a screen says around whatever is on.</summary>
public sealed record MeetHeader(string Id, string Name, string Venue, string TimeZone, bool Rehearsal, string Status);

/// <summary>A heat in a list: the programme of a meet or an event.</summary>
public sealed record HeatLine(
    string Id, string Event, string EventName, string Round, string RoundName, int Number, int Of, string State, int Order);

/// <summary>
/// An event's final ranking, empty until its last round is provisional; against the clock, the standing of the last round so far.
/// </summary>
/// <param name="HeatsLeft">Heats of the last round that somebody has still to skate: until there are none, no place is sure.</param>
public sealed record FinalTable(string Event, string EventName, string Status, ImmutableArray<FinalRow> Rows, int HeatsLeft);
