using LiveSkate.Core.Meets;

namespace LiveSkate.Core;

/// <summary>
/// A document that is put again, before the first heat was armed: it says who starts where. What was said and read since stays, wherever
/// the new document still has a place for it: a name that is mended must not close a heat that is open, or forget who will not start.
/// </summary>
internal static class MeetReplacement
{
    public static Meet Of(Meet before, MeetDocument document, Recorded recorded)
    {
        var after = before.Said.Aggregate(
            MeetFold.Start(before.Id, document, recorded) with { StraySignals = before.StraySignals },
            static (sofar, said) => said.InForce is { } word && HasPlace(sofar, word.Fact)
                ? MeetFold.Step(sofar, word) with { Said = sofar.Said.Add(said) }
                : sofar);
        foreach (var heat in after.Heats.Values)
        {
            after = after.With(heat with
            {
                TouchedAt = recorded.At, TouchedOn = recorded.RecordedAt, Versions = (before.Heats.GetValueOrDefault(heat.Id) ?? before.Former.GetValueOrDefault(heat.Id))?.Versions ?? [],
            });
            if (before.Heats.ContainsKey(heat.Id))
                after = Trace.WithVersion(before, after, heat.Id, recorded);
        }
        // The chips may have other wearers now.
        return before.Passings.Values.SelectMany(passings => passings).Concat(before.StrayPassings).OrderBy(passing => passing.At)
            .Aggregate(after, Passings.KeepAgain);
    }

    private static bool HasPlace(Meet meet, Fact fact) => fact switch
    {
        HeatFact heat => meet.Heats.TryGetValue(heat.Heat, out var known) && BibsOf(heat).All(known.Has),
        FinishRead finish => meet.Heats.TryGetValue(finish.Heat, out var known) && finish.Rows.All(row => known.Has(row.Bib)),
        DrawProposed draw => IsDrawnStill(meet, draw, draw.Heats.SelectMany(heat => heat)),
        DrawConfirmed draw => IsDrawnStill(meet, draw, draw.Heats.SelectMany(heat => heat)),
        SkaterAdvanced move => meet.HeatsOf(move.Event, move.Round).Any(heat => heat.Has(move.Bib)),
        SkaterWithdrawn move => meet.HeatsOf(move.Event, move.Round).Any(heat => heat.Has(move.Bib)),
        TransponderAssigned word => word.Skater is null || meet.Index.Skater(word.Skater) is not null,
        // Guns and chips from before the first heat was armed are strays, and stay so.
        _ => false,
    };

    /// <summary>Its round is still one that is drawn, and everybody in it is still entered.</summary>
    private static bool IsDrawnStill(Meet meet, RoundFact draw, IEnumerable<string> bibs) =>
        meet.Index.Round(draw.Event, draw.Round) is { Heats.IsDrawnLater: true } && bibs.All(bib => meet.Index.Competitor(draw.Event, bib) is not null);

    /// <summary>Of what can be said of a heat that was never armed.</summary>
    private static IEnumerable<string> BibsOf(HeatFact fact) => fact switch
    {
        SkaterSanctioned given => [given.Bib],
        SanctionLifted lifted => [lifted.Bib],
        _ => [],
    };
}
