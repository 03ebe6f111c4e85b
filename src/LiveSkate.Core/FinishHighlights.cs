using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core;

/// <param name="Kind">neutralised or stopped; null: it goes on.</param>
public sealed record RaceHeldUp(string Heat, string? Kind, string? Reason) : Highlight(Heat, null);

/// <summary>TIM-5: two finished closer together than what read them can tell.</summary>
public sealed record TooClose(string Heat, string Bib, string Other) : Highlight(Heat, Bib);

/// <param name="Bib">First, as the camera saw it; null where it saw nobody.</param>
/// <param name="Other">Second; null where there is none.</param>
/// <param name="MarginMs">Between the two; null where a time is missing.</param>
public sealed record PhotoFinishRead(string Heat, string? Bib, string? Other, long? MarginMs) : Highlight(Heat, Bib);

/// <param name="Kind">WR, GR …, as the document names the mark.</param>
public sealed record OnRecordPace(string Heat, string Bib, string Kind, long ProjectedMs) : Highlight(Heat, Bib);

/// <summary>REC-3: pending until it is ratified.</summary>
public sealed record RecordSkated(string Heat, string Bib, string Kind, bool Equalled, long TimeMs) : Highlight(Heat, Bib);

/// <summary>What a finish brings with it, and what it may bring while the race is on.</summary>
internal static class Finish
{
    /// <summary>Somebody has finished, or is told something else than before.</summary>
    public static bool Changed(HeatStanding was, HeatStanding now) =>
        was.Rows.Length != now.Rows.Length || now.RowsChangedFrom(was).Any(row => row.Was.Status != row.Now.Status || row.Was.TimeMs != row.Now.TimeMs);

    public static IEnumerable<Highlight> Between(Meet after, HeatStanding was, HeatStanding now) =>
        [.. HeldUp(was, now), .. Close(was, now), .. Photo(was, now), .. Pace(after, was, now), .. Skated(after, was, now)];

    private static IEnumerable<Highlight> HeldUp(HeatStanding was, HeatStanding now)
    {
        if (now.State == HeatStage.Running && now.Heat.Run.Paused is var paused && paused?.How != was.Heat.Run.Paused?.How)
            yield return new RaceHeldUp(now.Heat.Id, paused?.How, paused?.Reason);
    }

    private static IEnumerable<Highlight> Close(HeatStanding was, HeatStanding now)
    {
        for (var i = 1; i < now.Rows.Length; i++)
            if (now.Rows[i - 1] is { Unresolved: true } first && now.Rows[i] is { Unresolved: true } second
                && HeatRanking.AreClose(first, second, now.Profile) && !(was.Row(first.Bib).Unresolved && was.Row(second.Bib).Unresolved))
                yield return new TooClose(now.Heat.Id, first.Bib, second.Bib);
    }

    private static IEnumerable<Highlight> Photo(HeatStanding was, HeatStanding now)
    {
        if (now.Heat.Run.PhotoFinish is not { } photo || photo.Revision == was.Heat.Run.PhotoFinish?.Revision)
            yield break;
        // Where points rank, who was first over the line does not stand first.
        var seen = now.Rows.Where(row => row is { IsOk: true, Evidence: Evidence.PhotoFinish }).OrderBy(row => row.OnTrack).Take(2).ToList();
        yield return new PhotoFinishRead(
            now.Heat.Id, seen.ElementAtOrDefault(0)?.Bib, seen.ElementAtOrDefault(1)?.Bib, seen is [var first, var second] ? second.TimeMs - first.TimeMs : null);
    }

    private static IEnumerable<Highlight> Pace(Meet after, HeatStanding was, HeatStanding now)
    {
        var marks = after.EventOf(now.Heat).Records ?? [];
        if (marks.IsEmpty || !now.Profile.HasRecords || now.Leader is not { } leader || Projection.Of(now, leader) is not { FinishMs: var projected })
            yield break;
        var earlier = was.Leader is { } old ? Projection.Of(was, old)?.FinishMs : null;
        var nation = after.CompetitorOf(now.Heat, leader.Bib).Nation;
        if (marks.FirstOrDefault(mark => projected <= mark.TimeMs && Records.IsFor(mark, nation)) is { } mark && !(earlier <= mark.TimeMs))
            yield return new OnRecordPace(now.Heat.Id, leader.Bib, mark.Kind, projected);
    }

    private static IEnumerable<Highlight> Skated(Meet after, HeatStanding was, HeatStanding now)
    {
        foreach (var (old, row) in now.RowsChangedFrom(was))
            if (row is { IsOk: true, TimeMs: { } time } && old.TimeMs != time)
                foreach (var mark in Records.Of(after, now, row).Where(mark => mark.Pending))
                    yield return new RecordSkated(now.Heat.Id, row.Bib, mark.Kind, mark.Equalled, time);
    }
}
