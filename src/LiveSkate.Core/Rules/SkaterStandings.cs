using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>One skater's status and finish, from the most to the least trusted word: jury, photo finish, light beam, transponder (TIM-5).</summary>
internal static class SkaterStandings
{
    public static SkaterStanding Of(Race race, string bib, int start, Crossings crossings)
    {
        var run = race.Run;
        var photo = run.PhotoFinish?.Rows.FirstOrDefault(row => row.Bib == bib);
        var juryMs = run.Times.GetValueOrDefault(bib);
        var inOrder = run.Order.Any(group => group.Contains(bib, StringComparer.Ordinal));
        var (finish, evidence) =
            juryMs is { } ms ? (TimeSpan.FromMilliseconds(ms), Evidence.Jury)
            : photo?.Elapsed is { } elapsed ? (elapsed, Evidence.PhotoFinish)
            : crossings.FinishTime is { } crossed ? (crossed, FinishEvidence.KindOf(crossings.Laps[^1]))
            : ((TimeSpan?)null, Evidence.None);

        var status = SanctionSheet.StatusOf(race, bib)
            ?? (run.Eliminations.Any(gone => gone.Bib == bib) ? Statuses.Eliminated : null)
            ?? (inOrder || juryMs is not null ? Statuses.Ok : Photo(run, photo))
            ?? (crossings.Finished ? Statuses.Ok : null)
            ?? (run.FinishCalled ? crossings.Last is null ? Statuses.Dns : Statuses.Dnf : null);
        var official = status == Statuses.Ok ? OfficialMs(run, bib, finish) : null;
        return new SkaterStanding
        {
            Bib = bib,
            Start = start,
            Status = status,
            Finish = finish,
            TimeMs = official,
            MeasuredMs = Measured(official, crossings.FinishTime ?? photo?.Elapsed),
            Evidence = inOrder ? Evidence.Jury : evidence,
            TimedBy = evidence,
            Crossings = crossings,
            OwnStart = race.Rule.HasOwnClocks ? OwnStart.Of(race, bib) : null,
            Lane = race.LaneOf(bib),
            Proposed = SanctionSheet.ProposalFor(race, bib),
        };
    }

    /// <summary>Of who finished; null for a place without a time (TIM-9), which the jury or the camera gave.</summary>
    public static long? OfficialMs(HeatRun run, string bib, TimeSpan? finish)
    {
        var isTimed = run.Times.TryGetValue(bib, out var juryMs) ? juryMs is not null : run.PhotoFinish?.Row(bib) is not { Place: not null, Elapsed: null };
        return isTimed && finish is { } time ? RaceTime.CutToMilliseconds(time) : null;
    }

    /// <summary>Nothing of a race is shown before it has begun, whatever came early; who will not start is known.</summary>
    public static SkaterStanding BeforeStart(Race race, string bib, int start) => new()
    {
        Bib = bib, Start = start, Status = SanctionSheet.StatusOf(race, bib), Finish = null, TimeMs = null, Evidence = Evidence.None,
        Crossings = Crossings.None, Lane = race.LaneOf(bib),
    };

    /// <summary>TIM-8: what the track read by itself, where the photo finish or the jury made the official time another.</summary>
    private static long? Measured(long? official, TimeSpan? read) =>
        official is { } said && read is { } time && RaceTime.CutToMilliseconds(time) is var ms && ms != said ? ms : null;

    /// <summary>COD-1: what the camera's operator wrote, in our codes.</summary>
    private static string? Photo(HeatRun run, FinishRow? row) => row is null ? null
        : ForeignCodes.Status(row.Status, row.Place is not null, row.Place == run.PhotoFinish!.Rows.Max(other => other.Place));
}
