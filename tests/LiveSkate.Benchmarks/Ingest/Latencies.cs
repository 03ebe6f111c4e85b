namespace LiveSkate.Benchmarks.Ingest;

/// <summary>Percentiles of one round, in milliseconds.</summary>
internal readonly record struct Latencies(double P50, double P99, double P999)
{
    public static Latencies Of(double[] times)
    {
        var sorted = times.Order().ToArray();
        return sorted.Length == 0 ? new Latencies(double.NaN, double.NaN, double.NaN) : new Latencies(At(0.5), At(0.99), At(0.999));

        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }
}
