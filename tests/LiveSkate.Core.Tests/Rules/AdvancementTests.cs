using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

public sealed class AdvancementTests
{
    private static MeetScript Meet(AdvanceRule rule, params string[][] heats) => new(MeetScript.Sprint(heats, rule, [MeetScript.Final()]));

    private static string[] Through(MeetScript script) => [.. script.Round().Entrants.Where(e => e.Advances).Select(e => e.Skater.Bib)];

    private static MeetScript Race(MeetScript script, string heat, params (string Bib, long Ms)[] times)
    {
        script.Start(heat);
        foreach (var (bib, ms) in times)
            script.Skate(bib, ms);
        return script;
    }

    [Fact]
    public void Before_anything_has_happened_nobody_is_in_and_nobody_is_gone()
    {
        var script = Meet(new AdvanceRule(1, 2), ["1", "2"], ["3", "4"]);
        Assert.All(script.Round().Entrants, entrant => Assert.Equal((Certainty.Out, (string?)null), (entrant.Certainty, entrant.Mark)));
    }

    [Fact]
    public void A_dead_heat_for_the_last_direct_place_sends_both_on_and_takes_no_time_place_away_QUA_4()
    {
        var script = Race(Meet(new AdvanceRule(2, 1), ["1", "2", "3", "4"], ["5", "6", "7"]), "h1", ("1", 80_000), ("2", 81_000), ("3", 81_000), ("4", 82_000));
        script.Do(new SetFinishOrder("h1", [["1"], ["2", "3"], ["4"]])).Sign("h1");
        Race(script, "h2", ("5", 90_000), ("6", 91_000), ("7", 92_000)).Sign("h2");
        Assert.Equal(["1", "2", "3", "5", "6", "4"], Through(script));
        Assert.Equal([1, 2, 2, 4], script.Heat("h1").Rows.Select(row => row.Rank));
    }

    [Theory]
    [InlineData(1), InlineData(2)]
    public void Equal_times_at_the_cut_all_go_through_QUA_5(int fastest)
    {
        var script = Race(Meet(new AdvanceRule(1, fastest), ["1", "2", "3"], ["4", "5"]), "h1", ("1", 80_000), ("2", 81_000), ("3", 82_000)).Sign("h1");
        Race(script, "h2", ("4", 80_500), ("5", 81_000)).Sign("h2");
        Assert.Equal(["1", "4", "2", "5"], Through(script));
    }

    [Fact]
    public void A_disqualified_winner_makes_the_second_the_direct_qualifier_QUA_6()
    {
        var script = Race(Meet(new AdvanceRule(1, 0), ["1", "2"], ["3", "4"]), "h1", ("1", 80_000), ("2", 81_000)).Do(new Publish("h1"));
        Assert.Equal(["1"], Through(script));
        script.Do(new Sanction("h1", "1", "DSQ-SF", "pushed"));
        Assert.Equal(["2"], Through(script));
    }

    [Fact]
    public void Who_withdraws_is_not_replaced_and_whom_the_jury_sends_on_goes_as_well_QUA_7_INC_10()
    {
        var script = Race(Meet(new AdvanceRule(1, 1), ["1", "2", "3", "4"], ["5"]), "h1", ("1", 80_000), ("2", 81_000), ("3", 82_000), ("4", 83_000)).Sign("h1");
        Race(script, "h2", ("5", 90_000)).Sign("h2");
        script.Do(new Withdraw("e", "pre", "2", "hurt")).Do(new Advance("e", "pre", "4", "hindered"));
        Assert.Equal(["1", "5", "4"], Through(script));
        var jury = script.Round().Find("4")!;
        Assert.Equal((AdvancedBy.Jury, Certainty.Safe, (string?)null), (jury.By, jury.Certainty, jury.Mark));
    }

    [Fact]
    public void A_place_without_a_time_can_win_a_direct_place_and_never_one_on_time_QUA_3()
    {
        var script = Race(Meet(new AdvanceRule(1, 3), ["1", "2", "3"]), "h1", ("1", 80_000), ("2", 81_000), ("3", 82_000));
        script.Do(new SetTime("h1", "1", null, "no reading")).Do(new SetTime("h1", "2", null, "no reading")).Sign("h1");
        Assert.Equal(["1", "3"], Through(script));
        Assert.Equal(Certainty.Gone, script.Round().Find("2")!.Certainty);
    }

    [Fact]
    public void Nobody_is_safe_before_the_heat_is_signed_and_then_only_who_cannot_be_pushed_out_QUA_12()
    {
        var script = Race(Meet(new AdvanceRule(1, 2), ["1", "2", "3", "4"], ["5", "6", "7"]), "h1", ("1", 80_000), ("2", 81_000), ("3", 82_000), ("4", 83_000));
        script.Do(new Publish("h1"));
        Assert.DoesNotContain(script.Round().Entrants, entrant => entrant.Certainty == Certainty.Safe);
        script.Do(new MakeOfficial("h1"));
        // Two of heat 2 can still be faster than 2 without winning it, and there are two places on time.
        Assert.Equal(
            [("1", Certainty.Safe), ("2", Certainty.In), ("3", Certainty.Bubble), ("4", Certainty.Gone)],
            script.Round().Entrants.Where(e => e.Heat.Heat.Id == "h1").Select(e => (e.Skater.Bib, e.Certainty)));
    }

