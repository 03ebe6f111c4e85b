using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Published;

/// <summary>OFF-2: one version of a heat's result: what the public could see change, when, by whom and why.</summary>
/// <param name="Run">Of the heat; each counts its own versions.</param>
/// <param name="At">Position in the journal of what made it.</param>
/// <param name="State">Of the heat from then on.</param>
/// <param name="Actor">office, office/{name}, or src/{source} where a reading came late.</param>
/// <param name="Reason">Null where none was given.</param>
/// <param name="Changes">"SWINGS 4th → 3rd"; empty where only the state is new.</param>
public sealed record VersionLine(
    int Run, int Version, long At, long RecordedUs, string State, string Actor, string? Reason, ImmutableArray<string> Changes)
{
    public static ImmutableArray<VersionLine> Of(Meet meet, Heat heat) => [.. heat.Versions.Select(version => Of(meet, heat, version))];

    /// <summary>The newest that changed what had been given out in this run; null while nothing did.</summary>
    public static VersionLine? Correction(Meet meet, Heat heat) =>
        heat.Versions.FindLast(version => version.Run == heat.RunNumber && !version.Changes.IsEmpty) is { } newest ? Of(meet, heat, newest) : null;

    private static VersionLine Of(Meet meet, Heat heat, ResultVersion version) => new(
        version.Run, version.Version, version.At, Microseconds.FromInstant(version.On), Words.Of(version.State), version.Actor, version.Reason,
        [.. version.Changes.Select(change => ChangeWords.Row(meet.Index.Competitor(heat.Event, change.Bib)?.ShortName ?? change.Bib, change))]);
}
