using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>
/// REL-2, REL-4: which crossing is the team's. A relay of 1000 m is five laps of 200 m; nobody skates one in less than 0.85 × 200 / 14 = 12.1 s,
/// and before any is skated 200 / 11.5 = 17.4 s are expected.
/// </summary>
public sealed class TeamClockTests
{
    private static MeetScript Relay(params string[] teams) => new MeetScript(MeetScript.Teams("relay", [teams], 3, 1000)).Start("h1");

    private static SetOnTrack Said(MeetScript script, string skater, double seconds) => new("h1", skater[..1], skater, script.Time(seconds));

    private static double[] Laps(MeetScript script, string team) =>
        [.. script.Heat("h1").Row(team).Crossings.Laps.Select(lap => lap.Elapsed.TotalSeconds)];

    private static IEnumerable<(double, PassingUse, int)> Uses(MeetScript script) => HeatStandings.PassingsOf(script.Meet, script.Meet.Heats["h1"])
        .Select(entry => ((entry.Passing.Passing.Time - script.Time(0)).TotalSeconds, entry.Passing.Use, entry.Passing.Lap)).Order();

    /// <summary>
    /// A1 is said to be in the race at 1.0; seconds since the gun.
    /// <code>
    /// 19.0 A1   lap 1
    /// 36.4 A3   circles inside
    /// 36.5 A2   takes over and crosses: lap 2 if that is said until 41.5
    /// </code>
    /// </summary>
    [Theory]
    [InlineData(36.5, true), InlineData(40, true), InlineData(41.5, true), InlineData(41.6, false)]
    public void Whoever_is_said_to_be_in_the_race_may_have_taken_over_up_to_five_seconds_before_REL_2(double said, bool counts)
    {
        var script = Relay("A");
        script.Do(Said(script, "A1", 1)).Pass("A1", 19).Pass("A3", 36.4).Pass("A2", 36.5);
        Assert.Equal([19], Laps(script, "A"));
        script.Do(Said(script, "A2", said));
        Assert.Equal(counts ? [19, 36.5] : [19], Laps(script, "A"));
    }

    [Fact]
    public void Who_has_handed_over_counts_no_longer_though_she_is_read_a_moment_later_REL_2()
    {
        var script = Relay("A");
        script.Do(Said(script, "A1", 1)).Pass("A1", 19).Do(Said(script, "A2", 34)).Pass("A1", 36);
        Assert.Equal([19], Laps(script, "A"));
        script.Pass("A2", 36.5);
        Assert.Equal([19, 36.5], Laps(script, "A"));
    }

    /// <summary>Nothing is said of A: its laps are 19.0 and 36.5 as they were read. Of B only B2 counts.</summary>
    [Fact]
    public void What_is_said_of_one_team_takes_no_lap_from_another_REL_2()
    {
        var script = Relay("A", "B");
        script.Do(Said(script, "B2", 1)).Pass("A1", 19).Pass("B1", 18).Pass("B2", 19.4).Pass("A2", 36.5);
        Assert.Equal([19, 36.5], Laps(script, "A"));
        Assert.Equal([19.4], Laps(script, "B"));
    }

    [Fact]
    public void What_the_office_writes_in_counts_whoever_was_said_to_be_in_the_race_REL_2()
    {
        var script = Relay("A");
        script.Do(Said(script, "A1", 1)).Pass("A1", 19).Do(new AddPassing("h1", "A", script.Time(36.5)));
        Assert.Equal([19, 36.5], Laps(script, "A"));
    }

    /// <summary>
    /// A team of beginners; seconds since the gun, lap in brackets.
    /// <code>
    /// 13.0 A1 at the split, half-way round: no lap
    /// 26.0 A1 (26.0)   50.0 A2 (24.0)
    /// 66.0 A3 circles: 16.0 s after, at the pace of others a lap
    /// 74.0 A2 (24.0): as fast as this team is, so it is the lap
    /// </code>
    /// </summary>
    [Fact]
    public void A_slow_team_is_measured_by_its_own_pace_and_half_a_lap_is_none_REL_2()
    {
        var script = Relay("A").PassAt("split-1", "A1", 13).Pass("A1", 26).PassAt("split-1", "A2", 38.5);
        Assert.Equal([26], Laps(script, "A"));
        script.Pass("A2", 50).Pass("A3", 66).Pass("A2", 74);
        Assert.Equal([26, 50, 74], Laps(script, "A"));
    }

