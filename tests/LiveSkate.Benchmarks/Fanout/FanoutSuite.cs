using LiveSkate.Benchmarks.Harness;
using LiveSkate.Benchmarks.Load;

namespace LiveSkate.Benchmarks.Fanout;

/// <summary>LiveSkate's fan-out beside what one would pick instead: rounds in which each system has its turn, then what only needs doing once.</summary>
internal static class FanoutSuite
{
    public const double CalmRate = 20, FastRate = 400, CrowdedRate = 5;

    public static async Task<Section> RunAsync(Plan plan, CancellationToken cancel)
    {
        await using var crowd = Crowd.Start();
        var rounds = new List<Outcome[]>();
        for (var round = 0; round < plan.Rounds; round++)
        {
            Console.WriteLine($"   round {round + 1}");
            // Whoever comes first finds the machine as the others have left it: it is another one each time.
            var trials = Round(plan);
            var outcomes = new Outcome[trials.Length];
            for (var i = 0; i < trials.Length; i++)
            {
                var turn = (i + round * 3) % trials.Length;
                outcomes[turn] = await trials[turn].RunAsync(plan, crowd, cancel);
            }

            rounds.Add(outcomes);
        }

        Console.WriteLine("   once");
        var once = new List<Outcome>();
        foreach (var trial in Once(plan))
            once.Add(await trial.RunAsync(plan, crowd, cancel));
        var minute = await StalledMinute.RunAsync(plan, cancel);
        return new FanoutReport(plan, rounds, once, minute).Write();
    }

    private static Trial[] Round(Plan plan)
    {
        var crowded = CrowdedViewers(plan);
        return [
            new Trial(Kind.LiveSkate, Shown.Passing, 1000, CalmRate),
            new Trial(Kind.LiveSkate, Shown.Passing, 1000, CalmRate, StallsOneIn: 20),
            // The frame with which it was measured by hand.
            new Trial(Kind.LiveSkate, Shown.Line, 1000, CalmRate) { FastRate = FastRate },
            .. Others.Select(kind => new Trial(kind, Shown.Passing, 1000, CalmRate)),
            new Trial(Kind.LiveSkate, Shown.Passing, crowded, CrowdedRate) { Storms = true },
            new Trial(Kind.Raw, Shown.Passing, crowded, CrowdedRate) { Storms = true },
            new Trial(Kind.Mosquitto, Shown.Passing, crowded, CrowdedRate),
        ];
    }

    private static IEnumerable<Trial> Once(Plan plan)
    {
        if (plan.Quick)
            yield break;
        foreach (var kind in Enum.GetValues<Kind>())
            yield return new Trial(kind, Shown.Passing, 100, CalmRate);
        foreach (var kind in Enum.GetValues<Kind>().Except([Kind.LiveSkate, Kind.Raw, Kind.Mosquitto]))
            yield return new Trial(kind, Shown.Passing, CrowdedViewers(plan), CrowdedRate);
        foreach (var kind in Enum.GetValues<Kind>())
            yield return new Trial(kind, Shown.Passing, 10_000, 2);
    }

    private static int CrowdedViewers(Plan plan) => plan.Choose(5000, 1500);

    private static IEnumerable<Kind> Others => Enum.GetValues<Kind>().Where(kind => kind != Kind.LiveSkate);
}
