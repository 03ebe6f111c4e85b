using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules.LongRaces;

/// <summary>
/// FMT-11, ELI-1 to ELI-12. Ten laps, six starters, three survivors, one out each lap: so late that the last elimination is with one lap
/// to go, which makes it 3, 2 and 1 to go.
/// <code>
/// lap        1–6           7 (3 to go)        8 (2 to go)      9 (1 to go)    10 (finish)
/// order      1 2 3 4 5 6   1 2 3 4 5 6        2 1 3 4 5        2 3 1 4        3 1 2
/// out                      6: 6th             5: 5th           4: 4th
/// </code>
/// </summary>
public sealed class EliminationTests
{
    private const string All = "1 2 3 4 5 6";

    private static MeetScript Start(RuleDocument? rules = null, string bibs = All, decimal distanceM = 2000) =>
        new MeetScript(MeetScript.Race("elimination", [Laps.Bibs(bibs)], distanceM, rules ?? Laps.Eliminate(3))).Start("h1");

    private static MeetScript Raced() => Start()
        .EachLap(1, 7, All).Out(3, "6").Lap(8, "2 1 3 4 5").Out(2, "5").Lap(9, "2 3 1 4").Out(1, "4").Lap(10, "3 1 2");

    private static string[] Proposed(MeetScript script) =>
        [.. script.Heat("h1").Ahead.Proposed.Select(lap => $"{lap.LapsToGo}: {string.Join(' ', lap.Bibs)}")];

    [Fact]
    public void The_survivors_by_the_order_over_the_line_then_the_others_from_the_back_ELI_6()
    {
        var script = Raced();
        Assert.Equal(["1 3 OK", "2 1 OK", "3 2 OK", "4 4 EL", "5 5 EL", "6 6 EL"], script.Ranks());
        Assert.Equal(HeatStage.Finished, script.Heat("h1").State);
        Assert.Equal(new OutOfRace(5, 2, "rule"), script.Row("5").Out);
    }

    [Fact]
    public void The_last_over_the_line_is_a_proposal_until_the_judges_have_said_so_ELI_2()
    {
        var script = Start().EachLap(1, 6, All).Lap(7, "1 2 3 4");
        Assert.Empty(Proposed(script));
        Assert.True(script.Row("6").InDanger);
        // Five of six are over: whatever the sixth does, she is the last.
        script.Lap(7, "1 2 3 4 5");
        Assert.Equal(["3: 6"], Proposed(script));
        Assert.Equal((null, true), (script.Row("6").Status, script.Row("6").ProposedOut));
        Assert.Equal("6 6 racing", script.Ranks()[^1]);
        script.Out(3, "6");
        Assert.Empty(Proposed(script));
        Assert.Equal("6 6 EL", script.Ranks()[^1]);
    }

    [Fact]
    public void A_proposal_that_hangs_on_what_a_transponder_cannot_tell_says_so_TIM_5()
    {
        var script = Start().EachLap(1, 6, All).Lap(7, "1 2 3 4").Pass("5", 143).Pass("6", 143.019);
        Assert.True(script.Heat("h1").Ahead.Proposed.Single().Unresolved);
        Assert.False(Start().EachLap(1, 7, All).Heat("h1").Ahead.Proposed.Single().Unresolved);
    }

    [Fact]
    public void The_judges_may_see_another_one_last_ELI_2()
    {
        var script = Start().EachLap(1, 7, All).Out(3, "5").Lap(8, "1 2 3 4 6");
        Assert.Equal("6 5 EL", script.Ranks()[^1]);
        Assert.Equal(["2: 6"], Proposed(script));
    }

    [Fact]
    public void Judges_who_are_late_find_a_proposal_for_each_lap()
    {
        var script = Start().EachLap(1, 7, All).Lap(8, "1 2 3 5 4 6");
        Assert.Equal(["3: 6", "2: 4"], Proposed(script));
        script.Out(3, "6");
        Assert.Equal(["2: 4"], Proposed(script));
    }

    [Fact]
    public void Danger_is_told_on_the_lap_before_and_what_comes_is_on_the_board_LAP_8()
    {
        var script = Start();
        var before = HeatPublisher.Header(script.Meet, script.EachLap(1, 5, All).Heat("h1"));
        Assert.Equal((3, 1, 6, false), (before.NextElimination, before.GoOut, before.StillIn, before.Bell));
        Assert.DoesNotContain(script.Heat("h1").Rows, row => row.InDanger);
        var bell = HeatPublisher.Header(script.Meet, script.Lap(6, "1").Heat("h1"));
        Assert.Equal((4, true), (bell.LapsToGo, bell.Bell));
        Assert.Equal(["6"], script.Heat("h1").Rows.Where(row => row.InDanger).Select(row => row.Bib));
        var state = HeatPublisher.State(script.Meet, script.Meet.Heats["h1"], []);
        Assert.Equal([3, 2, 1], state.Eliminations.Select(lap => lap.LapsToGo));
    }

