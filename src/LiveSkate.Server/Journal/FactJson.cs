using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LiveSkate.Core;

namespace LiveSkate.Server.Journal;

/// <summary>
/// Facts to and from their stored JSON. The names here and the members of the records are a contract with every journal
/// ever written: a kind whose JSON must change gets an upcast (<see cref="FactKind.Upcasts"/>), and last year's rows stay as they are.
/// </summary>
public static class FactJson
{
    /// <summary>Stored text is for JSON readers, never pasted into HTML: names stay legible.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly FactJsonContext Json = new(new JsonSerializerOptions(FactJsonContext.Default.Options) { Encoder = Encoder });

    public static ImmutableArray<FactKind> Kinds { get; } =
    [
        Kind("passing-read", Json.PassingRead),
        Kind("signal-given", Json.SignalGiven),
        Kind("finish-read", Json.FinishRead),
        Kind("source-reported", Json.SourceReported),
        Kind("message-rejected", Json.MessageRejected),
        Kind("meet-put", Json.MeetPut),
        Kind("command-undone", Json.CommandUndone),
        Kind("next-round-settled", Json.NextRoundSettled),
        Kind("heat-opened", Json.HeatOpened),
        Kind("heat-armed", Json.HeatArmed),
        Kind("heat-disarmed", Json.HeatDisarmed),
        Kind("heat-started", Json.HeatStarted),
        Kind("heat-finished", Json.HeatFinished),
        Kind("heat-recalled", Json.HeatRecalled),
        Kind("heat-published", Json.HeatPublished),
        Kind("heat-made-official", Json.HeatMadeOfficial),
        Kind("heat-reviewed", Json.HeatReviewed),
        Kind("heat-annulled", Json.HeatAnnulled),
        Kind("passing-added", Json.PassingAdded),
        Kind("skater-on-track", Json.SkaterOnTrack),
        Kind("passing-voided", Json.PassingVoided),
        Kind("finish-order-set", Json.FinishOrderSet),
        Kind("protest-filed", Json.ProtestFiled),
        Kind("time-set", Json.TimeSet),
        Kind("skater-sanctioned", Json.SkaterSanctioned),
        Kind("sanction-lifted", Json.SanctionLifted),
        Kind("skaters-eliminated", Json.SkatersEliminated),
        Kind("skater-reinstated", Json.SkaterReinstated),
        Kind("sprint-judged", Json.SprintJudged),
        Kind("heat-cancelled", Json.HeatCancelled),
        Kind("heat-paused", Json.HeatPaused),
        Kind("heat-resumed", Json.HeatResumed),
        Kind("record-ratified", Json.RecordRatified),
        Kind("draw-proposed", Json.DrawProposed),
        Kind("draw-confirmed", Json.DrawConfirmed),
        Kind("skater-advanced", Json.SkaterAdvanced),
        Kind("skater-withdrawn", Json.SkaterWithdrawn),
        Kind("transponder-assigned", Json.TransponderAssigned),
    ];

    private static readonly FrozenDictionary<Type, FactKind> ByType = Kinds.ToFrozenDictionary(kind => kind.Json.Type);
    private static readonly FrozenDictionary<string, FactKind> ByName = Kinds.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    public static FactKind KindOf(Fact fact) => ByType[fact.GetType()];

    /// <exception cref="JsonException">The kind, its version or its JSON is not known.</exception>
    public static Fact Read(string kind, int version, ReadOnlySpan<byte> data) =>
        ByName.TryGetValue(kind, out var known)
            ? known.Read(version, data)
            : throw new JsonException($"'{kind}' is not a kind of fact that is known here: a newer LiveSkate wrote it");

    private static FactKind Kind(string name, JsonTypeInfo json) => new(name, json, []);
}
