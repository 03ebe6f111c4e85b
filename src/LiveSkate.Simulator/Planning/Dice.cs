using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LiveSkate.Simulator.Planning;

/// <summary>
/// Chance that repeats: the same words give the same throws on every machine and in every version, so that a player
/// that was killed sends, after its restart, exactly what it would have sent.
/// </summary>
public sealed class Dice
{
    private ulong _state;

    private Dice(ulong state) => _state = state;

    /// <param name="words">What is being thrown for; different words are independent of each other.</param>
    public static Dice For(params ReadOnlySpan<string> words) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(Digest(words)));

    /// <summary>32 bytes that stand for these words.</summary>
    public static byte[] Digest(params ReadOnlySpan<string> words) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', words!)));

    /// <summary>A whole number, both ends included.</summary>
    public long Between(long least, long most) => least + (long)(Next() % (ulong)(most - least + 1));

    /// <param name="probability">0 never, 1 always.</param>
    public bool Chance(double probability) => (Next() >> 11) * (1.0 / (1UL << 53)) < probability;

    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = (int)Between(0, last);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    // SplitMix64: a counter through a mixing function.
    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
