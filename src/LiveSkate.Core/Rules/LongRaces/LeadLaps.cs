using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules.LongRaces;

/// <summary>When the first of the field crossed the line for the first, second, n-th time, and who that was.</summary>
internal sealed class LeadLaps
{
    private readonly List<(TimeSpan At, string Bib)> _first = [];

    public static LeadLaps Of(HeatRun run, IEnumerable<SkaterStanding> skaters)
    {
        var lead = new LeadLaps();
        foreach (var skater in skaters.Where(skater => run.MakesTheRace(skater.Bib)))
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

    /// <param name="lap">1 for the first crossing, up to <see cref="Laps"/>.</param>
    public string LeaderOf(int lap) => _first[lap - 1].Bib;

    /// <summary>Whole laps behind the leader: seen at her own last crossing, or longer ago than she could have missed it.</summary>
    public int Behind(Crossings crossings) => Math.Max(Laps - crossings.Lap - 1, BehindAt(crossings, crossings.Lap));

    /// <summary>The same as she crossed the line for the n-th time.</summary>
    public int BehindAt(Crossings crossings, int lap) =>
        lap > 0 && lap <= crossings.Lap ? Math.Max(0, _first.Count(first => first.At <= crossings.Laps[lap - 1].Elapsed) - lap) : 0;
}
