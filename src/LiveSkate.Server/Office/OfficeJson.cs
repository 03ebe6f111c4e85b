using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;

namespace LiveSkate.Server.Office;

/// <summary>What HTTP carries. Unknown is null, never absent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(MeetDocument))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<HeatDocument>))]
[JsonSerializable(typeof(Command))]
[JsonSerializable(typeof(EventResults))]
[JsonSerializable(typeof(HeatState))]
[JsonSerializable(typeof(PublicMeet))]
[JsonSerializable(typeof(PublicHeatPlan[]))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(MeetList))]
[JsonSerializable(typeof(PublicHeat))]
[JsonSerializable(typeof(PublicRound))]
[JsonSerializable(typeof(Unused))]
[JsonSerializable(typeof(Accepted))]
[JsonSerializable(typeof(PreviewAnswer))]
[JsonSerializable(typeof(PublicRecord))]
internal sealed partial class OfficeJson : JsonSerializerContext
{
    /// <summary>Letters beyond ASCII are written as they are: names stay readable, and short.</summary>
    public static OfficeJson Relaxed => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

/// <summary>The answer to a command: where it is in the journal.</summary>
public sealed record Accepted(long At);
