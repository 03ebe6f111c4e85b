using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules.Formats;

/// <summary>
/// FMT-12, REL-1 to REL-3: teams, one of each in the race, the others circling inside. Finish order, as in a sprint; the rank is the team's.
/// </summary>
internal sealed class RelayRule : RaceRule
{
    protected override FormatProfile Defaults(EventDocument plan) => new("relay") { MaxSpeed = 14m, MinLapShare = 0.85m };

    internal override bool HasTeams => true;

    internal override Crossings CrossingsOf(Race race, string bib, DateTimeOffset gun, List<UsedPassing>? uses) =>
        new TeamLaps(race, bib, gun).Count(uses);
}
