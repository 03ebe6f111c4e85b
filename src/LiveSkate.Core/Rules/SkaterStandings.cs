using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>One skater's status and finish, from the most to the least trusted word: jury, photo finish, transponder (TIM-5).</summary>
internal static class SkaterStandings
{
    public static SkaterStanding Of(HeatRun run, string bib, int start, Crossings crossings)
    {
        var photo = run.PhotoFinish?.Row(bib);
        var hasJuryTime = run.Times.TryGetValue(bib, out var juryMs);
        var inOrder = run.PlaceInOrder(bib) is not null;
        var (finish, evidence) =
            juryMs is { } ms ? (TimeSpan.FromMilliseconds(ms), Evidence.Jury)
            : photo?.Elapsed is { } elapsed ? (elapsed, Evidence.PhotoFinish)
            : crossings.FinishTime is { } crossed ? (crossed, Evidence.Transponder)
            : ((TimeSpan?)null, Evidence.None);

        var finished = inOrder || juryMs is not null || photo is { Status: Statuses.Ok } || crossings.Finished;
        var status = Sanction(run, bib)
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

    /// <summary>The hardest that was given.</summary>
    private static string? Sanction(HeatRun run, string bib)
    {
        string? hardest = null;
        foreach (var given in run.Sanctions)
            if (given.Bib == bib && (hardest is null || Index(given.Code) > Index(hardest)))
                hardest = given.Code;
        return hardest;
    }

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
