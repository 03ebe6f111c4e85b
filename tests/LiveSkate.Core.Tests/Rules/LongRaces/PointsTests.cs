using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Rules.LongRaces;
using Xunit;

namespace LiveSkate.Core.Tests.Rules.LongRaces;

/// <summary>
/// FMT-8, FMT-9, PTS-1 to PTS-6. Ten laps of 200 m; the first kilometre is free, so there are sprints at 4, 2 and 0 to go.
/// <code>
/// lap       1–5      6 (4 to go)   7         8 (2 to go)   9         10 (finish)
/// order     A B C D  B A C D       B A C D   C B A D       C B A D   D A B C
/// points             B 2, A 1                C 2, B 1                D 3, A 2, B 1
/// totals             B2 A1 C0 D0             B3 C2 A1 D0             B4 A3 D3 C2
/// </code>
/// B wins on 4 and was third over the line. D and A have 3 each; D was first over the line. C is last with 2.
/// </summary>
public sealed class PointsTests
{
    private static MeetScript Start(string bibs = "A B C D", SprintsDocument? sprints = null) =>
        new MeetScript(MeetScript.Race("points", [Laps.Bibs(bibs)], 2000, new RuleDocument { Sprints = sprints ?? new SprintsDocument(FromM: 1000) })).Start("h1");

    private static MeetScript Raced() => Start()
        .EachLap(1, 5, "A B C D").EachLap(6, 7, "B A C D").EachLap(8, 9, "C B A D").Lap(10, "D A B C");

    [Fact]
    public void Points_decide_and_then_the_order_over_the_line_and_never_the_time_PTS_1_PTS_4()
    {
        var script = Raced();
        Assert.Equal(["1 B OK 4p", "2 D OK 3p", "3 A OK 3p", "4 C OK 2p"], script.Ranks());
        Assert.Equal(HeatStage.Finished, script.Heat("h1").State);
        Assert.Equal(["D", "A", "B", "C"], script.Heat("h1").Rows.OrderBy(row => row.TimeMs).Select(row => row.Bib));
    }

    /// <summary>D and A, second and third with 3 points each, change places and times. The points of the last sprint stay D 3, A 2, B 1.</summary>
    [Fact]
    public void A_reduction_in_rank_moves_no_points_INC_5()
    {
        var script = Raced().Do(new Sanction("h1", "D", "RR", "cut in on A", ["A"]));
        Assert.Equal(["1 B OK 4p", "2 A OK 3p", "3 D OK 3p", "4 C OK 2p"], script.Ranks());
        Assert.Equal([("D", 3), ("A", 2), ("B", 1)], script.Heat("h1").Sprints[^1].Scores.Select(score => (score.Bib, score.Points)));
    }

    [Fact]
    public void Nobody_scores_in_the_first_kilometre_FMT_20()
    {
        var script = Start().EachLap(1, 5, "A B C D");
        Assert.All(script.Heat("h1").Rows, row => Assert.Equal(0, row.Points));
        Assert.Empty(script.Heat("h1").Sprints);
    }

    [Fact]
    public void Five_thousand_metres_give_points_earlier_FMT_20()
    {
        var of = (decimal distanceM) => SprintSchedule.LapsToGo(
            RaceRules.Of(MeetScript.Race("points", [["A"]], distanceM).Events[0]).Profile(MeetScript.Race("points", [["A"]], distanceM).Events[0]).Sprints!,
            Course.Of(distanceM, 200, new FormatProfile("points")));
        Assert.Equal(22, of(5000)[0]);
        Assert.Equal(12, of(5000).Count);
        Assert.Equal(44, of(10_000)[0]);
        Assert.Equal(0, of(10_000)[^1]);
    }

