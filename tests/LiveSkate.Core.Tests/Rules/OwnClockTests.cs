using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>LAP-4, TIM-5, TIM-6: whose start, whose beam, and who leads where each has his own clock.</summary>
public sealed class OwnClockTests
{
    private static MeetScript Two(decimal distanceM = 200) => new MeetScript(MeetScript.TimeTrial([["1", "2"]], distanceM)).Ready("h1");

    private static string Order(MeetScript script) => string.Join(' ', script.Heat("h1").Rows.Select(row => row.Bib));

    private static (string, string?)[] Statuses(MeetScript script) =>
        [.. script.Heat("h1").Rows.Select(row => (row.Bib, row.Status)).OrderBy(row => row.Bib, StringComparer.Ordinal)];

    private static IEnumerable<(string?, double, PassingUse)> Uses(MeetScript script) => HeatStandings.PassingsOf(script.Meet, script.Meet.Heats["h1"])
        .Select(entry => (entry.Bib, Math.Round((entry.Passing.Passing.Time - script.Time(0)).TotalSeconds, 3), entry.Passing.Use))
        .OrderBy(entry => entry.Item2);

    /// <summary>
    /// 400 m, five on one clock; what stands at the last point that all who have passed anything have passed decides, the rest in start order.
    /// <code>
    ///         100 m   200 m   300 m
    /// 1        9.0    18.0    27.0
    /// 2        9.2    17.8
    /// 3        8.9                     at 100 m: 3 (8.9) 1 (9.0) 2 (9.2)
    /// 4, 5  nothing yet: last
    /// 3 is out: at 200 m: 2 (17.8) 1 (18.0)
    /// </code>
    /// </summary>
    [Fact]
    public void Against_the_clock_the_last_point_that_all_have_passed_decides_and_who_is_out_holds_nobody_back_LAP_4()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1", "2", "3", "4", "5"]], 400, dual: false)).Start("h1");
        script.PassAt("split-1", "3", 8.9).PassAt("split-1", "1", 9).PassAt("split-1", "2", 9.2);
        Assert.Equal("3 1 2 4 5", Order(script));
        script.Pass("2", 17.8).Pass("1", 18).PassAt("split-1", "1", 27);
        Assert.Equal("3 1 2 4 5", Order(script));
        script.Do(new Sanction("h1", "3", "DNF", "fell"));
        Assert.Equal("2 1 4 5 3", Order(script));
    }

    /// <summary>The third is read at 200 m in 18.5, and there 2 (17.8) leads 1 (18.0) and 3 (18.5), who was first at 100 m.</summary>
    [Fact]
    public void As_soon_as_all_have_passed_the_next_point_it_is_the_one_that_counts_LAP_4()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1", "2", "3"]], 400, dual: false)).Start("h1");
        script.PassAt("split-1", "3", 8.9).PassAt("split-1", "1", 9).PassAt("split-1", "2", 9.2);
        script.Pass("2", 17.8).Pass("1", 18).Pass("3", 18.5);
        Assert.Equal("2 1 3", Order(script));
    }

    [Fact]
    public void Who_is_sent_away_at_the_start_did_not_start_whatever_gate_opened_and_the_other_did_not_finish_TIM_6()
    {
        var script = Two().Gate("gate-1", 2).Gate("gate-2", 2.5).Do(new Sanction("h1", "1", "DNS", "not ready")).Do(new FinishHeat("h1"));
        Assert.Equal([("1", "DNS"), ("2", "DNF")], Statuses(script));
    }

    [Fact]
    public void Whom_the_camera_has_as_not_started_did_not_start_though_his_gate_opened_TIM_6()
    {
        var script = Two().Gate("gate-1", 2).Gate("gate-2", 2.5).PassAt("finish-2", "1", 11).PassAt("finish-1", "1", 20).Hear(new FinishRead
        {
            Source = "photo", Heat = "h1", Revision = 1, Rows = [new("1", 1, TimeSpan.FromSeconds(18.01), "OK"), new("2", null, null, "DNS")],
        });
        script.Do(new FinishHeat("h1"));
        Assert.Equal([("1", "OK"), ("2", "DNS")], Statuses(script));
    }

    /// <summary>
    /// Seconds since the arming.
    /// <code>
    /// 2.00 gate 1: start of 1      2.02 chip of 1 there: the gate goes before      2.70 gate 2: start of 2      2.80 gate 2 again
    /// 12.0 and 21.0 1 at line 2 and home: 19.000                                   12.5 and 20.7 2: 18.000
    /// struck out 2.70: the clock of 2 runs from 2.80, 17.900
    /// </code>
    /// </summary>
    [Fact]
    public void The_operator_sees_whose_start_each_reading_is_and_the_next_one_stands_in_for_one_that_is_struck_out_TIM_6()
    {
        var script = Two().Gate("gate-1", 2).PassAt("gate-1", "1", 2.02).Gate("gate-2", 2.7);
        var struck = script.Journal[^1].At;
        script.Gate("gate-2", 2.8).PassAt("finish-2", "1", 12).PassAt("finish-1", "2", 12.5).PassAt("finish-2", "2", 20.7).PassAt("finish-1", "1", 21);
        Assert.Equal(
            [("1", 2, PassingUse.Start), ("1", 2.02, PassingUse.Duplicate), ("2", 2.7, PassingUse.Start), ("2", 2.8, PassingUse.Duplicate)],
            Uses(script).Take(4));
        Assert.Equal((19_000L, 18_000L), (script.Heat("h1").Row("1").TimeMs, script.Heat("h1").Row("2").TimeMs));
        script.Do(new VoidPassing("h1", struck));
        Assert.Equal([("2", 2.7, PassingUse.Voided), ("2", 2.8, PassingUse.Start)], Uses(script).Skip(2).Take(2));
        Assert.Equal((19_000L, 17_900L), (script.Heat("h1").Row("1").TimeMs, script.Heat("h1").Row("2").TimeMs));
    }

    [Fact]
    public void The_first_of_both_ankles_read_at_the_start_begins_the_clock_TIM_6()
    {
        var script = Two().PassAt("gate-1", "1", 3).PassAt("gate-1", "1", 3.04, "b").PassAt("finish-2", "1", 12).PassAt("finish-1", "1", 21);
        Assert.Equal(18_000, script.Heat("h1").Row("1").TimeMs);
        Assert.Equal([("1", 3, PassingUse.Start), ("1", 3.04, PassingUse.Duplicate)], Uses(script).Take(2));
    }

    /// <summary>The gate without a line opens at 1.5, that of line 1 at 3 and that of line 2 at 5.</summary>
    [Fact]
    public void Where_gates_tell_their_line_one_that_tells_none_starts_nobody_TIM_6()
    {
        var script = Two().Gate("start-1", 1.5).Gate("gate-1", 3).Gate("gate-2", 5);
        script.PassAt("finish-2", "1", 12).PassAt("finish-1", "1", 21).PassAt("finish-1", "2", 14).PassAt("finish-2", "2", 23.5);
        Assert.Equal((18_000L, 18_500L), (script.Heat("h1").Row("1").TimeMs, script.Heat("h1").Row("2").TimeMs));
        // Whose it would have been nobody knows: it is shown with the first of the heat.
        Assert.Contains(("1", 1.5, PassingUse.Duplicate), Uses(script));
    }

    [Fact]
    public void Who_is_read_before_his_own_start_is_shown_as_too_early_and_has_skated_nothing_TIM_6()
    {
        var script = Two().Gate("gate-1", 2).PassAt("finish-2", "2", 12);
        Assert.Contains(("2", 12, PassingUse.TooEarly), Uses(script));
        Assert.All(HeatStandings.PassingsOf(script.Meet, script.Meet.Heats["h1"]), entry => Assert.Equal(0, entry.Passing.Lap));
        Assert.Equal(0, script.Heat("h1").Row("2").Crossings.Lap);
    }

    /// <summary>Alone from gate 1 at 2.0: somebody walks through the beam at 15.0 (13.000), he himself at 20.1 (18.100).</summary>
    [Fact]
    public void A_beam_that_is_struck_out_is_no_finish_of_who_skates_alone_TIM_5()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1"]])).Ready("h1").Gate("gate-1", 2).Gate("finish-1", 15);
        var walked = script.Journal[^1].At;
        Assert.Equal(13_000, script.Heat("h1").Row("1").TimeMs);
        script.Do(new VoidPassing("h1", walked));
        Assert.Null(script.Heat("h1").Row("1").TimeMs);
        script.Gate("finish-1", 20.1);
        Assert.Equal((18_100L, Evidence.Photocell), (script.Heat("h1").Row("1").TimeMs, script.Heat("h1").Row("1").Evidence));
    }

    /// <summary>Transponder 20.000; beams 19.940 and 20.012: the nearer is his. Struck out, it is the other; both, the transponder.</summary>
    [Fact]
    public void The_nearest_beam_is_the_time_and_one_that_is_struck_out_is_none_TIM_5()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2"]], distanceM: 200)).Start("h1").Gate("finish-1", 19.94);
        var first = script.Journal[^1].At;
        script.Gate("finish-1", 20.012).Pass("1", 20).Pass("2", 25);
        Assert.Equal((20_012L, Evidence.Photocell), (script.Heat("h1").Row("1").TimeMs, script.Heat("h1").Row("1").Evidence));
        script.Refused(new VoidPassing("h1", 1));
        script.Do(new VoidPassing("h1", first + 1));
        Assert.Equal((19_940L, Evidence.Photocell), (script.Heat("h1").Row("1").TimeMs, script.Heat("h1").Row("1").Evidence));
        script.Do(new VoidPassing("h1", first));
        Assert.Equal((20_000L, Evidence.Transponder), (script.Heat("h1").Row("1").TimeMs, script.Heat("h1").Row("1").Evidence));
    }

    /// <summary>Below 300 m one false start is let go, from there on two; the next is a technical fault.</summary>
    [Theory]
    [InlineData(200, 1, null), InlineData(200, 2, "DSQ-TF"), InlineData(300, 2, null), InlineData(300, 3, "DSQ-TF")]
    public void The_next_false_start_after_those_that_are_let_go_disqualifies_INC_2(int distanceM, int falseStarts, string? status)
    {
        var script = Two(distanceM);
        for (var i = 0; i < falseStarts; i++)
            script.Gate("gate-1", 2 + i).Do(new RecallHeat("h1", "1")).Do(new ArmHeat("h1"));
        Assert.Equal(status, script.Heat("h1").Row("1").Status);
    }

    /// <summary>Transponder 20.000: a beam 80 ms away is the same crossing, one a millisecond farther is not.</summary>
    [Theory]
    [InlineData(20.080, true), InlineData(20.081, false), InlineData(19.920, true), InlineData(19.919, false)]
    public void A_beam_is_the_same_crossing_up_to_eighty_milliseconds_from_the_transponder_TIM_5(double beam, bool isHis)
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2"]], distanceM: 200)).Start("h1").Pass("1", 20).Pass("2", 25).Gate("finish-1", beam);
        Assert.Equal(isHis ? Evidence.Photocell : Evidence.Transponder, script.Heat("h1").Row("1").Evidence);
    }

    /// <summary>1 at 20.000, 2 at 20.100. At 20.080 the beam may have been either; a millisecond later 1 was too far away.</summary>
    [Theory]
    [InlineData(20.080, 20_100), InlineData(20.081, 20_081)]
    public void A_beam_is_nobodys_while_the_one_before_may_have_broken_it_TIM_5(double beam, long ms)
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2"]], distanceM: 200)).Start("h1").Pass("1", 20).Pass("2", 20.1).Gate("finish-1", beam);
        Assert.Equal((20_000L, ms), (script.Heat("h1").Row("1").TimeMs, script.Heat("h1").Row("2").TimeMs));
    }

    [Fact]
    public void Of_two_beams_as_near_the_earlier_is_the_crossing_TIM_5()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2"]], distanceM: 200)).Start("h1").Pass("1", 20).Pass("2", 25);
        script.Gate("finish-1", 20.03).Gate("finish-1", 19.97);
        Assert.Equal(19_970, script.Heat("h1").Row("1").TimeMs);
    }

    /// <summary>Two laps; read at the split at 19.980, at the line at 20.000 and at the next split at 20.030: the beam at the line was between.</summary>
    [Theory]
    [InlineData(19.979, false), InlineData(19.980, true), InlineData(20.030, true), InlineData(20.031, false)]
    public void A_beam_puts_nobody_before_the_split_he_came_from_nor_after_the_next_one_TIM_5(double beam, bool isHis)
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2"]], distanceM: 400)).Start("h1");
        script.PassAt("split-1", "1", 19.98).Pass("1", 20).PassAt("split-1", "1", 20.03).Gate("finish-1", beam).Pass("1", 40).Gate("finish-1", 40.012);
        var way = script.Heat("h1").Row("1").Crossings;
        Assert.Equal((2, isHis, true), (way.Lap, way.Laps[0].ByBeam, way.Laps[1].ByBeam));
        Assert.Equal(40_012, script.Heat("h1").Row("1").TimeMs);
    }

    /// <summary>300 m alone from 5.000: half a lap at 14.000, where his chip was read too, and home at 29.777, where it was not.</summary>
    [Fact]
    public void Who_skates_alone_is_followed_from_beam_to_beam_in_order_of_time_TIM_5_LAP_2()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1"]], 300, dual: false)).Ready("h1").Gate("start-1", 5);
        script.Gate("finish-1", 14).Pass("1", 14.01).Gate("finish-1", 29.777);
        Assert.Equal((24_777L, 2), (script.Heat("h1").Row("1").TimeMs, script.Heat("h1").Row("1").Crossings.Lap));
    }

    [Fact]
    public void Who_has_passed_nothing_stands_behind_and_as_long_as_that_is_everybody_they_stand_as_they_start_LAP_4()
    {
        var script = Two().Gate("gate-1", 2).Gate("gate-2", 2.5);
        Assert.Equal("1 2", Order(script));
        Assert.Equal("2 1", Order(script.PassAt("finish-1", "2", 12)));
    }

    [Fact]
    public void The_camera_says_nothing_of_who_is_not_on_its_list_and_he_left_the_start_TIM_6()
    {
        var script = Two().Gate("gate-1", 2).Gate("gate-2", 2.5).Hear(new FinishRead
        {
            Source = "photo", Heat = "h1", Revision = 1, Rows = [new("1", 1, TimeSpan.FromSeconds(18.01), "OK")],
        });
        Assert.Equal([("1", "OK"), ("2", "DNF")], Statuses(script.Do(new FinishHeat("h1"))));
    }

    /// <summary>One gate for both, open at 5.0. Up to a second later it is the same start, heard again; after that it is the second man's.</summary>
    [Theory]
    [InlineData(6.0, false), InlineData(6.001, true)]
    public void A_gate_that_is_heard_again_within_a_second_is_the_same_start_TIM_7(double again, bool isNext)
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1", "2"]], dual: false)).Ready("h1").Gate("start-1", 5).Gate("start-1", again);
        Assert.Equal([("1", 5, PassingUse.Start), isNext ? ("2", again, PassingUse.Start) : ("1", again, PassingUse.Duplicate)], Uses(script));
        Assert.Equal(isNext, script.Heat("h1").Row("2").OwnStart is not null);
        Assert.All(HeatStandings.PassingsOf(script.Meet, script.Meet.Heats["h1"]), entry => Assert.Equal(0, entry.Passing.Lap));
    }

    [Fact]
    public void A_chip_of_one_letter_starts_a_clock_like_any_other_TIM_6()
    {
        var document = MeetScript.TimeTrial([["1", "2"]]);
        document = document with { Skaters = document.Skaters.SetItem(1, document.Skaters[1] with { Transponders = ["z"] }) };
        var script = new MeetScript(document).Ready("h1").Gate("gate-1", 2).PassAt("gate-2", "", 3, "z").PassAt("gate-1", "", 3.04, "z").PassAt("finish-1", "", 12, "z").PassAt("finish-2", "", 21, "z");
        Assert.Equal(18_000, script.Heat("h1").Row("2").TimeMs);
        Assert.Equal([("2", 3, PassingUse.Start), ("2", 3.04, PassingUse.Duplicate)], Uses(script).Skip(1).Take(2));
    }

    /// <summary>
    /// Seconds since the arming; both start at 2.0. Beams: 11.010 at line 2 as 1 comes by, 15.0 at line 1 from somebody who walks, 20.110 at line 1 as 1 ends.
    /// </summary>
    [Fact]
    public void The_operator_sees_every_beam_with_whose_crossing_it_times_and_what_is_struck_out_as_such_TIM_5()
    {
        var script = Two().Gate("gate-1", 2).Gate("gate-2", 2).PassAt("finish-2", "1", 11).Gate("finish-2", 11.01).Gate("finish-1", 15);
        var walked = script.Journal[^1].At;
        script.PassAt("finish-1", "1", 20.1).Gate("finish-1", 20.11);
        Assert.Equal([("1", 11.01, PassingUse.Beam), (null, 15, PassingUse.Beam), ("1", 20.11, PassingUse.Beam)], Uses(script).Where(use => use.Item3 == PassingUse.Beam));
        Assert.Contains((null, 15, PassingUse.Voided), Uses(script.Do(new VoidPassing("h1", walked))));

        var alone = new MeetScript(MeetScript.TimeTrial([["1"]])).Ready("h1").Gate("gate-1", 2).Gate("finish-1", 15);
        Assert.Contains(("1", 15, PassingUse.Voided), Uses(alone.Do(new VoidPassing("h1", alone.Journal[^1].At))));
        var bunch = new MeetScript(MeetScript.Sprint([["1", "2"]], distanceM: 200)).Start("h1").Pass("1", 20).Pass("2", 20.01).Gate("finish-1", 20.005);
        Assert.Contains((null, 20.005, PassingUse.Beam), Uses(bunch));
    }

    /// <summary>2 starts 0.7 s after 1, and 17.700 later she is home: 18.4 s on the clock of the heat.</summary>
    [Fact]
    public void The_finish_of_the_second_to_start_is_shown_as_counted_TIM_6()
    {
        var script = Two().Gate("gate-1", 2).Gate("gate-2", 2.7).PassAt("finish-1", "2", 12).PassAt("finish-2", "2", 20.4);
        Assert.Equal([("2", 12, PassingUse.Counted), ("2", 20.4, PassingUse.Counted)], Uses(script).Skip(2));
    }

    /// <summary>
    /// 600 m, one after the other from one gate at 2.0 and 4.0; laps of 20 s. 1 is at the line at 22, 42 and 62. Until 2 has come by, nobody knows whether
    /// he is late; he comes at 24, and 40 s later he is 20 s late.
    /// </summary>
    [Fact]
    public void Against_the_clock_nobody_is_overdue_before_he_has_come_by()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1", "2"]], 600, dual: false)).Ready("h1").Gate("start-1", 2).Gate("start-1", 4);
        script.Pass("1", 22).Pass("1", 42).Pass("1", 62);
        Assert.Null(script.Heat("h1").Row("2").OverdueMs);
        Assert.Equal(20_000, script.Pass("2", 24).Heat("h1").Row("2").OverdueMs);
    }

    /// <summary>300 m alone from 5.000: beams and chips at half a lap and home, both ankles, and 29.7 by hand. Of the finish there are three words, of half a lap none.</summary>
    [Fact]
    public void The_finish_of_who_skates_alone_is_known_by_beam_chip_and_hand_and_each_reading_is_listed_once_TIM_5()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1"]], 300, dual: false)).Ready("h1").Gate("start-1", 5).Gate("finish-1", 14).Pass("1", 14.01);
        script.Gate("finish-1", 29.777).Pass("1", 29.79).Pass("1", 29.81, "b").Do(new AddPassing("h1", "1", script.Time(29.7)));
        Assert.Equal(
            [(Evidence.Photocell, 24_777.0), (Evidence.Transponder, 24_790), (Evidence.Hand, 24_700)],
            FinishEvidence.Of(script.Meet, script.Heat("h1"), script.Heat("h1").Row("1")).Select(word => (word.Kind, word.Elapsed!.Value.TotalMilliseconds)));
        var listed = HeatStandings.PassingsOf(script.Meet, script.Meet.Heats["h1"]).Select(entry => entry.Passing.Passing.At).ToList();
        Assert.Equal(listed.Distinct(), listed);
    }
}
