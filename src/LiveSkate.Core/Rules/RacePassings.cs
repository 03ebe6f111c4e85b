using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>Which passings belong to one start of a race, and which of them count.</summary>
internal static class RacePassings
{
    /// <summary>In order of time, from the gun on and up to the skater's next start; of a team, those of all its members.</summary>
    public static IEnumerable<Passing> Counting(Race race, string bib, DateTimeOffset gun) =>
        All(race, bib, gun).Where(passing => Counts(race.Run, passing));

    public static bool Counts(HeatRun run, Passing passing) =>
        !run.Voided.Contains(passing.At) && (run.SealedAt is not { } seal || Math.Max(passing.At, passing.Since) < seal || passing.Chip.Length == 0);

    /// <summary>This start's passings, with those that the office wrote in.</summary>
    public static IEnumerable<Passing> All(Race race, string bib, DateTimeOffset gun)
    {
        var members = race.Meet.CompetitorOf(race.Heat, bib).Members;
        var read = members is [var alone]
            ? Read(race, bib, alone.Id, gun)
            : members.SelectMany(member => Read(race, bib, member.Id, gun)).Order(Passing.ByTime);
        return With(read, race.Run.Added.Where(entry => entry.Bib == bib), gun);
    }

    /// <summary>The same of one member of a team alone.</summary>
    public static IEnumerable<Passing> Counting(Race race, string bib, string member, DateTimeOffset gun) =>
        With(Read(race, bib, member, gun), race.Run.Added.Where(entry => entry.Bib == bib && entry.Passing.Skater == member), gun)
            .Where(passing => Counts(race.Run, passing));

    /// <summary>What was read in the starts of this run that were recalled, or never given: of no race, and there to be seen.</summary>
    public static IEnumerable<(string? Bib, UsedPassing Passing)> OfFalseStarts(Race race)
    {
        var armings = race.Run.Armings;
        for (var i = 0; i < armings.Length - 1; i++)
        {
            foreach (var signal in armings[i].Starts.Concat(armings[i].Beams))
                yield return (null, Used(signal));
            if (race.Run.StartOf(armings[i]) is not { } gun)
                continue;
            var next = armings.Skip(i + 1).Select(race.Run.StartOf).FirstOrDefault(start => start is not null);
            foreach (var bib in race.Heat.Bibs)
                foreach (var passing in All(race, bib, gun).TakeWhile(passing => !(passing.Time >= next)))
                    yield return (bib, Used(passing));
        }

        UsedPassing Used(Passing passing) => new(passing, race.Run.Voided.Contains(passing.At) ? PassingUse.Voided : PassingUse.FalseStart, 0);
    }

    private static IEnumerable<Passing> With(IEnumerable<Passing> read, IEnumerable<(string Bib, Passing Passing)> added, DateTimeOffset gun)
    {
        var written = added.Select(entry => entry.Passing).Where(passing => passing.Time >= gun).ToList();
        return written.Count == 0 ? read : read.Concat(written).Order(Passing.ByTime);
    }

    private static IEnumerable<Passing> Read(Race race, string bib, string skater, DateTimeOffset gun)
    {
        var read = Window(race.Meet.PassingsOf(skater), gun, Until(race.Meet, race.Run, skater, gun));
        if (!race.Meet.Index.HasLines)
            return read;
        var own = race.LineOf(bib);
        return read.Select(passing => race.From(own, passing)).OfType<Passing>();
    }

    /// <summary>What is read from then on is of another race; null where there is none. A start that is heard after the seal takes nothing from a sealed heat.</summary>
    public static DateTimeOffset? Until(Meet meet, HeatRun run, string skater, DateTimeOffset gun) =>
        run.SealedAt is null ? meet.NextStart(skater, gun)
        : run.SealedUntil.TryGetValue(skater, out var next) ? next
        : null;

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
}
