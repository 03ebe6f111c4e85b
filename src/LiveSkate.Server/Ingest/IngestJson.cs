using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveSkate.Server.Ingest;

/// <summary><c>src/{src}/ack</c>: all up to <paramref name="Seq"/> is in the journal.</summary>
internal sealed record Ack(string Epoch, long Seq);

/// <summary><c>src/{src}/resend</c>: pairs of first and last missing number.</summary>
internal sealed record Resend(string Epoch, long[][] Ranges);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Ack))]
[JsonSerializable(typeof(Resend))]
internal sealed partial class IngestJson : JsonSerializerContext;
