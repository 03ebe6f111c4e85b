using System.Collections.Immutable;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules;

/// <summary>One line of an event's final ranking; no rank for DSQ-SF, DSQ-DF and a first-round DNS (RNK-3).</summary>
public sealed record FinalPlace(int? Rank, SkaterStanding Skater, Heat Heat);

/// <summary>FIN-1 to FIN-5: the finalists, then who went out in the round before, and so on, each round a block.</summary>
public static class FinalRanking
{
    /// <summary>Empty until the last round is provisional.</summary>
    public static ImmutableArray<FinalPlace> Of(IReadOnlyList<RoundStanding> rounds)
    {
        var blocks = Blocks(rounds);
        // INC-8: without its final an event has no ranking; a B final that was not held is none.
        if (blocks.Count == 0 || !IsHeld(blocks[0]))
            return [];
        var depth = blocks[0].Event.DepthOf(blocks[0].Round);
        if (blocks.Any(round => round.Event.DepthOf(round.Round) == depth && !IsHeld(round) && round.Status != HeatStage.Cancelled && !round.Heats.IsEmpty))
            return [];
        var ranked = new List<FinalPlace>();
        var unranked = new List<FinalPlace>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var above = 0;
        foreach (var round in blocks)
        {
            var block = round.Heats
                .Where(heat => heat.State != HeatStage.Cancelled)
                .SelectMany(heat => heat.Rows, (heat, skater) => (heat, skater))
                .Where(x => seen.Add(x.skater.Bib))
                .ToList();
            Rank(block, above, By(round, rounds), ranked, unranked);
            // FIN-4: a disqualification leaves the block's last place empty; the blocks behind do not move up, unless the event says so.
            above = RaceRules.Of(round.Event).Profile(round.Event).CompactAcrossRounds ? ranked.Count : above + block.Count;
        }
        return [.. ranked, .. unranked];
    }

    /// <summary>Against the clock the heats of the last round are one race: who has a time in it, best first, before all have skated (LAP-4).</summary>
    public static ImmutableArray<FinalPlace> SoFar(IReadOnlyList<RoundStanding> rounds)
    {
        if (Blocks(rounds) is not [var last, ..] || !RaceRules.Of(last.Event).HasOwnClocks)
            return [];
        var timed = last.Heats
            .Where(heat => heat.State != HeatStage.Cancelled)
            .SelectMany(heat => heat.Rows, (heat, skater) => (heat, skater))
            .Where(x => x.skater is { IsOk: true, TimeMs: not null })
            .ToList();
        var ranked = new List<FinalPlace>();
        Rank(timed, 0, BlockRank.Time, ranked, []);
        return [.. ranked];
    }

    /// <summary>The last round first; FIN-5: a B final directly behind its A final, whatever the times.</summary>
    private static List<RoundStanding> Blocks(IReadOnlyList<RoundStanding> rounds) =>
        [.. rounds.Reverse().OrderByDescending(round => round.Event.DepthOf(round.Round)).ThenBy(round => round.Round.IsForTheRest())];

    /// <summary>The round that makes the winner.</summary>
    public static RoundStanding Deciding(IReadOnlyList<RoundStanding> rounds) => Blocks(rounds)[0];

    private static bool IsHeld(RoundStanding round) =>
        !round.Heats.IsEmpty && round.Status is >= HeatStage.Review and not HeatStage.Cancelled;

    /// <summary>
    /// FIN-2: by time over all heats, or by place and then time in the middle rounds of the shorter sprints. FIN-3: long races share the
    /// rank of the place in the heat.
    /// </summary>
    private static BlockRank By(RoundStanding round, IReadOnlyList<RoundStanding> rounds) =>
        RaceRules.Of(round.Event).Profile(round.Event).BlockRank is var by && by == BlockRank.PlaceThenTime && round.Round.Id == rounds[0].Round.Id
            ? BlockRank.Time
            : by;

    /// <summary>Whoever finished, or was taken out of an elimination (ELI-6).</summary>
    private static bool HasPlace(SkaterStanding skater) => skater.IsOk || skater.Out is not null;

    private static void Rank(
        List<(HeatStanding heat, SkaterStanding skater)> block, int above, BlockRank by, List<FinalPlace> ranked, List<FinalPlace> unranked)
    {
        var oneHeat = block.Select(x => x.heat.Heat.Id).Distinct().Count() == 1;
        var finished = block.Where(x => HasPlace(x.skater)).OrderBy(Key).ToList();
        for (var i = 0; i < finished.Count; i++)
        {
            var rank = i > 0 && Key(finished[i]).Equals(Key(finished[i - 1])) ? ranked[^1].Rank : above + i + 1;
            ranked.Add(new FinalPlace(rank, finished[i].skater, finished[i].heat.Heat));
        }
        foreach (var (heat, skater) in block.Where(x => !HasPlace(x.skater)).OrderBy(x => x.skater.Status, StringComparer.Ordinal))
        {
            if (Statuses.SharesLastPlace(skater.Status, heat.FirstRound))
                ranked.Add(new FinalPlace(above + finished.Count + 1, skater, heat.Heat));
            else
                unranked.Add(new FinalPlace(null, skater, heat.Heat));
        }

        // Inside one heat the heat's own ranks stand, whatever the times say (TIM-10), and part who has the same time; a place without a time comes last.
        (int Place, long Time, int Behind) Key((HeatStanding heat, SkaterStanding skater) x) =>
            oneHeat ? (x.skater.Rank ?? int.MaxValue, 0, 0)
            : by == BlockRank.SharedPlace ? (x.skater.Rank ?? int.MaxValue, 0, 0)
            : by == BlockRank.Time ? (0, x.skater.TimeMs ?? long.MaxValue, Ahead(x))
            : (x.skater.Rank ?? int.MaxValue, x.skater.TimeMs ?? long.MaxValue, 0);

        int Ahead((HeatStanding heat, SkaterStanding skater) x) => block.Count(
            other => other.heat == x.heat && HasPlace(other.skater) && other.skater.TimeMs == x.skater.TimeMs && other.skater.Rank < x.skater.Rank);
    }
}
