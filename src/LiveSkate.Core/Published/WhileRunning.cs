using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Published;

/// <summary>What a screen shows of a race that is on, beside its order: the last split that all have, and the marks to beat.</summary>
internal sealed class WhileRunning(HeatStanding standing, EventDocument plan)
{
    /// <summary>The last lap that all who still skate have behind them.</summary>
    public int? CommonLap { get; } =
        standing.State == HeatStage.Running && standing.Rows.Where(row => row.Status is null).Select(row => (int?)row.Crossings.Lap).Min() is > 0 and var lap
            ? lap
            : null;

    public ImmutableArray<MarkLine> Marks =>
    [
        .. (HasRecords ? plan.Records ?? [] : []).Select(mark => new MarkLine(
            mark.Kind, mark.TimeMs, RaceTime.Format(mark.TimeMs), mark.Holder, (long)(mark.TimeMs * standing.Course.LapM / Distance))),
    ];

    private bool HasRecords => standing.Profile.HasRecords;

    private decimal Distance => standing.Course.FirstLapM + (standing.Course.Laps - 1) * standing.Course.LapM;

    public long? CommonMs(SkaterStanding row) =>
        CommonLap is { } lap && row.Crossings.Lap >= lap ? RaceTime.CutToMilliseconds(row.Crossings.Laps[lap - 1].Elapsed) : null;

    /// <summary>Nobody is told a lap that nobody can skate.</summary>
    public long? RecordLapMs(SkaterStanding row, string nation)
    {
        if (!HasRecords || standing.State != HeatStage.Running || row is not { Status: null, Crossings.Laps: [.., var last] })
            return null;
        var left = standing.Course.Laps - row.Crossings.Lap;
        if (left <= 0 || plan.Records?.FirstOrDefault(mark => Records.IsFor(mark, nation)) is not { } mark)
            return null;
        var lap = (mark.TimeMs - RaceTime.CutToMilliseconds(last.Elapsed)) / left;
        return lap * standing.Profile.MaxSpeed >= standing.Course.LapM * 1000 ? lap : null;
    }
}
