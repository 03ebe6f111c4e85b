using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>
/// One race format. What stands here is what a sprint does (rules.md section 5); a format says only where it differs, in one file of
/// <c>Formats/</c>, and gives its settings as a <see cref="FormatProfile"/>. Pure: computed anew from what was said and read, each time.
/// </summary>
public abstract class RaceRule
{
    /// <summary>The format's defaults for an event of that distance.</summary>
    protected abstract FormatProfile Defaults(EventDocument plan);

    public FormatProfile Profile(EventDocument plan) => Defaults(plan).With(plan.Rules);

    /// <summary>TIM-6: the clock of each runs from his own start, not from one gun.</summary>
    internal virtual bool HasOwnClocks => false;

    /// <summary>A competitor's way through the race.</summary>
    /// <param name="gun">Zero of the race.</param>
    /// <param name="uses">Where given, is told what became of each passing.</param>
    internal virtual Crossings CrossingsOf(Race race, string bib, DateTimeOffset gun, List<UsedPassing>? uses) =>
        Crossings.Of(RacePassings.Counting(race, bib, gun), gun, race.Course, uses);

    /// <summary>Lays over the standings what the format adds: points, who is out, laps behind. In start order, as given.</summary>
    internal virtual SkaterStanding[] Score(Race race, SkaterStanding[] skaters) => skaters;

    /// <summary>Two who have finished; 0 where nobody can separate them.</summary>
    internal virtual int CompareFinished(Race race, FinishOrder order, SkaterStanding a, SkaterStanding b) => order.Compare(a, b);

    /// <summary>Two who are still skating. LAP-4: more of the race behind them, then earlier there.</summary>
    internal virtual int CompareLive(Race race, SkaterStanding a, SkaterStanding b)
    {
        if (a.Crossings.Last is not { } x)
            return b.Crossings.Last is null ? 0 : 1;
        if (b.Crossings.Last is not { } y)
            return -1;
        var progress = y.CompareProgress(x);
        return progress != 0 ? progress : x.Elapsed.CompareTo(y.Elapsed);
    }

    /// <summary>What lies ahead of a running race, from the rows in their order.</summary>
    internal virtual RaceAhead Ahead(Race race, ImmutableArray<SkaterStanding> rows) => RaceAhead.Nothing;
}

/// <summary>What a board and a speaker want to know before it comes. Laps to go at the leader's crossing; null: there is none.</summary>
/// <param name="NextSprint">The next sprint for points.</param>
/// <param name="NextElimination">The next lap at which somebody goes out.</param>
/// <param name="GoOut">How many go out there.</param>
public sealed record RaceAhead(int? NextSprint, int? NextElimination, int GoOut)
{
    public static RaceAhead Nothing { get; } = new(null, null, 0);
}

/// <summary>The formats that a meet document may name.</summary>
public static class RaceRules
{
    private static readonly Dictionary<string, RaceRule> Known = new(StringComparer.Ordinal)
    {
        ["sprint"] = new Formats.SprintRule(),
    };

    public static IReadOnlyCollection<string> Names => Known.Keys;

    public static RaceRule Of(EventDocument plan) => Known[plan.Format];
}
