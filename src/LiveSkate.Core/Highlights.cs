using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core;

/// <summary>Something worth saying aloud. Facts with a source, never opinion, never a guess.</summary>
public abstract record Highlight(string Heat, string? Bib);

public sealed record Started(string Heat) : Highlight(Heat, null);

public sealed record FalseStart(string Heat) : Highlight(Heat, null);

public sealed record LeadChanged(string Heat, string Bib, int Lap) : Highlight(Heat, Bib);

/// <param name="LapMs">Cut to the thousandth.</param>
public sealed record BestLap(string Heat, string Bib, int Lap, long LapMs) : Highlight(Heat, Bib)
{
    /// <summary>heat; round or event where it is the best of all of it so far.</summary>
    public string Of { get; init; } = "heat";
}

public sealed record LastLap(string Heat, string Bib) : Highlight(Heat, Bib);

public sealed record Won(string Heat, string Bib, long? TimeMs) : Highlight(Heat, Bib);

public sealed record Through(string Heat, string Bib, string Mark) : Highlight(Heat, Bib);

/// <summary>OFF-2: a rank that was published went away or moved.</summary>
public sealed record RankMoved(string Heat, string Bib, int? From, int? To, string? Status) : Highlight(Heat, Bib);

public sealed record ResultOfficial(string Heat) : Highlight(Heat, null);

public sealed record UnderReview(string Heat, string? Reason) : Highlight(Heat, null);

/// <summary>What is worth saying about a change, from the heat before and after it.</summary>
public static class Highlights
{
    /// <param name="before">The meet before the fact; the same heat is looked at in both. Another start list is another race, of which nothing is said yet.</param>
    public static IEnumerable<Highlight> Between(Meet before, Meet after, string heatId)
    {
        if (!before.Heats.TryGetValue(heatId, out var heatBefore) || !after.Heats.TryGetValue(heatId, out var heatAfter)
            || !heatBefore.Bibs.SequenceEqual(heatAfter.Bibs))
            return [];
        var (was, now) = (HeatStandings.Of(before, heatBefore), HeatStandings.Of(after, heatAfter));
        var ofRace = RaceRules.Of(after.EventOf(heatAfter)).HasOwnClocks ? ClockHighlights.Between(after, was, now) : OfRace(was, now);
        return
        [
            .. OfState(was, now), .. ofRace.Select(highlight => highlight is BestLap best ? Scoped(after, now, best) : highlight), .. BestAfterAll(after, was, now),
            .. Finish.Between(after, was, now), .. OfResult(was, now), .. RoundHighlights.Between(before, after, was, now),
        ];
    }

    private static IEnumerable<Highlight> OfState(HeatStanding was, HeatStanding now)
    {
        if (was.State == now.State)
            yield break;
        var id = now.Heat.Id;
        if (was.State == HeatStage.Armed && now.State == HeatStage.Running)
            yield return new Started(id);
        if (was.State == HeatStage.Running && now.State == HeatStage.Open)
            yield return new FalseStart(id);
        if (now.State == HeatStage.Review)
            yield return new UnderReview(id, now.Heat.Run.Reason);
        if (now.State == HeatStage.Official)
            yield return new ResultOfficial(id);
    }

    private static IEnumerable<Highlight> OfRace(HeatStanding was, HeatStanding now)
    {
        if (now.State is not (HeatStage.Running or HeatStage.Finished) || now.Leader is not { } leader)
            yield break;
        if (now.Profile.LeadEveryM is not null)
        {
            foreach (var highlight in LongRaceHighlights.Between(was, now))
                yield return highlight;
            yield break;
        }
        var id = now.Heat.Id;
        if (was.Leader is { } old && old.Bib != leader.Bib && !leader.IsOk)
            yield return new LeadChanged(id, leader.Bib, leader.Crossings.Lap);
        if (leader.Crossings.Lap == now.Course.Laps - 1 && (was.Leader?.Crossings.Lap ?? 0) < leader.Crossings.Lap && now.Course.Laps > 1)
            yield return new LastLap(id, leader.Bib);
        if (leader.IsOk && !was.Rows.Any(row => row.IsOk))
            yield return new Won(id, leader.Bib, leader.TimeMs);
        if (now.BestLap is { } best && was.BestLap is { } known && best.Ms < known.Ms && best.Lap > 2)
            yield return new BestLap(id, best.Bib, best.Lap, best.Ms);
    }

    private static IEnumerable<Highlight> OfResult(HeatStanding was, HeatStanding now)
    {
        if (!was.Heat.Run.IsPublished || !now.Heat.Run.IsPublished)
            yield break;
        foreach (var (old, row) in now.RowsChangedFrom(was))
            if (old.Rank != row.Rank || old.Status != row.Status)
                yield return new RankMoved(now.Heat.Id, row.Bib, old.Rank, row.Rank, row.Status);
    }

    /// <summary>The best of a heat may be the best of its round, or of the whole event: where there is another to compare it with.</summary>
    private static BestLap Scoped(Meet meet, HeatStanding now, BestLap best)
    {
        var plan = meet.EventOf(now.Heat);
        var rounds = plan.Rounds.ToLookup(round => round.Id == now.Heat.Round, round => BestOf(meet, now, plan, round));
        var (round, others) = (rounds[true].Min(), rounds[false].Min());
        return best with
        {
            Of = round <= best.LapMs ? "heat" : others > best.LapMs ? "event" : round is null ? "heat" : "round",
        };
    }

    /// <summary>
    /// What is not told on the way, for somebody is faster all the time then: the second lap; against the clock any, for there the round is
    /// the field. Told when all are in, where nobody of the round or of the event was faster.
    /// </summary>
    private static IEnumerable<BestLap> BestAfterAll(Meet meet, HeatStanding was, HeatStanding now) =>
        was.State == HeatStage.Running && now.State == HeatStage.Finished && now.Profile.LeadEveryM is null && now.BestLap is { } best
            && (best.Lap == 2 || RaceRules.Of(meet.EventOf(now.Heat)).HasOwnClocks)
            && Scoped(meet, now, new BestLap(now.Heat.Id, best.Bib, best.Lap, best.Ms)) is { Of: not "heat" } told
            ? [told]
            : [];

    private static long? BestOf(Meet meet, HeatStanding now, EventDocument plan, RoundDocument round) =>
        meet.HeatsOf(plan.Id, round.Id).Where(heat => heat.Id != now.Heat.Id).Select(heat => HeatStandings.Of(meet, heat).BestLap?.Ms).Min();
}
