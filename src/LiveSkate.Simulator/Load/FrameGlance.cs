using System.Buffers.Text;
using System.Text.Json;

namespace LiveSkate.Simulator.Load;

/// <summary>The few members of a frame that tell whether it came in time and follows the one before; the rest is not looked at.</summary>
internal readonly record struct FrameGlance(long Seq, long? Base, long ServerUs)
{
    /// <param name="message">One SignalR message, without its separator.</param>
    /// <returns>Null for everything that is not a frame: pings, beats, completions.</returns>
    public static FrameGlance? Read(ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("\"target\":\"frame\""u8) < 0)
            return null;
        // The stamp is the last member, so it is looked for from the end and not parsed for.
        var stamp = message.LastIndexOf("\"serverUs\":"u8);
        if (stamp < 0 || !Utf8Parser.TryParse(message[(stamp + 11)..], out long serverUs, out _))
            return null;
        long? seq = null;
        var reader = new Utf8JsonReader(message);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 3)
                continue;
            if (reader.ValueTextEquals("seq"u8) && reader.Read())
                seq = reader.GetInt64();
            else if (reader.ValueTextEquals("base"u8) && reader.Read())
                return seq is { } number ? new(number, reader.TokenType == JsonTokenType.Null ? null : reader.GetInt64(), serverUs) : null;
        }

        return null;
    }
}
