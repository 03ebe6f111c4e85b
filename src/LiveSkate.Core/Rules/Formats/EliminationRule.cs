using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules.Formats;

/// <summary>FMT-11: the last over the line goes out; the survivors skate for it on the last lap.</summary>
internal sealed class EliminationRule : LongRace
{
    protected override FormatProfile Defaults(EventDocument plan) => Long("elimination") with { Elimination = new EliminationPlan() };
}
