using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LiveSkate.Core;
using LiveSkate.Core.Meets;

namespace LiveSkate.Server.Journal;

/// <summary>Every kind of fact as it is stored. Read-only properties are computed from the others, so they stay out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PassingRead))]
[JsonSerializable(typeof(SignalGiven))]
[JsonSerializable(typeof(FinishRead))]
[JsonSerializable(typeof(SourceReported))]
[JsonSerializable(typeof(MessageRejected))]
[JsonSerializable(typeof(MeetPut))]
[JsonSerializable(typeof(CommandUndone))]
[JsonSerializable(typeof(NextRoundSettled))]
[JsonSerializable(typeof(HeatOpened))]
[JsonSerializable(typeof(HeatArmed))]
[JsonSerializable(typeof(HeatDisarmed))]
[JsonSerializable(typeof(HeatStarted))]
[JsonSerializable(typeof(HeatFinished))]
[JsonSerializable(typeof(HeatRecalled))]
[JsonSerializable(typeof(HeatPublished))]
[JsonSerializable(typeof(HeatMadeOfficial))]
[JsonSerializable(typeof(HeatReviewed))]
[JsonSerializable(typeof(HeatAnnulled))]
[JsonSerializable(typeof(PassingAdded))]
[JsonSerializable(typeof(SkaterOnTrack))]
[JsonSerializable(typeof(PassingVoided))]
[JsonSerializable(typeof(FinishOrderSet))]
[JsonSerializable(typeof(ProtestFiled))]
[JsonSerializable(typeof(TimeSet))]
[JsonSerializable(typeof(SkaterSanctioned))]
[JsonSerializable(typeof(SanctionLifted))]
[JsonSerializable(typeof(SkatersEliminated))]
[JsonSerializable(typeof(SkaterReinstated))]
[JsonSerializable(typeof(SprintJudged))]
[JsonSerializable(typeof(HeatCancelled))]
[JsonSerializable(typeof(HeatPaused))]
[JsonSerializable(typeof(HeatResumed))]
[JsonSerializable(typeof(RecordRatified))]
[JsonSerializable(typeof(DrawProposed))]
[JsonSerializable(typeof(DrawConfirmed))]
[JsonSerializable(typeof(SkaterAdvanced))]
[JsonSerializable(typeof(SkaterWithdrawn))]
[JsonSerializable(typeof(TransponderAssigned))]
[JsonSerializable(typeof(ImmutableArray<HeatDocument>))]
internal sealed partial class FactJsonContext : JsonSerializerContext;
