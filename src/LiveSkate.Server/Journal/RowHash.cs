using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LiveSkate.Server.Journal;

/// <summary>
/// The chain: SHA-256 over the hash of the row before (32 zero bytes for the first), at, recorded_us and version as 8-byte
/// big-endian integers, then meet, kind, actor, data, key and content, each as a 4-byte big-endian length in bytes
/// (-1 for null) and its UTF-8. Lengths come first, so no two rows share an encoding.
/// </summary>
public static class RowHash
{
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>What the first row is chained to.</summary>
    public static ReadOnlyMemory<byte> Genesis { get; } = new byte[Size];

    /// <param name="row">Its own <see cref="StoredRow.Hash"/> is not looked at.</param>
    public static byte[] Of(ReadOnlySpan<byte> before, StoredRow row)
    {
        var room = before.Length + (3 * sizeof(long)) + row.Data.Length + sizeof(int)
            + Room(row.Meet) + Room(row.Kind) + Room(row.Actor) + Room(row.Key) + Room(row.Content);
        var rented = ArrayPool<byte>.Shared.Rent(room);
        try
        {
            before.CopyTo(rented);
            var rest = rented.AsSpan(before.Length);
            rest = Put(Put(Put(rest, row.At), row.RecordedUs), row.Version);
            rest = Put(Put(Put(rest, row.Meet), row.Kind), row.Actor);
            BinaryPrimitives.WriteInt32BigEndian(rest, row.Data.Length);
            row.Data.Span.CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + row.Data.Length)..];
            rest = Put(Put(rest, row.Key), row.Content);
            return SHA256.HashData(rented.AsSpan(0, rented.Length - rest.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int Room(string? text) => sizeof(int) + Encoding.UTF8.GetMaxByteCount(text?.Length ?? 0);

    private static Span<byte> Put(Span<byte> rest, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(rest, number);
        return rest[sizeof(long)..];
    }

    private static Span<byte> Put(Span<byte> rest, string? text)
    {
        var length = text is null ? -1 : Encoding.UTF8.GetBytes(text, rest[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(rest, length);
        return rest[(sizeof(int) + Math.Max(length, 0))..];
    }
}