    [Fact]
    public void Who_still_races_is_told_the_time_that_goes_through()
    {
        var script = Race(Meet(new AdvanceRule(1, 2), ["1", "2", "3"], ["4", "5"]), "h1", ("1", 80_000), ("2", 81_000), ("3", 82_000)).Sign("h1");
        script.Start("h2").Pass("4", 16);
        Assert.Equal(82_000, script.Round().Find("5")!.NeededMs);
        Assert.Null(script.Round().Find("2")!.NeededMs);
        Assert.Equal("Needs 1:22.000 or better on time, or a direct place.", Words.Sentence(script.Round().Find("5")!, script.Round()));
        Assert.Equal("1st in the heat. Would go through by place as things stand.", Words.Sentence(script.Round().Find("4")!, script.Round()));
        Assert.Equal("2nd in the heat. Through on time: 1st of 2.", Words.Sentence(script.Round().Find("2")!, script.Round()));
        Assert.Equal(
            "3rd in the heat. The winner goes through, plus the 2 fastest; 2nd of 2 on time with one heat left, the last to go through.",
            Words.Sentence(script.Round().Find("3")!, script.Round()));
    }

    [Fact]
    public void A_fallen_skater_who_finishes_keeps_time_and_rank_whatever_the_time_RNK_6()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2", "3", "4"]], distanceM: 500));
        script.Start("h1").Skate("1", 43_104, 3).Skate("2", 44_108, 3).Skate("3", 61_789, 3).Skate("4", 43_500, 3);
        script.Do(new Publish("h1")).Do(new Sanction("h1", "4", "DSQ-SF", "pushed a rival")).Do(new MakeOfficial("h1"));
        Assert.Equal([("1", 1), ("2", 2), ("3", 3), ("4", (int?)null)], script.Heat("h1").Rows.Select(row => (row.Bib, row.Rank)));
        Assert.Equal(61_789, script.Heat("h1").Row("3").TimeMs);
    }

    [Fact]
    public void Losers_of_a_middle_round_of_a_short_sprint_are_ranked_by_place_and_then_time_FIN_2()
    {
        var script = new MeetScript(MeetScript.Sprint(
            [["1", "2", "3", "4", "5", "6"]], new AdvanceRule(6, 0),
            [new("semi", "Semifinals", HeatPlan.DrawnLater(2), new AdvanceRule(1, 0), Draw.TwoPassSnake), MeetScript.Final()], distanceM: 500));
        script.Start("h1");
        for (var i = 1; i <= 6; i++)
            script.Skate($"{i}", 43_000 + i, 3);
        script.Sign("h1").Do(new DrawRound("e", "semi")).Do(new ConfirmDraw("e", "semi"));
        // Heat 1 (1, 4, 5) is slow, heat 2 (2, 3, 6) fast: the second of heat 1 stands before the third of heat 2, in spite of his time.
        script.Start("e-semi-1").Skate("1", 50_000, 3).Skate("4", 51_000, 3).Skate("5", 52_000, 3).Sign("e-semi-1");
        script.Start("e-semi-2").Skate("2", 43_000, 3).Skate("3", 43_100, 3).Skate("6", 43_200, 3).Sign("e-semi-2");
        script.Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        script.Start("e-final-1").Skate("1", 43_000, 3).Skate("2", 43_001, 3).Sign("e-final-1");
        var final = ResultsPublisher.Results(script.Meet, script.Meet.Document.Events[0]).Final;
        Assert.Equal([("1", 1), ("2", 2), ("3", 3), ("4", 4), ("6", 5), ("5", 6)], final.Select(row => (row.Bib, row.Rank!.Value)));
    }

    [Fact]
    public void Who_stops_in_a_later_round_shares_its_last_place_and_a_first_round_no_show_has_none_RNK_2_RNK_3()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2", "3", "4", "5"]], new AdvanceRule(4, 0), [MeetScript.Final()]));
        script.Start("h1").Skate("1", 80_000).Skate("2", 81_000).Skate("3", 82_000).Skate("4", 83_000);
        script.Do(new FinishHeat("h1")).Sign("h1").Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        script.Start("e-final-1").Skate("1", 80_000).Skate("2", 81_000).Pass("3", 17);
        script.Do(new FinishHeat("e-final-1")).Sign("e-final-1");
        var final = ResultsPublisher.Results(script.Meet, script.Meet.Document.Events[0]).Final;
        Assert.Equal(
            [("1", 1, "OK"), ("2", 2, "OK"), ("3", 3, "DNF"), ("4", 3, "DNS"), ("5", (int?)null, "DNS")],
            final.Select(row => (row.Bib, row.Rank, row.Status)));
    }
}