    [Fact]
    public void The_cadence_is_the_events_own_PTS_2()
    {
        var script = Start(sprints: new SprintsDocument(AtLapsToGo: [7, 3], Points: [3, 2, 1], LastPoints: [10]));
        script.EachLap(1, 3, "A B C D").EachLap(4, 10, "D C B A");
        // 7 to go is after lap 3: A 3, B 2, C 1. 3 to go after lap 7: D 3, C 2, B 1. The finish: D 10.
        Assert.Equal(["1 D OK 13p", "2 C OK 3p", "3 B OK 3p", "4 A OK 3p"], script.Ranks());
    }

    [Fact]
    public void While_it_runs_the_transponders_give_virtual_points_that_say_so_PTS_5()
    {
        var script = Start().EachLap(1, 5, "A B C D").Lap(6, "B");
        Assert.Equal((2, 2), (script.Row("B").Points, script.Row("B").PointsUnjudged));
        script.Lap(6, "B A C D");
        var sprint = Assert.Single(script.Heat("h1").Sprints);
        Assert.Equal((4, false, true), (sprint.LapsToGo, sprint.Judged, sprint.Complete));
        Assert.Equal(["1 B racing 2p", "2 A racing 1p", "3 C racing 0p", "4 D racing 0p"], script.Ranks());
    }

    [Fact]
    public void The_judges_order_goes_before_the_transponders_and_may_be_taken_back_PTS_5()
    {
        // The judges saw C before B at two to go, and A before D at the line: B 2+1+1 = 4, A 1+3 = 4, C 2, D 2.
        var script = Raced().Sprint(4, "B A").Sprint(2, "C B").Sprint(0, "A D B");
        Assert.Equal(["1 A OK 4p", "2 B OK 4p", "3 D OK 2p", "4 C OK 2p"], script.Ranks());
        Assert.All(script.Heat("h1").Rows, row => Assert.Equal(0, row.PointsUnjudged));
        script.Do(new SetSprint("h1", 0, []));
        Assert.Equal("1 B OK 4p", script.Ranks()[0]);
    }

    [Fact]
    public void Two_who_cross_a_sprint_together_score_alike_and_the_next_place_is_skipped_RNK_1()
    {
        var script = Start().EachLap(1, 6, "A B C D").Sprint(4, "A=B C");
        Assert.Equal([2, 2, 0, 0], "ABCD".Select(bib => script.Row($"{bib}").Points!.Value));
    }

    [Fact]
    public void Nobody_can_part_a_tie_on_points_at_the_same_place_over_the_line_RNK_8()
    {
        // Without points, and C and D carried over the line as one: they share third.
        var script = Start(sprints: new SprintsDocument(FromM: 1000, LastPoints: []))
            .EachLap(1, 10, "A B C D").Sprint(4, "A").Sprint(2, "B").Do(new SetFinishOrder("h1", [["B"], ["A"], ["C", "D"]]));
        Assert.Equal(["1 B OK 2p", "2 A OK 2p", "3 C OK 0p", "3 D OK 0p"], script.Ranks());
        script.Do(new SetFinishOrder("h1", [["B"], ["A"], ["D"], ["C"]]));
        Assert.Equal(["1 B OK 2p", "2 A OK 2p", "3 D OK 0p", "4 C OK 0p"], script.Ranks());
    }

    [Fact]
    public void Points_stay_with_who_is_lapped_and_are_worth_nothing_to_who_does_not_finish_PTS_3()
    {
        // C won the first sprint and lost a lap; D took second there and stopped. A and B share the rest: A 2+3, B 1+2.
        var script = Start().EachLap(1, 5, "A B C D").Lap(6, "C D A B").EachLap(7, 8, "A B");
        script.Pass("C", 150).Lap(9, "A B").Pass("C", 190).Lap(10, "A B").Pass("C", 210).Do(new FinishHeat("h1"));
        // C: laps 7 and 8 at 150 and 190 s, while A finished laps 8 and 9 by then; her last crossing after A's end is her ninth.
        Assert.Equal(["1 A OK 5p", "2 B OK 3p", "3 C OK 2p -1", "4 D DNF 1p"], script.Ranks());
        Assert.Equal(1, script.Row("C").LapsDown);
    }

