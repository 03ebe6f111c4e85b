using System.Collections.Immutable;
using CsCheck;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>rules.md section 20, and what design.md section 4 promises of any heat that can happen.</summary>
public sealed class Properties
{
    /// <summary>One skater's race: when he crosses, and whether each ankle is read.</summary>
    private sealed record Ride(double FirstLap, double[] Laps, bool[] Left, bool[] Right);

    private static readonly Gen<Ride> AnyRide = Gen.Select(
        Gen.Double[14, 30], Gen.Double[14, 25].Array[0, 6], Gen.Bool.Array[8], Gen.Frequency((9, Gen.Const(true)), (1, Gen.Const(false))).Array[8],
        (first, laps, left, right) => new Ride(first, laps, left, right));

    private static readonly Gen<Ride[]> AnyHeat = AnyRide.Array[2, 6];

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static string[] Bibs(int count) => [.. Enumerable.Range(1, count).Select(i => $"{i}")];

    private static List<TrackFact> Facts(MeetScript script, Ride[] rides)
    {
        var facts = new List<TrackFact> { new SignalGiven { Source = "start-1", Kind = SignalKind.Gun, Time = script.Passing("1", 0).Time } };
        for (var i = 0; i < rides.Length; i++)
        {
            var at = rides[i].FirstLap;
            for (var lap = 0; lap <= rides[i].Laps.Length; lap++)
            {
                if (rides[i].Left[lap])
                    facts.Add(script.Passing($"{i + 1}", at));
                if (rides[i].Right[lap])
                    facts.Add(script.Passing($"{i + 1}", at + 0.031, "b"));
                at += lap < rides[i].Laps.Length ? rides[i].Laps[lap] : 0;
            }
        }
        return facts;
    }

    private static MeetScript Armed(int skaters) =>
        new MeetScript(MeetScript.Sprint([Bibs(skaters)])).Do(new OpenHeat("h1")).Do(new ArmHeat("h1"));

    private static string Public(MeetScript script) => string.Join('\n',
        script.Heat("h1").Rows.Select(row => $"{row.Bib} {row.Rank} {row.TimeMs} {row.Status} {row.Crossings.Lap} {row.Crossings.Last?.Elapsed}")
            .Prepend($"{script.Heat("h1").State}"));

    [Fact]
    public void The_order_of_arrival_does_not_matter_and_repeats_change_nothing() =>
        Gen.Select(AnyHeat, Gen.Int[0, int.MaxValue]).Sample((rides, seed) =>
        {
            var straight = Armed(rides.Length);
            var facts = Facts(straight, rides);
            facts.ForEach(fact => straight.Hear(fact));

            var mixed = Armed(rides.Length);
            var random = new Random(seed);
            var shuffled = facts.Concat(facts.Where(_ => random.Next(4) == 0)).ToArray();
            random.Shuffle(shuffled);
            foreach (var fact in shuffled)
                mixed.Hear(fact);
            Assert.Equal(Public(straight), Public(mixed));
        }, iter: 300);

    [Fact]
    public void The_order_of_arrival_does_not_matter_to_a_recall_either() =>
        Gen.Select(AnyHeat, Gen.Double[0, 120], Gen.Int[0, int.MaxValue]).Sample((rides, recall, seed) =>
        {
            var straight = Armed(rides.Length);
            var facts = Facts(straight, rides);
            facts.Add(new SignalGiven { Source = "start-1", Kind = SignalKind.Recall, Time = straight.Passing("1", recall).Time });
            facts.ForEach(fact => straight.Hear(fact));
            var mixed = Armed(rides.Length);
            var shuffled = facts.ToArray();
            new Random(seed).Shuffle(shuffled);
            foreach (var fact in shuffled)
                mixed.Hear(fact);
            Assert.Equal(Public(straight), Public(mixed));
        }, iter: 300);

    [Fact]
    public void Replay_equals_live() =>
        AnyHeat.Sample(rides =>
        {
            var live = Armed(rides.Length);
            Facts(live, rides).ForEach(fact => live.Hear(fact));
            live.Do(new FinishHeat("h1")).Do(new Publish("h1")).Do(new Sanction("h1", "1", "DSQ-SF", "x"));
            var replayed = live.Journal.Aggregate(Venue.Empty, VenueFold.Apply).Meets[MeetScript.MeetId];
            var plan = live.Meet.Document.Events[0];
            Assert.Equal(
                System.Text.Json.JsonSerializer.Serialize(ResultsPublisher.Results(live.Meet, plan)),
                System.Text.Json.JsonSerializer.Serialize(ResultsPublisher.Results(replayed, plan)));
        }, iter: 100);

    [Fact]
    public void Ranks_of_a_heat_are_a_competition_ranking_and_a_sport_fault_never_has_one() =>
        Gen.Select(AnyHeat, OneOf([.. Statuses.Sanctions]).Array[0, 4]).Sample((rides, codes) =>
        {
            var script = Raced(rides);
            for (var i = 0; i < Math.Min(codes.Length, rides.Length); i++)
                script.Do(new Sanction("h1", $"{i + 1}", codes[i], "x"));
            var rows = script.Heat("h1").Rows;
            var ranks = rows.Select(row => row.Rank).OfType<int>().Order().ToArray();
            for (var i = 0; i < ranks.Length; i++)
                Assert.True(ranks[i] == i + 1 || (i > 0 && ranks[i] == ranks[i - 1]), string.Join(",", ranks));
            Assert.All(rows.Where(row => row.Status is "DSQ-SF" or "DSQ-DF"), row => Assert.Null(row.Rank));
        }, iter: 200);

