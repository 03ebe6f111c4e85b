using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules.Formats;

/// <summary>FMT-16: a ranking over other events of the meet, without heats of its own; see <see cref="CombinedRanking"/>.</summary>
internal sealed class CombinedRule : RaceRule
{
    protected override FormatProfile Defaults(EventDocument plan) => new("combined");

    internal override bool IsRanking => true;
}
