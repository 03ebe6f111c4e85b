using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>QUA-2, QUA-5, QUA-7, QUA-12: what hangs on a thousandth at the time cut, on heats to come, and on other rounds and events.</summary>
public sealed class TimeCutTests
{
    private static readonly RuleDocument JuryDecides = new() { TieAtTimeCut = "none" };

    private static MeetScript Meet(AdvanceRule rule, RuleDocument? rules, params string[][] heats)
    {
        var document = MeetScript.Sprint(heats, rule, [MeetScript.Final()]);
        return new MeetScript(document with { Events = [document.Events[0] with { Rules = rules }] });
    }

    private static MeetScript Raced(MeetScript script, string heat, params (string Bib, long Ms)[] times)
    {
        script.Start(heat);
        foreach (var (bib, ms) in times)
            script.Skate(bib, ms);
        return script.Sign(heat);
    }

    /// <summary>Two places on time: 2 with 81.000 and 5 with 82.000. A thousandth behind, 3 is out, and no jury is asked.</summary>
    [Fact]
    public void A_thousandth_is_no_tie_and_both_who_have_the_places_are_safe_where_ties_are_the_jurys_QUA_5_QUA_12()
    {
        var script = Meet(new AdvanceRule(1, 2), JuryDecides, ["1", "2", "3"], ["4", "5"]);
        Raced(script, "h1", ("1", 80_000), ("2", 81_000), ("3", 82_001));
        Raced(script, "h2", ("4", 80_000), ("5", 82_000));
        Assert.Equal(
            [(Certainty.Safe, false), (Certainty.Safe, false), (Certainty.Gone, false)],
            new[] { "2", "5", "3" }.Select(bib => script.Round().Find(bib)!).Select(entrant => (entrant.Certainty, entrant.AwaitsJury)));
    }

    /// <summary>Three level on the last of two places: 2 has the first, 3 and 5 are one too many; 6 is slower and nobody's question.</summary>
    [Fact]
    public void Only_who_is_level_at_the_cut_waits_for_the_jury_QUA_5()
    {
        var script = Meet(new AdvanceRule(1, 2), JuryDecides, ["1", "2", "3"], ["4", "5", "6"]);
        Raced(script, "h1", ("1", 80_000), ("2", 81_000), ("3", 82_000));
        Raced(script, "h2", ("4", 80_000), ("5", 82_000), ("6", 83_000));
        Assert.Equal(["3", "5"], script.Round().Entrants.Where(entrant => entrant.AwaitsJury).Select(entrant => entrant.Skater.Bib).Order());
    }

    /// <summary>Three on two places; of the two who are level 5 stands first, as the second of his heat.</summary>
    [Fact]
    public void Where_ties_advance_nobody_waits_for_the_jury_QUA_5()
    {
        var script = Meet(new AdvanceRule(1, 2), null, ["1", "2", "3"], ["4", "5"]);
        Raced(script, "h1", ("1", 80_000), ("2", 81_000), ("3", 82_000));
        Raced(script, "h2", ("4", 80_000), ("5", 82_000));
        Assert.Equal(["1", "4", "2", "5", "3"], script.Round().Entrants.Where(entrant => entrant.Advances).Select(entrant => entrant.Skater.Bib));
        Assert.All(script.Round().Entrants, entrant => Assert.False(entrant.AwaitsJury));
    }

    /// <summary>One of three heats is raced: two are left. One of four of heat 2 is its winner, the other three may all be faster than 2.</summary>
    [Theory]
    [InlineData(3, Certainty.In), InlineData(4, Certainty.Safe)]
    public void Safe_on_time_is_who_stays_in_whatever_all_the_others_of_the_heats_to_come_do_QUA_12(int fastest, Certainty certainty)
    {
        var script = Raced(Meet(new AdvanceRule(1, fastest), null, ["1", "2"], ["3", "4", "5", "6"], ["7"]), "h1", ("1", 80_000), ("2", 81_000));
        Assert.Equal(certainty, script.Round().Find("2")!.Certainty);
        Assert.Equal(2, script.Round().HeatsLeft);
    }

    /// <summary>
    /// Only thirds go through on time. Of four in heat 2 the first two are none of them; the other two may be, in a dead heat, both faster.
    /// </summary>
    [Theory]
    [InlineData(2, Certainty.In), InlineData(3, Certainty.Safe)]
    public void Where_one_place_alone_goes_through_on_time_those_ahead_of_it_in_a_heat_to_come_are_no_danger_QUA_2(int fastest, Certainty certainty)
    {
        var script = Meet(new AdvanceRule(1, fastest, TimePlace: 3), null, ["1", "2", "3"], ["4", "5", "6", "7"]);
        Assert.Equal(certainty, Raced(script, "h1", ("1", 80_000), ("2", 81_000), ("3", 82_000)).Round().Find("3")!.Certainty);
    }

