using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

public sealed class HeatStandingsTests
{
    private static MeetScript Two() => new(MeetScript.Sprint([["1", "2"]]));

    private static MeetScript Three() => new(MeetScript.Sprint([["1", "2", "3"]]));

    [Fact]
    public void While_running_more_laps_come_first_and_then_the_earlier_there_LAP_4()
    {
        var script = Three().Start("h1").Pass("1", 17).Pass("2", 17.2).Pass("3", 17.4).Pass("3", 34.0);
        Assert.Equal(["3", "1", "2"], script.Heat("h1").Rows.Select(row => row.Bib));
        script.Pass("2", 34.1);
        Assert.Equal(["3", "2", "1"], script.Heat("h1").Rows.Select(row => row.Bib));
        Assert.Equal([1, 2, 3], script.Heat("h1").Rows.Select(row => row.Rank));
        Assert.Equal(HeatStage.Running, script.Heat("h1").State);
    }

    [Fact]
    public void The_second_ankle_is_no_second_lap_TIM_7()
    {
        var script = Two().Start("h1").Pass("1", 17).Pass("1", 17.03, "b");
        Assert.Equal(1, script.Heat("h1").Row("1").Crossings.Lap);
        Assert.Equal(TimeSpan.FromSeconds(17), script.Heat("h1").Row("1").Crossings.Laps[0].Elapsed);
    }

    [Fact]
    public void The_second_ankle_counts_where_the_first_was_not_read()
    {
        var script = Two().Start("h1").Pass("1", 17.03, "b").Pass("1", 34);
        Assert.Equal(2, script.Heat("h1").Row("1").Crossings.Lap);
    }

    [Fact]
    public void Standing_on_the_line_at_the_gun_is_no_lap_LAP_5()
    {
        var script = Two().Start("h1").Pass("1", 0.4).Pass("1", 17);
        Assert.Equal(1, script.Heat("h1").Row("1").Crossings.Lap);
    }

    [Fact]
    public void Times_are_cut_and_never_rounded_TIM_2()
    {
        var script = new MeetScript(MeetScript.Sprint([["1"]])).Start("h1");
        for (var lap = 1; lap <= 5; lap++)
            script.Pass("1", 78.5089 * lap / 5);
        Assert.Equal(78508, script.Heat("h1").Row("1").TimeMs);
    }

    [Fact]
    public void Equal_thousandths_are_ordered_by_microseconds_and_share_a_rank_where_these_are_equal_too()
    {
        var script = Three().Start("h1");
        foreach (var (bib, time) in new[] { ("1", 85.000900), ("2", 85.000100), ("3", 85.000100) })
            for (var lap = 1; lap <= 5; lap++)
                script.Pass(bib, lap == 5 ? time : 17.0 * lap);
        Assert.Equal([("2", 1), ("3", 1), ("1", 3)], script.Heat("h1").Rows.Select(row => (row.Bib, row.Rank!.Value)));
        Assert.All(script.Heat("h1").Rows, row => Assert.Equal(85000, row.TimeMs));
        Assert.All(script.Heat("h1").Rows, row => Assert.True(row.Unresolved));
    }

