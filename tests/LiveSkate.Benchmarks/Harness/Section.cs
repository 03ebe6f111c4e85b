using System.Collections.Immutable;

namespace LiveSkate.Benchmarks.Harness;

/// <summary>What one suite has to say.</summary>
/// <param name="How">How it was measured, in a sentence or three.</param>
public sealed record Section(string Title, string How)
{
    public ImmutableArray<Goal> Goals { get; init; } = [];
    public ImmutableArray<Table> Tables { get; init; } = [];
    public ImmutableArray<Chart> Charts { get; init; } = [];

    /// <summary>What went wrong or is worth knowing, a sentence each.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];
}

/// <summary>A bound, and what was measured: the medians of the rounds, and the spread from the least to the most.</summary>
/// <param name="AtMost">The bound is an upper one; false: a lower one.</param>
/// <param name="Unit">"×" for ratios; "kB", "bytes" where they stand as they are.</param>
public sealed record Goal(string What, Spread Measured, double Bound, bool AtMost, string Unit = "×")
{
    public bool Met => AtMost ? Measured.Median <= Bound : Measured.Median >= Bound;
}

/// <summary>One figure of several rounds.</summary>
public sealed record Spread(double Median, double Least, double Most)
{
    /// <exception cref="InvalidOperationException">No rounds at all: a figure that nobody measured is a bug.</exception>
    public static Spread Of(IEnumerable<double> rounds)
    {
        var sorted = rounds.Order().ToArray();
        return sorted.Length == 0
            ? throw new InvalidOperationException("No round was measured.")
            : new Spread((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[0], sorted[^1]);
    }
}

/// <param name="Head">Column heads; the first column is left-aligned, the others are figures.</param>
public sealed record Table(string Title, ImmutableArray<string> Head, ImmutableArray<ImmutableArray<string>> Rows);

/// <summary>A picture. Bars where <paramref name="X"/> names things; lines where it counts something.</summary>
/// <param name="File">Name of the SVG without ending.</param>
/// <param name="X">Under each group of bars, or the values of the x axis.</param>
public sealed record Chart(string File, string Title, string Unit, ImmutableArray<string> X, ImmutableArray<Series> Series, bool Lines = false);

/// <param name="Values">One for each x; NaN where there is none.</param>
public sealed record Series(string Name, ImmutableArray<double> Values);
