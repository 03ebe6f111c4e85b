using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>rules.md sections 6 and 10: what the judges give, and what becomes of rank, time and later rounds.</summary>
public sealed class SanctionTests
{
    private static MeetScript Heat(int skaters, RuleDocument? rules = null) => Meet([[.. Enumerable.Range(1, skaters).Select(i => $"{i}")]], rules);

    private static MeetScript Meet(string[][] heats, RuleDocument? rules = null, AdvanceRule? advance = null, params RoundDocument[] later)
    {
        var document = MeetScript.Sprint(heats, advance, later);
        return new MeetScript(document with { Events = [document.Events[0] with { Rules = rules }] });
    }

    private static MeetScript Raced(MeetScript script, string heat, params (string Bib, long Ms)[] times)
    {
        script.Start(heat);
        foreach (var (bib, ms) in times)
            script.Skate(bib, ms);
        return script;
    }

    private static (string Bib, int? Rank, long? Ms)[] Ranks(MeetScript script, string heat = "h1") =>
        [.. script.Heat(heat).Rows.Select(row => (row.Bib, row.Rank, row.TimeMs))];

    private static string[] Remarks(MeetScript script, string heat, string bib) =>
        [.. HeatPublisher.State(script.Meet, script.Meet.Heats[heat], []).Rows.Single(row => row.Bib == bib).Remarks];

    [Fact]
    public void Several_codes_to_one_skater_are_all_kept_and_the_hardest_is_the_status_COD_4()
    {
        var script = Raced(Heat(2), "h1", ("1", 85_000), ("2", 86_000));
        script.Do(new Sanction("h1", "1", "DSQ-TF", "cut the cones", null, "bend 2", "171.1")).Do(new Sanction("h1", "1", "DSQ-SF", "pushed", null, "bend 2"));
        script.Do(new Sanction("h1", "1", "DNF", "left"));
        Assert.Equal("DSQ-SF", script.Heat("h1").Row("1").Status);
        var given = script.Meet.Heats["h1"].Run.Sanctions;
        Assert.Equal(
            [("DSQ-TF", "cut the cones", "bend 2", "171.1"), ("DSQ-SF", "pushed", "bend 2", null), ("DNF", "left", null, null)],
            given.Select(x => (x.Code, x.Reason, x.Judge, x.Article)));
        Assert.All(given, x => Assert.Equal(script.Journal.Single(recorded => recorded.At == x.At).RecordedAt, x.On));
    }

    [Fact]
    public void What_is_lifted_leaves_no_trace_in_the_ranking_and_one_in_the_record()
    {
        var script = Raced(Heat(3), "h1", ("1", 85_000), ("2", 86_000), ("3", 87_000));
        var before = Ranks(script);
        script.Do(new Sanction("h1", "1", "DSQ-SF", "pushed")).Do(new Sanction("h1", "2", "RR", "hindered", ["3"]));
        Assert.NotEqual(before, Ranks(script));
        script.Do(new LiftSanction("h1", "1", "DSQ-SF", "video")).Do(new LiftSanction("h1", "2", "RR", "video"));
        Assert.Equal(before, Ranks(script));
        Assert.Equal(["DSQ-SF", "RR"], script.Meet.Heats["h1"].Run.Lifted.Select(lifted => lifted.Given.Code));
    }

    /// <summary>INC-4: who hinders the one behind in the last straight is put behind him.</summary>
    [Fact]
    public void Reduced_in_rank_swaps_place_and_time_with_the_affected_skater_and_keeps_what_was_measured_INC_5_INC_6()
    {
        var script = Raced(Heat(4), "h1", ("1", 85_000), ("2", 85_400), ("3", 86_000), ("4", 87_000));
        script.Do(new Sanction("h1", "1", "RR", "hindered 3 in the last straight", ["3"]));
        Assert.Equal([("3", 1, 85_000L), ("2", 2, 85_400L), ("1", 3, 86_000L), ("4", 4, 87_000L)], Ranks(script));
        Assert.Equal([86_000, null, 85_000, null], script.Heat("h1").Rows.Select(row => row.MeasuredMs));
        Assert.Equal(["RR"], Remarks(script, "h1", "1"));
    }

    [Fact]
    public void Several_affected_have_the_offenders_time_and_stay_as_they_arrived_and_the_offender_has_the_last_ones_INC_5()
    {
        var script = Raced(Heat(5), "h1", ("1", 85_000), ("2", 85_500), ("3", 85_700), ("4", 86_000), ("5", 87_000));
        script.Do(new Sanction("h1", "1", "RR", "weaved", ["4", "2"]));
        Assert.Equal([("2", 1, 85_000L), ("4", 2, 85_000L), ("3", 3, 85_700L), ("1", 4, 86_000L), ("5", 5, 87_000L)], Ranks(script));
    }

