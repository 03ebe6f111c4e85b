using System.Collections.Immutable;
using System.Diagnostics;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core;

/// <summary>
/// A document that is put again, before the first heat was armed: it says who starts where. What was done and read since stays, wherever
/// the new document still has a place for it: a name that is mended must not close a heat that is open, or forget who will not start.
/// </summary>
internal static class MeetReplacement
{
    public static Meet Of(Meet before, MeetDocument document, Recorded recorded)
    {
        var after = MeetFold.Start(before.Id, document, recorded);
        after = after with
        {
            Heats = after.Heats.ToImmutableDictionary(heat => heat.Key, heat => WithRuns(heat.Value, before)),
            StraySignals = before.StraySignals,
        };
        after = before.Heats.Values.Where(heat => IsDrawn(before, heat) && IsDrawn(after, heat))
            .Aggregate(after, (sofar, heat) => sofar.WithHeat(heat with { TouchedAt = recorded.At, TouchedOn = recorded.RecordedAt }));
        after = after with { JuryMoves = before.JuryMoves.RemoveAll(move => !HasPlace(after, move)), Touched = [.. after.Heats.Keys] };
        // The chips may have other wearers now.
        return before.Passings.Values.SelectMany(passings => passings).Concat(before.StrayPassings).OrderBy(passing => passing.At)
            .Aggregate(after, (sofar, passing) => MeetFold.Keep(sofar, passing with { AtM = MeetFold.AtM(sofar, passing.Source) }));
    }

    private static Heat WithRuns(Heat heat, Meet before) =>
        before.Heats.TryGetValue(heat.Id, out var old) && (old.Event, old.Round) == (heat.Event, heat.Round)
            ? heat with { Runs = [.. old.Runs.Select(run => Fitting(run, heat))] }
            : heat;

    /// <summary>Its round is one that is drawn, and everybody in it is entered.</summary>
    private static bool IsDrawn(Meet meet, Heat heat) =>
        meet.Index.Round(heat.Event, heat.Round) is { Heats.IsDrawnLater: true } && heat.Bibs.All(bib => meet.Index.Skater(heat.Event, bib) is not null);

    private static HeatRun Fitting(HeatRun run, Heat heat) => run with
    {
        Sanctions = run.Sanctions.RemoveAll(given => !heat.Has(given.Bib)),
        PhotoFinish = run.PhotoFinish is { } finish && finish.Rows.All(row => heat.Has(row.Bib)) ? finish : null,
    };

    private static bool HasPlace(Meet meet, RoundFact move)
    {
        var bib = move switch
        {
            SkaterAdvanced advanced => advanced.Bib,
            SkaterWithdrawn withdrawn => withdrawn.Bib,
            _ => throw new UnreachableException(move.GetType().Name),
        };
        return meet.HeatsOf(move.Event, move.Round).Any(heat => heat.Has(bib));
    }
}
