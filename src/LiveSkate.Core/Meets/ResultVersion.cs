using System.Collections.Immutable;

namespace LiveSkate.Core.Meets;

/// <summary>OFF-2: one version of a heat's result: what the public could see change, by whom and why.</summary>
/// <param name="At">Of the fact that made it, in the journal.</param>
/// <param name="On">When that was written down.</param>
/// <param name="Reason">Null where none was given.</param>
/// <param name="Changes">Empty where only the state is new.</param>
public sealed record ResultVersion(
    int Run, int Version, long At, DateTimeOffset On, string Actor, string? Reason, HeatStage State, ImmutableArray<RowChange> Changes);

/// <summary>One skater, before and after.</summary>
public sealed record RowChange(string Bib, ShownRow Was, ShownRow Now);

/// <summary>What the public sees of a skater's race.</summary>
/// <param name="Remarks">Codes beside the row, and records that were ratified: "W1, WR ratified".</param>
public sealed record ShownRow(int? Rank, string? Status, long? TimeMs, int? Points, int LapsDown, string Remarks);
