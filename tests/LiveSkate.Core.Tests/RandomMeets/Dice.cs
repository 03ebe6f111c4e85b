namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>The same numbers from the same seed, in every process and on every machine (SplitMix64).</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>0 to n - 1.</summary>
    public int Upto(int n) => n <= 1 ? 0 : (int)(Next() % (ulong)n);

    public int Between(int least, int most) => least + Upto(most - least + 1);

    public bool OneIn(int n) => Upto(n) == 0;

    /// <summary>0 to 1, without 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Between(double least, double most) => least + Share() * (most - least);

    public T Pick<T>(IReadOnlyList<T> from) => from[Upto(from.Count)];

    public T OneOf<T>(params ReadOnlySpan<T> from) => from[Upto(from.Length)];

    /// <summary>The value once in so many times, else null.</summary>
    public T? Maybe<T>(int oneIn, Func<T> value) where T : class => OneIn(oneIn) ? value() : null;

    public T? MaybeSome<T>(int oneIn, Func<T> value) where T : struct => OneIn(oneIn) ? value() : null;

    public T[] Shuffled<T>(IEnumerable<T> from)
    {
        var all = from.ToArray();
        for (var i = all.Length - 1; i > 0; i--)
        {
            var j = Upto(i + 1);
            (all[i], all[j]) = (all[j], all[i]);
        }
        return all;
    }

    /// <summary>Dice of their own for something that has a name: what else is thrown does not change them.</summary>
    public static Dice For(ulong seed, string name)
    {
        unchecked
        {
            var hash = seed ^ 0xCBF29CE484222325;
            foreach (var letter in name)
                hash = (hash ^ letter) * 0x100000001B3;
            return new Dice(hash);
        }
    }
}
