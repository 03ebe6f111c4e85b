using System.Collections.Immutable;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules;

/// <summary>A heat as the facts have it: its state, and its skaters in the order in which they are shown.</summary>
public sealed record HeatStanding(
    Heat Heat, HeatStage State, DateTimeOffset? Gun, Course Course, bool FirstRound, ImmutableArray<SkaterStanding> Rows)
{
    public required FormatProfile Profile { get; init; }

    /// <summary>Nothing once the result is published.</summary>
    public RaceAhead Ahead { get; init; } = RaceAhead.Nothing;

    public ImmutableArray<SprintStanding> Sprints { get; init; } = [];

    public bool IsOver => State >= HeatStage.Finished;

    /// <summary>Who leads on the track, once somebody has passed anything.</summary>
    public SkaterStanding? Leader => Rows.FirstOrDefault(row => row.OnTrack == 1) is { } first ? first : Rows.Length > 0 && Rows[0].Rank is not null ? Rows[0] : null;

    public SkaterStanding Row(string bib) => Rows.First(row => row.Bib == bib);

    /// <summary>Whether the public would see no difference.</summary>
    public bool ReadsLike(HeatStanding other) =>
        State == other.State && Rows.Length == other.Rows.Length
        && Rows.Zip(other.Rows).All(pair => Public(pair.First) == Public(pair.Second));

    private static (string, int?, long?, string?, int?, int) Public(SkaterStanding row) =>
        (row.Bib, row.Rank, row.TimeMs, row.Status, row.Points, row.LapsDown);
}
