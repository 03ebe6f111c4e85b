using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>
/// From what was said and read to a standing. Recomputed whole each time: a heat is small. What was computed is kept with the heat: many ask,
/// of before and after, of this heat and of all the others of its round.
/// </summary>
public static class HeatStandings
{
    private static readonly ConditionalWeakTable<Heat, Computed> Known = new();

    /// <summary>The state alone: only while a heat is armed does it take all that was read.</summary>
    public static HeatStage StateOf(Meet meet, Heat heat) => heat.Run.Stage ?? Of(meet, heat).State;

    public static HeatStanding Of(Meet meet, Heat heat)
    {
        if (Known.TryGetValue(heat, out var known) && known.IsOf(meet))
            return known.Standing;
        var standing = Compute(meet, heat);
        Known.AddOrUpdate(heat, new Computed(meet.Index, meet.Starts, standing));
        return standing;
    }

    /// <summary>As if nobody had asked before.</summary>
    internal static HeatStanding Compute(Meet meet, Heat heat)
    {
        var run = heat.Run;
        var plan = meet.EventOf(heat);
        var profile = FormatProfiles.Of(plan);
        var course = Course.Of(plan.DistanceM, meet.Document.Venue.LapM, profile);
        var firstRound = plan.Rounds[0].Id == heat.Round;
        var arming = run.Armings.IsEmpty ? null : run.Armings[^1];
        var gun = run.Phase is Phase.Scheduled or Phase.Open ? null : arming?.Start;

        var crossings = heat.Bibs.Select(bib => gun is { } start ? CrossingsOf(meet, heat, bib, start, course) : Crossings.None).ToArray();
        var skaters = heat.Bibs.Select((bib, i) => SkaterStandings.Of(run, bib, i, crossings[i])).ToArray();
        var state = StateOf(run, arming, gun, skaters);
        if (state < HeatStage.Running)
            (gun, skaters) = (null, [.. heat.Bibs.Select((bib, i) => SkaterStandings.BeforeStart(run, bib, i))]);
        return new HeatStanding(heat, state, gun, course, firstRound, HeatRanking.Rank(skaters, run, state, firstRound, profile));
    }

    /// <summary>What became of every passing of this heat's newest start, for the operator.</summary>
    public static IReadOnlyList<(string Bib, UsedPassing Passing)> PassingsOf(Meet meet, Heat heat)
    {
        var plan = meet.EventOf(heat);
        var course = Course.Of(plan.DistanceM, meet.Document.Venue.LapM, FormatProfiles.Of(plan));
        var result = new List<(string, UsedPassing)>();
        if (heat.Run.Armings.IsEmpty || heat.Run.Armings[^1].Start is not { } gun)
            return result;
        foreach (var bib in heat.Bibs)
        {
            var uses = new List<UsedPassing>();
            _ = Crossings.Of(Counting(meet, heat, bib, gun), gun, course, uses);
            result.AddRange(uses.Select(use => (bib, use)));
            result.AddRange(All(meet, heat, bib, gun)
                .Where(passing => !Counts(heat.Run, passing))
                .Select(passing => (bib, new UsedPassing(
                    passing, heat.Run.Voided.Contains(passing.At) ? PassingUse.Voided : PassingUse.AfterOfficial, 0))));
        }
        return result;
    }

    /// <summary>Kept with the skater's passings: of all who race, one at a time is read.</summary>
    private static Crossings CrossingsOf(Meet meet, Heat heat, string bib, DateTimeOffset gun, Course course)
    {
        var skater = meet.SkaterOf(heat, bib);
        var log = meet.PassingsOf(skater);
        var run = heat.Run;
        if (log.Count == 0 || !run.Added.IsEmpty)
            return Crossings.Of(Counting(meet, heat, bib, gun), gun, course);
        var frame = new RaceFrame(gun, meet.NextStart(skater, gun), course, run.Voided, run.SealedAt);
        if (log.Raced is not { } known || known.Frame != frame)
            log.Raced = known = new Raced(frame, Crossings.Of(Counting(meet, heat, bib, gun), gun, course));
        return known.Crossings;
    }

    private static IEnumerable<Passing> Counting(Meet meet, Heat heat, string bib, DateTimeOffset gun) =>
        All(meet, heat, bib, gun).Where(passing => Counts(heat.Run, passing));

    private static bool Counts(HeatRun run, Passing passing) =>
        !run.Voided.Contains(passing.At) && (run.SealedAt is not { } seal || passing.At < seal || passing.Chip.Length == 0);

    /// <summary>This start's passings: from its gun up to the skater's next gun, with those that the office wrote in.</summary>
    private static IEnumerable<Passing> All(Meet meet, Heat heat, string bib, DateTimeOffset gun)
    {
        var skater = meet.SkaterOf(heat, bib);
        var read = Window(meet.PassingsOf(skater), gun, meet.NextStart(skater, gun));
        if (heat.Run.Added.IsEmpty)
            return read;
        var added = heat.Run.Added.Where(entry => entry.Bib == bib).Select(entry => entry.Passing).ToList();
        return added.Count == 0 ? read : read.Concat(added.Where(passing => passing.Time >= gun)).Order(Passing.ByTime);
    }

    private static IEnumerable<Passing> Window(PassingLog passings, DateTimeOffset from, DateTimeOffset? until)
    {
        for (var i = FirstAtOrAfter(passings.AsSpan(), from); i < passings.Count && !(passings[i].Time >= until); i++)
            yield return passings[i];
    }

    private static int FirstAtOrAfter(ReadOnlySpan<Passing> passings, DateTimeOffset time)
    {
        var (low, high) = (0, passings.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (passings[middle].Time < time)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private static HeatStage StateOf(HeatRun run, Arming? arming, DateTimeOffset? gun, SkaterStanding[] skaters) =>
        run.Stage is { } said ? said
        : gun is null ? HeatStage.Armed
        : run.FinishCalled ? HeatStage.Finished
        : RunningState(arming!, gun.Value, skaters);

    /// <summary>A recall counts while somebody is still skating; once all have finished it comes too late.</summary>
    private static HeatStage RunningState(Arming arming, DateTimeOffset gun, SkaterStanding[] skaters)
    {
        var allDone = skaters.All(skater => skater.Status is not null) && skaters.Any(skater => skater.IsOk);
        DateTimeOffset? lastFinish = allDone
            ? gun + skaters.Max(skater => skater.Crossings.FinishTime ?? skater.Finish ?? TimeSpan.Zero)
            : null;
        var recalled = arming.Recalls.Any(recall => recall >= gun && (lastFinish is null || recall < lastFinish));
        return recalled ? HeatStage.Open : allDone ? HeatStage.Finished : HeatStage.Running;
    }

    /// <summary>
    /// A heat is a value, and whatever is said or read of it makes a new one. Besides it only the document counts, and the starts of its
    /// skaters in other heats: they end their races here.
    /// </summary>
    private sealed class Computed(MeetIndex index, ImmutableDictionary<string, ImmutableArray<RaceStart>> starts, HeatStanding standing)
    {
        public HeatStanding Standing => standing;

        public bool IsOf(Meet meet) => ReferenceEquals(meet.Index, index) && ReferenceEquals(meet.Starts, starts);
    }
}