    [Fact]
    public void Who_was_behind_the_skater_that_he_hindered_is_not_reduced_any_further()
    {
        var script = Raced(Heat(2), "h1", ("1", 85_000), ("2", 86_000)).Do(new Sanction("h1", "2", "RR", "hindered", ["1"]));
        Assert.Equal([("1", 1, 85_000L), ("2", 2, 86_000L)], Ranks(script));
    }

    [Fact]
    public void Swapped_times_count_for_who_goes_through_on_time_INC_6()
    {
        var script = Meet([["1", "2", "3"], ["4", "5"]], null, new AdvanceRule(1, 1), MeetScript.Final());
        Raced(script, "h1", ("1", 84_000), ("2", 85_000), ("3", 86_000)).Do(new Sanction("h1", "2", "RR", "hindered", ["3"])).Sign("h1");
        Raced(script, "h2", ("4", 84_500), ("5", 85_500)).Sign("h2");
        // 3 has the 85.000 of 2 now; with what was measured 2 would have gone through.
        Assert.Equal("q", script.Round().Find("3")!.Mark);
        Assert.Null(script.Round().Find("2")!.Mark);
    }

    [Fact]
    public void A_sprint_knows_no_warnings_and_a_reduction_names_somebody_else_INC_7()
    {
        var script = Raced(Heat(2), "h1", ("1", 85_000), ("2", 86_000));
        Assert.Equal(RefusalCodes.NotInThisFormat, script.Refused(new Sanction("h1", "1", "W1", "pushed")).Code);
        Assert.Equal(RefusalCodes.NotInThisFormat, script.Refused(new Eliminate("h1", ["1"], Cause: "fall")).Code);
        Assert.Equal(RefusalCodes.NobodyAffected, script.Refused(new Sanction("h1", "1", "RR", "hindered")).Code);
        Assert.Equal(RefusalCodes.DuplicateBib, script.Refused(new Sanction("h1", "1", "RR", "hindered", ["1"])).Code);
        Assert.Equal(RefusalCodes.UnknownBib, script.Refused(new Sanction("h1", "1", "RR", "hindered", ["9"])).Code);
    }

    [Fact]
    public void Warnings_move_no_rank_carry_over_rounds_and_a_further_one_proposes_a_sport_fault_R26_169()
    {
        var script = Meet([["1", "2"]], new RuleDocument { Warnings = 2 }, new AdvanceRule(2, 0), MeetScript.Final());
        Raced(script, "h1", ("1", 85_000), ("2", 86_000)).Do(new Sanction("h1", "1", "W1", "elbow")).Do(new Sanction("h1", "1", "W2", "elbow")).Sign("h1");
        Assert.Equal([("1", 1, 85_000L), ("2", 2, 86_000L)], Ranks(script));
        Assert.Null(script.Heat("h1").Row("1").Proposed);
        script.Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        Assert.Equal(["W1", "W2"], Remarks(script, "e-final-1", "1"));
        Raced(script, "e-final-1", ("1", 85_000), ("2", 86_000)).Do(new Sanction("e-final-1", "1", "W1", "again"));
        Assert.Equal(("OK", "DSQ-SF"), (script.Heat("e-final-1").Row("1").Status, script.Heat("e-final-1").Row("1").Proposed));
    }

    [Fact]
    public void One_false_start_is_let_go_and_the_next_is_a_technical_fault_however_it_was_noted_INC_2()
    {
        var script = Heat(2).Start("h1").Do(new RecallHeat("h1", "2"));
        Assert.Equal((string?)null, script.Heat("h1").Row("2").Status);
        script.Do(new Sanction("h1", "2", "FS", "second man early as well"));
        Assert.Equal("DSQ-TF", script.Heat("h1").Row("2").Status);
        script.Do(new LiftSanction("h1", "2", "FS", "it was 1"));
        Assert.Equal(((string?)null, 1), (script.Heat("h1").Row("2").Status, script.Meet.Heats["h1"].Run.Sanctions.Length));
        // The last one given is taken back.
        Assert.Equal("recalled", script.Meet.Heats["h1"].Run.Sanctions[0].Reason);
    }