    [Fact]
    public void A_lapped_skater_with_as_many_points_stands_behind()
    {
        // B 2 and C 2; C crossed the line in front of B and has a lap less.
        var script = Start("A B C").EachLap(1, 5, "A B C").Lap(6, "C").EachLap(6, 9, "A B").Lap(10, "A").Pass("C", 200.2).Pass("B", 200.5);
        script.Sprint(4, "C").Sprint(2, "B").Sprint(0, "A");
        Assert.Equal(["1 A OK 3p", "2 B OK 2p", "3 C OK 2p -3"], script.Ranks());
    }

    [Fact]
    public void The_board_counts_the_leader_on_the_track_and_names_the_next_sprint_and_the_bell_BRD_1_LAP_8()
    {
        var script = Start().EachLap(1, 4, "A B C D");
        var header = HeatPublisher.Header(script.Meet, script.Heat("h1"));
        Assert.Equal((6, 4, false), (header.LapsToGo, header.NextSprint, header.Bell));
        script.Lap(5, "A");
        header = HeatPublisher.Header(script.Meet, script.Heat("h1"));
        Assert.Equal((5, 4, true), (header.LapsToGo, header.NextSprint, header.Bell));
        // B leads on points, D is first on the track.
        script.EachLap(5, 6, "B A C D").Lap(7, "D");
        header = HeatPublisher.Header(script.Meet, script.Heat("h1"));
        Assert.Equal((3, 2, true), (header.LapsToGo, header.NextSprint, header.Bell));
        Assert.Equal((7, "B", "D"), (header.OrderAt!.Lap, script.Heat("h1").Rows[0].Bib, script.Heat("h1").Leader!.Bib));
        Assert.Equal([1, 4], new[] { "D", "C" }.Select(bib => script.Row(bib).OnTrack!.Value));
    }

    [Fact]
    public void A_board_for_the_judges_lists_each_sprint_with_its_word()
    {
        var script = Raced().Sprint(2, "B C");
        var state = HeatPublisher.State(script.Meet, script.Meet.Heats["h1"], []);
        Assert.Equal(["4 False B2 A1", "2 True B2 C1", "0 False D3 A2 B1"],
            state.Sprints.Select(s => $"{s.LapsToGo} {s.Judged} {string.Join(' ', s.Scores.Select(x => $"{x.Bib}{x.Points}"))}"));
        Assert.Equal(0, state.LastSprint!.LapsToGo);
        Assert.Equal(3, state.Rows.Single(row => row.Bib == "B").PointsUnjudged);
    }

