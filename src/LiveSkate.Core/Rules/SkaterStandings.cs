using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>One skater's status and finish, from the most to the least trusted word: jury, photo finish, transponder (TIM-5).</summary>
internal static class SkaterStandings
{
    public static SkaterStanding Of(HeatRun run, string bib, int start, Crossings crossings)
    {
        var photo = run.PhotoFinish?.Rows.FirstOrDefault(row => row.Bib == bib);
        var hasJuryTime = run.Times.TryGetValue(bib, out var juryMs);
        var inOrder = run.Order.Any(group => group.Contains(bib, StringComparer.Ordinal));
        var (finish, evidence) =
            juryMs is { } ms ? (TimeSpan.FromMilliseconds(ms), Evidence.Jury)
            : photo?.Elapsed is { } elapsed ? (elapsed, Evidence.PhotoFinish)
            : crossings.FinishTime is { } crossed ? (crossed, Evidence.Transponder)
            : ((TimeSpan?)null, Evidence.None);

        var finished = inOrder || juryMs is not null || photo is { Status: Statuses.Ok } || crossings.Finished;
        var status = Sanction(run, bib)
            ?? (run.Eliminations.Any(gone => gone.Bib == bib) ? Statuses.Eliminated : null)
            ?? (inOrder || juryMs is not null ? Statuses.Ok : Photo(photo?.Status))
            ?? (finished ? Statuses.Ok : null)
            ?? (run.FinishCalled ? crossings.Last is null ? Statuses.Dns : Statuses.Dnf : null);
        var placedWithoutTime = (hasJuryTime && juryMs is null) || (juryMs is null && photo is { Place: not null, Elapsed: null });
        return new SkaterStanding
        {
            Bib = bib,
            Start = start,
            Status = status,
            Finish = finish,
            TimeMs = status == Statuses.Ok && !placedWithoutTime && finish is { } time ? RaceTime.CutToMilliseconds(time) : null,
            Evidence = inOrder ? Evidence.Jury : evidence,
            Crossings = crossings,
        };
    }

    /// <summary>Nothing of a race is shown before it has begun, whatever came early; who will not start is known.</summary>
    public static SkaterStanding BeforeStart(HeatRun run, string bib, int start) => new()
    {
        Bib = bib, Start = start, Status = Sanction(run, bib), Finish = null, TimeMs = null, Evidence = Evidence.None, Crossings = Crossings.None,
    };

    private static string? Sanction(HeatRun run, string bib) =>
        run.Sanctions.Where(sanction => sanction.Bib == bib && Index(sanction.Code) >= 0)
            .Select(sanction => sanction.Code)
            .MaxBy(code => Index(code));

    private static int Index(string code)
    {
        for (var i = 0; i < Statuses.Sanctions.Count; i++)
            if (Statuses.Sanctions[i] == code)
                return i;
        return -1;
    }

    /// <summary>COD-1: a disqualification without a kind is a sport fault.</summary>
    private static string? Photo(string? status) => status == "DSQ" ? Statuses.SportFault : status;
}
