using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LiveSkate.Core.Published;

namespace LiveSkate.Server.Live;

/// <summary>
/// Everything that crosses the hub, as argument or as answer. It is the hub's only resolver: a type that is missing here closes the
/// connection with nothing but a log line, so a test sends every one of them.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(Pong))]
[JsonSerializable(typeof(RawJson))]
[JsonSerializable(typeof(Frame))]
[JsonSerializable(typeof(Beat))]
public sealed partial class LiveJson : JsonSerializerContext
{
    /// <summary>The default encoder would turn each + of a gap into six bytes.</summary>
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
            write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Write(Beat beat) => Write(writer => JsonSerializer.Serialize(writer, beat, Default.Beat));
}

/// <summary>Finished JSON, to be sent as it is.</summary>
[JsonConverter(typeof(RawJsonConverter))]
public sealed record RawJson(ReadOnlyMemory<byte> Utf8);

public sealed class RawJsonConverter : JsonConverter<RawJson>
{
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new RawJson(JsonSerializer.SerializeToUtf8Bytes(document.RootElement, LiveJson.Default.JsonElement));
    }

    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
}