    [Fact]
    public void A_disqualification_makes_nobody_else_worse() =>
        Gen.Select(AnyHeat, Gen.Int[0, 5], OneOf("DSQ-TF", "DSQ-SF", "DSQ-DF")).Sample((rides, who, code) =>
        {
            var script = Raced(rides);
            var before = script.Heat("h1").Rows.Where(row => row.IsOk).ToDictionary(row => row.Bib, row => row.Rank!.Value);
            var bib = $"{who % rides.Length + 1}";
            script.Do(new Sanction("h1", bib, code, "x"));
            Assert.All(script.Heat("h1").Rows.Where(row => row.IsOk), row => Assert.True(row.Rank <= before[row.Bib]));
        }, iter: 200);

    private static MeetScript Raced(Ride[] rides)
    {
        var script = Armed(rides.Length);
        Facts(script, rides).ForEach(fact => script.Hear(fact));
        return script.Do(new FinishHeat("h1")).Do(new Publish("h1"));
    }

    [Fact]
    public void The_draw_is_a_permutation_with_heat_sizes_that_differ_by_at_most_one() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 7], Gen.Int[0, 3], Gen.Int[0, 12], Gen.Int[1, 5], OneOf(Draw.TwoPassSnake, Draw.DirectThenTime, Draw.Bracket), Gen.Int[80_000, 80_030].Array[28])
            .Where((heats, size, perHeat, fastest, _, _, _) => perHeat + fastest > 0 && heats * size > 0)
            .Sample((heats, size, perHeat, fastest, next, draw, times) =>
            {
                var bibs = Enumerable.Range(0, heats).Select(h => Enumerable.Range(0, size).Select(i => $"{h * size + i + 1}").ToArray()).ToArray();
                var script = new MeetScript(MeetScript.Sprint(bibs, new AdvanceRule(perHeat, fastest), [MeetScript.Final(next, draw)]));
                for (var h = 0; h < heats; h++)
                {
                    script.Start($"h{h + 1}");
                    foreach (var bib in bibs[h])
                        script.Skate(bib, times[int.Parse(bib) - 1]);
                    script.Sign($"h{h + 1}");
                }
                var through = script.Round().Entrants.Where(e => e.Advances).Select(e => e.Skater.Bib).ToList();
                var plan = script.Meet.Document.Events[0];
                var drawn = Draw.Propose(script.Meet, plan, plan.Rounds[1], script.Round());
                Assert.Equal(through.Order(), drawn.SelectMany(heat => heat).Order());
                Assert.True(drawn.Max(heat => heat.Length) - drawn.Min(heat => heat.Length) <= 1);
                // rules.md section 20: at least as many as the rule says.
                var pool = script.Round().Entrants.Count(e => e.TimeRank is not null);
                Assert.True(through.Count >= Math.Min(perHeat, size) * heats + Math.Min(fastest, pool));
            }, iter: 100);

    /// <summary>
    /// At a random moment of a round somebody is told safe or gone; then the rest of it goes any way it may: any order, any
    /// times, people who stop, do not start or are disqualified, dead heats, results taken back before they are signed; whether all may go
    /// through on time or only one place, and whether those level at the cut do (QUA-2, QUA-5, QUA-12).
    /// </summary>
    [Fact]
    public void Certainty_never_lies() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 6], Gen.Bool, Gen.Bool, Gen.Int[0, int.MaxValue]).Where((perHeat, fastest, _, _, _) => perHeat + fastest > 0)
            .Sample((perHeat, fastest, onePlace, tiesAdvance, seed) =>
            {
                var random = new Random(seed);
                var bibs = Enumerable.Range(0, 3).Select(h => Enumerable.Range(1, 4).Select(i => $"{h * 4 + i}").ToArray()).ToArray();
                var document = MeetScript.Sprint(bibs, new AdvanceRule(perHeat, fastest, onePlace ? perHeat + 1 : null), [MeetScript.Final()]);
                var rules = new RuleDocument { TieAtTimeCut = tiesAdvance ? "allAdvance" : "none" };
                var script = new MeetScript(document with { Events = [document.Events[0] with { Rules = rules }] });
                var promised = new Dictionary<string, Certainty>();
                for (var h = 0; h < 3; h++)
                {
                    script.Start($"h{h + 1}");
                    foreach (var bib in bibs[h])
                    {
                        if (random.Next(8) > 0)
                            script.Skate(bib, 80_000 + random.Next(12), random.Next(10) == 0 ? 3 : 5);
                        Remember(script, promised);
                    }
                    script.Do(new FinishHeat($"h{h + 1}"));
                    Remember(script, promised);
                    if (random.Next(3) == 0)
                        script.Do(new SetFinishOrder($"h{h + 1}", [[bibs[h][0]], [bibs[h][1], bibs[h][2]]]));
                    Remember(script, promised);
                    script.Do(new Publish($"h{h + 1}"));
                    Remember(script, promised);
                    foreach (var bib in bibs[h].Where(_ => random.Next(6) == 0))
                        script.Do(new Sanction($"h{h + 1}", bib, Statuses.Sanctions[random.Next(Statuses.Sanctions.Count)], "x"));
                    Remember(script, promised);
                    script.Do(new MakeOfficial($"h{h + 1}"));
                    Remember(script, promised);
                }
                var end = script.Round();
                foreach (var (bib, certainty) in promised)
                    Assert.True(end.Find(bib)!.Advances == (certainty == Certainty.Safe), $"{bib} was told {certainty}, seed {seed}");
            }, iter: 400);

    private static void Remember(MeetScript script, Dictionary<string, Certainty> promised)
    {
        foreach (var entrant in script.Round().Entrants)
            if (entrant.Certainty is Certainty.Safe or Certainty.Gone)
                promised[entrant.Skater.Bib] = entrant.Certainty;
    }
}
