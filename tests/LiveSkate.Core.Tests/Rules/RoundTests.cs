using CsCheck;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>rules.md sections 7 and 8: what a round's rule may say beside "winners and the fastest", how heats are drawn, and B finals.</summary>
public sealed class RoundTests
{
    private static MeetScript Meet(string[][] heats, AdvanceRule rule, RuleDocument? rules, params RoundDocument[] later)
    {
        var document = MeetScript.Sprint(heats, rule, later);
        document = document with { Events = [document.Events[0] with { Rules = rules }] };
        Assert.Empty(MeetCheck.Faults(document));
        return new MeetScript(document);
    }

    /// <summary>Each heat in the order given, the winner first: the times in ms.</summary>
    private static MeetScript Raced(MeetScript script, string heat, params (string Bib, long Ms)[] times)
    {
        script.Start(heat);
        foreach (var (bib, ms) in times)
            script.Skate(bib, ms);
        return script.Do(new FinishHeat(heat)).Sign(heat);
    }

    private static string[] Through(MeetScript script) => [.. script.Round().Entrants.Where(e => e.Advances).Select(e => e.Skater.Bib)];

    private static (string, int?)[] Final(MeetScript script) =>
        [.. ResultsPublisher.Results(script.Meet, script.Meet.Document.Events[0]).Final.Select(row => (row.Bib, row.Rank))];

    /// <summary>Fourth of heat 1 is faster than both thirds; only thirds go through on time.</summary>
    [Fact]
    public void Time_places_may_be_for_one_place_of_the_heats_alone_QUA_2()
    {
        var script = Meet([["1", "2", "3", "4"], ["5", "6", "7", "8"]], new AdvanceRule(2, 1, TimePlace: 3), null, MeetScript.Final());
        Raced(script, "h1", ("1", 80_000), ("2", 80_100), ("3", 80_200), ("4", 80_300));
        Assert.Equal("3rd in the heat. The first 2 go through, plus the fastest of those placed 3rd; 1st of 1 on time with one heat left, the last to go through.",
            Words.Sentence(script.Round().Find("3")!, script.Round()));
        Assert.Equal(Certainty.Gone, script.Round().Find("4")!.Certainty);
        Raced(script, "h2", ("5", 90_000), ("6", 90_100), ("7", 90_200), ("8", 90_300));
        Assert.Equal(["1", "2", "5", "6", "3"], Through(script));
        Assert.Equal("The first 2 of each heat and the fastest of those placed 3rd go through.", Words.Rule(script.Round().Round.Advance!));
    }

    /// <summary>Test vector 4 in small: of two equal thirds one would fit, and both go through.</summary>
    [Fact]
    public void Equal_thirds_at_the_cut_both_go_through_QUA_2_QUA_5()
    {
        var script = Meet([["1", "2"], ["3", "4"], ["5", "6"]], new AdvanceRule(1, 1, TimePlace: 2), null, MeetScript.Final());
        Raced(script, "h1", ("1", 43_000), ("2", 43_872));
        Raced(script, "h2", ("3", 43_100), ("4", 43_872));
        Raced(script, "h3", ("5", 43_200), ("6", 43_873));
        Assert.Equal(["1", "3", "5", "2", "4"], Through(script));
    }

    [Fact]
    public void Where_the_event_leaves_a_tie_at_the_cut_to_the_jury_nobody_of_it_goes_through_until_it_has_said_who_QUA_5()
    {
        var script = Meet([["1", "2", "3"], ["4", "5"]], new AdvanceRule(1, 2), new RuleDocument { TieAtTimeCut = "none" }, MeetScript.Final());
        Raced(script, "h1", ("1", 80_000), ("2", 81_000), ("3", 82_000));
        Raced(script, "h2", ("4", 80_000), ("5", 82_000));
        Assert.Equal(["1", "4", "2"], Through(script));
        Assert.Equal((Certainty.Out, true), (script.Round().Find("3")!.Certainty, script.Round().Find("5")!.AwaitsJury));
        Assert.EndsWith("level with others for the last place on time, the jury decides.", Words.Sentence(script.Round().Find("5")!, script.Round()));
        script.Do(new Advance("e", "pre", "5", "won the skate-off"));
        Assert.Equal(["1", "4", "2", "5"], Through(script));
    }

