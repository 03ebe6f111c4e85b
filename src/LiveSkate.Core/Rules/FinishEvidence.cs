using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>Why a whole photo finish does not count: a newer revision, the signature, the recall of its start, or the heat was drawn anew.</summary>
public enum UnusedFinish { Superseded, AfterOfficial, Recalled, NoSuchHeat }

/// <summary>One word on one finish (TIM-5). All of them are kept; the most trusted that says a time is the official one.</summary>
/// <param name="Source">Its id in the document; "office" for what was written in or decided there.</param>
/// <param name="Elapsed">Null where only the place was seen (TIM-9).</param>
/// <param name="Place">Null where only a time was taken.</param>
/// <param name="Precision">What it can tell apart.</param>
public sealed record FinishEvidence(Evidence Kind, string Source, TimeSpan? Elapsed, int? Place, TimeSpan Precision)
{
    private static readonly TimeSpan Thousandth = TimeSpan.FromMilliseconds(1);

    /// <summary>The most trusted first.</summary>
    public static ImmutableArray<FinishEvidence> Of(Meet meet, HeatStanding standing, SkaterStanding skater)
    {
        var race = Race.Of(meet, standing.Heat);
        var run = race.Run;
        var found = ImmutableArray.CreateBuilder<FinishEvidence>();
        if (run.Times.TryGetValue(skater.Bib, out var ms))
            found.Add(new FinishEvidence(Evidence.Jury, Passing.Office, ms is { } time ? TimeSpan.FromMilliseconds(time) : null, null, Thousandth));
        for (int i = 0, place = 1; i < run.Order.Length; place += run.Order[i++].Length)
            if (run.Order[i].Contains(skater.Bib, StringComparer.Ordinal))
                found.Add(new FinishEvidence(Evidence.Jury, Passing.Office, null, place, Thousandth));
        if (run.PhotoFinish?.Rows.FirstOrDefault(row => row.Bib == skater.Bib) is { } photo)
            found.Add(new FinishEvidence(Evidence.PhotoFinish, run.PhotoFinish.Source, photo.Elapsed, photo.Place, Thousandth));
        if (skater.Crossings is { Finished: true, Laps: [.., var last] })
            found.AddRange(Read(race, skater.Bib, last).Select(by => new FinishEvidence(by.Kind, by.Source, by.Elapsed, null, PrecisionOf(by.Kind, race.Profile))));
        return found.ToImmutable();
    }

    /// <summary>What the photo finish said that counts in no run of its heat, with why.</summary>
    public static IEnumerable<(long At, FinishRead Finish, UnusedFinish Why)> Unused(Meet meet) =>
        from said in meet.Said
        let finish = said.InForce?.Fact as FinishRead
        where finish is not null
        let runs = meet.Heats.GetValueOrDefault(finish.Heat)?.Runs ?? []
        where !runs.Any(run => ReferenceEquals(run.PhotoFinish, finish))
        select (said.At, finish, WhyUnused(said.At, finish, runs));

    private static UnusedFinish WhyUnused(long at, FinishRead finish, ImmutableArray<HeatRun> runs) =>
        runs.Any(run => run.PhotoFinish?.Revision >= finish.Revision) ? UnusedFinish.Superseded
        : runs.Any(run => run.SealedAt < at) ? UnusedFinish.AfterOfficial
        : runs.IsEmpty ? UnusedFinish.NoSuchHeat
        : UnusedFinish.Recalled;

    public static Evidence KindOf(RacePoint point) =>
        point.ByBeam ? Evidence.Photocell : point.Passing.IsByHand ? Evidence.Hand : Evidence.Transponder;

    /// <summary>What the track and a hand at a stopwatch have of one crossing: the time that counts, and what was read or written beside it.</summary>
    private static IEnumerable<(Evidence Kind, string Source, TimeSpan Elapsed)> Read(Race race, string bib, RacePoint finish)
    {
        var zero = (finish.Beam ?? finish.Passing).Time - finish.Elapsed;
        if (finish.Beam is { } beam)
            yield return (Evidence.Photocell, beam.Source, finish.Elapsed);
        var same = RacePassings.Counting(race, bib, zero)
            .Where(passing => passing.AtM is null && (passing.Time - finish.Passing.Time).Duration() < race.Course.LeastLap).ToList();
        if (finish.Passing.Chip.Length > 0)
            yield return (Evidence.Transponder, finish.Passing.Source, finish.Passing.Time - zero);
        else if (finish.Beam is not null && same.Find(passing => passing.Chip.Length > 0) is { } read)
            yield return (Evidence.Transponder, read.Source, read.Time - zero);
        if (same.Find(passing => passing.IsByHand) is { } written)
            yield return (Evidence.Hand, Passing.Office, written.Time - zero);
    }

    /// <summary>Two closer than the coarser of what they were read by are not told apart by it.</summary>
    public static TimeSpan PrecisionOf(Evidence kind, FormatProfile profile) => kind switch
    {
        Evidence.Hand => profile.HandWindow,
        Evidence.Transponder => profile.UnresolvedWindow,
        _ => Thousandth,
    };
}
