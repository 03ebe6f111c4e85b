using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;
using Xunit;

namespace LiveSkate.Core.Tests.Rules.LongRaces;

/// <summary>
/// FMT-14, FMT-15. Five laps; A and B skate laps of 20 s, C of 26 s, D stops after two, E is lapped twice with laps of 38 s.
/// <code>
/// A   20 40 60 80 100      1st
/// B   20.5 …      100.5    2nd
/// C   26 52 78 104 (130)   at 104 A has won: C is in, one lap behind (4 of 5), 3rd
/// E   38 76 114            at 114 A has won: E is in, two laps behind, 4th
/// D   20.2 40.2            DNF once the office waits no longer, 5th
/// </code>
/// </summary>
public sealed class MassStartTests
{
    private static MeetScript Start(RuleDocument? rules = null, string bibs = "A B C D E") =>
        new MeetScript(MeetScript.Race("massStart", [Laps.Bibs(bibs)], 1000, rules)).Start("h1");

    private static MeetScript Raced(RuleDocument? rules = null)
    {
        var script = Start(rules);
        for (var lap = 1; lap <= 5; lap++)
            script.Pass("A", lap * 20).Pass("B", lap * 20 + 0.5).Pass("C", lap * 26);
        for (var lap = 1; lap <= 3; lap++)
            script.Pass("E", lap * 38);
        return script.Pass("D", 20.2).Pass("D", 40.2);
    }

    [Fact]
    public void Laps_count_first_and_then_the_order_over_the_line_and_the_winner_ends_it_for_all_FMT_15()
    {
        var script = Raced();
        Assert.Equal(["1 A OK", "2 B OK", "3 C OK -1", "4 E OK -2", "5 D racing -2"], script.Ranks());
        Assert.Equal(HeatStage.Running, script.Heat("h1").State);
        script.Do(new FinishHeat("h1"));
        Assert.Equal(["1 A OK", "2 B OK", "3 C OK -1", "4 E OK -2", "5 D DNF"], script.Ranks());
        Assert.Equal((104_000, 4), (script.Row("C").TimeMs, script.Row("C").Crossings.Lap));
    }

    [Fact]
    public void What_is_read_of_a_lapped_skater_after_that_is_after_the_finish()
    {
        var uses = HeatStandings.PassingsOf(Raced().Meet, Raced().Meet.Heats["h1"]).Where(entry => entry.Bib == "C").Select(entry => entry.Passing.Use);
        Assert.Equal([PassingUse.Counted, PassingUse.Counted, PassingUse.Counted, PassingUse.Counted, PassingUse.AfterFinish], uses);
    }

    [Fact]
    public void All_skate_the_whole_distance_where_the_event_says_so()
    {
        var script = Raced(new RuleDocument { LappedFinish = false });
        Assert.Equal(["1 A OK", "2 B OK", "3 C OK"], script.Ranks().Take(3));
        Assert.Equal(130_000, script.Row("C").TimeMs);
    }

    [Fact]
    public void Laps_behind_are_counted_while_it_runs()
    {
        var script = Start().Pass("A", 20).Pass("C", 26).Pass("A", 40).Pass("A", 60).Pass("A", 80);
        // At 26 s C was a lap behind A's first; since then A has come by three times, so C is two whole laps and a part behind.
        Assert.Equal(2, script.Row("C").LapsDown);
        script.Pass("C", 52).Pass("C", 78);
        Assert.Equal(0, script.Row("C").LapsDown);
        script.Pass("A", 77);
        Assert.Equal(1, script.Row("C").LapsDown);
    }

    [Fact]
    public void A_missed_reading_is_put_right_by_the_office_and_was_no_lap_behind_LAP_6()
    {
        var script = Start(bibs: "A B");
        for (var lap = 1; lap <= 5; lap++)
        {
            script.Pass("A", lap * 20);
            if (lap != 3)
                script.Pass("B", lap * 20 + 0.5);
        }
        Assert.Equal("2 B OK -1", script.Ranks()[1]);
        Assert.True(script.Row("B").MissedRead);
        script.Do(new AddPassing("h1", "B", script.Passing("B", 60.5).Time));
        Assert.Equal("2 B OK", script.Ranks()[1]);
        Assert.Equal(100_500, script.Row("B").TimeMs);
    }