    [Fact]
    public void Places_alone_send_on_the_first_of_each_heat_and_nobody_is_told_a_time_QUA_8_QUA_11()
    {
        var script = Meet([["1", "2", "3"], ["4", "5", "6"]], new AdvanceRule(2, 0), null, MeetScript.Final());
        Raced(script, "h1", ("1", 80_000), ("2", 80_100), ("3", 80_200));
        script.Start("h2").Skate("4", 90_000);
        Assert.Equal([Certainty.Safe, Certainty.Safe, Certainty.Gone], script.Round().Entrants.Where(e => e.Heat.Heat.Id == "h1").OrderBy(e => e.Skater.Rank).Select(e => e.Certainty));
        Assert.All(script.Round().Entrants, entrant => Assert.Null(entrant.NeededMs));
    }

    [Fact]
    public void Never_through_is_who_did_not_finish_or_was_disqualified_QUA_3()
    {
        var script = Meet([["1", "2", "3", "4", "5"]], new AdvanceRule(4, 4), null, MeetScript.Final());
        script.Start("h1").Skate("1", 80_000).Skate("2", 81_000).Pass("3", 17).Skate("4", 82_000).Do(new FinishHeat("h1"));
        script.Do(new Sanction("h1", "4", "DSQ-TF", "cones")).Sign("h1");
        Assert.Equal(["1", "2"], Through(script));
        Assert.All(script.Round().Entrants.Skip(2), entrant => Assert.Equal(Certainty.Gone, entrant.Certainty));
    }

    /// <summary>
    /// Semifinals of four, two of each to the A final, the others to the B final. B is skated faster than A and stays behind it.
    /// A: 1 5 2 6. B: 7 3 8 (4 falls). So 1-4 are A, 5-7 B, 8 who fell.
    /// </summary>
    [Theory]
    [InlineData(true), InlineData(false)]
    public void A_B_final_takes_who_missed_the_A_final_and_is_ranked_directly_behind_it_whatever_the_times_FIN_5(bool bFirst)
    {
        RoundDocument a = new("final", "A final", HeatPlan.DrawnLater(1), null, Draw.DirectThenTime, From: "pre");
        RoundDocument b = new("b", "B final", HeatPlan.DrawnLater(1), null, Draw.DirectThenTime, From: "pre", Takes: "rest");
        var script = Meet([["1", "2", "3", "4"], ["5", "6", "7", "8"]], new AdvanceRule(2, 0), null, bFirst ? [b, a] : [a, b]);
        Raced(script, "h1", ("1", 80_000), ("2", 80_100), ("3", 80_200), ("4", 80_300));
        Raced(script, "h2", ("5", 80_050), ("6", 80_150), ("7", 80_250), ("8", 80_350));
        script.Do(new DrawRound("e", "b")).Do(new ConfirmDraw("e", "b")).Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        Assert.Equal(["3", "7", "4", "8"], script.Meet.Heats["e-b-1"].Bibs);
        Raced(script, "e-final-1", ("1", 95_000), ("5", 95_100), ("2", 95_200), ("6", 95_300));
        Assert.Empty(Final(script));
        Raced(script, "e-b-1", ("7", 79_000), ("3", 79_100), ("8", 79_200));
        Assert.Equal([("1", 1), ("5", 2), ("2", 3), ("6", 4), ("7", 5), ("3", 6), ("8", 7), ("4", 8)], Final(script));
    }

    [Fact]
    public void A_B_final_may_take_only_the_best_of_the_rest_and_one_that_is_cancelled_leaves_them_where_they_were_FIN_5_INC_8()
    {
        var script = Meet([["1", "2", "3", "4"]], new AdvanceRule(0, 2), null,
            MeetScript.Final() with { From = "pre" },
            new("b", "B final", HeatPlan.DrawnLater(1), null, Draw.DirectThenTime, From: "pre", Takes: "rest", Most: 1));
        Raced(script, "h1", ("1", 80_000), ("2", 80_100), ("3", 80_200), ("4", 80_300));
        script.Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final")).Do(new DrawRound("e", "b")).Do(new ConfirmDraw("e", "b"));
        Assert.Equal(["3"], script.Meet.Heats["e-b-1"].Bibs);
        script.Do(new CancelHeat("e-b-1", "one man alone"));
        Raced(script, "e-final-1", ("2", 80_000), ("1", 80_100));
        Assert.Equal([("2", 1), ("1", 2), ("3", 3), ("4", 4)], Final(script));
    }

