using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>Ranks of a sprint heat (rules.md section 5): jury order, finish order of the photo, official time; while it runs LAP-4.</summary>
internal static class HeatRanking
{
    public static ImmutableArray<SkaterStanding> Rank(
        SkaterStanding[] skaters, HeatRun run, HeatStage state, bool firstRound, FormatProfile profile)
    {
        var byFinish = new FinishOrder(run);
        var order = skaters.ToList();
        order.Sort((a, b) => Compare(a, b, byFinish) is not 0 and var by ? by : a.Start.CompareTo(b.Start));

        var ranked = ImmutableArray.CreateBuilder<SkaterStanding>(order.Count);
        var pace = Pace.Of(skaters, profile);
        for (var i = 0; i < order.Count; i++)
        {
            var skater = order[i];
            var rank = RankAt(order, ranked, i, byFinish, state, firstRound);
            ranked.Add(skater with
            {
                Rank = rank,
                Unresolved = state is >= HeatStage.Running and < HeatStage.Official && IsUnresolved(order, i, profile),
                Overdue = state == HeatStage.Running && pace.IsOverdue(skater),
                MissedRead = state >= HeatStage.Running && pace.MissedRead(skater),
            });
        }
        return ranked.ToImmutable();
    }

    private static int Compare(SkaterStanding a, SkaterStanding b, FinishOrder byFinish)
    {
        var tier = Tier(a).CompareTo(Tier(b));
        return tier != 0 ? tier : a.IsOk ? byFinish.Compare(a, b) : a.Status is null ? CompareLive(a, b) : 0;
    }

    private static int Tier(SkaterStanding skater) => skater.Status switch
    {
        Statuses.Ok => 0,
        null => 1,
        Statuses.Dnf => 2,
        Statuses.TechnicalFault => 3,
        Statuses.Dns => 4,
        _ => 5,
    };

    /// <summary>LAP-4: more of the race behind them, then earlier there.</summary>
    private static int CompareLive(SkaterStanding a, SkaterStanding b)
    {
        if (a.Crossings.Last is not { } x)
            return b.Crossings.Last is null ? 0 : 1;
        if (b.Crossings.Last is not { } y)
            return -1;
        var progress = y.CompareProgress(x);
        return progress != 0 ? progress : x.Elapsed.CompareTo(y.Elapsed);
    }

    private static int? RankAt(
        List<SkaterStanding> order, ImmutableArray<SkaterStanding>.Builder ranked, int i, FinishOrder byFinish, HeatStage state, bool firstRound)
    {
        var skater = order[i];
        if (skater.IsOk || (skater.Status is null && skater.Crossings.Last is not null))
            return i > 0 && Tier(order[i - 1]) == Tier(skater) && Compare(order[i - 1], skater, byFinish) == 0 ? ranked[i - 1].Rank : i + 1;
        // RNK-2: one shared last place, once nobody can still take it.
        if (state < HeatStage.Finished || !Statuses.SharesLastPlace(skater.Status, firstRound))
            return null;
        return order.Count(other => other.IsOk) + 1;
    }

    /// <summary>TIM-5: two on transponders alone, closer than a transponder can tell.</summary>
    private static bool IsUnresolved(List<SkaterStanding> order, int i, FormatProfile profile)
    {
        return Close(i - 1) || Close(i + 1);

        bool Close(int j) =>
            j >= 0 && j < order.Count && order[i].IsOk && order[j].IsOk
            && order[i].Evidence == Evidence.Transponder && order[j].Evidence == Evidence.Transponder
            && order[i].Finish is { } a && order[j].Finish is { } b && (a - b).Duration() < profile.UnresolvedWindow;
    }
}

/// <summary>The order of those who have finished.</summary>
internal sealed class FinishOrder(HeatRun run) : IComparer<SkaterStanding>
{
    /// <summary>Once the jury has set a time, all are ordered by time: it was set because the places were wrong.</summary>
    private readonly bool _placesCount = run.Times.Values.All(time => time is null);

    public int Compare(SkaterStanding? x, SkaterStanding? y)
    {
        var (a, b) = (Key(x!), Key(y!));
        return a.Jury != b.Jury ? a.Jury.CompareTo(b.Jury)
            : a.Jury != int.MaxValue ? 0
            : a.Photo != b.Photo ? a.Photo.CompareTo(b.Photo)
            : a.Photo != int.MaxValue ? 0
            : a.Finish.CompareTo(b.Finish);
    }

    private (int Jury, int Photo, TimeSpan Finish) Key(SkaterStanding skater)
    {
        if (run.PlaceInOrder(skater.Bib) is { } jury)
            return (jury, 0, default);
        var place = _placesCount ? run.PhotoFinish?.Row(skater.Bib)?.Place : null;
        return (int.MaxValue, place ?? int.MaxValue, skater.Finish ?? TimeSpan.MaxValue);
    }
}