    [Fact]
    public void Who_has_fallen_out_of_a_heat_that_still_runs_is_told_no_time_to_beat()
    {
        var script = Raced(Meet(new AdvanceRule(1, 1), null, ["1", "2"], ["3", "4", "5"]), "h1", ("1", 80_000), ("2", 81_000));
        script.Start("h2").Pass("3", 16).Do(new Sanction("h2", "5", "DNF", "fell"));
        Assert.Equal([81_000L, null], new[] { "4", "5" }.Select(bib => script.Round().Find(bib)!.NeededMs));
    }

    /// <summary>Two places on time, 2 and 3 have them. Level with 3 is one too many: he goes on where ties advance, and waits where they are the jury's.</summary>
    [Theory]
    [InlineData(null, 82_000), InlineData("none", 81_999)]
    public void The_time_that_is_needed_is_one_that_goes_through_QUA_5_QUA_12(string? tie, long needed)
    {
        var script = Meet(new AdvanceRule(1, 2), new RuleDocument { TieAtTimeCut = tie }, ["1", "2", "3"], ["4", "5"]);
        Raced(script, "h1", ("1", 80_000), ("2", 81_000), ("3", 82_000));
        Assert.Equal(needed, script.Round().Find("5")!.NeededMs);
        Raced(script, "h2", ("4", 80_000), ("5", needed));
        Assert.True(script.Round().Find("5")!.Advances);
    }

    /// <summary>No time is asked for where places alone go on, no place where times alone do, and one is not "1 go".</summary>
    [Fact]
    public void Every_kind_of_round_says_it_in_its_own_words_QUA_8_QUA_10_QUA_12()
    {
        var places = Meet(new AdvanceRule(1, 0), null, ["1", "2"], ["3"]).Start("h1").Skate("1", 80_000).Skate("2", 81_000);
        Assert.Equal("2nd in the heat. The winner goes through; not through as things stand.", Said(places, "2"));
        places.Sign("h1");
        Assert.Equal(("2nd in the heat. Out.", null), (Said(places, "2"), places.Round().Find("2")!.TimeRank));

        var times = Raced(Meet(new AdvanceRule(0, 1), null, ["1", "2"], ["3"]), "h1", ("1", 80_000), ("2", 81_000));
        Assert.Equal("Needs 1:20.000 or better.", Said(times, "3"));
        Assert.Equal("2nd in the heat. Out: 2nd on time; the fastest goes through.", Said(times, "2"));
        Assert.Equal("The fastest goes through.", Words.Rule(times.Round().Round.Advance!));

        static string Said(MeetScript script, string bib) => Words.Sentence(script.Round().Find(bib)!, script.Round());
    }

    /// <summary>One place by time; 5 does not start, and it stays one: 2 before 4.</summary>
    [Fact]
    public void A_missed_start_takes_no_place_on_time_away_STL_4()
    {
        var script = Meet(new AdvanceRule(1, 1), null, ["1", "2"], ["3", "4", "5"]);
        Raced(script, "h1", ("1", 80_000), ("2", 81_000));
        script.Do(new OpenHeat("h2")).Do(new Sanction("h2", "5", "DNS", "called twice")).Do(new ArmHeat("h2")).Gun(MeetScript.Noon.AddMinutes(20));
        script.Do(new SetTime("h2", "3", 80_000, "x")).Do(new SetTime("h2", "4", 82_000, "x")).Sign("h2");
        Assert.Equal(["1", "3", "2"], script.Round().Entrants.Where(entrant => entrant.Advances).Select(entrant => entrant.Skater.Bib));
    }

    /// <summary>The B final takes two: 3, and 4 and 5 who are level.</summary>
    [Fact]
    public void Who_is_level_with_the_last_of_a_B_final_is_in_it_QUA_5_FIN_5()
    {
        var script = Raced(WithB(most: 2, race: false), "h1", ("1", 80_000), ("2", 80_100), ("3", 80_200), ("4", 80_300), ("5", 80_300)).Do(new DrawRound("e", "b"));
        Assert.Equal(["3", "4", "5"], script.Meet.Proposals[("e", "b")].Heats.Single());
    }