    /// <summary>One of three finalists is disqualified: places 1 and 2, then 4 and 5 as the rules have it, or 3 and 4 where the event says so.</summary>
    [Theory]
    [InlineData(false, 4), InlineData(true, 3)]
    public void Whether_the_blocks_behind_move_up_after_a_disqualification_is_a_setting_FIN_1_FIN_4(bool compact, int next)
    {
        var script = Meet([["1", "2", "3", "4", "5"]], new AdvanceRule(3, 0), new RuleDocument { CompactAcrossRounds = compact }, MeetScript.Final());
        Raced(script, "h1", ("1", 80_000), ("2", 80_100), ("3", 80_200), ("4", 80_300), ("5", 80_400));
        script.Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        Raced(script, "e-final-1", ("1", 80_000), ("2", 80_100), ("3", 80_200));
        script.Do(new Review("e-final-1", "protest")).Do(new Sanction("e-final-1", "1", "DSQ-SF", "pushed")).Sign("e-final-1");
        Assert.Equal([("2", 1), ("3", 2), ("4", next), ("5", next + 1), ("1", (int?)null)], Final(script));
    }

    [Fact]
    public void A_first_round_is_drawn_by_the_ranking_of_the_nations_the_others_by_their_codes_and_each_nation_is_spread_SED_1()
    {
        var document = MeetScript.Sprint([["1", "2", "3", "4", "5", "6", "7"]]);
        string[] nations = ["FRA", "COL", "ITA", "COL", "ESP", "ITA", "BEL"];
        var round = new RoundDocument("pre", "Heats", HeatPlan.DrawnLater(2), new AdvanceRule(2, 0), Draw.ByNation);
        document = document with
        {
            Skaters = [.. document.Skaters.Select((skater, i) => skater with { Nation = nations[i] })],
            Events = [document.Events[0] with { Rounds = [round, MeetScript.Final()], NationRanking = ["ITA", "COL"] }],
        };
        Assert.Empty(MeetCheck.Faults(document));
        var script = new MeetScript(document).Do(new DrawRound("e", "pre"));
        // ITA 3, 6; COL 2, 4; then BEL 7, ESP 5, FRA 1.
        Assert.Equal([["3", "2", "7", "1"], ["6", "4", "5"]], script.Meet.Proposals[("e", "pre")].Heats.Select(heat => heat.ToArray()));
        script.Do(new ConfirmDraw("e", "pre"));
        Assert.Equal(["6", "4", "5"], script.Meet.Heats["e-pre-2"].Bibs);
    }

    [Fact]
    public void However_many_of_a_nation_there_are_no_heat_has_two_more_of_them_than_another_SED_1() =>
        Gen.Select(Gen.Int[0, 4].Array[2, 30], Gen.Int[1, 6]).Sample((of, heats) =>
        {
            var document = MeetScript.Sprint([[.. Enumerable.Range(1, of.Length).Select(i => $"{i}")]]);
            document = document with { Skaters = [.. document.Skaters.Select((skater, i) => skater with { Nation = $"N{of[i]}" })] };
            var round = new RoundDocument("pre", "Heats", HeatPlan.DrawnLater(heats), null, Draw.ByNation);
            var plan = document.Events[0] with { Rounds = [round] };
            var drawn = Draw.Propose(new MeetScript(document with { Events = [plan] }).Meet, plan, round, null);
            foreach (var nation in of.Distinct())
            {
                var each = drawn.Select(heat => heat.Count(bib => of[int.Parse(bib) - 1] == nation)).ToArray();
                Assert.True(each.Max() - each.Min() <= 1);
            }
            Assert.Equal(of.Length, drawn.SelectMany(heat => heat).Distinct().Count());
            Assert.True(drawn.Max(heat => heat.Length) - drawn.Min(heat => heat.Length) <= 1);
        }, iter: 200);

    [Fact]
    public void After_places_alone_heat_i_meets_heat_N_plus_one_minus_i_and_they_start_by_time_SED_3_SED_5()
    {
        string[][] heats = [["1", "2"], ["3", "4"], ["5", "6"], ["7", "8"]];
        var script = Meet(heats, new AdvanceRule(2, 0), null,
            new RoundDocument("semi", "Semifinals", HeatPlan.DrawnLater(2), new AdvanceRule(2, 0), Draw.Bracket), MeetScript.Final());
        for (var i = 0; i < 4; i++)
            Raced(script, $"h{i + 1}", (heats[i][0], 81_000 - i * 100), (heats[i][1], 82_000 - i * 100));
        script.Do(new DrawRound("e", "semi"));
        Assert.Equal([["7", "1", "8", "2"], ["5", "3", "6", "4"]], script.Meet.Proposals[("e", "semi")].Heats.Select(heat => heat.ToArray()));
    }

