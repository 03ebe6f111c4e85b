using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;

namespace LiveSkate.Server.Live;

/// <summary>The complete state of a scope, as finished records by id (the ids stand in <see cref="Frame"/>).</summary>
public static class Projection
{
    /// <returns>Null where there is no such scope.</returns>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? Of(Venue venue, string scope)
    {
        var records = new Records();
        var isKnown = scope.Split('/') switch
        {
            ["now"] => Now(venue, records),
            ["meet", var meet] => venue.Find(meet) is { } found && Meet(found, records),
            ["event", var meet, var @event] => venue.Find(meet) is { } found && found.Index.Event(@event) is { } plan && Event(found, plan, records),
            ["heat", var meet, var heat] => venue.Find(meet) is { } found && found.Heats.TryGetValue(heat, out var known) && Heat(found, known, records),
            _ => false,
        };
        return isKnown ? records.ById : null;
    }

    /// <summary>For the retained topic of a heat: its complete public state as one document.</summary>
    public static ReadOnlyMemory<byte>? HeatDocument(Standing standing, string meet, string heat) =>
        standing.Venue.Find(meet) is { } found && found.Heats.TryGetValue(heat, out var known)
            ? JsonSerializer.SerializeToUtf8Bytes(
                HeatPublisher.State(found, known, standing.HighlightsOf(meet, heat)), ProjectionJson.Relaxed.HeatState)
            : null;

    private static bool Now(Venue venue, Records records)
    {
        if (MeetOn(venue) is not { } meet)
            return true;
        records.Put("meet", MeetPublisher.Header(meet), ProjectionJson.Relaxed.MeetHeader);
        var on = MeetPublisher.HeatOn(meet);
        if (MeetPublisher.Next(meet, on) is { } next)
            records.Put("next", next, ProjectionJson.Relaxed.HeatLine);
        if (on is null)
            return true;
        var round = Heat(meet, on, HeatPublisher.RoundOf(meet, on), records);
        if (round.Round.Advance is not null)
            records.Put("round", ResultsPublisher.Table(meet, round), ProjectionJson.Relaxed.RoundTable);
        var plan = meet.EventOf(on);
        if (ResultsPublisher.FinalTable(meet, plan, ResultsPublisher.Rounds(meet, plan)) is { Rows.IsEmpty: false } final)
            records.Put("final", final, ProjectionJson.Relaxed.FinalTable);
        return true;
    }

    /// <summary>The meet in which a heat was armed last; before any, the one that the office touched last.</summary>
    public static Meet? MeetOn(Venue venue) =>
        venue.ArmedLast is { } id ? venue.Find(id) : venue.Meets.Values.MaxBy(meet => meet.OfficeAt);

    private static bool Heat(Meet meet, Heat heat, Records records)
    {
        Heat(meet, heat, HeatPublisher.RoundOf(meet, heat), records);
        return true;
    }

    private static RoundStanding Heat(Meet meet, Heat heat, RoundStanding round, Records records)
    {
        var standing = round.Heats.First(known => known.Heat.Id == heat.Id);
        records.Put("heat", HeatPublisher.Header(meet, standing), LeftOut.HeatHeader);
        foreach (var row in HeatPublisher.Rows(meet, standing, round))
            records.Put($"row:{row.Bib}", row, LeftOut.HeatRow);
        return round;
    }

    private static bool Event(Meet meet, EventDocument plan, Records records)
    {
        records.Put("event", ResultsPublisher.Header(plan), ProjectionJson.Relaxed.EventHeader);
        Programme(meet, records, line => line.Event == plan.Id);
        var rounds = ResultsPublisher.Rounds(meet, plan);
        foreach (var round in rounds.Where(round => !round.Heats.IsEmpty))
            records.Put($"round:{round.Round.Id}", ResultsPublisher.Table(meet, round), ProjectionJson.Relaxed.RoundTable);
        if (ResultsPublisher.FinalTable(meet, plan, rounds) is { Rows.IsEmpty: false } final)
            records.Put("final", final, ProjectionJson.Relaxed.FinalTable);
        return true;
    }

    private static bool Meet(Meet meet, Records records)
    {
        records.Put("meet", MeetPublisher.Header(meet), ProjectionJson.Relaxed.MeetHeader);
        foreach (var plan in meet.Document.Events)
            records.Put($"event:{plan.Id}", ResultsPublisher.Header(plan), ProjectionJson.Relaxed.EventHeader);
        Programme(meet, records, _ => true);
        return true;
    }

    private static void Programme(Meet meet, Records records, Func<HeatLine, bool> isWanted)
    {
        foreach (var line in MeetPublisher.Programme(meet).Where(isWanted))
            records.Put($"heat:{line.Id}", line, ProjectionJson.Relaxed.HeatLine);
    }

    private sealed class Records
    {
        public Dictionary<string, ReadOnlyMemory<byte>> ById { get; } = new(StringComparer.Ordinal);

        public void Put<T>(string id, T record, JsonTypeInfo<T> type) => ById[id] = JsonSerializer.SerializeToUtf8Bytes(record, type);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MeetHeader))]
[JsonSerializable(typeof(HeatHeader))]
[JsonSerializable(typeof(HeatRow))]
[JsonSerializable(typeof(HeatLine))]
[JsonSerializable(typeof(RoundTable))]
[JsonSerializable(typeof(FinalTable))]
[JsonSerializable(typeof(EventHeader))]
[JsonSerializable(typeof(HeatState))]
internal sealed partial class ProjectionJson : JsonSerializerContext
{
    public static ProjectionJson Relaxed => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
