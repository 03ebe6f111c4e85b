using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>
/// The order and the ranks of a heat (rules.md section 5): who has finished as the format orders them, who is still skating, who went out,
/// then those at one shared last place, then those with none.
/// </summary>
internal static class HeatRanking
{
    /// <param name="skaters">In start order.</param>
    /// <param name="last">Where the same skater had the same place, the row is the same: whoever compares two standings sees at a glance where they differ.</param>
    public static ImmutableArray<SkaterStanding> Rank(Race race, SkaterStanding[] skaters, HeatStage state, KnownStanding? last)
    {
        var byFinish = new FinishOrder(race.Run);
        var order = Ordered(race, byFinish, skaters);
        var places = RankReduction.IsIn(race.Run) ? Reduced(race, byFinish, skaters, order) : Places(race, byFinish, order);
        for (var i = 0; i < order.Count; i++)
            order[i] = places[i].Skater;

        var ranked = ImmutableArray.CreateBuilder<SkaterStanding>(order.Count);
        var pace = Pace.Of(skaters, race);
        // Where points rank, neighbours at the line are not neighbours in the list.
        var line = order.Exists(skater => skater.OnTrack is not null) ? [.. order.OrderBy(skater => skater.OnTrack ?? int.MaxValue)] : order;
        for (var i = 0; i < order.Count; i++)
        {
            var skater = order[i];
            var sharesRank = i > 0 && places[i].Shares(places[i - 1]);
            ranked.Add(Row(
                last, skater,
                rank: HasRank(skater) ? sharesRank ? ranked[i - 1].Rank : i + 1 : LastPlace(race, order, i, state),
                unresolved: state is >= HeatStage.Running and < HeatStage.Official && IsUnresolved(line, line == order ? i : line.FindIndex(other => other.Bib == skater.Bib), race.Profile),
                overdueMs: state == HeatStage.Running && race.Run.Paused is null ? pace.OverdueMs(skater) : null,
                missedRead: state >= HeatStage.Running && pace.MissedRead(skater)));
        }
        return ranked.DrainToImmutable();
    }

    /// <summary>Whose time was swapped then (INC-5) is not what he was made of.</summary>
    private static SkaterStanding Row(KnownStanding? last, SkaterStanding skater, int? rank, bool unresolved, long? overdueMs, bool missedRead) =>
        last is not null && ReferenceEquals(last.Scored[skater.Start], skater) && last.Rows[skater.Start] is { Swapped: false } was
            && was.Rank == rank && was.Unresolved == unresolved && was.OverdueMs == overdueMs && was.MissedRead == missedRead
        ? was
        : skater with { Rank = rank, Unresolved = unresolved, OverdueMs = overdueMs, MissedRead = missedRead };

    private static List<SkaterStanding> Ordered(Race race, FinishOrder byFinish, IEnumerable<SkaterStanding> skaters)
    {
        var order = new List<SkaterStanding>(skaters);
        order.Sort((a, b) => Compare(race, byFinish, a, b) is not 0 and var by ? by : Tied(race, a, b));
        return order;
    }

    /// <summary>INC-5: they swap as they skated. Who was disqualified since goes after that, so a swap neither comes nor goes with it.</summary>
    private static List<Placed> Reduced(Race race, FinishOrder byFinish, SkaterStanding[] skaters, List<SkaterStanding> order)
    {
        var skated = Ordered(race, byFinish, skaters.Select(skater => RankReduction.AsSkated(race.Run, skater)));
        return
        [
            .. RankReduction.Apply(race.Run, Places(race, byFinish, skated)).Where(place => Tier(skaters[place.Skater.Start]) <= Skating),
            .. order.Where(skater => Tier(skater) > Skating).Select((skater, i) => new Placed(skater, skaters.Length + i, 0)),
        ];
    }

    private static List<Placed> Places(Race race, FinishOrder byFinish, List<SkaterStanding> order)
    {
        var places = new List<Placed>(order.Count);
        foreach (var skater in order)
            places.Add(new Placed(
                skater, places.Count > 0 && Compare(race, byFinish, places[^1].Skater, skater) == 0 ? places[^1].Slot : places.Count, 0));
        return places;
    }

    /// <summary>TIM-11: whom nobody can separate stand in nation order; who has not finished, as they started.</summary>
    private static int Tied(Race race, SkaterStanding a, SkaterStanding b) =>
        a.IsOk && string.CompareOrdinal(NationOf(race, a), NationOf(race, b)) is not 0 and var by ? by : a.Start.CompareTo(b.Start);

    private static string NationOf(Race race, SkaterStanding skater) => race.Meet.CompetitorOf(race.Heat, skater.Bib).Nation;

    private static int Compare(Race race, FinishOrder byFinish, SkaterStanding a, SkaterStanding b)
    {
        var (tierA, tierB) = (Tier(a), Tier(b));
        if (tierA <= Skating && tierB <= Skating && race.Rule.CompareScore(a, b) is not 0 and var score)
            return score;
        var tier = tierA.CompareTo(tierB);
        return tier != 0 ? tier
            : a.IsOk ? race.Rule.CompareFinished(race, byFinish, a, b)
            : a.Out is { } outA && b.Out is { } outB ? outA.Place.CompareTo(outB.Place)
            : a.Status is null || IsOrderedDnf(race, a) ? race.Rule.CompareLive(race, a, b)
            : 0;
    }

