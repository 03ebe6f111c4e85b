using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules.Formats;

/// <summary>FMT-4 to FMT-7: 500 m, 500 m + D, one lap, 1000 m. Mass start, finish order; times for who goes through on time.</summary>
internal sealed class SprintRule : RaceRule
{
    /// <summary>FIN-2: sprints of 600 m and more rank a block by time over all heats, shorter ones by place, then time.</summary>
    private const decimal BlockByTimeFromM = 600;

    protected override FormatProfile Defaults(EventDocument plan) => new("sprint")
    {
        BlockRank = plan.DistanceM >= BlockByTimeFromM ? BlockRank.Time : BlockRank.PlaceThenTime,
    };
}