    [Fact]
    public void Of_two_who_go_out_at_once_the_later_has_the_lower_place_ELI_5()
    {
        // Doubles at 2 to go: 6 − 3 = 1 + 2.
        var script = Start(Laps.Eliminate(3, 1, [2])).EachLap(1, 7, All);
        Assert.Equal((2, 2), (script.Heat("h1").Ahead.NextElimination, script.Heat("h1").Ahead.GoOut));
        script.Lap(8, All);
        Assert.Equal(["2: 5 6"], Proposed(script));
        script.Out(2, "5", "6");
        Assert.Equal(["5 5 EL", "6 6 EL"], script.Ranks().TakeLast(2));
    }

    [Fact]
    public void More_than_two_at_once_share_the_best_of_their_places_ELI_8()
    {
        // Six places, 6 took the last; of 3, 4 and 5 each gets 5 − 3 + 1 = 3.
        var script = Start().EachLap(1, 7, All).Out(3, "6").Do(new Eliminate("h1", ["3", "4", "5"], 3, "lapped"));
        Assert.Equal(["3 3 EL", "3 4 EL", "3 5 EL", "6 6 EL"], script.Ranks().TakeLast(4));
        Assert.Equal([3, 3, 3, 6], "3456".Select(bib => script.Row($"{bib}").Out!.Place));
    }

    [Theory]
    [InlineData("fall"), InlineData("gave-up"), InlineData("lapped"), InlineData("fault")]
    public void Out_of_schedule_takes_the_lowest_free_place_and_the_schedule_moves_by_one_ELI_7_ELI_10(string cause)
    {
        var script = Start().EachLap(1, 4, All).Do(new Eliminate("h1", ["3"], 6, cause)).EachLap(5, 7, "1 2 4 5 6");
        Assert.Empty(Proposed(script));
        Assert.Equal(2, script.Heat("h1").Ahead.NextElimination);
        script.Lap(8, "1 2 4 5 6");
        Assert.Equal(["2: 6"], Proposed(script));
        script.Out(2, "6").Lap(9, "1 2 4 5").Out(1, "5").Lap(10, "1 2 4");
        Assert.Equal(["1 1 OK", "2 2 OK", "3 4 OK", "4 5 EL", "5 6 EL", "6 3 EL"], script.Ranks());
    }

    [Fact]
    public void Who_does_not_start_is_no_starter_and_has_no_place_ELI_9_STL_4()
    {
        var script = new MeetScript(MeetScript.Race("elimination", [Laps.Bibs(All)], 2000, Laps.Eliminate(3)))
            .Do(new OpenHeat("h1")).Do(new Sanction("h1", "4", "DNS", "called twice")).Do(new ArmHeat("h1")).Gun(MeetScript.Noon.AddMinutes(1));
        Assert.Equal((5, 2), (script.Heat("h1").Ahead.StillIn, script.Heat("h1").Ahead.NextElimination));
        Assert.Equal("- 4 DNS", script.Ranks()[^1]);
    }

    [Fact]
    public void The_first_out_has_the_place_of_the_last_real_starter_ELI_9()
    {
        var script = Start().Do(new Sanction("h1", "4", "DNS", "called twice")).EachLap(1, 8, "1 2 3 5 6").Out(2, "6");
        Assert.Equal(["5 6 EL", "- 4 DNS"], script.Ranks().TakeLast(2));
    }

    [Fact]
    public void A_wrong_elimination_is_taken_back_and_all_later_places_move_ELI_11()
    {
        var script = Start().EachLap(1, 7, All).Out(3, "5").Lap(8, "1 2 3 4 6").Out(2, "6");
        Assert.Equal(["5 6 EL", "6 5 EL"], script.Ranks().TakeLast(2));
        script.Do(new Reinstate("h1", "5", "she was in front of 6"));
        Assert.Equal("6 6 EL", script.Ranks()[^1]);
        Assert.Null(script.Row("5").Status);
        Assert.Equal(RefusalCodes.NotOut, script.Refused(new Reinstate("h1", "5", "again")).Code);
        Assert.Equal(RefusalCodes.AlreadyOut, script.Refused(new Eliminate("h1", ["6"], 1)).Code);
        Assert.Equal(RefusalCodes.OutOfRange, script.Refused(new Eliminate("h1", ["5"], 10)).Code);
    }