    /// <summary>1100 m: 100 m first, expected in 100 / 11.5 = 8.7 s and possible in 6.1. A1 is there after 9.0, A3 circles at 13.0.</summary>
    [Fact]
    public void A_relay_that_begins_with_half_a_lap_expects_half_the_time_LAP_2_REL_2()
    {
        var script = new MeetScript(MeetScript.Teams("relay", [["A"]], 3, 1100)).Start("h1").Pass("A1", 9).Pass("A3", 13);
        Assert.Equal([9], Laps(script, "A"));
        script.Pass("A1", 26.5);
        Assert.Equal([9, 26.5], Laps(script, "A"));
    }

    /// <summary>
    /// What the operator is told of each crossing, and how many laps the team had then.
    /// <code>
    ///  3.0 A2 too early        14.0 A2 circles, lap 0     18.0 A1 lap 1 (nearest to 17.4)   18.03 her other ankle
    /// 24.0 A2 circles, lap 1   35.0 53.0 70.0 A2 A3 A1    87.0 A2 the end                   104.0 A2 once more round
    /// </code>
    /// </summary>
    [Fact]
    public void The_operator_sees_what_became_of_each_crossing_and_a_lap_after_the_end_changes_nothing_REL_2()
    {
        var script = Relay("A").Pass("A2", 3).Pass("A2", 14).Pass("A1", 18).Pass("A1", 18.03, "b").Pass("A2", 24);
        script.Pass("A2", 35).Pass("A3", 53).Pass("A1", 70).Pass("A2", 87).Pass("A2", 104);
        Assert.Equal(
            [
                (3, PassingUse.TooEarly, 0), (14, PassingUse.OffTrack, 0), (18, PassingUse.Counted, 1), (18.03, PassingUse.Duplicate, 1),
                (24, PassingUse.OffTrack, 1), (35, PassingUse.Counted, 2), (53, PassingUse.Counted, 3), (70, PassingUse.Counted, 4),
                (87, PassingUse.Counted, 5), (104, PassingUse.AfterFinish, 5),
            ],
            Uses(script));
        Assert.Equal((HeatStage.Finished, 87_000L), (script.Heat("h1").State, script.Heat("h1").Row("A").TimeMs));
        Assert.Equal([1, 2, 3, 4, 5], script.Heat("h1").Row("A").Crossings.Laps.Select(lap => lap.Lap));
    }

    private static MeetScript SecondOfThree() =>
        new MeetScript(MeetScript.Teams("teamTimeTrial", [["A"]], 3, 200, new RuleDocument { Counts = 2 })).Start("h1");

    [Fact]
    public void A_member_who_is_written_in_counts_once_and_not_for_the_others_REL_4()
    {
        var script = SecondOfThree();
        script.Do(new AddPassing("h1", "A", script.Time(18.25), "A3"));
        Assert.Null(script.Heat("h1").Row("A").TimeMs);
        script.Pass("A1", 18.4);
        Assert.Equal(18_400, script.Heat("h1").Row("A").TimeMs);
    }

    /// <summary>18.000 A1, 18.200 A2, 18.600 A3: the second is A2; without her reading it is A3.</summary>
    [Fact]
    public void A_reading_of_a_member_that_is_struck_out_is_not_the_teams_REL_4()
    {
        var script = SecondOfThree().Pass("A1", 18).Pass("A2", 18.2);
        var second = script.Journal[^1].At;
        script.Pass("A3", 18.6);
        Assert.Equal(18_200, script.Heat("h1").Row("A").TimeMs);
        script.Do(new VoidPassing("h1", second));
        Assert.Equal(18_600, script.Heat("h1").Row("A").TimeMs);
    }

    [Fact]
    public void A_teams_clock_begins_with_the_first_of_its_members_whose_chip_is_read_at_the_start_TIM_6()
    {
        var script = new MeetScript(MeetScript.Teams("teamTimeTrial", [["A"]], 3, 200, new RuleDocument { Counts = 2 })).Ready("h1");
        script.PassAt("start-1", "A2", 5).PassAt("start-1", "A1", 5.4).Pass("A1", 23).Pass("A2", 23.3);
        Assert.Equal(18_300, script.Heat("h1").Row("A").TimeMs);
    }

