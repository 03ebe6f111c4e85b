using System.Collections.Immutable;

namespace LiveSkate.Core.Meets;

/// <summary>All meets of one venue, and which of them the start device speaks to.</summary>
/// <param name="At">Position of the last fact in the journal.</param>
/// <param name="ArmedLast">The meet in which a heat was armed last.</param>
public sealed record Venue(ImmutableDictionary<string, Meet> Meets, long At, string? ArmedLast)
{
    public static Venue Empty { get; } = new(ImmutableDictionary<string, Meet>.Empty, 0, null);

    public Meet? Find(string meet) => Meets.GetValueOrDefault(meet);
}