    [Fact]
    public void A_false_start_of_an_earlier_round_counts_in_the_round_of_the_next_one_and_that_round_alone_INC_2()
    {
        var script = Meet([["1", "2"]], null, new AdvanceRule(2, 0), MeetScript.Final());
        script.Start("h1").Do(new RecallHeat("h1", "1")).Do(new ArmHeat("h1")).Gun(script.Passing("1", 60).Time);
        script.Do(new SetFinishOrder("h1", [["1"], ["2"]])).Sign("h1").Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        Assert.Equal(["FS"], Remarks(script, "e-final-1", "1"));
        script.Start("e-final-1").Do(new RecallHeat("e-final-1", "1"));
        Assert.Equal("DSQ-TF", SanctionStatus(script, "e-final-1", "1"));
        Assert.Null(SanctionStatus(script, "h1", "1"));

        static string? SanctionStatus(MeetScript script, string heat, string bib) =>
            script.Heat(heat).Row(bib).Status is "OK" or null ? null : script.Heat(heat).Row(bib).Status;
    }

    [Theory]
    [InlineData(0, "DSQ-TF"), InlineData(1, null), InlineData(2, null)]
    public void How_many_false_starts_are_let_go_is_a_setting_INC_2(int letGo, string? status)
    {
        var script = Heat(2, new RuleDocument { FalseStarts = letGo }).Start("h1").Do(new RecallHeat("h1", "1"));
        Assert.Equal(status, script.Heat("h1").Row("1").Status);
    }

    [Fact]
    public void What_carries_comes_along_into_a_run_again_and_what_was_lost_in_the_old_run_does_not_INC_9()
    {
        var script = Raced(Heat(2), "h1", ("1", 85_000)).Do(new Sanction("h1", "1", "FS", "early")).Do(new Sanction("h1", "2", "DNF", "fell"));
        script.Do(new AnnulHeat("h1", "a dog on the track"));
        Assert.Equal(["FS"], script.Meet.Heats["h1"].Run.Sanctions.Select(given => given.Code));
        Assert.Equal(["FS", "DNF"], script.Meet.Heats["h1"].Runs[0].Sanctions.Select(given => given.Code));
        Assert.All(script.Heat("h1").Rows, row => Assert.Null(row.Status));
    }

    [Fact]
    public void Who_does_not_start_in_a_first_round_is_flagged_in_the_race_that_follows_and_who_withdrew_is_not_R26_125()
    {
        var document = MeetScript.Sprint([["1", "2"]]);
        var other = document.Events[0] with { Id = "f", Rounds = [document.Events[0].Rounds[0] with { Heats = HeatPlan.Of([new("g1", 1, ["1", "2"])]) }] };
        var script = new MeetScript(document with { Events = [document.Events[0], other] });
        Raced(script, "h1", ("1", 85_000)).Do(new Sanction("h1", "2", "DNS", "called twice")).Sign("h1");
        Assert.Equal(["DNS2"], Remarks(script, "g1", "2"));
        Assert.Empty(Remarks(script, "g1", "1"));
        script.Do(new Review("h1", "the delegate reports")).Do(new LiftSanction("h1", "2", "DNS", "hospital")).Do(new Sanction("h1", "2", "WDR", "hospital"));
        Assert.Equal(("WDR", (int?)null), (script.Heat("h1").Row("2").Status, script.Heat("h1").Row("2").Rank));
        Assert.Empty(Remarks(script, "g1", "2"));
    }

    [Fact]
    public void Several_DNF_of_a_heat_share_the_last_place_or_stand_by_laps_and_then_time_as_the_event_says_RNK_7()
    {
        Assert.Equal([("1", 1), ("2", 2), ("3", 2), ("4", 2)], Stopped(null));
        Assert.Equal([("1", 1), ("4", 2), ("3", 3), ("2", 4)], Stopped(new RuleDocument { DnfSameHeat = "byLapsThenTime" }));

        // 2 stops after one lap, 3 and 4 after two, 4 the earlier of them.
        static (string, int)[] Stopped(RuleDocument? rules)
        {
            var script = Raced(Heat(4, rules), "h1", ("1", 85_000)).Pass("2", 16.8).Pass("3", 17).Pass("4", 17.1).Pass("3", 35).Pass("4", 34.5);
            return [.. script.Do(new FinishHeat("h1")).Heat("h1").Rows.Select(row => (row.Bib, row.Rank!.Value))];
        }
    }

