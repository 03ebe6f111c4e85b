using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules.Formats;

/// <summary>FMT-14, FMT-15: line race, marathon. Laps, then the order over the line; gross time from one gun.</summary>
internal sealed class MassStartRule : LongRace
{
    protected override FormatProfile Defaults(EventDocument plan) => Long("massStart");
}
