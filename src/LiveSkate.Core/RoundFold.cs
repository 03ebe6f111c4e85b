using System.Collections.Immutable;
using System.Diagnostics;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core;

/// <summary>Which heats there are: those of the document, and those that are drawn.</summary>
public static class RoundFold
{
    public static string DrawnHeatId(string @event, string round, int number) => $"{@event}-{round}-{number}";

    internal static Meet WithPlannedHeats(Meet meet, long at, DateTimeOffset on)
    {
        foreach (var plan in meet.Document.Events)
            foreach (var round in plan.Rounds)
                foreach (var heat in round.Heats.Known)
                    meet = WithHeat(meet, new Heat(
                        heat.Id, plan.Id, round.Id, heat.Number, heat.Bibs, [HeatRun.Scheduled], at, on));
        return meet;
    }

    internal static Meet Apply(Meet meet, RoundFact fact, Recorded recorded) => fact switch
    {
        DrawProposed proposed => meet with { Proposals = meet.Proposals.SetItem((fact.Event, fact.Round), proposed) },
        DrawConfirmed confirmed => Draw(meet, confirmed, recorded),
        SkaterAdvanced or SkaterWithdrawn => meet with { JuryMoves = meet.JuryMoves.Add(fact) },
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    private static Meet Draw(Meet meet, DrawConfirmed draw, Recorded recorded)
    {
        foreach (var old in meet.HeatsOf(draw.Event, draw.Round).ToList())
            meet = WithoutHeat(meet, old);
        for (var i = 0; i < draw.Heats.Length; i++)
            meet = WithHeat(meet, new Heat(
                DrawnHeatId(draw.Event, draw.Round, i + 1), draw.Event, draw.Round, i + 1, draw.Heats[i], [HeatRun.Scheduled],
                recorded.At, recorded.RecordedAt));
        var key = (draw.Event, draw.Round);
        return meet with
        {
            Proposals = meet.Proposals.Remove(key),
            Reopened = meet.Reopened.Remove(key),
            Kept = draw.Due is { } due ? meet.Kept.SetItem(key, due) : meet.Kept.Remove(key),
        };
    }

    internal static Meet Settle(Meet meet, NextRoundSettled fact)
    {
        foreach (var settled in fact.Rounds)
            meet = fact.Next == Commands.NextRounds.Keep
                ? meet with { Kept = meet.Kept.SetItem((settled.Event, settled.Round), settled.Due) }
                : GiveUp(meet, meet.Index.Event(settled.Event), settled.Round);
        return meet;
    }

    /// <summary>The round is to be drawn again; what was drawn from it is gone too.</summary>
    private static Meet GiveUp(Meet meet, EventDocument? plan, string round)
    {
        if (plan is null)
            return meet;
        foreach (var old in meet.HeatsOf(plan.Id, round).ToList())
            meet = WithoutHeat(meet, old);
        var key = (plan.Id, round);
        meet = meet with
        {
            Proposals = meet.Proposals.Remove(key), Kept = meet.Kept.Remove(key), Reopened = meet.Reopened.Add(key),
            ArmedLast = meet.ArmedLast is { } armed && meet.Heats.ContainsKey(armed) ? armed : null,
        };
        foreach (var later in plan.Rounds.Where(later => later.Heats.IsDrawnLater && plan.SourceOf(later)?.Id == round && meet.HeatsOf(plan.Id, later.Id).Any()))
            meet = GiveUp(meet, plan, later.Id);
        return meet;
    }

    private static Meet WithHeat(Meet meet, Heat heat)
    {
        var heatsOf = meet.HeatsOfSkater.ToBuilder();
        foreach (var skater in SkatersOf(meet, heat))
            heatsOf[skater] = heatsOf.GetValueOrDefault(skater, []).Add(heat.Id);
        var traced = meet.Former.TryGetValue(heat.Id, out var former)
            ? heat with { Versions = former.Versions, StartsOnServer = former.StartsOnServer }
            : heat;
        return meet with { Heats = meet.Heats.SetItem(heat.Id, traced), HeatsOfSkater = heatsOf.ToImmutable() };
    }

    private static Meet WithoutHeat(Meet meet, Heat heat)
    {
        var heatsOf = meet.HeatsOfSkater.ToBuilder();
        foreach (var skater in SkatersOf(meet, heat))
            heatsOf[skater] = heatsOf[skater].Remove(heat.Id);
        return meet with
        {
            Heats = meet.Heats.Remove(heat.Id), HeatsOfSkater = heatsOf.ToImmutable(),
            Former = meet.Former.SetItem(heat.Id, meet.Former.TryGetValue(heat.Id, out var former) ? heat with { Runs = former.Runs.AddRange(heat.Runs) } : heat),
        };
    }

    /// <summary>Everybody on the track in a heat, by id: of a team, each of its members.</summary>
    private static IEnumerable<string> SkatersOf(Meet meet, Heat heat) =>
        heat.Bibs.SelectMany(bib => meet.CompetitorOf(heat, bib).Members).Select(skater => skater.Id);
}
