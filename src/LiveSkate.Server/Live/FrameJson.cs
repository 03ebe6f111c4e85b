using System.Collections.Immutable;
using System.Text.Json;
using LiveSkate.Core.Published;

namespace LiveSkate.Server.Live;

/// <summary>Writes a <see cref="Frame"/> around records that are finished already.</summary>
public static class FrameJson
{
    public static byte[] Write(
        string scope, string epoch, long seq, long? @base, IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> puts,
        IReadOnlyList<string> removes, ImmutableArray<HighlightLine> highlights, long serverUs) =>
        LiveJson.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("scope"u8, scope);
            json.WriteString("epoch"u8, epoch);
            json.WriteNumber("seq"u8, seq);
            if (@base is { } number)
                json.WriteNumber("base"u8, number);
            else
                json.WriteNull("base"u8);
            json.WriteStartObject("puts"u8);
            foreach (var (id, record) in puts)
            {
                json.WritePropertyName(id);
                json.WriteRawValue(record.Span, skipInputValidation: true);
            }

            json.WriteEndObject();
            json.WriteStartArray("removes"u8);
            foreach (var id in removes)
                json.WriteStringValue(id);
            json.WriteEndArray();
            json.WriteStartArray("highlights"u8);
            foreach (var line in highlights)
                JsonSerializer.Serialize(json, line, LiveJson.Default.HighlightLine);
            json.WriteEndArray();
            json.WriteNumber("serverUs"u8, serverUs);
            json.WriteEndObject();
        });
}