    [Fact]
    public void A_cancelled_heat_ranks_nobody_and_gives_no_medals_and_may_be_run_again_INC_8()
    {
        var script = Raced(Heat(2), "h1", ("1", 85_000), ("2", 86_000)).Do(new Publish("h1")).Do(new CancelHeat("h1", "rain"));
        Assert.Equal(HeatStage.Cancelled, script.Heat("h1").State);
        Assert.All(script.Heat("h1").Rows, row => Assert.Equal((null, null, null), (row.Rank, row.TimeMs, row.Status)));
        var results = ResultsPublisher.Results(script.Meet, script.Meet.Document.Events[0]);
        Assert.Equal(("cancelled", 0), (results.Rounds[0].Status, results.Final.Length));
        Assert.Equal(RefusalCodes.WrongState, script.Refused(new Publish("h1")).Code);
        Assert.Equal(HeatStage.Open, script.Do(new AnnulHeat("h1", "the sun is out")).Heat("h1").State);
    }

    [Theory]
    [InlineData("DSQ", 3, "DSQ-TF"), InlineData("DSQ", 1, "DSQ-SF"), InlineData("DSQ", null, "DSQ-SF"), InlineData("DNF", null, "DNF")]
    [InlineData("PEN", null, "DSQ-SF"), InlineData("NP", null, "DNS"), InlineData("RC", null, "DSQ-DF")]
    public void What_others_write_is_mapped_by_a_table_and_a_bare_disqualification_by_whether_it_is_ranked_last_COD_1_COD_2_COD_3(
        string code, int? place, string status)
    {
        var script = Raced(Heat(3), "h1", ("1", 85_000), ("2", 86_000), ("3", 87_000));
        script.Hear(new FinishRead
        {
            Source = "photo", Heat = "h1", Revision = 1,
            Rows = [new("2", place == 1 ? 2 : 1, TimeSpan.FromMilliseconds(86_000), "OK"), new("3", 2, TimeSpan.FromMilliseconds(87_000), "OK"), new("1", place, null, code)],
        });
        Assert.Equal(status, script.Heat("h1").Row("1").Status);
        Assert.Equal(code, script.Meet.Heats["h1"].Run.PhotoFinish!.Rows[2].Status);
    }

    [Fact]
    public void A_word_that_is_not_in_the_table_stays_what_it_is_COD_2()
    {
        Assert.Null(ForeignCodes.Find("XYZ"));
        Assert.All(ForeignCodes.Known, code => Assert.True(
            ForeignCodes.Find(code) is { } meaning && (meaning.Status is null || meaning.Remark is null), code));
        Assert.Equal("FS", ForeignCodes.Find("fs1")!.Remark);
    }

    /// <summary>4 falls in the same heat: 1 and 3 swap all the same.</summary>
    [Fact]
    public void A_reduction_in_rank_stands_beside_what_others_were_given_INC_5()
    {
        var script = Raced(Heat(4), "h1", ("1", 85_000), ("2", 85_400), ("3", 86_000), ("4", 87_000));
        script.Do(new Sanction("h1", "4", "DNF", "fell")).Do(new Sanction("h1", "1", "RR", "hindered", ["3"]));
        Assert.Equal([("3", 1, 85_000L), ("2", 2, 85_400L), ("1", 3, 86_000L), ("4", 4, null)], Ranks(script));
    }

    [Fact]
    public void Who_came_in_as_one_with_the_skater_that_he_hindered_has_nothing_to_swap_INC_5()
    {
        var script = Raced(Heat(3), "h1", ("1", 85_000), ("2", 85_000), ("3", 86_000)).Do(new Sanction("h1", "1", "RR", "hindered", ["2"]));
        Assert.All(script.Heat("h1").Rows, row => Assert.False(row.Swapped));
        Assert.Equal([1, 1, 3], script.Heat("h1").Rows.Select(row => row.Rank));
    }

    [Fact]
    public void Those_without_a_place_stand_as_they_started_RNK_5()
    {
        var script = Raced(Heat(3), "h1", ("1", 85_000), ("2", 86_000), ("3", 87_000));
        script.Do(new Sanction("h1", "2", "DSQ-SF", "pushed")).Do(new Sanction("h1", "1", "DSQ-SF", "pushed"));
        Assert.Equal(["3", "1", "2"], script.Heat("h1").Rows.Select(row => row.Bib));
    }

    [Fact]
    public void What_is_lifted_is_one_code_of_one_skater_and_has_to_have_been_given()
    {
        var script = Raced(Heat(3), "h1", ("1", 85_000), ("2", 86_000), ("3", 87_000));
        script.Do(new Sanction("h1", "1", "DSQ-SF", "pushed")).Do(new Sanction("h1", "1", "FS", "early")).Do(new Sanction("h1", "2", "DSQ-SF", "pushed"));
        script.Refused(new LiftSanction("h1", "2", "FS", "video"));
        script.Refused(new LiftSanction("h1", "3", "DSQ-SF", "video"));
        script.Do(new LiftSanction("h1", "1", "DSQ-SF", "video"));
        Assert.Equal(["1 FS", "2 DSQ-SF"], script.Meet.Heats["h1"].Run.Sanctions.Select(given => $"{given.Bib} {given.Code}"));
    }

