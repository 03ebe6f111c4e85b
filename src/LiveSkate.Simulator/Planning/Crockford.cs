namespace LiveSkate.Simulator.Planning;

/// <summary>Letters and digits that nobody confuses, as ULIDs use them.</summary>
internal static class Crockford
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>One character for each byte.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length];
        for (var index = 0; index < bytes.Length; index++)
            text[index] = Alphabet[bytes[index] & 31];
        return new(text);
    }

    /// <summary>An epoch of the form of a ULID, the same for the same words.</summary>
    public static string Epoch(params ReadOnlySpan<string> words) => "0" + Text(Dice.Digest(words))[..25];
}
