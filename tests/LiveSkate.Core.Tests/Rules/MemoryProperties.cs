using System.Text.Json;
using CsCheck;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>What is remembered from one passing to the next (Era, HeatMemory) is always what would be made from scratch.</summary>
public sealed class MemoryProperties
{
    private static readonly string[] Formats = ["sprint", "timeTrial", "massStart", "points", "elimination", "pointsElimination"];
    private static readonly string[] Heats = ["h1", "h2", "g1", "e-final-1"], Bibs = ["1", "2", "3", "4", "5"];

    [Fact]
    public void A_standing_that_is_remembered_is_the_one_from_scratch() =>
        Gen.Int[0, int.MaxValue].Sample(seed =>
        {
            var random = new Random(seed);
            var script = new MeetScript(TwoEvents(Formats[random.Next(Formats.Length)], Formats[random.Next(Formats.Length)]));
            var earlier = script.Meet;
            for (var step = 0; step < 250; step++)
            {
                Walk(random, script);
                // Not each time, so that what is remembered is older than the last step; and of old values too, for screens ask later than the loop.
                if (random.Next(3) == 0)
                    AssertRemembered(script.Meet);
                if (random.Next(10) == 0)
                    AssertRemembered(earlier);
                if (random.Next(10) == 0)
                    earlier = script.Meet;
            }
            Assert.Equal(PublicState.Of(Forgotten(script.Meet)), PublicState.Of(script.Meet));
        }, iter: 60);

    [Fact]
    public void Where_a_race_ends_for_a_skater_follows_a_start_that_is_heard_late()
    {
        var script = new MeetScript(TwoEvents("sprint", "sprint")).Start("h1").Pass("1", 20).Pass("1", 40);
        Assert.Equal(2, script.Heat("h1").Row("1").Crossings.Lap);
        script.Do(new FinishHeat("h1")).Do(new Publish("h1")).Do(new OpenHeat("g1")).Do(new ArmHeat("g1"));
        Assert.Equal(2, script.Heat("h1").Row("1").Crossings.Lap);
        script.Do(new StartHeat("g1", script.Passing("1", 30).Time));
        Assert.Equal(1, script.Heat("h1").Row("1").Crossings.Lap);
    }

    [Fact]
    public void A_false_start_that_is_taken_back_in_an_earlier_round_is_gone_from_the_next_one_at_once()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2"]], new AdvanceRule(2, 0), [MeetScript.Final()]));
        script.Start("h1").Do(new RecallHeat("h1", "1")).Do(new ArmHeat("h1")).Gun(script.Passing("1", 60).Time);
        script.Do(new SetFinishOrder("h1", [["1"], ["2"]])).Sign("h1").Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        script.Start("e-final-1").Do(new RecallHeat("e-final-1", "1"));
        Assert.Equal("DSQ-TF", script.Heat("e-final-1").Row("1").Status);
        script.Do(new Review("h1", "video")).Do(new LiftSanction("h1", "1", "FS", "it was 2"));
        Assert.Null(script.Heat("e-final-1").Row("1").Status);
    }

    private static void AssertRemembered(Meet meet)
    {
        foreach (var heat in meet.Heats.Values)
            Assert.Equal(Text(HeatStandings.Anew(Forgotten(meet), heat)), Text(HeatStandings.Of(meet, heat)));
    }

    private static Meet Forgotten(Meet meet) => meet with { Heats = meet.Heats };

    private static string Text(HeatStanding standing) => JsonSerializer.Serialize(
        new { standing.Heat.TouchedAt, standing.State, standing.Gun, standing.Course, standing.FirstRound, standing.Rows, standing.Sprints, standing.Ahead });

    /// <summary>The same skaters in both, so that a start in one ends a race in the other.</summary>
    private static MeetDocument TwoEvents(string format, string other)
    {
        var one = MeetScript.Race(format, [["1", "2", "3"], ["4", "5"]], 1000, null, new AdvanceRule(1, 2), [MeetScript.Final()]);
        var two = MeetScript.Race(other, [Bibs], 1000).Events[0];
        var heats = HeatPlan.Of([new HeatDocument("g1", 1, [.. Bibs])]);
        return one with { Events = [.. one.Events, two with { Id = "f", Rounds = [two.Rounds[0] with { Heats = heats }] }] };
    }

    private static void Walk(Random random, MeetScript script)
    {
        switch (random.Next(8))
        {
            case 0 or 1 or 2:
                script.Try(Any(random, script), random.Next(2) == 0 ? "keep" : "redraw");
                break;
            case 3 when random.Next(2) == 0:
                script.Hear(new SignalGiven
                {
                    Source = random.Next(3) > 0 ? "start-1" : "finish-1", Time = Time(random),
                    Kind = random.Next(4) switch { 0 => SignalKind.Recall, 1 => SignalKind.Gate, _ => SignalKind.Gun },
                });
                break;
            default:
                var source = random.Next(6) switch { 0 => "split-1", 1 => "start-1", _ => "finish-1" };
                script.Hear(new PassingRead { Source = source, Chip = Pick(random, Bibs) + Pick(random, ["a", "b"]), Time = Time(random) });
                break;
        }
    }

    private static DateTimeOffset Time(Random random) => MeetScript.Noon.AddMilliseconds(random.Next(900_000));

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static Command Any(Random random, MeetScript script)
    {
        var (heat, bib) = (Pick(random, Heats), Pick(random, Bibs));
        return random.Next(25) switch
        {
            0 or 1 => new OpenHeat(heat),
            2 or 3 or 4 => new ArmHeat(heat),
            5 => new StartHeat(heat, Time(random)),
            6 or 7 => new FinishHeat(heat),
            8 => new RecallHeat(heat, random.Next(2) == 0 ? null : bib),
            9 or 10 => new Publish(heat),
            11 => new MakeOfficial(heat),
            12 => new Review(heat, "protest"),
            13 => new AnnulHeat(heat, "power cut"),
            14 => new AddPassing(heat, bib, Time(random)),
            15 => new VoidPassing(heat, random.Next(script.Journal.Count) + 1),
            16 => new SetFinishOrder(heat, [[bib], [Pick(random, Bibs)]]),
            17 => new SetTime(heat, bib, 80_000 + random.Next(9), "video"),
            18 => new Sanction(heat, bib, Pick(random, [.. Statuses.Sanctions, .. Statuses.Remarks]), "seen", [Pick(random, Bibs)]),
            19 => new LiftSanction(heat, bib, Pick(random, [.. Statuses.Sanctions, .. Statuses.Remarks]), "not seen"),
            20 => new DrawRound("e", "final"),
            21 => new ConfirmDraw("e", "final", null),
            22 => new Eliminate(heat, [bib], random.Next(5)),
            23 => new AssignTransponder(Pick(random, Bibs) + "a", random.Next(4) == 0 ? null : "s" + bib, random.Next(2) == 0 ? null : Time(random)),
            _ => new Undo(random.Next(script.Journal.Count) + 1),
        };
    }
}
