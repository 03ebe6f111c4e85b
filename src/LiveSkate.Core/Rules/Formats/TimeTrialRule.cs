using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules.Formats;

/// <summary>
/// FMT-2, FMT-3: alone or two at opposite lines, each against his own clock; time alone decides. The round is one field: what counts is the
/// best at the same split, whoever skates beside.
/// </summary>
internal sealed class TimeTrialRule : RaceRule
{
    /// <summary>INC-2: of the 300 m on two false starts are let go.</summary>
    private const decimal TwoFalseStartsFromM = 300;

    protected override FormatProfile Defaults(EventDocument plan) => new("timeTrial")
    {
        FalseStarts = plan.DistanceM >= TwoFalseStartsFromM ? 2 : 1,
    };

    internal override bool HasOwnClocks => true;

    internal override Crossings CrossingsOf(Race race, string bib, DateTimeOffset gun, List<UsedPassing>? uses)
    {
        if (OwnStart.Of(race, bib) is { } start)
            return Crossings.Of(OwnLine.Passings(race, bib, gun), start, race.Course, uses);
        uses?.AddRange(OwnLine.Passings(race, bib, gun).Select(passing => new UsedPassing(passing, PassingUse.TooEarly, 0)));
        return Crossings.None;
    }

    internal override SkaterStanding[] Score(Race race, SkaterStanding[] skaters) =>
        CommonSplit.Mark(OwnStart.Left(race, skaters));

    /// <summary>The jury's order; then time, for places over opposite lines mean nothing.</summary>
    internal override int CompareFinished(Race race, FinishOrder order, SkaterStanding a, SkaterStanding b) => order.CompareByTime(a, b);

    internal override int CompareLive(Race race, SkaterStanding a, SkaterStanding b) => CommonSplit.Compare(a, b);
}

/// <summary>What was read of somebody who skates against the clock.</summary>
internal static class OwnLine
{
    /// <summary>Of who skates alone, each beam that is broken is his, whether or not his transponder was read.</summary>
    public static IEnumerable<Passing> Passings(Race race, string bib, DateTimeOffset gun)
    {
        var read = RacePassings.Counting(race, bib, gun);
        var beams = race.Run.Armings[^1].Beams;
        if (race.Heat.Bibs.Length > 1 || beams.IsEmpty)
            return read;
        var line = race.LineOf(bib);
        return read
            .Concat(beams.Where(beam => beam.Time >= gun && !race.Run.Voided.Contains(beam.At)).Select(beam => race.From(line, beam)).OfType<Passing>())
            .Order(Passing.ByTime);
    }
}

/// <summary>LAP-4: time at the same split. The last that all who are still skating have passed, so that the order is one order.</summary>
internal static class CommonSplit
{
    public static SkaterStanding[] Mark(SkaterStanding[] skaters)
    {
        var skating = skaters.Where(skater => skater.Status is null && skater.Crossings.Last is not null).ToList();
        if (skating.Count == 0)
            return skaters;
        RacePoint? common = skating[0].Crossings.Points
            .Where(point => skating.TrueForAll(other => other.Crossings.At(point) is not null))
            .Select(point => (RacePoint?)point)
            .LastOrDefault();
        return common is not { } there ? skaters : [.. skaters.Select(skater => skater with { AtCommonSplit = skater.Crossings.At(there) })];
    }

    /// <summary>Who has passed nothing comes last; without a common split, who has more of the race behind him is first.</summary>
    public static int Compare(SkaterStanding a, SkaterStanding b)
    {
        if (a.Crossings.Last is not { } x)
            return b.Crossings.Last is null ? 0 : 1;
        if (b.Crossings.Last is not { } y)
            return -1;
        return a.AtCommonSplit is { } timeA && b.AtCommonSplit is { } timeB
            ? timeA.CompareTo(timeB)
            : y.CompareProgress(x) is not 0 and var progress ? progress : x.Elapsed.CompareTo(y.Elapsed);
    }
}
