using System.Text.Json;

namespace LiveSkate.Server.Ingest;

/// <summary>
/// Finds epoch and seq in a message that is otherwise useless: cut off, too large, of wrong type. What was received is not
/// a hole, so it need not be asked for again.
/// </summary>
internal static class IdentityScan
{
    /// <returns>Both, or null when either cannot be told beyond doubt.</returns>
    public static (string Epoch, long Seq)? Of(ReadOnlySpan<byte> json)
    {
        string? epoch = null;
        long? seq = null;
        // Not the final block: a number at the very end may have lost digits and is not believed.
        var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isEpoch, isSeq) = (reader.ValueTextEquals("epoch"u8), reader.ValueTextEquals("seq"u8));
                if ((isEpoch && epoch is not null) || (isSeq && seq is not null))
                    return null;
                if (!reader.Read())
                    break;
                if (isEpoch && !TryEpoch(ref reader, out epoch))
                    return null;
                if (isSeq && !TrySeq(ref reader, out seq))
                    return null;
                if (!reader.TrySkip())
                    break;
            }
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // As far as it could be read is as far as it goes.
        }
        return epoch is not null && seq is not null ? (epoch, seq.Value) : null;
    }

    private static bool TryEpoch(ref Utf8JsonReader reader, out string? epoch)
    {
        epoch = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return epoch is { Length: >= 1 and <= 64 } && !epoch.Any(character => character == '|' || char.IsControl(character));
    }

    private static bool TrySeq(ref Utf8JsonReader reader, out long? seq)
    {
        seq = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) && number >= 1 ? number : null;
        return seq is not null;
    }
}
