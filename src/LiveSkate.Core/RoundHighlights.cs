using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core;

/// <param name="Heat">Hers, whichever heat it was that moved her.</param>
/// <param name="TimeRank">Null where she came in by place.</param>
public sealed record IntoQualifying(string Heat, string Bib, int? TimeRank, int Places) : Highlight(Heat, Bib);

public sealed record OutOfQualifying(string Heat, string Bib) : Highlight(Heat, Bib);

/// <summary>Who moves across the cut of a round, in whatever heat (QUA-12).</summary>
internal static class RoundHighlights
{
    public static IEnumerable<Highlight> Between(Meet before, Meet after, HeatStanding was, HeatStanding now)
    {
        var decided = was.State != now.State && now.State == HeatStage.Official;
        if ((!decided && !Finish.Changed(was, now)) || after.Index.Round(now.Heat.Event, now.Heat.Round)!.Advance is null)
            yield break;
        var (old, round) = (HeatPublisher.RoundOf(before, was.Heat), HeatPublisher.RoundOf(after, now.Heat));
        var known = new Dictionary<string, Entrant>(StringComparer.Ordinal);
        foreach (var entrant in old.Entrants)
            known.TryAdd(entrant.Skater.Bib, entrant);
        foreach (var entrant in round.Entrants)
        {
            var earlier = known.GetValueOrDefault(entrant.Skater.Bib);
            if (decided && entrant.Mark is { } mark && earlier?.Mark is null)
                yield return new Through(entrant.Heat.Heat.Id, entrant.Skater.Bib, mark);
            else if (!decided && Crossed(earlier, entrant, round, was) is { } highlight)
                yield return highlight;
        }
    }

    /// <summary>Only who has finished, and only once the places are taken: before that everybody is in who comes.</summary>
    private static Highlight? Crossed(Entrant? was, Entrant now, RoundStanding round, HeatStanding before)
    {
        var isIn = now is { Advances: true, Skater.IsOk: true };
        var wasIn = was is { Advances: true, Skater.IsOk: true };
        if (isIn && !wasIn && (now.By == AdvancedBy.Time ? round.CutMs is not null : before.IsOver))
            return new IntoQualifying(now.Heat.Heat.Id, now.Skater.Bib, now.TimeRank, round.Round.Advance!.Fastest);
        return wasIn && !now.Advances ? new OutOfQualifying(now.Heat.Heat.Id, now.Skater.Bib) : null;
    }
}
