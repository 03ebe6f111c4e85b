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

    /// <summary>FMT-16: no heats of its own; a ranking over other events.</summary>
    internal virtual bool IsRanking => false;

    /// <summary>REL-3: who races is a team with its members.</summary>
    internal virtual bool HasTeams => false;

    /// <summary>REL-4: each member's own way counts, and one of them is the team's.</summary>
    internal virtual bool CountsMembers => false;

    /// <summary>FMT-18, ELI-10: of a race of many laps the judges take out who is lapped, fell or gave up.</summary>
    internal virtual bool TakesOut => false;

    /// <summary>A competitor's way through the race.</summary>
    /// <param name="gun">Zero of the race.</param>
    /// <param name="uses">Where given, is told what became of each passing.</param>
    internal virtual Crossings CrossingsOf(Race race, string bib, DateTimeOffset gun, List<UsedPassing>? uses) =>
        Crossings.Of(RacePassings.Counting(race, bib, gun), gun, race.Course, uses);

    /// <summary>Lays over the standings what the format adds: points, who is out, laps behind. In start order, as given.</summary>
    internal virtual SkaterStanding[] Score(Race race, SkaterStanding[] skaters) => skaters;

    /// <summary>What goes before where they are, of two who race or have finished: points. 0 where that does not part them.</summary>
    internal virtual int CompareScore(SkaterStanding a, SkaterStanding b) => 0;

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

    /// <summary>The sprints for points so far, the first first.</summary>
    internal virtual ImmutableArray<SprintStanding> Sprints(Race race, IReadOnlyList<SkaterStanding> skaters) => [];
}

/// <summary>What a board and a speaker want to know before it comes. Laps to go at the leader's crossing; null: there is none.</summary>
/// <param name="NextSprint">The next sprint for points.</param>
/// <param name="NextElimination">The next lap at which somebody goes out.</param>
/// <param name="GoOut">How many go out there.</param>
public sealed record RaceAhead(int? NextSprint, int? NextElimination, int GoOut)
{
    public static RaceAhead Nothing { get; } = new(null, null, 0);

    /// <summary>How many are still in; null where nobody is eliminated.</summary>
    public int? StillIn { get; init; }

    /// <summary>Who the transponders say went out, and the judges have not said yet (ELI-2); the first lap first.</summary>
    public ImmutableArray<ProposedOut> Proposed { get; init; } = [];

    /// <summary>The laps at which somebody still goes out, the first first.</summary>
    public ImmutableArray<EliminationLap> Eliminations { get; init; } = [];
}

/// <summary>A lap at which somebody goes out.</summary>
public readonly record struct EliminationLap(int LapsToGo, int GoOut);

/// <param name="Bibs">In the order in which they crossed; the last has the lowest place (ELI-5).</param>
/// <param name="Unresolved">TIM-5: somebody who stays in was as late as a transponder can tell; or LAP-6: one of them missed a reading, and may have been there.</param>
public sealed record ProposedOut(int LapsToGo, ImmutableArray<string> Bibs, bool Unresolved);

/// <summary>One sprint for points (PTS-5).</summary>
/// <param name="LapsToGo">0 at the finish.</param>
/// <param name="Judged">The judges said so; otherwise the transponders, as a proposal.</param>
/// <param name="Complete">Nobody can still come in for points.</param>
/// <param name="Unresolved">TIM-5: points hang on a difference that a transponder cannot tell.</param>
public sealed record SprintStanding(int LapsToGo, bool Judged, bool Complete, bool Unresolved, ImmutableArray<SprintScore> Scores);

/// <param name="Place">At the sprint; shared where two crossed together.</param>
public sealed record SprintScore(string Bib, int Place, int Points);

/// <summary>The formats that a meet document may name.</summary>
public static class RaceRules
{
    private static readonly Dictionary<string, RaceRule> Known = new(StringComparer.Ordinal)
    {
        ["sprint"] = new Formats.SprintRule(),
        ["timeTrial"] = new Formats.TimeTrialRule(),
        ["relay"] = new Formats.RelayRule(),
        ["teamTimeTrial"] = new Formats.TeamTimeTrialRule(),
        ["massStart"] = new Formats.MassStartRule(),
        ["points"] = new Formats.PointsRule(),
        ["elimination"] = new Formats.EliminationRule(),
        ["pointsElimination"] = new Formats.PointsEliminationRule(),
        ["combined"] = new Formats.CombinedRule(),
    };

    public static IReadOnlyCollection<string> Names => Known.Keys;

    public static RaceRule Of(EventDocument plan) => Known[plan.Format];
}