    [Fact]
    public void A_sprint_that_hangs_on_what_a_transponder_cannot_tell_says_so_TIM_5()
    {
        var script = Start().EachLap(1, 5, "A B C D").Pass("B", 120).Pass("A", 120.3).Pass("C", 120.319).Pass("D", 121);
        Assert.True(script.Heat("h1").Sprints[0].Unresolved);
        // Behind the last who scores nothing hangs on it; and the judges' word ends it.
        var behind = Start().EachLap(1, 5, "A B C D").Pass("B", 120).Pass("A", 120.3).Pass("C", 121).Pass("D", 121.001);
        Assert.False(behind.Heat("h1").Sprints[0].Unresolved);
        Assert.False(script.Sprint(4, "B C").Heat("h1").Sprints[0].Unresolved);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Two_close_at_the_line_are_unresolved_wherever_points_put_them_and_the_clock_stops_with_the_first_TIM_5(bool allStart)
    {
        // A leads on points, D and B finish 10 ms apart, first and second over the line, and stand second and fourth.
        // Where E does not start, she is on no place of the track.
        var script = allStart ? Start() : Start("A B C D E").Do(new Sanction("h1", "E", "DNS", "called twice"));
        script.EachLap(1, 9, "A B C D").Sprint(4, "C A").Sprint(2, "A C")
            .Pass("D", 200).Pass("B", 200.01).Pass("A", 201).Pass("C", 202);
        Assert.Equal(["1 A OK 4p", "2 D OK 3p", "3 C OK 3p", "4 B OK 2p"], script.Ranks().Take(4));
        Assert.Equal("BD", string.Concat(script.Heat("h1").Rows.Where(row => row.Unresolved).Select(row => row.Bib).Order()));
        script.Do(new Publish("h1"));
        Assert.Equal(200_000, HeatPublisher.Header(script.Meet, script.Heat("h1")).Clock!.StoppedMs);
    }

    [Fact]
    public void The_signature_makes_all_points_judged()
    {
        var script = Raced().Sign("h1");
        Assert.All(script.Heat("h1").Rows, row => Assert.Equal(0, row.PointsUnjudged));
    }

    [Fact]
    public void There_are_no_negative_points_PTS_6()
    {
        var faults = MeetCheck.Faults(MeetScript.Race("points", [["A"]], 2000, new RuleDocument { Sprints = new SprintsDocument(Points: [-4]) }));
        Assert.Contains(faults, fault => fault.Code == "out-of-range");
    }

    [Fact]
    public void A_sprint_is_judged_only_where_there_are_points_and_laps()
    {
        Assert.Equal(RefusalCodes.OutOfRange, Start().Refused(new SetSprint("h1", 10, [["A"]])).Code);
        var sprint = new MeetScript(MeetScript.Sprint([["A"]])).Start("h1");
        Assert.Equal(RefusalCodes.NotInThisFormat, sprint.Refused(new SetSprint("h1", 2, [["A"]])).Code);
    }

    [Fact]
    public void Who_has_passed_nothing_and_won_nothing_has_no_rank_and_no_place_on_the_track_LAP_4()
    {
        var script = Start().Lap(1, "B A C");
        Assert.Equal(["1 B racing 0p", "2 A racing 0p", "3 C racing 0p", "- D racing 0p"], script.Ranks());
        Assert.Equal([2, 1, 3, null], "ABCD".Select(bib => script.Row($"{bib}").OnTrack));
    }

    [Fact]
    public void Who_has_finished_is_ahead_on_the_track_of_all_who_have_not_LAP_4()
    {
        var script = Start().EachLap(1, 9, "A B C D").Lap(10, "D");
        Assert.Equal([2, 3, 4, 1], "ABCD".Select(bib => script.Row($"{bib}").OnTrack));
    }

    [Fact]
    public void A_points_race_has_sprints_ahead_and_nobody_who_goes_out()
    {
        var ahead = Start(sprints: new SprintsDocument(EveryLaps: 3, FromM: 0)).Heat("h1").Ahead;
        Assert.Equal((9, null, 0, null), (ahead.NextSprint, ahead.NextElimination, ahead.GoOut, ahead.StillIn));
    }

    /// <summary>D won the first sprint, C second, and both are lapped: the judges take D out, then C. They stand behind who finishes, the first out last.</summary>
    [Fact]
    public void A_lapped_skater_is_taken_out_by_the_judges_and_has_a_place_by_the_order_of_going_out_ELI_10()
    {
        var script = Start().EachLap(1, 5, "A B C D").Lap(6, "D C A B").Do(new Eliminate("h1", ["D"], 3, "lapped")).Do(new Eliminate("h1", ["C"], 2, "lapped"));
        script.EachLap(7, 10, "A B");
        Assert.Equal(["1 A OK 5p", "2 B OK 3p", "3 C EL 1p", "4 D EL 2p"], script.Ranks());
        Assert.Equal((null, 2), (script.Heat("h1").Ahead.StillIn, script.Row("C").Out!.LapsToGo));
        Assert.Equal(["1 A OK 5p", "2 B OK 3p", "3 C EL 1p", "4 D DNF 2p"], script.Do(new Reinstate("h1", "D", "fell")).Do(new FinishHeat("h1")).Ranks());
        Assert.Equal(RefusalCodes.NotInThisFormat, script.Refused(new Eliminate("h1", ["B"], 1)).Code);
    }
}