    /// <summary>Two places on time are taken by 2 and 3; 5 need not be faster, for the jury has sent him on. Then the heat is called off.</summary>
    [Fact]
    public void Whom_the_jury_sent_on_needs_no_time_and_a_heat_that_is_called_off_says_so_INC_10_INC_8()
    {
        var script = Raced(Meet(new AdvanceRule(1, 2), null, ["1", "2", "3"], ["4", "5"]), "h1", ("1", 80_000), ("2", 81_000), ("3", 82_000));
        script.Do(new Advance("e", "pre", "5", "hindered"));
        Assert.Equal([82_000L, null], new[] { "4", "5" }.Select(bib => script.Round().Find(bib)!.NeededMs));
        script.Do(new CancelHeat("h2", "rain"));
        Assert.Equal(
            ["Out: the heat was cancelled.", "Through: sent on by the jury."],
            new[] { "4", "5" }.Select(bib => Words.Sentence(script.Round().Find(bib)!, script.Round())));
    }

    /// <summary>A bib is worn in several events, and rounds have the same names in all of them.</summary>
    [Fact]
    public void What_the_jury_says_of_one_event_is_not_said_of_another_where_he_wears_the_same_bib_QUA_7_INC_10()
    {
        var document = MeetScript.Sprint([["1", "2", "3"]], new AdvanceRule(1, 0), [MeetScript.Final()]);
        var other = document.Events[0] with
        {
            Id = "f", Rounds = [document.Events[0].Rounds[0] with { Heats = HeatPlan.Of([new("g1", 1, ["1", "2", "3"])]) }, MeetScript.Final()],
        };
        var script = new MeetScript(document with { Events = [document.Events[0], other] });
        Raced(script, "h1", ("1", 80_000), ("2", 81_000), ("3", 82_000));
        Raced(script, "g1", ("1", 80_000), ("2", 81_000), ("3", 82_000));
        script.Do(new Withdraw("f", "pre", "1", "hurt")).Do(new Advance("f", "pre", "3", "hindered"));
        Assert.Equal(["1"], script.Round().Entrants.Where(entrant => entrant.Advances).Select(entrant => entrant.Skater.Bib));
    }