    /// <summary>200 m in less than 12.143 s are no lap of a relay; where the event says 12 s, twelve seconds are one.</summary>
    [Theory]
    [InlineData(12.142, null, false), InlineData(12.143, null, true), InlineData(11.999, 12_000, false), InlineData(12.0, 12_000, true)]
    public void A_lap_of_a_relay_takes_as_long_as_nobody_has_been_faster_LAP_5(double seconds, int? leastMs, bool isLap)
    {
        var script = new MeetScript(MeetScript.Teams("relay", [["A"]], 3, 1000, new RuleDocument { LeastLapMs = leastMs })).Start("h1").Pass("A1", seconds);
        Assert.Equal(isLap ? 1 : 0, script.Heat("h1").Row("A").Crossings.Lap);
    }

    /// <summary>The shortest lap is 8 s and 17.4 are expected: A2 after 7.9 s is the better answer to the first lap, after 8 s she is the second.</summary>
    [Theory]
    [InlineData(16.9, new[] { 16.9 }), InlineData(17.0, new[] { 9.0, 17.0 })]
    public void Two_as_far_apart_as_the_shortest_lap_are_two_laps_REL_2(double second, double[] laps)
    {
        var script = new MeetScript(MeetScript.Teams("relay", [["A"]], 3, 1000, new RuleDocument { LeastLapMs = 8000 })).Start("h1");
        Assert.Equal(laps, Laps(script.Pass("A1", 9).Pass("A2", second), "A"));
    }

    /// <summary>Laps of 18 s: one at 17 and one at 19 s after the last are as far off, and the earlier is taken.</summary>
    [Fact]
    public void Of_two_as_far_from_the_pace_the_earlier_is_the_lap_REL_2() =>
        Assert.Equal([18, 36, 53], Laps(Relay("A").Pass("A1", 18).Pass("A2", 36).Pass("A3", 53).Pass("A1", 55), "A"));

    /// <summary>
    /// Lap 1 in 24 s, then 18 and 24: of the two laps from the line on the longer is the measure. 18.0 s after that A3, 24.5 s A2, 29.9 s A1.
    /// </summary>
    [Fact]
    public void The_pace_of_a_team_is_the_middle_of_its_laps_and_of_two_the_longer_REL_2() =>
        Assert.Equal(
            [24, 42, 66, 90.5],
            Laps(Relay("A").Pass("A1", 24).Pass("A2", 42).Pass("A1", 66).Pass("A3", 84).Pass("A2", 90.5).Pass("A1", 95.9), "A"));

    /// <summary>The shortest lap is 12 s. A2 circles at 11.999 or 12.0; A1 has lap 1 at 19.0 and is read again 11.999 or 12.0 s later; A2 has lap 2.</summary>
    [Theory]
    [InlineData(11.999, PassingUse.TooEarly, 30.999, PassingUse.Duplicate), InlineData(12.0, PassingUse.OffTrack, 31.0, PassingUse.OffTrack)]
    public void What_was_too_soon_for_a_lap_is_told_from_what_was_off_the_race_REL_2(double first, PassingUse early, double second, PassingUse again)
    {
        var script = new MeetScript(MeetScript.Teams("relay", [["A"]], 3, 1000, new RuleDocument { LeastLapMs = 12_000 })).Start("h1");
        script.Pass("A2", first).Pass("A1", 19).Pass("A1", second).Pass("A2", 36.5);
        Assert.Equal([(first, early, 0), (19, PassingUse.Counted, 1), (second, again, 1), (36.5, PassingUse.Counted, 2)], Uses(script));
    }

    [Fact]
    public void The_other_ankle_of_her_whom_the_office_wrote_in_is_a_duplicate_REL_2()
    {
        var script = Relay("A");
        script.Do(new AddPassing("h1", "A", script.Time(19), "A1")).Pass("A1", 19.5);
        Assert.Equal([(19, PassingUse.Counted, 1), (19.5, PassingUse.Duplicate, 1)], Uses(script));
    }

    [Fact]
    public void What_is_read_of_a_team_that_has_not_started_is_shown_as_too_early_TIM_6()
    {
        var document = MeetScript.Teams("teamTimeTrial", [["A", "B"]], 3, 400) with { Sources = MeetScript.TimeTrial([["1"]]).Sources };
        var script = new MeetScript(document).Ready("h1").Gate("gate-1", 2).PassAt("finish-2", "B2", 12);
        Assert.Contains((12, PassingUse.TooEarly, 0), Uses(script));
    }
}