    [Fact]
    public void All_who_went_out_share_one_place_where_the_event_says_so_ELI_12()
    {
        var script = Start(Laps.Eliminate(3, ranked: "shared")).EachLap(1, 7, All).Out(3, "6").Out(2, "5").Out(1, "4").EachLap(8, 10, "1 2 3");
        Assert.Equal(["1 1 OK", "2 2 OK", "3 3 OK", "4 4 EL", "4 5 EL", "4 6 EL"], script.Ranks());
        Assert.Equal([4, 4, 4], "456".Select(bib => script.Row($"{bib}").Out!.Place));
    }

    [Fact]
    public void A_fault_of_a_survivor_is_the_last_place_or_none_and_leaves_no_gap_among_the_eliminated_RNK_2_RNK_3()
    {
        var script = Raced().Do(new Publish("h1")).Do(new Sanction("h1", "3", "DSQ-SF", "pushed"));
        Assert.Equal(["1 1 OK", "2 2 OK", "3 4 EL", "4 5 EL", "5 6 EL", "- 3 DSQ-SF"], script.Ranks());
        script.Do(new LiftSanction("h1", "3", "DSQ-SF", "seen again")).Do(new Sanction("h1", "3", "DSQ-TF", "helmet"));
        Assert.Equal(["1 1 OK", "2 2 OK", "3 4 EL", "4 5 EL", "5 6 EL", "6 3 DSQ-TF"], script.Ranks());
    }

    [Fact]
    public void Who_was_taken_out_and_skates_on_ends_the_race_for_nobody()
    {
        var script = Start().EachLap(1, 7, All).Out(3, "1").Out(2, "5").Out(1, "6").EachLap(8, 10, "1");
        Assert.Equal(HeatStage.Running, script.Heat("h1").State);
        script.EachLap(8, 10, "2 3 4");
        Assert.Equal(["1 2 OK", "2 3 OK", "3 4 OK", "4 6 EL", "5 5 EL", "6 1 EL"], script.Ranks());
    }

    [Fact]
    public void Nobody_is_proposed_any_more_once_the_result_is_published()
    {
        var script = Start().EachLap(1, 10, All);
        Assert.Equal(["3: 6", "2: 5", "1: 4"], Proposed(script));
        script.Do(new Publish("h1"));
        Assert.Empty(Proposed(script));
        Assert.All(script.Heat("h1").Rows, row => Assert.False(row.ProposedOut));
    }

    [Fact]
    public void More_than_the_survivors_may_go_on_from_a_heat_QUA_11()
    {
        var document = MeetScript.Race(
            "elimination", [Laps.Bibs(All), ["x1", "x2", "x3", "x4"]], 2000, Laps.Eliminate(3), new AdvanceRule(4, 0), [MeetScript.Final()]);
        var script = new MeetScript(document).Start("h1").EachLap(1, 7, All).Out(3, "6").Out(2, "5").Out(1, "4").EachLap(8, 10, "1 2 3").Sign("h1");
        Assert.Equal(["1", "2", "3", "4"], script.Round().Entrants.Where(entrant => entrant.Mark == "Q").Select(entrant => entrant.Skater.Bib));
    }

    /// <summary>5 went out second, as fifth; without her 6 is fifth, and 4 who went after her stays fourth.</summary>
    [Fact]
    public void Who_is_disqualified_after_she_went_out_takes_no_place_from_those_who_went_after_her_ELI_6_RNK_3()
    {
        var script = Raced().Do(new Publish("h1")).Do(new Sanction("h1", "5", "DSQ-SF", "pushed"));
        Assert.Equal([("3", 1), ("1", 2), ("2", 3), ("4", 4), ("6", 5), ("5", (int?)null)], script.Heat("h1").Rows.Select(row => (row.Bib, row.Rank)));
        Assert.Equal((4, 5), (script.Row("4").Out!.Place, script.Row("6").Out!.Place));
    }

    /// <summary>1 is taken out with 3 to go and skates on, a lap ahead of all: the others are no lap behind, and 2 wins after ten laps.</summary>
    [Fact]
    public void Who_was_taken_out_and_skates_on_laps_nobody_and_ends_nobodys_race()
    {
        var script = Start().EachLap(1, 7, All).Out(3, "1").Pass("1", 150).Pass("1", 164).Lap(8, "2 3 4 5 6").Pass("1", 178);
        Assert.All("23456", bib => Assert.Equal(0, script.Row($"{bib}").LapsDown));
        script.EachLap(9, 10, "2 3 4 5 6");
        Assert.Equal((200_000L, 10), (script.Row("2").TimeMs, script.Row("2").Crossings.Lap));
    }

