using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core;

/// <summary>Somebody's time stands, and what place of the round it is so far.</summary>
public sealed record Timed(string Heat, string Bib, long TimeMs, int RoundRank) : Highlight(Heat, Bib);

/// <param name="AheadMs">Of the best time of the round before.</param>
public sealed record BestOfRound(string Heat, string Bib, long TimeMs, long AheadMs) : Highlight(Heat, Bib);

/// <summary>Nobody of the event had been under so many seconds.</summary>
public sealed record FirstUnder(string Heat, string Bib, long Seconds) : Highlight(Heat, Bib);

/// <summary>At the last split that both have passed.</summary>
public sealed record WentAhead(string Heat, string Bib) : Highlight(Heat, Bib);

/// <summary>What is worth saying of a race against the clock: not who is first over the line, but what the time is worth (LAP-4).</summary>
internal static class ClockHighlights
{
    public static IEnumerable<Highlight> Between(Meet after, HeatStanding was, HeatStanding now)
    {
        if (now.State is not (HeatStage.Running or HeatStage.Finished))
            yield break;
        var id = now.Heat.Id;
        if (was.Leader is { IsOk: false } ahead && now.Leader is { IsOk: false } leader && ahead.Bib != leader.Bib)
            yield return new WentAhead(id, leader.Bib);
        foreach (var (old, row) in now.RowsChangedFrom(was))
            if (row is { IsOk: true, TimeMs: { } time } && old.TimeMs is null)
                foreach (var highlight in OfTime(after, now.Heat, row.Bib, time))
                    yield return highlight;
    }

    private static IEnumerable<Highlight> OfTime(Meet meet, Heat heat, string bib, long time)
    {
        var plan = meet.EventOf(heat);
        var others = Times(meet, plan.Rounds.Where(round => round.Id == heat.Round), plan, heat, bib).ToList();
        if (others.Count > 0 && time < others.Min())
            yield return new BestOfRound(heat.Id, bib, time, others.Min() - time);
        else
            yield return new Timed(heat.Id, bib, time, others.Count(other => other < time) + 1);
        var under = time / 1000 + 1;
        if (Times(meet, plan.Rounds, plan, heat, bib).ToList() is { Count: > 0 } all && all.Min() >= under * 1000)
            yield return new FirstUnder(heat.Id, bib, under);
    }

    /// <summary>All times of these rounds but the one that has just been skated.</summary>
    private static IEnumerable<long> Times(Meet meet, IEnumerable<RoundDocument> rounds, EventDocument plan, Heat skated, string bib) =>
        from round in rounds
        from heat in meet.HeatsOf(plan.Id, round.Id)
        from row in HeatStandings.Of(meet, heat).Rows
        where !(heat.Id == skated.Id && row.Bib == bib)
        let time = row.TimeMs ?? 0
        where time > 0
        select time;
}
