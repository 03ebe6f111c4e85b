using CsCheck;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>FMT-12, FMT-13, REL-1 to REL-4.</summary>
public sealed class TeamTests
{
    private static MeetScript Relay(params string[] teams) => new MeetScript(MeetScript.Teams("relay", [teams], 3, 1000)).Start("h1");

    private static string Order(MeetScript script) =>
        string.Join(' ', script.Heat("h1").Rows.Select(row => $"{row.Bib}{row.Crossings.Lap}"));

    private static HeatRow Row(MeetScript script, string heat, string bib) =>
        HeatPublisher.State(script.Meet, script.Meet.Heats[heat], []).Rows.Single(row => row.Bib == bib);

    /// <summary>
    /// Relay of 1000 m, five laps of 200 m. No lap is skated in less than 0.85 × 200 / 14 = 12.1 s.
    /// <code>
    /// 19.0 A1   19.4 B1   lap 1                              A1 B1
    /// 25.0 A2 circles inside: 6.0 s after A1, no lap         A1 B1
    /// 36.5 A2   36.6 B1   lap 2 (17.5, 17.2)                 A2 B2
    /// 49.5 A3 circles: 13.0 s, could be a lap                A3 B2
    /// 53.9 B2             lap 3                              A3 B3
    /// 54.2 A2             17.7 s, nearer to 17.5 than 13.0: this is lap 3, so B leads   B3 A3
    /// 71.0 B2   71.3 A2   lap 4                              B4 A4
    /// 88.2 A3   88.4 B3   the end: A 1:28.200, B 1:28.400    A5 B5
    /// </code>
    /// </summary>
    [Fact]
    public void Of_three_who_cross_the_loop_the_one_whose_lap_is_plausible_is_the_teams_REL_2()
    {
        var script = Relay("A", "B").Pass("A1", 19).Pass("A1", 19.03, "b").Pass("B1", 19.4);
        Assert.Equal("A1 B1", Order(script));
        script.Pass("A2", 25);
        Assert.Equal("A1 B1", Order(script));
        script.Pass("A2", 36.5).Pass("B1", 36.6);
        Assert.Equal("A2 B2", Order(script));
        script.Pass("A3", 49.5);
        Assert.Equal("A3 B2", Order(script));
        script.Pass("B2", 53.9);
        Assert.Equal("A3 B3", Order(script));
        script.Pass("A2", 54.2);
        Assert.Equal("B3 A3", Order(script));
        script.Pass("B2", 71).Pass("A2", 71.3);
        Assert.Equal("B4 A4", Order(script));
        Assert.Equal((300L, "Given A2"), (Row(script, "h1", "A").GapMs, Row(script, "h1", "A").Skater));
        script.Pass("A3", 88.2).Pass("B3", 88.4).Sign("h1");
        Assert.Equal("A5 B5", Order(script));
        var result = ResultsPublisher.Results(script.Meet, script.Meet.Document.Events[0]);
        Assert.Equal([("A", 1, 88_200L, "Team A"), ("B", 2, 88_400L, "Team B")], result.Final.Select(row => (row.Bib, row.Rank!.Value, row.TimeMs!.Value, row.Name)));
        Assert.Equal(["Given A1", "Given A2", "Given A3"], result.Final[0].Members);
        Assert.Equal(["Given B1", "Given B2", "Given B3"], result.Rounds[0].Heats[0].Rows[1].Members);
    }

    [Fact]
    public void Once_it_is_said_who_is_in_the_race_nobody_else_of_the_team_counts_REL_2()
    {
        var script = Relay("A", "B").Pass("A1", 19).Do(new SetOnTrack("h1", "A", "A2", MeetScript.Noon.AddMinutes(10).AddSeconds(24)));
        Assert.Equal("Given A2", Row(script, "h1", "A").Skater);
        script.Pass("A3", 32).Pass("A2", 36.5);
        Assert.Equal("A2 B0", Order(script));
        Assert.Equal(TimeSpan.FromSeconds(36.5), script.Heat("h1").Row("A").Crossings.Laps[^1].Elapsed);
        var uses = HeatStandings.PassingsOf(script.Meet, script.Meet.Heats["h1"]).Select(entry => entry.Passing.Use);
        Assert.Equal([PassingUse.Counted, PassingUse.OffTrack, PassingUse.Counted], uses);
    }

    [Fact]
    public void What_the_office_writes_in_goes_before_whatever_was_read_near_it()
    {
        var script = Relay("A").Pass("A1", 19).Pass("A2", 33).Do(new AddPassing("h1", "A", MeetScript.Noon.AddMinutes(10).AddSeconds(36.5)));
        Assert.Equal(TimeSpan.FromSeconds(36.5), script.Heat("h1").Row("A").Crossings.Laps[1].Elapsed);
    }

    [Fact]
    public void Only_a_member_of_a_team_can_be_in_the_race_and_the_n_th_has_to_be_named()
    {
        var relay = Relay("A");
        Assert.Equal(RefusalCodes.UnknownSkater, relay.Refused(new SetOnTrack("h1", "A", "B1", MeetScript.Noon)).Code);
        Assert.Equal(RefusalCodes.UnknownBib, relay.Refused(new SetOnTrack("h1", "B", "B1", MeetScript.Noon)).Code);
        var sprint = new MeetScript(MeetScript.Sprint([["1"]])).Start("h1");
        Assert.Equal(RefusalCodes.NotInThisFormat, sprint.Refused(new SetOnTrack("h1", "1", "s1", MeetScript.Noon)).Code);
        var team = new MeetScript(MeetScript.Teams("teamTimeTrial", [["A"]], 4, 400)).Start("h1");
        Assert.Equal(RefusalCodes.UnknownSkater, team.Refused(new AddPassing("h1", "A", MeetScript.Noon.AddMinutes(11))).Code);
    }