    /// <summary>2, 5 and 3 go through on time where there are two places; 3 is level with 5, was behind it in its heat, and is the extra in heat 1.</summary>
    [Fact]
    public void Extra_skaters_after_a_tie_at_the_cut_are_put_one_each_into_the_heats_SED_6()
    {
        var script = Meet([["1", "2", "3"], ["4", "5", "6"]], new AdvanceRule(1, 2), null, MeetScript.Final(2, Draw.TwoPassSnake));
        Raced(script, "h1", ("1", 80_000), ("2", 80_100), ("3", 80_200));
        Raced(script, "h2", ("4", 80_050), ("5", 80_200), ("6", 81_000));
        script.Do(new DrawRound("e", "final"));
        Assert.Equal([["1", "2", "3"], ["4", "5"]], script.Meet.Proposals[("e", "final")].Heats.Select(heat => heat.ToArray()));
    }

    /// <summary>
    /// Behind 1 and 4, by time: 2, 3 and 5 have 1:21.000, and the camera put 2 before 3 in their heat. 2 and 5 share third place, 3 is fifth;
    /// 6 is sixth.
    /// </summary>
    [Fact]
    public void Whom_the_camera_parted_in_their_heat_the_final_ranking_does_not_join_again_TIM_10_FIN_2()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2", "3"], ["4", "5", "6"]], new AdvanceRule(1, 0), [MeetScript.Final()]));
        script.Start("h1").Skate("1", 80_000).Skate("3", 81_000).Skate("2", 81_000).Do(new SetFinishOrder("h1", [["1"], ["2"], ["3"]])).Sign("h1");
        script.Start("h2").Skate("4", 80_500).Skate("5", 81_000).Skate("6", 82_000).Sign("h2").Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        script.Start("e-final-1").Skate("1", 80_000).Skate("4", 80_500).Sign("e-final-1");
        Assert.Equal(
            ["1 1", "2 4", "3 2", "3 5", "5 3", "6 6"],
            ResultsPublisher.Results(script.Meet, script.Meet.Document.Events[0]).Final.Select(row => $"{row.Rank} {row.Bib}").Order());
    }

    [Fact]
    public void A_document_that_sends_skaters_nowhere_or_takes_them_from_nowhere_is_refused()
    {
        var document = MeetScript.Sprint([["1", "2"]], new AdvanceRule(1, 0, TimePlace: 1),
            [new("b", "B final", HeatPlan.DrawnLater(1), null, Draw.DirectThenTime, From: "x", Takes: "all", Most: 0)]);
        Assert.Equal(
            [
                "$.events[0].rounds[0].advance out-of-range", "$.events[0].rounds[0].advance.timePlace out-of-range",
                "$.events[0].rounds[1].from unknown-round", "$.events[0].rounds[1].most out-of-range", "$.events[0].rounds[1].takes out-of-range",
            ],
            MeetCheck.Faults(document).Select(fault => $"{fault.Path} {fault.Code}").Order(StringComparer.Ordinal));
    }

    /// <summary>INC-8: nobody won it, whatever was skated before.</summary>
    [Fact]
    public void Without_its_final_an_event_has_no_ranking_INC_8()
    {
        var script = Meet([["1", "2", "3"]], new AdvanceRule(2, 0), null, MeetScript.Final());
        Raced(script, "h1", ("1", 80_000), ("2", 80_100), ("3", 80_200));
        script.Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final")).Do(new CancelHeat("e-final-1", "rain"));
        Assert.Empty(Final(script));
    }

    /// <summary>
    /// 500 m, winners to the final. Of the others 5 (44.0) and 6 (44.1) were second and third of the fast heat, 2 (50.0) and 3 (51.0) of the slow one:
    /// in the first round time alone counts.
    /// </summary>
    [Fact]
    public void Who_goes_out_in_the_first_round_of_a_short_sprint_is_ranked_by_time_over_all_heats_FIN_2()
    {
        var document = MeetScript.Sprint([["1", "2", "3"], ["4", "5", "6"]], new AdvanceRule(1, 0), [MeetScript.Final()], distanceM: 500);
        var script = new MeetScript(document).Start("h1").Skate("1", 49_000, 3).Skate("2", 50_000, 3).Skate("3", 51_000, 3).Sign("h1");
        script.Start("h2").Skate("4", 43_000, 3).Skate("5", 44_000, 3).Skate("6", 44_100, 3).Sign("h2").Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        script.Start("e-final-1").Skate("4", 43_000, 3).Skate("1", 44_000, 3).Sign("e-final-1");
        Assert.Equal([("4", 1), ("1", 2), ("5", 3), ("6", 4), ("2", 5), ("3", 6)], Final(script));
    }

    /// <summary>The second of each heat with the same time: they share third, and the next is fifth.</summary>
    [Fact]
    public void Equal_times_of_different_heats_share_the_rank_of_a_block_FIN_2_RNK_1()
    {
        var script = Meet([["1", "2", "3"], ["4", "5"]], new AdvanceRule(1, 0), null, MeetScript.Final());
        Raced(script, "h1", ("1", 80_000), ("2", 81_000), ("3", 82_000));
        Raced(script, "h2", ("4", 80_500), ("5", 81_000));
        script.Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        Raced(script, "e-final-1", ("1", 80_000), ("4", 80_100));
        Assert.Equal([("1", 1), ("4", 2), ("2", 3), ("5", 3), ("3", 5)], Final(script));
    }

    /// <summary>A mass start in two heats, the winners in the final: both seconds are third, both thirds are fifth, the slow heat's before whoever was faster behind.</summary>
    [Fact]
    public void Of_a_long_race_the_same_places_of_all_heats_share_one_rank_whatever_the_times_FIN_3()
    {
        var script = new MeetScript(MeetScript.Race("massStart", [["1", "2", "3"], ["4", "5", "6"]], 1000, advance: new AdvanceRule(1, 0), later: [MeetScript.Final()]));
        Raced(script, "h1", ("1", 90_000), ("2", 95_000), ("3", 99_000));
        Raced(script, "h2", ("4", 80_000), ("5", 80_100), ("6", 80_200));
        script.Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        Raced(script, "e-final-1", ("1", 85_000), ("4", 85_100));
        Assert.Equal([("1", 1), ("4", 2), ("2", 3), ("5", 3), ("3", 5), ("6", 5)], Final(script));
    }

    /// <summary>Direct: 4 (80.0) and 1 (82.0); on time 5 (81.0). By time alone 5 is before 1: the slower two skate first, the faster of them on lane 1.</summary>
    [Fact]
    public void A_draw_by_time_alone_asks_nobody_how_he_went_through_SED_4()
    {
        var script = Meet([["1", "2"], ["4", "5"]], new AdvanceRule(1, 1), null, MeetScript.Final(2, "slowestFirst"));
        Raced(script, "h1", ("1", 82_000), ("2", 83_000));
        Raced(script, "h2", ("4", 80_000), ("5", 81_000));
        script.Do(new DrawRound("e", "final"));
        Assert.Equal([["5", "1"], ["4"]], script.Meet.Proposals[("e", "final")].Heats.Select(heat => heat.ToArray()));
    }

    /// <summary>
    /// Winners to the final; the others by time. 6 80.9, then three with 81.000: 2 before 3 in heat 1, as the jury saw them, and 5, the third of heat 2.
    /// 2 and 5 nobody has compared: they share, and 3 is behind both. Where nobody parted 2 and 3 either, all three share.
    /// </summary>
    [Theory]
    [InlineData(true, new[] { 3, 4, 4, 6 }), InlineData(false, new[] { 3, 4, 4, 4 })]
    public void Equal_times_are_parted_only_in_the_heat_in_which_they_were_skated_FIN_2_TIM_10(bool parted, int[] ranks)
    {
        var script = Meet([["1", "2", "3"], ["4", "6", "5"]], new AdvanceRule(1, 0), null, MeetScript.Final());
        script.Start("h1").Skate("1", 80_000).Skate("2", 81_000).Skate("3", 81_000);
        script.Do(new SetFinishOrder("h1", parted ? [["1"], ["2"], ["3"]] : [["1"], ["2", "3"]])).Sign("h1");
        Raced(script, "h2", ("4", 80_500), ("6", 80_900), ("5", 81_000));
        script.Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        Raced(script, "e-final-1", ("1", 80_000), ("4", 80_100));
        Assert.Equal(ranks, new[] { "6", "2", "5", "3" }.Select(bib => Final(script).Single(row => row.Item1 == bib).Item2!.Value));
    }

    /// <summary>The jury had 2 first, whatever the clock says: so it stays in the final ranking.</summary>
    [Fact]
    public void The_order_of_the_final_is_that_of_its_heat_whatever_the_times_say_FIN_1_TIM_10()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2", "3"]])).Start("h1").Skate("1", 80_000).Skate("2", 80_100).Skate("3", 80_200);
        script.Do(new SetFinishOrder("h1", [["2"], ["1"], ["3"]])).Sign("h1");
        Assert.Equal([("2", 1), ("1", 2), ("3", 3)], Final(script));
    }
}
