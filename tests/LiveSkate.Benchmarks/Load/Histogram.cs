using System.Numerics;

namespace LiveSkate.Benchmarks.Load;

/// <summary>Durations in ns, counted in buckets that are never wider than one part in 64 of what they hold.</summary>
public sealed class Histogram
{
    private const int Bits = 6, Steps = 1 << Bits;

    private readonly long[] _buckets = new long[(64 - Bits + 1) * Steps];

    public long Count { get; private set; }
    public long Most { get; private set; }

    public void Add(long ns)
    {
        ns = Math.Max(ns, 0);
        _buckets[Bucket(ns)]++;
        Count++;
        Most = Math.Max(Most, ns);
    }

    public void Clear()
    {
        Array.Clear(_buckets);
        (Count, Most) = (0, 0);
    }

    /// <param name="part">0.99 for p99.</param>
    public TimeSpan Percentile(double part)
    {
        var left = (long)Math.Ceiling(Count * part);
        for (var i = 0; i < _buckets.Length; i++)
            if (_buckets[i] > 0 && (left -= _buckets[i]) <= 0)
                return TimeSpan.FromMicroseconds(Math.Min(Middle(i), Most) / 1000.0);
        return TimeSpan.Zero;
    }

    private static int Bucket(long ns)
    {
        var shift = Math.Max(0, 63 - BitOperations.LeadingZeroCount((ulong)ns) - Bits);
        return shift * Steps + (int)(ns >> shift);
    }

    private static double Middle(int bucket)
    {
        var shift = Math.Max(0, bucket / Steps - 1);
        return (bucket - shift * Steps + 0.5) * (1L << shift);
    }
}
