using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>One event of any format, with any rounds and rules.</summary>
internal static class AnyEvent
{
    private static readonly string[] Formats =
        ["sprint", "sprint", "sprint", "timeTrial", "timeTrial", "relay", "teamTimeTrial", "massStart", "points", "elimination", "pointsElimination"];

    public static EventDocument Of(Dice dice, string id, ImmutableArray<SkaterDocument> skaters, decimal lapM)
    {
        var format = dice.Pick(Formats);
        var laps = format is "sprint" or "timeTrial" or "teamTimeTrial" ? dice.OneOf(1, 1, 2, 3, 5) : dice.OneOf(3, 5, 8, 8, 12, 20);
        var distance = Math.Max(1, Math.Round(lapM * laps + dice.OneOf<decimal>(0, 0, 0, 0.01m, lapM * 0.5m, -lapM * 0.3m), 2));
        var entries = format is "relay" or "teamTimeTrial" ? Teams(dice, skaters, format == "relay" ? [1, 2, 3, 3, 4] : [dice.OneOf(3, 3, 4)]) : Alone(dice, skaters);
        return new EventDocument(
            id, $"Event {id}", format, distance, entries, AnyRounds.Of(dice, id, [.. entries.Select(entry => entry.Bib)], format),
            dice.OneIn(3) ? null : Rules(dice, format, laps, lapM),
            dice.OneIn(3) ? [.. dice.Shuffled(["COL", "ITA", "GER"])] : null,
            dice.OneIn(3) ? Records(dice) : null);
    }

    /// <summary>FMT-16.</summary>
    public static EventDocument Combined(Dice dice, EventDocument[] races, ImmutableArray<SkaterDocument> skaters) => new(
        "all", "Combined", "combined", 1, Alone(dice, skaters), [],
        new RuleDocument { Of = [.. races.Where(_ => !dice.OneIn(4)).Select(race => race.Id)], DnsInCombined = dice.OneOf<string?>(null, "zero", "out") });

    private static ImmutableArray<EntryDocument> Alone(Dice dice, ImmutableArray<SkaterDocument> skaters) =>
    [
        .. dice.Shuffled(skaters).Skip(dice.OneOf(0, 0, 0, 1, 5)).Select((skater, i) => new EntryDocument(
            $"{i + 1}", skater.Id, null, dice.MaybeSome(5, () => (long)dice.Between(1, 60_000)), dice.MaybeSome(5, () => (long)dice.Between(1, 60_000)))),
    ];

    private static ImmutableArray<EntryDocument> Teams(Dice dice, ImmutableArray<SkaterDocument> skaters, int[] sizes)
    {
        var left = new Queue<SkaterDocument>(dice.Shuffled(skaters));
        var teams = ImmutableArray.CreateBuilder<EntryDocument>();
        while (left.Count >= sizes.Min())
        {
            var size = dice.Pick(sizes);
            var members = Enumerable.Range(0, Math.Min(size, left.Count)).Select(_ => left.Dequeue().Id).ToImmutableArray();
            teams.Add(new EntryDocument($"T{teams.Count + 1}", null, new TeamDocument($"Team {teams.Count + 1}", dice.OneOf("COL", "ITA", "FRA"), members)));
        }
        return teams.ToImmutable();
    }

    private static RuleDocument Rules(Dice dice, string format, int laps, decimal lapM) => new()
    {
        PlusD = dice.MaybeSome(6, () => dice.OneIn(2)),
        LapM = dice.MaybeSome(10, () => dice.OneOf(lapM / 2, lapM, lapM * 2)),
        LeastLapMs = dice.MaybeSome(8, () => dice.OneOf(1, 5_000, 60_000)),
        Lines = dice.MaybeSome(6, () => dice.OneOf(1, 2)),
        UnresolvedMs = dice.MaybeSome(5, () => dice.OneOf(0, 20, 5_000)),
        Sprints = dice.Maybe(2, () => Sprints(dice, laps)),
        Elimination = dice.Maybe(2, () => Elimination(dice, laps)),
        Counts = format == "teamTimeTrial" ? dice.OneOf<int?>(null, 1, 2, 3) : null,
        DnfSameHeat = dice.OneOf<string?>(null, null, "shared", "byLapsThenTime"),
        BlockRank = dice.OneOf<string?>(null, null, "time", "placeThenTime", "sharedPlace"),
        CompactAcrossRounds = dice.OneOf<bool?>(null, null, false, true),
        TieAtTimeCut = dice.OneOf<string?>(null, null, "allAdvance", "none"),
        FalseStarts = dice.MaybeSome(4, () => dice.OneOf(0, 1, 2)),
        LappedFinish = dice.OneOf<bool?>(null, null, false, true),
        TimeDigits = dice.OneOf<int?>(null, null, 0, 3),
        Warnings = dice.MaybeSome(4, () => dice.OneOf(0, 1, 2)),
        ProtestMinutes = dice.MaybeSome(4, () => dice.OneOf(0, 15)),
    };

    private static SprintsDocument Sprints(Dice dice, int laps) => new(
        dice.MaybeSome(3, () => dice.Between(1, 3)), dice.MaybeSome(2, () => dice.OneOf<decimal>(0, 400, 100_000)),
        dice.OneIn(4) ? [.. Enumerable.Range(0, laps).Where(_ => dice.OneIn(2))] : null,
        dice.OneIn(4) ? Points(dice, 4) : null,
        dice.OneIn(4) ? Points(dice, 6) : null);

    /// <summary>Never more for a later place.</summary>
    private static ImmutableArray<int> Points(Dice dice, int most) => [.. Enumerable.Range(0, dice.Upto(4)).Select(_ => dice.Upto(most)).OrderDescending()];

    private static EliminationDocument Elimination(Dice dice, int laps) => new(
        dice.MaybeSome(4, () => dice.Between(1, laps)), dice.MaybeSome(3, () => dice.Between(1, 3)),
        dice.OneIn(3) ? [.. Enumerable.Range(1, laps).Where(_ => dice.OneIn(4))] : null,
        dice.MaybeSome(2, () => dice.Between(1, 6)), dice.MaybeSome(2, () => dice.OneOf<decimal>(0, 400)),
        dice.OneOf<string?>(null, "individual", "shared"), dice.MaybeSome(5, () => dice.Between(1, 3)));

    private static ImmutableArray<MarkDocument> Records(Dice dice) =>
    [
        new(dice.OneOf("WR", "TR"), dice.Between(1, 120_000), dice.OneOf<string?>(null, "Somebody"), dice.OneIn(3) ? [dice.OneOf("COL", "ITA")] : null),
        .. dice.OneIn(2) ? [] : ImmutableArray.Create(new MarkDocument("TR", dice.Between(20_000, 120_000))),
    ];
}
