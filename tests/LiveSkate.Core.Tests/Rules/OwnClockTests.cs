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

    private static IEnumerable<(string, double, PassingUse)> Uses(MeetScript script) => HeatStandings.PassingsOf(script.Meet, script.Meet.Heats["h1"])
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
    }

    [Fact]
    public void Who_is_read_before_his_own_start_is_shown_as_too_early_and_has_skated_nothing_TIM_6()
    {
        var script = Two().Gate("gate-1", 2).PassAt("finish-2", "2", 12);
        Assert.Contains(("2", 12, PassingUse.TooEarly), Uses(script));
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
}
