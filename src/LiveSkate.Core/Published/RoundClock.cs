using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Published;

/// <summary>LAP-4: a race against the clock is skated against the whole round: time at the same point against the best there so far.</summary>
internal static class RoundClock
{
    public static bool Counts(RoundStanding round) => RaceRules.Of(round.Event).HasOwnClocks;

    public static long? GapMs(RoundStanding round, SkaterStanding row) =>
        Shown(row) is { } mine && Field(round, row).Min() is { } best ? mine - best : null;

    public static long? AheadMs(RoundStanding round, SkaterStanding row) =>
        Counts(round) && Shown(row) is { } mine && Field(round, row, row).Min() is { } best && mine < best ? best - mine : null;

    /// <summary>Also where all run from one gun, and only times decide who goes on (QUA-10).</summary>
    public static int? Rank(RoundStanding round, SkaterStanding row) =>
        (Counts(round) || round.Round.Advance is { PerHeat: 0 }) && Shown(row) is { } mine
            ? Field(round, row).Count(other => other < mine) + 1
            : null;

    /// <summary>His time, or where he stands in time; null before anything was read, and without a right to a time.</summary>
    private static long? Shown(SkaterStanding row) =>
        row.TimeMs ?? (row.Status is null && row.Crossings.Last is { } last ? RaceTime.CutToMilliseconds(last.Elapsed) : null);

    /// <summary>Everybody of the round at the same point.</summary>
    private static IEnumerable<long?> Field(RoundStanding round, SkaterStanding row, SkaterStanding? without = null)
    {
        foreach (var heat in round.Heats)
            foreach (var other in heat.Rows)
                if (other.Bib == without?.Bib)
                    continue;
                else if (row.TimeMs is not null)
                    yield return other.TimeMs;
                else if (row.Crossings.Last is { } there && (other.Status is null || other.IsOk) && other.Crossings.At(there) is { } elapsed)
                    yield return RaceTime.CutToMilliseconds(elapsed);
    }
}
