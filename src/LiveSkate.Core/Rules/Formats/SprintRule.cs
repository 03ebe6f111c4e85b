using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules.Formats;

/// <summary>
/// FMT-1, FMT-4 to FMT-7: 100 m in lanes, 500 m, 500 m + D, one lap, 1000 m. One gun, finish order; times for who goes through on time.
/// </summary>
internal sealed class SprintRule : RaceRule
{
    /// <summary>FIN-2: the 100 m, and sprints of 600 m and more, rank a block by time over all heats, the others by place, then time.</summary>
    private const decimal InLanesUpToM = 100, BlockByTimeFromM = 600;

    protected override FormatProfile Defaults(EventDocument plan) => new("sprint")
    {
        Lanes = plan.DistanceM <= InLanesUpToM,
        BlockRank = plan.DistanceM is <= InLanesUpToM or >= BlockByTimeFromM ? BlockRank.Time : BlockRank.PlaceThenTime,
    };
}
