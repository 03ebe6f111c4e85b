using System.Collections.Immutable;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules;

/// <param name="Kind">As the document names the mark; PB and SB for the skater's own.</param>
/// <param name="Equalled">REC-4: the same thousandth.</param>
/// <param name="Pending">REC-3: until it is ratified. What is one's own asks nobody.</param>
public sealed record RecordMark(string Kind, bool Equalled, bool Pending)
{
    /// <summary>"WR (pending)", "=GR", "PB".</summary>
    public override string ToString() => $"{(Equalled ? "=" : "")}{Kind}{(Pending ? " (pending)" : "")}";
}

/// <summary>REC-1 to REC-5: which marks a time beats or equals, as they stood when it was skated.</summary>
public static class Records
{
    /// <summary>The only mark that a distance with D can have (REC-5).</summary>
    public const string OfTrack = "TR";

    private const string PersonalBest = "PB", SeasonBest = "SB";

    public static ImmutableArray<RecordMark> Of(Meet meet, HeatStanding standing, SkaterStanding skater)
    {
        var plan = meet.EventOf(standing.Heat);
        if (!CanSet(skater) || !RaceRules.Of(plan).Profile(plan).HasRecords)
            return [];
        var (time, who) = (skater.TimeMs!.Value, meet.CompetitorOf(standing.Heat, skater.Bib));
        var marks = ImmutableArray.CreateBuilder<RecordMark>();
        foreach (var mark in plan.Records ?? [])
            if (time <= mark.TimeMs && IsFor(mark, who.Nation) && time <= Best(meet, standing, plan, mark))
                marks.Add(new RecordMark(
                    mark.Kind, time == BestBefore(meet, standing, plan, mark), !standing.Heat.Run.Ratified.Contains((skater.Bib, mark.Kind))));
        if (plan.Rules?.PlusD == true)
            return marks.ToImmutable();
        var (own, best) = time <= who.PbMs ? (PersonalBest, who.PbMs) : (SeasonBest, who.SbMs);
        if (time <= best && OwnBefore(meet, standing, skater, best.Value) is var before && time <= before)
            marks.Add(new RecordMark(own, time == before, false));
        return marks.ToImmutable();
    }

    public static bool IsFor(MarkDocument mark, string nation) => mark.Nations is not { } nations || nations.Contains(nation, StringComparer.Ordinal);

    /// <summary>REC-2, REC-4: electronic timing, status OK, and skated by himself: a time swapped by RR is not.</summary>
    private static bool CanSet(SkaterStanding skater) =>
        skater is { IsOk: true, TimeMs: not null, Swapped: false } && skater.TimedBy > Evidence.Hand;

    /// <summary>The mark as it stands after this heat: only the best of those who beat it in one heat has it.</summary>
    private static long Best(Meet meet, HeatStanding standing, EventDocument plan, MarkDocument mark) =>
        Math.Min(BestBefore(meet, standing, plan, mark), BestOf(meet, standing, mark) ?? long.MaxValue);

    private static long BestBefore(Meet meet, HeatStanding standing, EventDocument plan, MarkDocument mark) =>
        Earlier(meet, standing, plan).Select(earlier => BestOf(meet, earlier, mark)).Append(mark.TimeMs).Min()!.Value;

    private static long? BestOf(Meet meet, HeatStanding standing, MarkDocument mark) =>
        standing.Rows.Where(row => CanSet(row) && IsFor(mark, meet.CompetitorOf(standing.Heat, row.Bib).Nation)).Min(row => row.TimeMs);

    /// <summary>What he came with, or what he has skated in the event since.</summary>
    private static long OwnBefore(Meet meet, HeatStanding standing, SkaterStanding skater, long best) =>
        Earlier(meet, standing, meet.EventOf(standing.Heat))
            .SelectMany(earlier => earlier.Rows)
            .Where(row => row.Bib == skater.Bib && CanSet(row))
            .Select(row => row.TimeMs)
            .Append(best)
            .Min()!.Value;

    private static IEnumerable<HeatStanding> Earlier(Meet meet, HeatStanding standing, EventDocument plan) =>
        plan.Rounds.SelectMany(round => meet.HeatsOf(plan.Id, round.Id))
            .Select(heat => HeatStandings.Of(meet, heat))
            .Where(other => other.Gun < standing.Gun);
}