    private const int Skating = 1;

    private static int Tier(SkaterStanding skater) => skater.Status switch
    {
        Statuses.Ok => 0,
        null => Skating,
        Statuses.Eliminated => 2,
        Statuses.Dnf => 3,
        Statuses.TechnicalFault => 4,
        Statuses.Dns => 5,
        _ => 6,
    };

    private static bool HasRank(SkaterStanding skater) =>
        skater.IsOk || skater.Out is not null || (skater.Status is null && (skater.Crossings.Last is not null || skater.Points > 0));

    /// <summary>RNK-7: the rulebook is silent on several DNF in one heat; the event's setting may order them.</summary>
    private static bool IsOrderedDnf(Race race, SkaterStanding skater) => skater.Status == Statuses.Dnf && !race.Profile.DnfShares;

    /// <summary>RNK-2: one shared last place, once nobody can still take it.</summary>
    private static int? LastPlace(Race race, List<SkaterStanding> order, int i, HeatStage state)
    {
        var skater = order[i];
        if (state is < HeatStage.Finished or HeatStage.Cancelled || !Statuses.SharesLastPlace(skater.Status, race.FirstRound) || order.Exists(other => other.Status is null))
            return null;
        return 1 + order.Count(other =>
            other.IsOk || other.Out is not null
            || (IsOrderedDnf(race, other) && (!IsOrderedDnf(race, skater) || race.Rule.CompareLive(race, other, skater) < 0)));
    }

    /// <summary>TIM-5: closer than the coarser of what the two were read by can tell, and no beam, camera or judge has.</summary>
    private static bool IsUnresolved(List<SkaterStanding> order, int i, FormatProfile profile)
    {
        return Near(i - 1) || Near(i + 1);

        bool Near(int j) => j >= 0 && j < order.Count && AreClose(order[i], order[j], profile);
    }

    public static bool AreClose(SkaterStanding x, SkaterStanding y, FormatProfile profile)
    {
        // INC-5: whose times were swapped stand as the jury put them.
        if (x is not { IsOk: true, Finish: { } a } || y is not { IsOk: true, Finish: { } b } || (x.Swapped && y.Swapped))
            return false;
        var coarser = x.Evidence < y.Evidence ? x.Evidence : y.Evidence;
        return coarser is Evidence.Hand or Evidence.Transponder && x.LapsDown == y.LapsDown
            && (a - b).Duration() < FinishEvidence.PrecisionOf(coarser, profile);
    }
}

/// <summary>The order of those who have finished: as the jury or the camera saw them, then fewer laps behind, then the earlier.</summary>
internal sealed class FinishOrder(HeatRun run) : IComparer<SkaterStanding>
{
    /// <summary>Once the jury has set a time, all are ordered by time: it was set because the places were wrong.</summary>
    private readonly bool _placesCount = run.Times.IsEmpty || run.Times.Values.All(time => time is null);

    public int Compare(SkaterStanding? x, SkaterStanding? y)
    {
        var (a, b) = (Key(x!), Key(y!));
        return a.Jury != b.Jury ? a.Jury.CompareTo(b.Jury)
            : a.Jury != int.MaxValue ? 0
            : a.Photo != b.Photo ? a.Photo.CompareTo(b.Photo)
            : a.Photo != int.MaxValue ? 0
            : x!.LapsDown != y!.LapsDown ? x.LapsDown.CompareTo(y.LapsDown)
            : a.Finish.CompareTo(b.Finish);
    }

    /// <summary>The jury's order, then time: for a race against the clock.</summary>
    public int CompareByTime(SkaterStanding x, SkaterStanding y)
    {
        var (a, b) = (Key(x), Key(y));
        return a.Jury != b.Jury ? a.Jury.CompareTo(b.Jury) : a.Jury != int.MaxValue ? 0 : a.Finish.CompareTo(b.Finish);
    }

    /// <summary>Whether the jury or the camera gave her a place at the line.</summary>
    public static bool IsPlaced(HeatRun run, string bib) =>
        run.Order.Any(group => group.Contains(bib, StringComparer.Ordinal)) || run.PhotoFinish?.Rows.Any(row => row.Bib == bib && row.Place is not null) == true;

    /// <summary>But for the disqualification.</summary>
    public static bool HadFinished(HeatRun run, SkaterStanding skater) =>
        (skater.Finish is not null || IsPlaced(run, skater.Bib)) && run.MakesTheRace(skater.Bib)
        && !run.Sanctions.Any(given => given.Bib == skater.Bib && given.Code == Statuses.Dnf)
        && (run.PlaceInOrder(skater.Bib) is not null || run.Times.GetValueOrDefault(skater.Bib) is not null
            || run.PhotoFinish?.Row(skater.Bib) is not { Status: Statuses.Dns or Statuses.Dnf });

    private (int Jury, int Photo, TimeSpan Finish) Key(SkaterStanding skater)
    {
        if (run.PlaceInOrder(skater.Bib) is { } jury)
            return (jury, 0, default);
        var place = _placesCount ? run.PhotoFinish?.Row(skater.Bib)?.Place : null;
        return (int.MaxValue, place ?? int.MaxValue, skater.Finish ?? TimeSpan.MaxValue);
    }
}
