using System.Collections.Immutable;

namespace LiveSkate.Core.Meets;

/// <summary>All meets of one venue, and which of them the start device speaks to.</summary>
/// <param name="At">Position of the last fact in the journal.</param>
/// <param name="ArmedLast">The meet in which a heat was armed last.</param>
public sealed record Venue(ImmutableDictionary<string, Meet> Meets, long At, string? ArmedLast)
{
    private const int RejectedKept = 200;

    /// <summary>The newest messages that could not be used (<see cref="MessageRejected"/>), oldest first; all of them are in the journal.</summary>
    public ImmutableList<Recorded> Rejected { get; init; } = [];

    public static Venue Empty { get; } = new(ImmutableDictionary<string, Meet>.Empty, 0, null);

    public Meet? Find(string meet) => Meets.GetValueOrDefault(meet);

    internal Venue WithRejected(Recorded message) => this with
    {
        Rejected = (Rejected.Count < RejectedKept ? Rejected : Rejected.RemoveAt(0)).Add(message),
    };
}