    [Fact]
    public void Who_has_passings_but_no_finish_is_DNF_and_who_has_none_DNS_when_the_office_ends_the_heat()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2", "3"]], new AdvanceRule(1, 1), [MeetScript.Final()]))
            .Start("h1").Skate("1", 85_000).Pass("2", 17);
        Assert.Equal(HeatStage.Running, script.Heat("h1").State);
        script.Do(new FinishHeat("h1"));
        var heat = script.Heat("h1");
        Assert.Equal(HeatStage.Finished, heat.State);
        Assert.Equal(["OK", "DNF", "DNS"], heat.Rows.Select(row => row.Status));
        // RNK-2 shares the last place with a DNF; RNK-3 gives none for a first-round DNS.
        Assert.Equal([1, 2, null], heat.Rows.Select(row => row.Rank));
    }

    [Fact]
    public void A_passing_that_arrives_after_the_heat_was_ended_still_makes_a_finish()
    {
        var script = Two().Start("h1").Skate("1", 85_000).Skate("2", 84_000, 4 + 1 - 1);
        script.Do(new FinishHeat("h1"));
        Assert.Equal("DNF", script.Heat("h1").Row("2").Status);
        script.Pass("2", 100);
        Assert.Equal(("OK", 2), (script.Heat("h1").Row("2").Status, script.Heat("h1").Row("2").Rank));
    }

    [Fact]
    public void A_late_passing_changes_a_published_result_and_makes_a_version_but_never_an_official_one()
    {
        var script = Two().Start("h1").Skate("1", 85_000);
        script.Do(new FinishHeat("h1")).Do(new Publish("h1"));
        Assert.Equal(1, script.Meet.Heats["h1"].Version);
        script.Skate("2", 84_000);
        Assert.Equal("2", script.Heat("h1").Rows[0].Bib);
        // DNS became DNF with the first passing, and OK with the last.
        Assert.Equal(3, script.Meet.Heats["h1"].Version);

        script.Do(new MakeOfficial("h1")).Hear(script.Passing("1", 8.5));
        Assert.Equal(85_000, script.Heat("h1").Row("1").TimeMs);
        Assert.Contains(HeatStandings.PassingsOf(script.Meet, script.Meet.Heats["h1"]), p => p.Passing.Use == Core.Timing.PassingUse.AfterOfficial);
    }

    [Fact]
    public void A_recall_ends_the_start_and_its_passings_do_not_count_for_the_next()
    {
        var script = Two().Start("h1").Pass("1", 9).Recall(10);
        Assert.Equal(HeatStage.Open, script.Heat("h1").State);
        script.Do(new ArmHeat("h1")).Gun(script.Passing("1", 60).Time);
        Assert.Equal(HeatStage.Running, script.Heat("h1").State);
        Assert.Equal(0, script.Heat("h1").Row("1").Crossings.Lap);
    }

    /// <summary>Of the three, the camera had 1 at 1:25, the jury gave 2 a time, and the race was stopped. Nobody has skated in the next start.</summary>
    [Fact]
    public void What_was_read_and_judged_of_a_start_ends_with_its_recall_INC_3()
    {
        var script = Three().Start("h1").Hear(Photo(1, ("1", 1, 85_000))).Do(new SetTime("h1", "2", 84_000, "hand time"))
            .Do(new PauseHeat("h1", "stopped", "a fall")).Do(new RecallHeat("h1", null)).Do(new ArmHeat("h1"))
            .Do(new StartHeat("h1", MeetScript.Noon.AddHours(1)));
        var heat = script.Heat("h1");
        Assert.Equal(HeatStage.Running, heat.State);
        Assert.All(heat.Rows, row => Assert.True(row is { Status: null, TimeMs: null }));
        Assert.Null(heat.Heat.Run.Paused);
        Assert.All(heat.Rows, row => Assert.Empty(FinishEvidence.Of(script.Meet, heat, row)));
        Assert.Equal([UnusedFinish.Recalled], FinishEvidence.Unused(script.Meet).Select(unused => unused.Why));
    }

    [Fact]
    public void A_photo_finish_that_does_not_count_is_listed_with_why()
    {
        var script = Two().Start("h1").Hear(Photo(1, ("1", 1, 85_000), ("2", 2, 86_000))).Hear(Photo(2, ("2", 1, 85_000), ("1", 2, 86_000)));
        script.Sign("h1").Hear(Photo(3, ("1", 1, 85_000), ("2", 2, 86_000)));
        Assert.Equal([(1, UnusedFinish.Superseded), (3, UnusedFinish.AfterOfficial)], FinishEvidence.Unused(script.Meet).Select(unused => (unused.Finish.Revision, unused.Why)));
        Assert.Equal("2", script.Heat("h1").Rows[0].Bib);
    }

    /// <summary>The camera's operator was quicker than the office, which starts the heat by hand when all is over.</summary>
    [Fact]
    public void A_photo_finish_that_came_before_the_heat_was_armed_counts_once_it_is()
    {
        var script = Two().Do(new OpenHeat("h1")).Hear(Photo(1, ("1", 1, 85_000), ("2", 2, 86_000)));
        script.Do(new ArmHeat("h1")).Do(new StartHeat("h1", MeetScript.Noon));
        Assert.Equal([85_000, 86_000], script.Heat("h1").Rows.Select(row => row.TimeMs));
    }

    [Fact]
    public void A_recall_by_the_office_remembers_who_was_early_INC_2()
    {
        var script = Two().Start("h1").Do(new RecallHeat("h1", "2"));
        Assert.Equal(HeatStage.Open, script.Heat("h1").State);
        Assert.Equal([("2", "FS")], script.Meet.Heats["h1"].Run.Sanctions.Select(given => (given.Bib, given.Code)));
    }

    [Fact]
    public void A_photo_finish_beats_the_transponders_and_its_highest_revision_counts_TIM_5()
    {
        var script = Two().Start("h1").Skate("1", 85_000).Skate("2", 85_010);
        script.Hear(Photo(2, ("2", 1, 85_004), ("1", 2, 85_005)));
        script.Hear(Photo(1, ("1", 1, 85_004), ("2", 2, 85_005)));
        Assert.Equal([("2", 85_004L), ("1", 85_005L)], script.Heat("h1").Rows.Select(row => (row.Bib, row.TimeMs!.Value)));
        Assert.All(script.Heat("h1").Rows, row => Assert.False(row.Unresolved));
    }

    [Fact]
    public void A_place_without_a_time_has_a_rank_and_no_time_TIM_9()
    {
        var script = Two().Start("h1").Skate("1", 85_000);
        script.Do(new SetFinishOrder("h1", [["2"], ["1"]])).Do(new FinishHeat("h1"));
        Assert.Equal(("2", 1, (long?)null, "OK"), (script.Heat("h1").Rows[0].Bib, script.Heat("h1").Rows[0].Rank!.Value, script.Heat("h1").Rows[0].TimeMs, script.Heat("h1").Rows[0].Status));
    }

    [Fact]
    public void Nobody_can_separate_a_dead_heat_and_the_next_rank_skips_TIM_11()
    {
        var script = Three().Start("h1").Skate("1", 85_000).Skate("2", 85_001).Skate("3", 86_000);
        script.Do(new SetFinishOrder("h1", [["1", "2"], ["3"]]));
        Assert.Equal([1, 1, 3], script.Heat("h1").Rows.Select(row => row.Rank));
    }

    [Theory]
    [InlineData("DSQ-SF", null), InlineData("DSQ-DF", null), InlineData("DSQ-TF", 2), InlineData("DNF", 2)]
    public void A_disqualification_moves_the_others_up_and_keeps_a_last_place_or_none_RNK_2_to_5(string code, int? rank)
    {
        var script = Two().Start("h1").Skate("1", 85_000).Skate("2", 86_000);
        script.Do(new Sanction("h1", "1", code, "because"));
        Assert.Equal(("2", 1), (script.Heat("h1").Rows[0].Bib, script.Heat("h1").Rows[0].Rank!.Value));
        Assert.Equal((code, rank, (long?)null), (script.Heat("h1").Row("1").Status, script.Heat("h1").Row("1").Rank, script.Heat("h1").Row("1").TimeMs));
        script.Do(new LiftSanction("h1", "1", code, "mistaken"));
        Assert.Equal(1, script.Heat("h1").Row("1").Rank);
    }

    [Fact]
    public void A_missed_read_is_flagged_and_never_made_up_LAP_6()
    {
        var script = Two().Start("h1").Skate("1", 85_000);
        foreach (var seconds in new[] { 17.0, 51.0, 68.0, 85.5 })
            script.Pass("2", seconds);
        Assert.True(script.Heat("h1").Row("2").MissedRead);
        Assert.Null(script.Heat("h1").Row("2").TimeMs);
        script.Do(new AddPassing("h1", "2", script.Passing("2", 34).Time));
        Assert.Equal((85_500, false), (script.Heat("h1").Row("2").TimeMs, script.Heat("h1").Row("2").MissedRead));
    }

    [Fact]
    public void A_voided_passing_does_not_count()
    {
        var script = Two().Start("h1").Pass("1", 9.0).Pass("1", 17.2);
        Assert.Equal(2, script.Heat("h1").Row("1").Crossings.Lap);
        var early = HeatStandings.PassingsOf(script.Meet, script.Meet.Heats["h1"])[0].Passing.Passing.At;
        script.Do(new VoidPassing("h1", early));
        Assert.Single(HeatStandings.PassingsOf(script.Meet, script.Meet.Heats["h1"]), p => p.Passing is { Use: Core.Timing.PassingUse.Voided, Lap: 0 });
        Assert.Equal(17.2, script.Heat("h1").Row("1").Crossings.Laps[0].Elapsed.TotalSeconds);
    }

    [Fact]
    public void An_annulled_heat_runs_again_under_the_same_id_and_the_old_run_is_kept_INC_9()
    {
        var script = Two().Start("h1").Skate("1", 85_000).Do(new AnnulHeat("h1", "a dog"));
        Assert.Equal((HeatStage.Open, 2), (script.Heat("h1").State, script.Meet.Heats["h1"].RunNumber));
        script.Do(new ArmHeat("h1")).Gun(script.Passing("1", 900).Time);
        Assert.Equal(0, script.Heat("h1").Row("1").Crossings.Lap);
    }

    [Theory]
    [InlineData(1000, 200, 5), InlineData(500, 200, 3), InlineData(300, 200, 2), InlineData(200, 200, 1), InlineData(5000, 200, 25)]
    [InlineData(1000, 111.12, 9), InlineData(500, 111.12, 5), InlineData(1000, 333.33, 3)]
    public void The_first_part_lap_takes_the_rest_of_the_distance_LAP_2(int distance, double lap, int laps) =>
        Assert.Equal(laps, Course.Of(distance, (decimal)lap, new FormatProfile("sprint")).Laps);

    private static FinishRead Photo(int revision, params (string Bib, int Place, long Ms)[] rows) => new()
    {
        Source = "photo", Heat = "h1", Revision = revision,
        Rows = [.. rows.Select(row => new FinishRow(row.Bib, row.Place, TimeSpan.FromMilliseconds(row.Ms), "OK"))],
    };

    /// <summary>1 finishes at 1:25, 2 at 1:26. A recall between them finds somebody skating; one as the last is in, or later, finds nobody.</summary>
    [Theory]
    [InlineData(85.5, HeatStage.Open), InlineData(86.0, HeatStage.Finished), InlineData(90.0, HeatStage.Finished)]
    public void A_recall_counts_until_the_last_has_finished_whenever_it_arrives_INC_2(double seconds, HeatStage state) =>
        Assert.Equal(state, Two().Start("h1").Skate("1", 85_000).Skate("2", 86_000).Recall(seconds).Heat("h1").State);

    /// <summary>2 was not read; the jury has him in at 1:30.</summary>
    [Theory]
    [InlineData(88.0, HeatStage.Open), InlineData(90.0, HeatStage.Finished)]
    public void The_last_has_finished_when_the_jury_says_so_where_he_was_not_read_INC_2(double seconds, HeatStage state) =>
        Assert.Equal(state, Two().Start("h1").Skate("1", 85_000).Do(new SetTime("h1", "2", 90_000, "video")).Recall(seconds).Heat("h1").State);

    [Fact]
    public void A_recall_before_the_gun_takes_no_later_start_back()
    {
        var script = Two().Ready("h1").Recall(1);
        Assert.Equal(HeatStage.Running, script.Gun(script.Time(5)).Heat("h1").State);
    }

    [Fact]
    public void The_operator_still_sees_what_was_read_of_a_start_that_the_office_took_back()
    {
        var script = Two().Start("h1").Pass("1", 9).Do(new RecallHeat("h1"));
        Assert.Equal(HeatStage.Open, script.Heat("h1").State);
        Assert.Equal("1", Assert.Single(HeatStandings.PassingsOf(script.Meet, script.Meet.Heats["h1"])).Bib);
    }

    [Fact]
    public void The_jurys_order_of_some_says_nothing_of_who_still_skates()
    {
        var script = Three().Start("h1").Skate("1", 85_000).Skate("2", 85_100).Pass("3", 17).Do(new SetFinishOrder("h1", [["2"], ["1"]]));
        Assert.Equal([("2", "OK"), ("1", "OK"), ("3", null)], script.Heat("h1").Rows.Select(row => (row.Bib, row.Status)));
    }

    /// <summary>What is read after the signature moves no rank, but the office may write a finish in by hand once the result is under review.</summary>
    [Fact]
    public void What_the_office_writes_in_after_the_signature_counts_OFF_2()
    {
        var script = Two().Start("h1").Skate("1", 85_000).Skate("2", 86_000, 4).Do(new FinishHeat("h1")).Sign("h1");
        script.Do(new Review("h1", "the video shows him finish")).Do(new AddPassing("h1", "2", script.Passing("2", 107.5).Time));
        Assert.Equal(("OK", 107_500L), (script.Heat("h1").Row("2").Status, script.Heat("h1").Row("2").TimeMs));
    }

    [Fact]
    public void Who_was_not_in_the_heat_before_is_no_change_of_a_row()
    {
        var (one, two) = (new MeetScript(MeetScript.Sprint([["1"]])).Heat("h1"), Two().Heat("h1"));
        Assert.Equal(["1"], two.RowsChangedFrom(one).Select(change => change.Now.Bib));
        Assert.Empty(two.RowsChangedFrom(two));
        // Nothing is known of either of them yet, so there is nothing new to see.
        Assert.Empty(two.ChangesFrom(one));
    }

    /// <summary>In the run that was annulled revision 2 counted and 1 came too late. The next run is signed before its camera speaks with revision 3.</summary>
    [Fact]
    public void A_photo_finish_of_an_annulled_run_is_not_listed_as_one_that_never_counted_INC_9()
    {
        var script = Two().Start("h1").Skate("1", 85_000).Skate("2", 86_000).Hear(Photo(2, ("2", 1, 85_000), ("1", 2, 86_000))).Hear(Photo(1, ("1", 1, 85_000)));
        script.Do(new AnnulHeat("h1", "a dog")).Do(new ArmHeat("h1")).Do(new StartHeat("h1", MeetScript.Noon.AddHours(1)));
        Assert.Equal([(1, UnusedFinish.Superseded)], FinishEvidence.Unused(script.Meet).Select(unused => (unused.Finish.Revision, unused.Why)));
        script.Do(new SetFinishOrder("h1", [["1"], ["2"]])).Sign("h1").Hear(Photo(3, ("2", 1, 85_000)));
        Assert.Equal((3, UnusedFinish.AfterOfficial), FinishEvidence.Unused(script.Meet).Select(unused => (unused.Finish.Revision, unused.Why)).Last());
    }

    [Fact]
    public void A_sprint_has_nothing_ahead_but_its_laps()
    {
        var ahead = Two().Start("h1").Pass("1", 17).Heat("h1").Ahead;
        Assert.Equal((null, null, 0, null), (ahead.NextSprint, ahead.NextElimination, ahead.GoOut, ahead.StillIn));
    }

    /// <summary>9.0 and 17.0 of the first start, which is recalled at 18; 17.0 of the second.</summary>
    [Fact]
    public void What_was_read_of_a_start_that_was_recalled_is_still_shown_as_such_INC_2()
    {
        var script = Two().Start("h1").Pass("1", 9).Pass("1", 17).Recall(18).Do(new ArmHeat("h1")).Gun(MeetScript.Noon.AddMinutes(20));
        script.Hear(script.Passing("1", 600 + 17));
        Assert.Equal(
            [PassingUse.FalseStart, PassingUse.FalseStart, PassingUse.Counted],
            HeatStandings.PassingsOf(script.Meet, script.Meet.Heats["h1"]).Select(entry => entry.Passing.Use));
    }

    [Fact]
    public void Of_two_photo_finishes_with_the_same_revision_the_first_counts()
    {
        var script = Two().Start("h1").Hear(Photo(1, ("2", 1, 85_000), ("1", 2, 86_000))).Hear(Photo(1, ("1", 1, 85_000), ("2", 2, 86_000)) with { Source = "finish-1" });
        Assert.Equal("2", script.Heat("h1").Rows[0].Bib);
        Assert.Equal([("finish-1", UnusedFinish.Superseded)], FinishEvidence.Unused(script.Meet).Select(unused => (unused.Finish.Source, unused.Why)));
    }

    [Fact]
    public void A_heat_that_waits_for_its_gun_hears_it_though_another_is_annulled()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2"], ["3", "4"]])).Start("h1").Skate("1", 85_000).Skate("2", 86_000).Do(new OpenHeat("h2")).Do(new ArmHeat("h2"));
        script.Do(new AnnulHeat("h1", "a dog")).Gun(script.Time(300));
        Assert.Equal(HeatStage.Running, script.Heat("h2").State);
    }

    /// <summary>A simulator that was left running starts no race and times nobody, but in a rehearsal it does.</summary>
    [Theory]
    [InlineData(false, HeatStage.Armed), InlineData(true, HeatStage.Running)]
    public void What_is_simulated_counts_in_a_rehearsal_alone(bool rehearsal, HeatStage state)
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2"]]) with { Rehearsal = rehearsal }).Ready("h1");
        script.Hear(new SignalGiven { Source = "start-1", Kind = SignalKind.Gun, Time = script.Time(0), Sim = true });
        Assert.Equal(state, script.Heat("h1").State);
        script.Gun(script.Time(1)).Hear(script.Passing("1", 18) with { Sim = true });
        Assert.Equal(rehearsal ? 1 : 0, script.Heat("h1").Row("1").Crossings.Lap);
    }

    /// <summary>Starts at 0, 60 and 120 s. 9.0 with a beam belong to the first, 68.0 to the second, 137.0 to the third, which counts.</summary>
    [Fact]
    public void Each_reading_is_shown_with_the_one_false_start_that_it_was_of_INC_2()
    {
        var script = Two().Start("h1").Pass("1", 9).Gate("finish-1", 9.01).Recall(10).Do(new ArmHeat("h1"));
        script.Gun(script.Time(60)).Pass("1", 68).Recall(70).Do(new ArmHeat("h1")).Gun(script.Time(120)).Pass("1", 137);
        Assert.Equal(
            [(9.0, PassingUse.FalseStart, 0), (9.01, PassingUse.FalseStart, 0), (68, PassingUse.FalseStart, 0), (137, PassingUse.Counted, 1)],
            HeatStandings.PassingsOf(script.Meet, script.Meet.Heats["h1"])
                .Select(entry => (Math.Round((entry.Passing.Passing.Time - script.Time(0)).TotalSeconds, 3), entry.Passing.Use, entry.Passing.Lap)).Order());
    }
}
