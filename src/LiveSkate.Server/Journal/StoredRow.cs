using System.Buffers;
using System.Text.Json;
using LiveSkate.Core;
using LiveSkate.Core.Timing;

namespace LiveSkate.Server.Journal;

/// <summary>One row as it is stored.</summary>
/// <param name="At">Position, 1, 2, 3 …</param>
/// <param name="RecordedUs">When it was written; microseconds since 1970-01-01 UTC.</param>
/// <param name="Data">The fact as JSON, UTF-8.</param>
/// <param name="Hash">SHA-256, see <see cref="RowHash"/>.</param>
public sealed record StoredRow(
    long At,
    long RecordedUs,
    string? Meet,
    string Kind,
    int Version,
    string Actor,
    ReadOnlyMemory<byte> Data,
    string? Key,
    string? Content,
    ReadOnlyMemory<byte> Hash)
{
    /// <exception cref="JsonException">The kind, its version or its JSON is not known.</exception>
    public Recorded ToRecorded() =>
        new(At, Microseconds.ToInstant(RecordedUs), Meet, Actor, FactJson.Read(Kind, Version, Data.Span));

    /// <summary>
    /// One line of <c>GET /api/journal</c> (contract section 3), without the line's end. It holds all that is hashed, the data byte for
    /// byte as they are stored, so that anybody can compute the chain from the lines alone.
    /// </summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("at", At);
        json.WriteNumber("recordedUs", RecordedUs);
        json.WriteString("meet", Meet);
        json.WriteString("kind", Kind);
        json.WriteNumber("version", Version);
        json.WriteString("actor", Actor);
        json.WritePropertyName("data");
        json.WriteRawValue(Data.Span, skipInputValidation: true);
        json.WriteString("key", Key);
        json.WriteString("content", Content);
        json.WriteString("hash", Convert.ToHexStringLower(Hash.Span));
        json.WriteEndObject();
    }

    /// <summary>The same line with its end, ready to be sent.</summary>
    public void WriteLineTo(IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = FactJson.Encoder }))
            WriteTo(json);
        output.Write("\n"u8);
    }
}
