using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules.Formats;

/// <summary>FMT-8, FMT-9: points at sprints; the order over the line parts those with as many.</summary>
internal sealed class PointsRule : LongRace
{
    /// <summary>FMT-20: up to 5000 m points are given before the first 1000 m are over; from where is not written down anywhere we could read.</summary>
    private const decimal ShortRaceM = 5000, ShortFromM = 400;

    protected override FormatProfile Defaults(EventDocument plan) => Long("points") with
    {
        Sprints = plan.DistanceM <= ShortRaceM ? new SprintPlan { FromM = ShortFromM } : new SprintPlan(),
    };
}