    private static MeetScript WithB(int? most = null, bool race = true)
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2", "3", "4", "5"]], new AdvanceRule(2, 0),
        [
            MeetScript.Final() with { From = "pre" },
            new("b", "B final", HeatPlan.DrawnLater(1), null, Draw.DirectThenTime, From: "pre", Takes: "rest", Most: most),
        ]));
        return race ? Raced(script, "h1", ("1", 80_000), ("2", 80_100), ("3", 80_200), ("4", 80_300), ("5", 80_400)) : script;
    }

    /// <summary>1 and 2 go to the A final. 2 is hurt and skates no more: the B final is 3, 4 and 5; and where it takes two, 3 and 4.</summary>
    [Theory]
    [InlineData(null, "3 4 5"), InlineData(2, "3 4")]
    public void Who_has_withdrawn_from_the_A_final_is_not_drawn_for_the_B_final_FIN_5_QUA_7(int? most, string drawn)
    {
        var script = WithB(most).Do(new Withdraw("e", "pre", "2", "hurt")).Do(new DrawRound("e", "b"));
        Assert.Equal(drawn, string.Join(' ', script.Meet.Proposals[("e", "b")].Heats.Single()));
    }

    /// <summary>3 and 4 are due for the B final, which takes two. 3 is hurt; 5 does not come in for him, and has nothing to withdraw from.</summary>
    [Fact]
    public void Who_is_due_for_the_B_final_withdraws_before_it_is_drawn_and_is_not_replaced_FIN_5_QUA_7()
    {
        var script = WithB(most: 2);
        Assert.Equal(RefusalCodes.NotQualified, script.Refused(new Withdraw("e", "pre", "5", "hurt")).Code);
        Assert.Equal(
            ["Preliminary round: FAMILY3 is withdrawn; nobody moves up."],
            Preview.Of(script.Venue, MeetScript.MeetId, new Withdraw("e", "pre", "3", "hurt")).Sentences);
        script.Do(new Withdraw("e", "pre", "3", "hurt")).Do(new DrawRound("e", "b"));
        Assert.Equal(["4"], script.Meet.Proposals[("e", "b")].Heats.Single());
        script.Do(new Undo(script.Journal.FindLast(row => row.Fact is SkaterWithdrawn)!.At)).Do(new DrawRound("e", "b"));
        Assert.Equal(["3", "4"], script.Meet.Proposals[("e", "b")].Heats.Single());
    }

    /// <summary>One place on time, as things stand 2's with 81.000; a thousandth behind, 3 is out, and 2 is no tie with anybody.</summary>
    [Fact]
    public void The_last_on_time_is_in_before_his_heat_is_signed_where_nobody_is_level_with_him_QUA_5()
    {
        var script = Meet(new AdvanceRule(1, 1), JuryDecides, ["1", "2", "3"]).Start("h1").Skate("1", 80_000).Skate("2", 81_000).Skate("3", 81_001);
        Assert.Equal((Certainty.Bubble, false), (script.Round().Find("2")!.Certainty, script.Round().Find("2")!.AwaitsJury));
        Assert.Equal((Certainty.Out, false), (script.Round().Find("3")!.Certainty, script.Round().Find("3")!.AwaitsJury));
    }

    /// <summary>
    /// No direct places, the three fastest seconds. Of the three of heat 2 one has to be ahead of the seconds there: two can still come before 2.
    /// With two places they can push him out, with three they cannot.
    /// </summary>
    [Theory]
    [InlineData(2, Certainty.In), InlineData(3, Certainty.Safe)]
    public void Who_is_ahead_of_the_place_that_goes_through_on_time_is_no_danger_QUA_2_QUA_12(int fastest, Certainty certainty)
    {
        var script = Raced(Meet(new AdvanceRule(0, fastest, TimePlace: 2), null, ["1", "2"], ["3", "4", "5"]), "h1", ("1", 80_000), ("2", 81_000));
        Assert.Equal(certainty, script.Round().Find("2")!.Certainty);
    }

    [Fact]
    public void What_the_jury_said_last_of_a_skater_counts_QUA_7_INC_10()
    {
        var script = Raced(Meet(new AdvanceRule(1, 0), null, ["1", "2", "3"]), "h1", ("1", 80_000), ("2", 81_000), ("3", 82_000));
        script.Do(new Advance("e", "pre", "2", "hindered")).Do(new Withdraw("e", "pre", "2", "hurt"));
        Assert.Equal((Certainty.Gone, true), (script.Round().Find("2")!.Certainty, script.Round().Find("2")!.Withdrawn));
        script.Do(new Advance("e", "pre", "2", "well again"));
        Assert.Equal((Certainty.Safe, AdvancedBy.Jury), (script.Round().Find("2")!.Certainty, script.Round().Find("2")!.By));
    }

    /// <summary>2 (81.000) is before 5 (82.000) on time, but not sure of it while the third heat is to come; the jury makes him sure, and he stands last.</summary>
    [Fact]
    public void Whom_the_jury_sends_on_stands_behind_those_on_time_whatever_his_own_time_INC_10()
    {
        var script = Meet(new AdvanceRule(1, 2), null, ["1", "2"], ["4", "5"], ["6", "7", "8", "9"]);
        Raced(script, "h1", ("1", 80_000), ("2", 81_000));
        Raced(script, "h2", ("4", 80_500), ("5", 82_000));
        Assert.Equal(["1", "4", "2", "5"], script.Round().Entrants.Where(entrant => entrant.Advances).Select(entrant => entrant.Skater.Bib));
        script.Do(new Advance("e", "pre", "2", "hindered"));
        Assert.Equal(["1", "4", "5", "2"], script.Round().Entrants.Where(entrant => entrant.Advances).Select(entrant => entrant.Skater.Bib));
    }

    /// <summary>All of a heat have finished and it is not published yet: it holds up nobody.</summary>
    [Fact]
    public void A_heat_that_has_finished_is_not_left_any_more()
    {
        var script = Meet(new AdvanceRule(1, 1), null, ["1", "2"], ["3", "4"]);
        Assert.Equal(2, script.Round().HeatsLeft);
        script.Start("h1").Skate("1", 80_000);
        Assert.Equal(2, script.Round().HeatsLeft);
        script.Skate("2", 81_000);
        Assert.Equal((HeatStage.Finished, 1), (script.Heat("h1").State, script.Round().HeatsLeft));
    }

    /// <summary>No direct places and two on time; both of heat 2 can be faster than 1, the winner of heat 1.</summary>
    [Theory]
    [InlineData(2, Certainty.In), InlineData(3, Certainty.Safe)]
    public void Where_times_alone_count_everybody_of_a_heat_to_come_can_be_faster_QUA_10_QUA_12(int fastest, Certainty certainty)
    {
        var script = Raced(Meet(new AdvanceRule(0, fastest), null, ["1", "2"], ["3", "4"]), "h1", ("1", 80_000), ("2", 81_000));
        Assert.Equal(certainty, script.Round().Find("1")!.Certainty);
    }
}
