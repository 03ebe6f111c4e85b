using System.Collections.Immutable;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules.LongRaces;

/// <summary>Who is out and on which place, who would be next. Transponders propose, the judges decide (ELI-2).</summary>
internal static class Eliminations
{
    public static SkaterStanding[] Lay(Race race, SkaterStanding[] skaters)
    {
        if (race.Profile.Elimination is null && race.Run.Eliminations.IsEmpty)
            return skaters;
        var places = Places(race, skaters);
        var next = race.Profile.Elimination is null ? NextOut.Nobody : NextOut.Of(race, skaters);
        return [.. skaters.Select(skater => skater with
        {
            Out = places.GetValueOrDefault(skater.Bib),
            ProposedOut = next.Proposed.Any(lap => lap.Bibs.Contains(skater.Bib)),
            InDanger = skater.Status is null && next.InDanger.Contains(skater.Bib),
        })];
    }

    /// <summary>ELI-6: places from the back, in the order in which they went; those without a place or on the last leave no gap (RNK-2, RNK-3).</summary>
    private static Dictionary<string, OutOfRace> Places(Race race, SkaterStanding[] skaters)
    {
        var isOut = skaters.Where(skater => skater.Status == Statuses.Eliminated).Select(skater => skater.Bib).ToHashSet(StringComparer.Ordinal);
        var stillIn = skaters.Count(TrackOrder.IsIn);
        var free = stillIn + isOut.Count;
        var places = new Dictionary<string, OutOfRace>(StringComparer.Ordinal);
        foreach (var word in race.Run.Eliminations.GroupBy(gone => gone.At).OrderBy(word => word.Key))
        {
            // Who was disqualified since still was one of those who went out together.
            var areMany = word.Count() > 2;
            EliminatedSkater[] gone = [.. word.Where(gone => isOut.Contains(gone.Bib))];
            for (var i = 0; i < gone.Length; i++)
                places[gone[i].Bib] = new OutOfRace(PlaceOf(areMany, gone.Length, i), gone[i].LapsToGo, gone[i].Cause);
            free -= gone.Length;
        }
        return places;

        // ELI-5: of two the later over the line has the lower place. ELI-8: more share one. ELI-12: or all of the race do.
        int PlaceOf(bool areMany, int together, int i) =>
            race.Profile.Elimination?.Shared == true ? stillIn + 1
            : areMany ? free - together + 1
            : free - (together - 1 - i);
    }
}

/// <summary>What the schedule and the transponders say of the next to go.</summary>
/// <param name="Proposed">Laps that the leader has behind her and the judges have not spoken of.</param>
/// <param name="InDanger">Who would go next as things stand.</param>
/// <param name="Open">The laps at which somebody still goes out, the first first.</param>
/// <param name="Next">The next elimination lap ahead of the leader.</param>
internal sealed record NextOut(
    ImmutableArray<ProposedOut> Proposed, ImmutableHashSet<string> InDanger, ImmutableArray<EliminationLap> Open, EliminationLap? Next, int StillIn)
{
    /// <summary>ELI-10: where the judges alone take somebody out.</summary>
    public static NextOut Nobody { get; } = new([], [], [], null, 0);

    public static NextOut Of(Race race, IReadOnlyList<SkaterStanding> skaters)
    {
        var plan = race.Profile.Elimination!;
        var order = TrackOrder.Of(race, skaters);
        var lead = TrackOrder.LapsOf(skaters);
        // ELI-9, STL-4: whoever did not start is no starter.
        var schedule = EliminationSchedule.Of(plan, race.Course, skaters.Count(skater => !Statuses.IsAbsent(skater.Status)));
        var open = EliminationSchedule.Open(schedule, order.Count, plan.Survivors);
        if (race.Run.IsPublished)
            return new NextOut([], [], [], null, order.Count);

        var proposed = ImmutableArray.CreateBuilder<ProposedOut>();
        var danger = ImmutableHashSet<string>.Empty;
        var left = order;
        foreach (var lap in open.Where(lap => race.Course.Laps - lap.LapsToGo <= lead))
        {
            var atTheLine = AtTheLine(left, race.Course.Laps - lap.LapsToGo);
            var going = atTheLine.Skip(atTheLine.Count - lap.GoOut).ToList();
            string[] last = [.. going.Select(skater => skater.Bib)];
            danger = danger.Union(last);
            // Somebody before them is still on the way to the line: too early to say.
            if (atTheLine.Count(skater => skater.Crossings.Lap >= race.Course.Laps - lap.LapsToGo) < atTheLine.Count - lap.GoOut)
                break;
            proposed.Add(new ProposedOut(
                lap.LapsToGo, [.. last],
                going.Exists(skater => skater.MissedRead) || IsClose(race, atTheLine, atTheLine.Count - lap.GoOut, race.Course.Laps - lap.LapsToGo)));
            left = [.. left.Where(skater => !last.Contains(skater.Bib))];
        }
        EliminationLap? next = open.FirstOrDefault(lap => race.Course.Laps - lap.LapsToGo > lead) is { GoOut: > 0 } ahead ? ahead : null;
        // On the way to the line where it counts: the last of those who are still to be named.
        if (next is { } coming && lead > 0 && race.Course.Laps - lead - coming.LapsToGo <= plan.EveryLaps)
            danger = danger.Union(left.Skip(left.Count - coming.GoOut).Select(skater => skater.Bib));
        return new NextOut(proposed.ToImmutable(), danger, open, next, order.Count);
    }

    /// <summary>Between the last who stays in and the first who would go.</summary>
    private static bool IsClose(Race race, List<SkaterStanding> atTheLine, int stay, int lap) =>
        atTheLine[stay].Crossings.Lap >= lap
        && atTheLine[stay].Crossings.Laps[lap - 1].Elapsed - atTheLine[stay - 1].Crossings.Laps[lap - 1].Elapsed < race.Profile.UnresolvedWindow;

    /// <summary>Who has crossed the line there, in that order, then who has not, as they come.</summary>
    private static List<SkaterStanding> AtTheLine(List<SkaterStanding> order, int lap) =>
        [.. order.OrderBy(skater => skater.Crossings.Lap >= lap ? skater.Crossings.Laps[lap - 1].Elapsed : TimeSpan.MaxValue)];
}
