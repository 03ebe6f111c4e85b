using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules.LongRaces;

/// <summary>When the first of the field crossed the line for the first, second, n-th time, and who that was.</summary>
internal sealed class LeadLaps
{
    private readonly List<(TimeSpan At, string Bib)> _first = [];

    /// <summary>Of all who race or raced: a disqualification afterwards laps nobody and unlaps nobody.</summary>
    public static LeadLaps Of(IEnumerable<SkaterStanding> skaters)
    {
        var lead = new LeadLaps();
        foreach (var skater in skaters.Where(skater => TrackOrder.IsIn(skater) || Statuses.IsDisqualified(skater.Status)))
            for (var i = 0; i < skater.Crossings.Lap; i++)
            {
                var at = skater.Crossings.Laps[i].Elapsed;
                if (i == lead._first.Count)
                    lead._first.Add((at, skater.Bib));
                else if (at < lead._first[i].At)
                    lead._first[i] = (at, skater.Bib);
            }
        return lead;
    }

    public int Laps => _first.Count;

    /// <param name="lap">1 for the first crossing.</param>
    public string? LeaderOf(int lap) => lap > 0 && lap <= Laps ? _first[lap - 1].Bib : null;

    /// <summary>Whole laps behind the leader: seen at her own last crossing, or longer ago than she could have missed it.</summary>
    public int Behind(Crossings crossings)
    {
        var behind = Laps - crossings.Lap - 1;
        if (crossings.Lap > 0)
        {
            var at = crossings.Laps[^1].Elapsed;
            behind = Math.Max(behind, _first.Count(first => first.At <= at) - crossings.Lap);
        }
        return Math.Max(0, behind);
    }
}
