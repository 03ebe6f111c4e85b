using System.Collections.Immutable;
using LiveSkate.Core;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Server.Office;

/// <summary>GET /api/meets/{meet}/record: what the office did since the document was put, the newest first, with what was taken back.</summary>
public sealed record PublicRecord(string Meet, long At, ImmutableArray<RecordLine> Lines)
{
    internal static PublicRecord Of(Meet meet) => new(meet.Id, meet.At, [.. meet.Said.Select(RecordLine.Of).OfType<RecordLine>().Reverse()]);
}

/// <param name="Place">Position at which it was first said, or for which it was said.</param>
/// <param name="Undo">What undo asks for: takes this back, or brings it back.</param>
/// <param name="RecordedUs">Of its place.</param>
/// <param name="Counts">False while it is taken back.</param>
/// <param name="Command">As it counts; while it is taken back, as it was first said.</param>
public sealed record RecordLine(long Place, long Undo, long RecordedUs, string Actor, bool Counts, Command Command)
{
    internal static RecordLine? Of(Said said) =>
        said.First.Fact is not OfficeFact first || first is NextRoundSettled { Said: null }
            ? null
            : new RecordLine(
                said.At, said.InForceSince ?? said.NewestAt, Microseconds.FromInstant(said.First.RecordedAt), (said.InForce ?? said.First).Actor,
                said.InForce is not null, Asked.By((said.InForce?.Fact as OfficeFact) ?? first));
}
