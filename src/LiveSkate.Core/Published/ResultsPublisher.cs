using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Published;

/// <summary>From standings to the results of an event.</summary>
public static class ResultsPublisher
{
    public static EventResults Results(Meet meet, EventDocument plan)
    {
        var rounds = Rounds(meet, plan);
        var notes = Footnotes.Of(meet, rounds);
        return new EventResults(
            meet.Id, meet.At, Header(plan), [.. rounds.Select(round => Round(meet, round, notes))], Final(meet, plan, rounds, notes), notes);
    }

    public static EventHeader Header(EventDocument plan) => new(plan.Id, plan.Name, plan.Format);

    public static IReadOnlyList<RoundStanding> Rounds(Meet meet, EventDocument plan) =>
        [.. plan.Rounds.Select(round => Advancement.Of(meet, plan, round))];

    private static ImmutableArray<FinalRow> Final(
        Meet meet, EventDocument plan, IReadOnlyList<RoundStanding> rounds, ImmutableArray<Footnote> notes) =>
        RaceRules.Of(plan).IsRanking
            ? [.. CombinedRanking.Of(meet, plan).Select(place => FinalLine(meet, plan, place))]
            : [.. FinalRanking.Of(rounds).Select(place => FinalLine(meet, place, notes))];

    private static FinalRow FinalLine(Meet meet, EventDocument plan, CombinedPlace place)
    {
        var who = meet.Index.Competitor(plan.Id, place.Bib)!;
        return new FinalRow(place.Rank, place.Bib, who.Name, who.Nation, null, place.Status, place.Points, HeatPublisher.Members(who), [])
        {
            Parts = [.. place.Parts.Select(part => new FinalPart(part.Event, meet.Index.Event(part.Event)!.Name, part.Rank, part.Points, part.Status))],
        };
    }

    private static FinalRow FinalLine(Meet meet, FinalPlace place, ImmutableArray<Footnote> notes)
    {
        var who = meet.Index.Competitor(place.Heat.Event, place.Skater.Bib)!;
        return new FinalRow(
            place.Rank, place.Skater.Bib, who.Name, who.Nation, place.Skater.TimeMs, place.Skater.Status ?? Statuses.Dnf,
            place.Skater.Points, HeatPublisher.Members(who), Footnotes.About(notes, place.Skater.Bib));
    }

    private static RoundResults Round(Meet meet, RoundStanding round, ImmutableArray<Footnote> notes) => new(
        round.Round.Id, round.Round.Name, Words.Of(round.Status),
        [.. round.Heats.Select(heat => Heat(meet, heat, round, notes))],
        Entrants(meet, round));

    private static HeatResults Heat(Meet meet, HeatStanding standing, RoundStanding round, ImmutableArray<Footnote> notes) => new(
        standing.Heat.Id, standing.Heat.Number, standing.Heat.RunNumber, Words.Of(standing.State), standing.Heat.Version,
        [.. standing.Rows.Select(row => Row(meet, standing, row, round, notes))], VersionLine.Of(meet, standing.Heat));

    private static ResultRow Row(Meet meet, HeatStanding standing, SkaterStanding row, RoundStanding round, ImmutableArray<Footnote> notes)
    {
        var who = meet.Index.Competitor(standing.Heat.Event, row.Bib)!;
        return new ResultRow(
            row.Rank, row.Bib, who.Name, who.Nation, row.TimeMs, row.TimeMs is { } ms ? RaceTime.Format(ms, standing.Profile.TimeDigits) : null,
            row.Status, round.Find(row.Bib)?.Mark, Remarks.Of(meet, standing, row), row.Points, row.LapsDown, HeatPublisher.Members(who),
            Footnotes.About(notes, row.Bib, standing.Heat.Id), HeatPublisher.TimeBy(row), row.MeasuredMs,
            [.. FinishEvidence.Of(meet, standing, row).Select(EvidenceLine)]);
    }

    private static EvidenceRow EvidenceLine(FinishEvidence said) => new(
        Words.Of(said.Kind)!, said.Source, said.Elapsed is { } elapsed ? RaceTime.CutToMilliseconds(elapsed) : null, said.Place,
        (int)said.Precision.TotalMilliseconds);

    public static ImmutableArray<AdvancementRow> Entrants(Meet meet, RoundStanding round) =>
        [.. round.Entrants.Select(entrant => AdvancementLine(meet, entrant, round))];

    internal static AdvancementRow AdvancementLine(Meet meet, Entrant entrant, RoundStanding round)
    {
        var who = meet.Index.Competitor(round.Event.Id, entrant.Skater.Bib)!;
        var time = entrant.Skater.TimeMs;
        return new AdvancementRow(
            entrant.Skater.Bib, entrant.Mark, Words.Of(entrant.By), Words.Of(entrant.Certainty), entrant.Skater.Rank, time,
            who.Name, who.Nation, entrant.Heat.Heat.Id, time is { } ms ? RaceTime.Format(ms, entrant.Heat.Profile.TimeDigits) : null, entrant.TimeRank,
            entrant.NeededMs, Words.Sentence(meet, entrant, round));
    }

    /// <summary>The round's table with its cut line.</summary>
    public static RoundTable Table(Meet meet, RoundStanding round) => Table(meet, round, Entrants(meet, round));

    internal static RoundTable Table(Meet meet, RoundStanding round, ImmutableArray<AdvancementRow> rows) => new(
        meet.Id, round.Event.Id, round.Event.Name, round.Round.Id, round.Round.Name, Words.Of(round.Status),
        round.Round.Advance is { } rule ? Words.Rule(rule) : null, round.HeatsLeft,
        round.CutMs, round.CutMs is { } cut ? RaceTime.Format(cut) : null, round.Entrants.Count(entrant => entrant.Advances), rows);

    public static FinalTable FinalTable(Meet meet, EventDocument plan, IReadOnlyList<RoundStanding> rounds)
    {
        var notes = Footnotes.Of(meet, rounds);
        var rows = Final(meet, plan, rounds, notes);
        return new(
            plan.Id, plan.Name, Words.Of(StatusOf(meet, plan, rounds)),
            rows.IsEmpty ? [.. FinalRanking.SoFar(rounds).Select(place => FinalLine(meet, place, notes))] : rows,
            rounds.Count == 0 ? 0 : FinalRanking.Deciding(rounds).HeatsLeft);
    }

    /// <summary>Of a combined: the least advanced of its events.</summary>
    private static HeatStage StatusOf(Meet meet, EventDocument plan, IReadOnlyList<RoundStanding> rounds) =>
        RaceRules.Of(plan).IsRanking
            ? CombinedRanking.Races(meet, plan).Select(race => FinalRanking.Deciding(Rounds(meet, race)).Status).DefaultIfEmpty(HeatStage.Scheduled).Min()
            : FinalRanking.Deciding(rounds).Status;
}
