using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Published;

/// <summary>COD-5: the sanctions of an event, numbered through its rounds. What was lifted is told, and no row cites it.</summary>
internal static class Footnotes
{
    public static ImmutableArray<Footnote> Of(Meet meet, IReadOnlyList<RoundStanding> rounds)
    {
        var notes = ImmutableArray.CreateBuilder<Footnote>();
        foreach (var round in rounds)
            foreach (var standing in round.Heats)
                foreach (var note in OfHeat(meet, round.Round, standing).OrderBy(note => note.At))
                    notes.Add(note.Note with { Number = notes.Count + 1 });
        return notes.ToImmutable();
    }

    public static ImmutableArray<int> About(ImmutableArray<Footnote> notes, string bib, string? heat = null) =>
        [.. notes.Where(note => note.Bib == bib && note.Lifted is null && (heat is null || note.Heat == heat)).Select(note => note.Number)];

    private static IEnumerable<(long At, Footnote Note)> OfHeat(Meet meet, RoundDocument round, HeatStanding standing)
    {
        var run = standing.Heat.Run;
        foreach (var given in run.Sanctions)
            yield return (given.At, Note(given, null));
        foreach (var lifted in run.Lifted)
            yield return (lifted.Given.At, Note(lifted.Given, lifted.Reason));
        var race = Race.Of(meet, standing.Heat);
        foreach (var starts in run.Sanctions.Where(given => given.Code == Statuses.FalseStart).GroupBy(given => given.Bib))
            if (SanctionSheet.IsOneTooMany(race, starts.Key, starts.Count()))
                yield return (starts.Last().At, new Footnote(
                    0, starts.Key, Statuses.TechnicalFault, round.Id, round.Name, standing.Heat.Id,
                    $"one false start more than the {race.Profile.FalseStarts} let go", null, null, [], true, null, null));

        Footnote Note(Sanctioned given, string? lifted) => new(
            0, given.Bib, given.Code, round.Id, round.Name, standing.Heat.Id, given.Reason, given.Judge, given.Article, given.With, false, lifted,
            Microseconds.FromInstant(given.On));
    }
}
