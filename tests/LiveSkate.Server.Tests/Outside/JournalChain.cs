using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>The chain of hashes as somebody else computes it who has read the journal's README and nothing more.</summary>
internal static class JournalChain
{
    public static byte[] Genesis => new byte[32];

    public static byte[] Next(
        byte[] before, long at, long recordedUs, long version, string? meet, string kind, string actor, string data, string? key, string? content)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(before);
        foreach (var number in new[] { at, recordedUs, version })
            sha.AppendData(BigEndian(number));
        foreach (var text in new[] { meet, kind, actor, data, key, content })
        {
            var bytes = text is null ? null : Encoding.UTF8.GetBytes(text);
            sha.AppendData(BigEndian(bytes?.Length ?? -1)[4..]);
            sha.AppendData(bytes ?? []);
        }
        return sha.GetHashAndReset();
    }

    /// <summary>From one line of GET /api/journal; its data are hashed as they stand there.</summary>
    public static byte[] Next(byte[] before, JsonElement line) => Next(
        before, line.GetProperty("at").GetInt64(), line.GetProperty("recordedUs").GetInt64(), line.GetProperty("version").GetInt64(),
        line.GetProperty("meet").GetString(), line.GetProperty("kind").GetString()!, line.GetProperty("actor").GetString()!,
        line.GetProperty("data").GetRawText(), line.GetProperty("key").GetString(), line.GetProperty("content").GetString());

    /// <summary>The hash of each line, computed from the first on; nothing is taken from what the lines say of their hashes.</summary>
    public static IEnumerable<string> Of(IEnumerable<string> lines)
    {
        var hash = Genesis;
        foreach (var line in lines)
        {
            using var json = JsonDocument.Parse(line);
            yield return Convert.ToHexStringLower(hash = Next(hash, json.RootElement));
        }
    }

    private static byte[] BigEndian(long number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }
}