    [Fact]
    public void The_camera_goes_before_the_laps_that_were_read_TIM_5()
    {
        // B missed a reading and is a lap behind by the loops; the camera saw her win.
        var script = Start(bibs: "A B");
        foreach (var lap in new[] { 1, 2, 3, 5 })
            script.Pass("B", lap * 20);
        script.EachLap(1, 5, "A").Hear(new FinishRead
        {
            Source = "photo", Heat = "h1", Revision = 1,
            Rows = [new("B", 1, TimeSpan.FromSeconds(99.99), "OK"), new("A", 2, TimeSpan.FromSeconds(100), "OK")],
        });
        Assert.Equal("1 B OK -1", script.Ranks()[0]);
    }

    [Fact]
    public void Whole_seconds_are_printed_and_thousandths_kept_TIM_1_TIM_10()
    {
        var script = Start(new RuleDocument { TimeDigits = 0 }, "A B").EachLap(1, 5, "A B").Sign("h1");
        var rows = HeatPublisher.State(script.Meet, script.Meet.Heats["h1"], []).Rows;
        Assert.Equal([(1, "1:40", 100_000), (2, "1:40", 100_500)], rows.Select(row => (row.Rank!.Value, row.Time!, row.TimeMs!.Value)));
    }

    [Fact]
    public void A_marathon_on_one_long_lap_and_one_with_a_part_lap_LAP_2()
    {
        var profile = RaceRules.Of(MeetScript.Race("massStart", [["A"]], 42_195).Events[0]).Profile(MeetScript.Race("massStart", [["A"]], 42_195).Events[0]);
        Assert.Equal(1, Course.Of(42_195, 42_195, profile).Laps);
        var laps = Course.Of(42_195, 6000, profile);
        Assert.Equal((8, 195), (laps.Laps, laps.FirstLapM));
        Assert.Equal(42_195, laps.Behind(8));
        Assert.Empty(MeetCheck.Faults(MeetScript.Race("massStart", [["1"]], 42_195, lapM: 42_195)));
    }

    /// <summary>B comes to the line for the first time a second after A's third: two laps down. Before that one could say only that she had not come.</summary>
    [Fact]
    public void Whoever_comes_round_for_the_first_time_after_the_leaders_third_is_two_laps_down_LAP_4()
    {
        var script = Start(bibs: "A B").Pass("A", 20);
        Assert.Equal(0, script.Row("B").LapsDown);
        script.Pass("A", 40);
        Assert.Equal(1, script.Row("B").LapsDown);
        Assert.Equal(2, script.Pass("A", 60).Pass("B", 61).Row("B").LapsDown);
    }

    /// <summary>B crosses the line 10 ms after A has won, a lap down: what keeps them apart is a lap.</summary>
    [Fact]
    public void Who_crosses_with_the_winner_a_lap_behind_her_is_not_unresolved_TIM_5()
    {
        var script = Start(bibs: "A B").EachLap(1, 5, "A");
        foreach (var seconds in new[] { 25, 50, 75, 100.01 })
            script.Pass("B", seconds);
        Assert.Equal(["1 A OK", "2 B OK -1"], script.Ranks());
        Assert.All(script.Heat("h1").Rows, row => Assert.False(row.Unresolved));
    }

    [Fact]
    public void Two_warnings_are_for_nothing_and_the_third_asks_the_jury_for_a_sport_fault_R26_169()
    {
        var script = Start(bibs: "A B").Do(new Sanction("h1", "A", "W1", "elbow")).Do(new Sanction("h1", "A", "W2", "elbow"));
        Assert.Null(script.Row("A").Proposed);
        Assert.Equal("DSQ-SF", script.Do(new Sanction("h1", "A", "W2", "again")).Row("A").Proposed);
    }

    [Fact]
    public void The_same_remark_once_more_in_a_published_result_is_nothing_new_to_see_OFF_2()
    {
        var script = Start(bibs: "A B").EachLap(1, 5, "A B").Do(new Publish("h1")).Do(new Sanction("h1", "A", "W1", "elbow"));
        Assert.Equal(2, script.Meet.Heats["h1"].Version);
        Assert.Equal(2, script.Do(new Sanction("h1", "A", "W1", "elbow")).Meet.Heats["h1"].Version);
    }

    /// <summary>FMT-14: B's chip is read at the start 1 s after the gun, A's 12 s after it; A is over the line half a second before B.</summary>
    [Fact]
    public void A_marathon_goes_by_the_gun_and_not_by_when_a_chip_was_read_at_the_start()
    {
        var script = Start(bibs: "A B").PassAt("start-1", "B", 1).PassAt("start-1", "A", 12).EachLap(1, 5, "A B");
        Assert.Equal([("A", 1, 100_000L), ("B", 2, 100_500L)], script.Heat("h1").Rows.Select(row => (row.Bib, row.Rank!.Value, row.TimeMs!.Value)));
    }
}