    /// <summary>The list of all kinds: over the line, taken out, fallen, a technical fault, not started, a sport fault. They start the other way round.</summary>
    [Fact]
    public void The_list_goes_from_those_with_a_place_to_those_with_the_last_and_those_with_none_RNK_1_RNK_2_RNK_3()
    {
        var script = Start().Do(new Sanction("h1", "2", "DNS", "called twice")).EachLap(1, 7, "6 5 4 3 1").Out(3, "5").EachLap(8, 10, "6");
        script.Do(new Sanction("h1", "4", "DNF", "fell")).Do(new Sanction("h1", "3", "DSQ-TF", "helmet")).Do(new Sanction("h1", "1", "DSQ-SF", "pushed"));
        Assert.Equal(
            [("6", "OK", 1), ("5", "EL", 2), ("4", "DNF", 3), ("3", "DSQ-TF", 3), ("2", "DNS", null), ("1", "DSQ-SF", (int?)null)],
            script.Heat("h1").Rows.Select(row => (row.Bib, row.Status!, row.Rank)));
    }

    /// <summary>One survivor of two: 20 ms are told apart, 19 are not.</summary>
    [Theory]
    [InlineData(180.019, true), InlineData(180.02, false)]
    public void Who_would_be_the_last_survivor_by_a_few_milliseconds_is_not_decided_TIM_5(double second, bool unresolved)
    {
        var script = Start(Laps.Eliminate(1), "1 2").EachLap(1, 8, "1 2").Pass("1", 180).Pass("2", second);
        Assert.Equal(["1: 2"], Proposed(script));
        Assert.Equal(unresolved, script.Heat("h1").Ahead.Proposed.Single().Unresolved);
    }

    /// <summary>4 is not read on lap 7 and crosses with the others on lap 8, which counts as her seventh: the transponders have her last with 3 to go.</summary>
    [Fact]
    public void A_proposal_that_hangs_on_a_missed_reading_says_so_LAP_6_ELI_2()
    {
        var script = Start().EachLap(1, 6, All).Lap(7, "1 2 3 5 6").Lap(8, All);
        Assert.True(script.Row("4").MissedRead);
        Assert.Equal([("4", true), ("6", false)], script.Heat("h1").Ahead.Proposed.Select(lap => (lap.Bibs[0], lap.Unresolved)));
    }

    /// <summary>Places 4, 5 and 6 went to 4, 5 and 6. Without 4 the others move up; with a technical fault she is the last.</summary>
    [Theory]
    [InlineData("DSQ-SF", "4 5 EL|5 6 EL|- 4 DSQ-SF"), InlineData("DSQ-TF", "4 5 EL|5 6 EL|6 4 DSQ-TF")]
    public void Who_is_disqualified_after_she_went_out_leaves_her_place_to_those_who_went_before_her_RNK_4_ELI_6(string code, string places) =>
        Assert.Equal(places, string.Join('|', Raced().Do(new Sanction("h1", "4", code, "pushed")).Ranks().Skip(3)));

    /// <summary>Six, of whom 6 makes two false starts: five race for three places on the last lap, and the first out is fifth.</summary>
    [Fact]
    public void Who_is_disqualified_at_the_start_makes_an_elimination_unnecessary_and_is_the_last_ELI_7_INC_2()
    {
        var script = Start().Do(new RecallHeat("h1", "6")).Do(new ArmHeat("h1")).Gun(MeetScript.Noon.AddMinutes(15)).Do(new RecallHeat("h1", "6")).Do(new ArmHeat("h1"));
        script.Gun(MeetScript.Noon.AddMinutes(20));
        Assert.Equal((5, 2), (script.Heat("h1").Ahead.StillIn, script.Heat("h1").Ahead.NextElimination));
        Assert.Equal(5, script.Do(new Eliminate("h1", ["5"], 2)).Row("5").Out!.Place);
    }

    [Fact]
    public void Judges_who_take_two_out_at_once_make_the_next_elimination_unnecessary_ELI_7()
    {
        var script = Start().EachLap(1, 7, All).Out(3, "5", "6");
        Assert.Equal([1], script.Heat("h1").Ahead.Eliminations.Select(lap => lap.LapsToGo));
        Assert.Equal(4, script.Heat("h1").Ahead.StillIn);
    }

    /// <summary>Two go out with 2 to go: 5, and 6, whose fifth lap was not read. Whether she was there is for the judges to say.</summary>
    [Fact]
    public void A_proposal_is_unresolved_where_one_of_those_who_would_go_lacks_a_reading_LAP_6_ELI_2()
    {
        var script = Start(Laps.Eliminate(3, 1, [2])).EachLap(1, 4, All).Lap(5, "1 2 3 4 5").EachLap(6, 8, All);
        Assert.Equal([false, true], new[] { "5", "6" }.Select(bib => script.Row(bib).MissedRead));
        Assert.Equal(["2: 5 6"], Proposed(script));
        Assert.True(script.Heat("h1").Ahead.Proposed.Single().Unresolved);
    }
}
