using System.Collections.Immutable;

namespace LiveSkate.Simulator.Compare;

/// <summary>A reviewed list: one difference a line, exactly as it is printed; "#" begins a comment.</summary>
public sealed record ExpectedDifferences(ImmutableSortedSet<string> Lines)
{
    public static ExpectedDifferences None { get; } = new(ImmutableSortedSet<string>.Empty.WithComparer(StringComparer.Ordinal));

    public static ExpectedDifferences Parse(IEnumerable<string> lines) => new(
    [
        .. lines.Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0).ToImmutableSortedSet(StringComparer.Ordinal),
    ]);

    /// <returns>What nobody expected, and what was expected and did not come; both empty when all is as reviewed.</returns>
    public (ImmutableArray<string> Unexpected, ImmutableArray<string> Absent) Against(ImmutableArray<string> found) =>
        ([.. found.Where(line => !Lines.Contains(line))], [.. Lines.Where(line => !found.Contains(line))]);
}