    /// <summary>
    /// Team time trial, two laps, the third of four counts; seconds since the arming, gates at 5.
    /// <code>
    /// heat 1, A: lap 1  A1 25.0  A2 25.2  A3 25.6  A4 26.0 -> 20.600 (A3)
    ///            lap 2  A2 42.0  A1 42.1  A4 42.9  A3 43.5 -> 37.900 (A4)
    /// heat 2, B: lap 1  B1 25.1  B2 25.3  B3 25.5          -> 20.500, 1st of the round there
    ///            lap 2  B1 42.0  B2 42.2  B3 43.1          -> 38.100, 200 behind, 2nd
    /// </code>
    /// </summary>
    [Fact]
    public void The_third_of_the_team_is_its_time_at_every_split_REL_4()
    {
        var script = new MeetScript(MeetScript.Teams("teamTimeTrial", [["A"], ["B"]], 4, 400)).Ready("h1").Gate("start-1", 5);
        script.Pass("A1", 25).Pass("A2", 25.2);
        Assert.Equal((0, (long?)null), (Row(script, "h1", "A").Lap, Row(script, "h1", "A").ElapsedMs));
        script.Pass("A3", 25.6).Pass("A4", 26);
        Assert.Equal((1, 20_600L, "Given A3"), (Row(script, "h1", "A").Lap, Row(script, "h1", "A").ElapsedMs, Row(script, "h1", "A").Skater));
        script.Pass("A2", 42).Pass("A1", 42.1);
        Assert.Equal(HeatStage.Running, script.Heat("h1").State);
        script.Pass("A4", 42.9).Pass("A3", 43.5);
        Assert.Equal((HeatStage.Finished, 37_900L), (script.Heat("h1").State, Row(script, "h1", "A").TimeMs));
        script.Sign("h1").Ready("h2").Gate("start-1", 5).Pass("B1", 25.1).Pass("B2", 25.3).Pass("B3", 25.5);
        Assert.Equal((20_500L, 0L, 1), (Row(script, "h2", "B").ElapsedMs, Row(script, "h2", "B").GapMs, Row(script, "h2", "B").RoundRank));
        script.Pass("B1", 42).Pass("B2", 42.2).Pass("B3", 43.1);
        Assert.Equal((38_100L, 200L, 2), (Row(script, "h2", "B").TimeMs, Row(script, "h2", "B").GapMs, Row(script, "h2", "B").RoundRank));
    }

    [Fact]
    public void Which_of_the_team_counts_is_a_setting_and_a_member_can_be_written_in_REL_4()
    {
        var script = new MeetScript(MeetScript.Teams("teamTimeTrial", [["A"]], 3, 200, new RuleDocument { Counts = 2 })).Start("h1");
        script.Pass("A1", 18).Do(new AddPassing("h1", "A", MeetScript.Noon.AddMinutes(10).AddSeconds(18.25), "A3"));
        Assert.Equal(18_250, script.Heat("h1").Row("A").TimeMs);
        script.Pass("A2", 18.2);
        Assert.Equal((18_200L, "Given A2"), (script.Heat("h1").Row("A").TimeMs!.Value, Row(script, "h1", "A").Skater));
    }

    /// <summary>Who skates which lap, when the next is said to have taken over, and who circles inside meanwhile.</summary>
    [Fact]
    public void Whoever_circles_inside_and_in_whatever_order_it_arrives_a_team_has_skated_its_laps_REL_2() =>
        Gen.Select(Gen.Double[16, 19].Array[5], Gen.Int[1, 3].Array[5], Gen.Double[1, 9].Array[5], Gen.Double[10, 90].Array[0, 12], Gen.Int[0, int.MaxValue])
            .Sample((laps, skaters, said, circling, seed) =>
            {
                var (straight, mixed) = (Relay("A"), Relay("A"));
                var facts = new List<TrackFact>();
                var (at, truth) = (0.0, new List<double>());
                for (var lap = 0; lap < 5; lap++)
                {
                    var word = new SetOnTrack("h1", "A", $"A{skaters[lap]}", straight.Time(at + said[lap]));
                    straight.Do(word);
                    mixed.Do(word);
                    // From the word to the line, the others circle; who has just handed over too.
                    foreach (var time in circling.Where(time => time > at + said[lap] && time < at + laps[lap]))
                        facts.Add(straight.Passing($"A{skaters[lap] % 3 + 1}", time));
                    at += laps[lap];
                    truth.Add(at);
                    facts.Add(straight.Passing($"A{skaters[lap]}", at));
                    facts.Add(straight.Passing($"A{skaters[lap]}", at + 0.02, "b"));
                }
                facts.ForEach(fact => straight.Hear(fact));
                var shuffled = facts.ToArray();
                new Random(seed).Shuffle(shuffled);
                foreach (var fact in shuffled)
                    mixed.Hear(fact);
                var expected = truth.Select(seconds => straight.Time(seconds));
                Assert.Equal(expected, straight.Heat("h1").Row("A").Crossings.Laps.Select(lap => lap.Passing.Time));
                Assert.Equal(expected, mixed.Heat("h1").Row("A").Crossings.Laps.Select(lap => lap.Passing.Time));
            }, iter: 300);
}
