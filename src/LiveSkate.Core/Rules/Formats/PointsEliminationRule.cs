using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules.Formats;

/// <summary>FMT-10, PEL-1: both at once on alternating laps. The survivors by points, then the others from the back (PEL-2).</summary>
internal sealed class PointsEliminationRule : LongRace
{
    protected override FormatProfile Defaults(EventDocument plan) => Long("pointsElimination") with
    {
        Sprints = new SprintPlan(),
        Elimination = new EliminationPlan { Last = 1 },
    };
}
