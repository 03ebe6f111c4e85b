using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules.Formats;

/// <summary>
/// FMT-13, REL-4: a team alone or two at opposite lines, against the clock; the team is where its n-th skater is, at each split and at the end.
/// </summary>
internal sealed class TeamTimeTrialRule : RaceRule
{
    protected override FormatProfile Defaults(EventDocument plan) => new("teamTimeTrial") { Counts = 3 };

    internal override bool HasOwnClocks => true;

    internal override bool HasTeams => true;

    internal override bool CountsMembers => true;

    internal override Crossings CrossingsOf(Race race, string bib, DateTimeOffset gun, List<UsedPassing>? uses)
    {
        if (OwnStart.Of(race, bib) is not { } start)
        {
            uses?.AddRange(RacePassings.Counting(race, bib, gun).Select(passing => new UsedPassing(passing, PassingUse.TooEarly, 0)));
            return Crossings.None;
        }
        var members = race.Meet.CompetitorOf(race.Heat, bib).Members
            .Select(member => Crossings.Of(RacePassings.Counting(race, bib, member.Id, gun), start, race.Course, uses))
            .ToList();
        return Crossings.Through(Nth(members, race.Profile.Counts ?? members.Count), race.Course);
    }

    internal override SkaterStanding[] Score(Race race, SkaterStanding[] skaters) => CommonSplit.Mark(OwnStart.Left(race, skaters));

    internal override int CompareFinished(Race race, FinishOrder order, SkaterStanding a, SkaterStanding b) => order.CompareByTime(a, b);

    internal override int CompareLive(Race race, SkaterStanding a, SkaterStanding b) => CommonSplit.Compare(a, b);

    /// <summary>Each point that so many have passed, at the time of the last of these.</summary>
    private static ImmutableArray<RacePoint> Nth(List<Crossings> members, int counts)
    {
        var points = ImmutableArray.CreateBuilder<RacePoint>();
        var passed = members.SelectMany(member => member.Points).ToList();
        passed.Sort((a, b) => a.CompareProgress(b) is not 0 and var progress ? progress : a.Elapsed.CompareTo(b.Elapsed));
        for (var i = counts - 1; i < passed.Count; i++)
            if (passed[i].CompareProgress(passed[i - counts + 1]) == 0 && (points.Count == 0 || points[^1].CompareProgress(passed[i]) != 0))
                points.Add(passed[i]);
        // Where some were not read at a split, the n-th to be read there may come after the team was farther along: that is no split of the team.
        for (var i = points.Count - 2; i >= 0; i--)
            if (points[i].Elapsed > points[i + 1].Elapsed)
                points.RemoveAt(i);
        return points.ToImmutable();
    }
}
