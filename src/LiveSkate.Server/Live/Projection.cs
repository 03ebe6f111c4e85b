using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
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
    /// <summary>Of each scope the newest state, for as long as somebody holds it: the next one is made from it.</summary>
    private static readonly ConcurrentDictionary<string, WeakReference<WrittenRecords>> Newest = new(StringComparer.Ordinal);

    /// <returns>Null where there is no such scope.</returns>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? Of(Venue venue, string scope)
    {
        var before = Newest.TryGetValue(scope, out var newest) && newest.TryGetTarget(out var known) ? known : null;
        if (After(before, venue, scope) is not { } records)
            return null;
        if (!ReferenceEquals(records, before))
            Newest[scope] = new WeakReference<WrittenRecords>(records);
        return records;
    }

    /// <param name="before">The state that this one takes over what it can from; null: it is made from scratch.</param>
    internal static WrittenRecords? After(WrittenRecords? before, Venue venue, string scope)
    {
        var records = new WrittenRecords(before);
        var isKnown = scope.Split('/') switch
        {
            ["now"] => Now(venue, records),
            ["meet", var meet] => venue.Find(meet) is { } found && Meet(found, records),
            ["event", var meet, var @event] => venue.Find(meet) is { } found && found.Index.Event(@event) is { } plan && Event(found, plan, records),
            ["heat", var meet, var heat] => venue.Find(meet) is { } found && found.Heats.TryGetValue(heat, out var known) && Heat(found, known, records),
            _ => false,
        };
        return isKnown ? records.Done() : null;
    }

    /// <summary>For the retained topic of a heat: its complete public state as one document.</summary>
    public static ReadOnlyMemory<byte>? HeatDocument(Standing standing, string meet, string heat) =>
        standing.Venue.Find(meet) is { } found && found.Heats.TryGetValue(heat, out var known)
            ? JsonSerializer.SerializeToUtf8Bytes(
                HeatPublisher.State(found, known, standing.HighlightsOf(meet, heat)), ProjectionJson.Relaxed.HeatState)
            : null;

    private static bool Now(Venue venue, WrittenRecords records)
    {
        if (MeetOn(venue) is not { } meet)
            return true;
        records.Put("meet", MeetPublisher.Header(meet), ProjectionJson.Relaxed.MeetHeader);
        var on = MeetPublisher.HeatOn(meet);
        if (MeetPublisher.Next(meet, on) is { } next)
            records.Put("next", next, ProjectionJson.Relaxed.HeatLine);
        if (on is null)
            return true;
        var plan = meet.EventOf(on);
        var rounds = ResultsPublisher.Rounds(meet, plan);
        var round = rounds.First(known => known.Round.Id == on.Round);
        Heat(meet, on, round, records);
        if (round.Round.Advance is not null)
            Round(meet, round, "round", records);
        if (ResultsPublisher.FinalTable(meet, plan, rounds) is { Rows.IsEmpty: false } final)
            records.Put("final", final, ProjectionJson.Relaxed.FinalTable);
        return true;
    }

    /// <summary>The meet in which a heat was armed last; before any, the one that the office touched last.</summary>
    public static Meet? MeetOn(Venue venue) =>
        venue.ArmedLast is { } id ? venue.Find(id) : venue.Meets.Values.MaxBy(meet => meet.OfficeAt);

    private static bool Heat(Meet meet, Heat heat, WrittenRecords records)
    {
        Heat(meet, heat, HeatPublisher.RoundOf(meet, heat), records);
        return true;
    }

    private static void Heat(Meet meet, Heat heat, RoundStanding round, WrittenRecords records)
    {
        var standing = round.Heats.First(known => known.Heat.Id == heat.Id);
        records.Put("heat", HeatPublisher.Header(meet, standing), LeftOut.HeatHeader);
        foreach (var row in HeatPublisher.Rows(meet, standing, round))
            records.Put($"row:{row.Bib}", row, LeftOut.HeatRow);
    }

    private static void Round(Meet meet, RoundStanding round, string id, WrittenRecords records)
    {
        var shown = ShownRound.Of(meet, round, records.MadeOf(id) as ShownRound);
        records.Put(id, shown.Table, ProjectionJson.Relaxed.RoundTable, shown);
    }

    private static bool Event(Meet meet, EventDocument plan, WrittenRecords records)
    {
        records.Put("meet", MeetPublisher.Header(meet), ProjectionJson.Relaxed.MeetHeader);
        records.Put("event", ResultsPublisher.Header(plan), ProjectionJson.Relaxed.EventHeader);
        Programme(meet, records, line => line.Event == plan.Id);
        var rounds = ResultsPublisher.Rounds(meet, plan);
        foreach (var round in rounds.Where(round => !round.Heats.IsEmpty))
            Round(meet, round, $"round:{round.Round.Id}", records);
        if (ResultsPublisher.FinalTable(meet, plan, rounds) is { Rows.IsEmpty: false } final)
            records.Put("final", final, ProjectionJson.Relaxed.FinalTable);
        return true;
    }

    private static bool Meet(Meet meet, WrittenRecords records)
    {
        records.Put("meet", MeetPublisher.Header(meet), ProjectionJson.Relaxed.MeetHeader);
        foreach (var plan in meet.Document.Events)
            records.Put($"event:{plan.Id}", ResultsPublisher.Header(plan), ProjectionJson.Relaxed.EventHeader);
        Programme(meet, records, _ => true);
        return true;
    }

    private static void Programme(Meet meet, WrittenRecords records, Func<HeatLine, bool> isWanted)
    {
        foreach (var line in MeetPublisher.Programme(meet).Where(isWanted))
            records.Put($"heat:{line.Id}", line, ProjectionJson.Relaxed.HeatLine);
    }
}

/// <summary>A row that is taken over from the table before keeps its bytes.</summary>
internal sealed class AdvancementRowOnce : JsonConverter<AdvancementRow>
{
    private static readonly ConditionalWeakTable<AdvancementRow, byte[]> Written = [];

    public override AdvancementRow? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, RowJson.Relaxed.AdvancementRow);

    public override void Write(Utf8JsonWriter writer, AdvancementRow value, JsonSerializerOptions options) =>
        writer.WriteRawValue(
            Written.GetValue(value, static row => JsonSerializer.SerializeToUtf8Bytes(row, RowJson.Relaxed.AdvancementRow)), skipInputValidation: true);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AdvancementRow))]
internal sealed partial class RowJson : JsonSerializerContext
{
    public static RowJson Relaxed => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
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
    public static ProjectionJson Relaxed => field ??= new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new AdvancementRowOnce() },
    });
}