    [Fact]
    public void A_fault_that_was_given_twice_is_lifted_as_one()
    {
        var script = Raced(Heat(2), "h1", ("1", 85_000), ("2", 86_000));
        script.Do(new Sanction("h1", "1", "DSQ-SF", "pushed")).Do(new Sanction("h1", "1", "DSQ-SF", "pushed again")).Do(new LiftSanction("h1", "1", "DSQ-SF", "video"));
        Assert.Equal(("OK", 2), (script.Heat("h1").Row("1").Status, script.Meet.Heats["h1"].Run.Lifted.Length));
    }

    /// <summary>A 85.000, C 85.500, B 86.000; A hindered B: B 85.000, C 85.500, A 86.000. That stays whoever of the two is disqualified for something else.</summary>
    [Theory]
    [InlineData("B", "C 1 85500, A 2 86000, B - "), InlineData("A", "B 1 85000, C 2 85500, A - ")]
    public void A_swap_stands_though_one_of_the_two_is_disqualified_since_and_makes_nobody_worse_INC_5(string bib, string ranks)
    {
        var script = Raced(Meet([["A", "B", "C"]]), "h1", ("A", 85_000), ("B", 86_000), ("C", 85_500));
        script.Do(new Sanction("h1", "A", "RR", "hindered", ["B"])).Do(new Sanction("h1", bib, "DSQ-SF", "pushed C in the first bend"));
        Assert.Equal(ranks, string.Join(", ", Ranks(script).Select(row => $"{row.Bib} {row.Rank?.ToString() ?? "-"} {row.Ms}")));
    }

    /// <summary>A 85.000, B 85.500, C 86.000. A hindered B: B A C. Then B, who has 85.000 now, hindered C: C 85.000, A 85.500, B 86.000.</summary>
    [Fact]
    public void One_reduction_after_another_swaps_what_the_first_one_left_INC_5()
    {
        var script = Raced(Meet([["A", "B", "C"]]), "h1", ("A", 85_000), ("B", 85_500), ("C", 86_000));
        script.Do(new Sanction("h1", "A", "RR", "hindered", ["B"])).Do(new Sanction("h1", "B", "RR", "hindered", ["C"]));
        Assert.Equal([("C", 1, 85_000L), ("A", 2, 85_500L), ("B", 3, 86_000L)], Ranks(script));
    }

    [Fact]
    public void Several_affected_with_one_time_are_told_apart_by_the_jurys_word_and_wait_for_no_camera_INC_5_TIM_5()
    {
        var script = Raced(Heat(3), "h1", ("1", 85_000), ("2", 85_500), ("3", 86_000)).Do(new Sanction("h1", "1", "RR", "weaved", ["2", "3"]));
        Assert.Equal([("2", 1, 85_000L), ("3", 2, 85_000L), ("1", 3, 86_000L)], Ranks(script));
        Assert.All(script.Heat("h1").Rows, row => Assert.False(row.Unresolved));
    }

    /// <summary>3 has 85.000 by the swap, and 2 was read 10 ms after that time: nobody has compared the two.</summary>
    [Fact]
    public void Only_two_swapped_times_are_as_the_jury_put_them_TIM_5_INC_5()
    {
        var script = Raced(Heat(3), "h1", ("1", 85_000), ("2", 85_010), ("3", 86_000)).Do(new Sanction("h1", "1", "RR", "hindered", ["3"]));
        Assert.Equal([("3", true), ("2", true), ("1", false)], script.Heat("h1").Rows.Select(row => (row.Bib, row.Unresolved)));
    }

    /// <summary>1 and 3 swap while 4 still skates; 2 is disqualified. Each stands in the list once.</summary>
    [Fact]
    public void A_reduction_while_others_still_skate_leaves_everybody_in_the_list_INC_5()
    {
        var script = Raced(Heat(4), "h1", ("1", 85_000), ("2", 85_400), ("3", 86_000)).Pass("4", 17);
        script.Do(new Sanction("h1", "2", "DSQ-SF", "pushed")).Do(new Sanction("h1", "1", "RR", "hindered", ["3"]));
        Assert.Equal([("3", 1), ("1", 2), ("4", 3), ("2", (int?)null)], script.Heat("h1").Rows.Select(row => (row.Bib, row.Rank)));
    }
}
