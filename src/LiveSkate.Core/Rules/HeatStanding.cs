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
    public SkaterStanding? Leader
    {
        get
        {
            foreach (var row in Rows)
                if (row.OnTrack == 1)
                    return row;
            return Rows is [{ Rank: not null } first, ..] ? first : null;
        }
    }

    /// <summary>The fastest lap of the heat so far, and whose it was first.</summary>
    public (string Bib, int Lap, long Ms)? BestLap
    {
        get
        {
            (string Bib, int Lap, long Ms)? best = null;
            foreach (var row in Rows)
                if (row.Crossings.Fastest is { } lap && !(lap.Ms >= best?.Ms))
                    best = (row.Bib, lap.Lap, lap.Ms);
            return best;
        }
    }

    public SkaterStanding Row(string bib) => Find(bib) ?? throw new ArgumentException($"{bib} is not in {Heat.Id}.", nameof(bib));

    public SkaterStanding? Find(string bib)
    {
        foreach (var row in Rows)
            if (row.Bib == bib)
                return row;
        return null;
    }

    /// <summary>The rows that are not the same any more, in their order now; who was not there before is left out.</summary>
    internal IEnumerable<(SkaterStanding Was, SkaterStanding Now)> RowsChangedFrom(HeatStanding before)
    {
        for (var i = 0; i < Rows.Length; i++)
            if (!(i < before.Rows.Length && ReferenceEquals(before.Rows[i], Rows[i])) && before.Find(Rows[i].Bib) is { } was && !ReferenceEquals(was, Rows[i]))
                yield return (was, Rows[i]);
    }

    /// <summary>What the public would see differently, in the order in which the rows are shown now.</summary>
    public ImmutableArray<RowChange> ChangesFrom(HeatStanding before)
    {
        var was = before.Rows.ToDictionary(row => row.Bib, before.Shown);
        return [.. Rows.Select(row => new RowChange(row.Bib, was.GetValueOrDefault(row.Bib, Nothing), Shown(row))).Where(change => change.Was != change.Now)];
    }

    private static readonly ShownRow Nothing = new(null, null, null, null, 0, "");

    private ShownRow Shown(SkaterStanding row) => new(row.Rank, row.Status, row.TimeMs, row.Points, row.LapsDown, string.Join(", ", Remarks(row.Bib)));

    /// <summary>What the jury has said beside the row.</summary>
    private IEnumerable<string> Remarks(string bib) => Heat.Run.Sanctions
        .Where(given => given.Bib == bib && Statuses.Remarks.Contains(given.Code)).Select(given => given.Code).Distinct()
        .Concat(Heat.Run.Ratified.Where(record => record.Bib == bib).Select(record => $"{record.Kind} ratified").Order(StringComparer.Ordinal));
}
