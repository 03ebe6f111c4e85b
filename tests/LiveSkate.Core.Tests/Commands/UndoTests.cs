using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Commands;

public sealed class UndoTests
{
    private static MeetScript Meet() => new(MeetScript.Sprint([["1", "2", "3"], ["4", "5"]], new AdvanceRule(1, 1), [MeetScript.Final()]));

    /// <summary>1 wins in 1:25, 2 is second in 1:26, 3 third in 1:27.</summary>
    private static MeetScript Raced() => Meet().Start("h1").Skate("1", 85_000).Skate("2", 86_000).Skate("3", 87_000);

    [Fact]
    public void What_is_undone_is_as_if_it_had_never_been_said()
    {
        var script = Raced().Do(new Publish("h1"));
        var before = PublicState.Of(script.Meet);
        script.Do(new Sanction("h1", "1", "DSQ-SF", "pushed"));
        Assert.Null(script.Heat("h1").Row("1").Rank);
        script.Do(new Undo(script.Venue.At));
        Assert.Equal(before, PublicState.Of(script.Meet));
    }

    [Fact]
    public void The_journal_keeps_what_was_undone_and_versions_go_on_up()
    {
        var script = Raced().Do(new Publish("h1")).Do(new Sanction("h1", "1", "DSQ-SF", "pushed"));
        script.Do(new Undo(script.Venue.At));
        Assert.Single(script.Journal, row => row.Fact is SkaterSanctioned);
        Assert.Equal([1, 2, 3], script.Meet.Heats["h1"].Versions.Select(version => version.Version));
    }

    [Fact]
    public void Commands_are_undone_in_any_order_that_makes_sense()
    {
        var script = Raced().Do(new Publish("h1")).Do(new Sanction("h1", "1", "DSQ-SF", "pushed")).Do(new SetTime("h1", "3", 85_500, "video"));
        script.Do(new Undo(At<SkaterSanctioned>(script)));
        Assert.Equal([("1", 1), ("3", 2), ("2", 3)], Ranks(script));
        script.Do(new Undo(At<TimeSet>(script)));
        Assert.Equal([("1", 1), ("2", 2), ("3", 3)], Ranks(script));
    }

    [Fact]
    public void An_undo_is_undone_and_what_it_took_back_counts_again()
    {
        var script = Raced().Do(new Publish("h1")).Do(new Sanction("h1", "1", "DSQ-SF", "pushed"));
        var said = PublicState.Of(script.Meet);
        script.Do(new Undo(script.Venue.At)).Do(new Undo(script.Venue.At));
        Assert.Equal(said, PublicState.Of(script.Meet));
        script.Do(new Undo(script.Venue.At));
        Assert.Equal([("1", 1), ("2", 2), ("3", 3)], Ranks(script));
    }

    /// <summary>screens.md, finding 4: another act as if given at the original moment.</summary>
    [Fact]
    public void What_is_replaced_keeps_its_place_and_its_time()
    {
        var script = Raced().Do(new Publish("h1")).Do(new Sanction("h1", "1", "DSQ-SF", "pushed"));
        var said = script.Journal[^1];
        script.Do(new MakeOfficial("h1")).Do(new Review("h1", "the wrong number"));
        script.Do(new Undo(said.At, new Sanction("h1", "2", "DSQ-SF", "pushed")));
        var given = Assert.Single(script.Meet.Heats["h1"].Run.Sanctions);
        Assert.Equal(("2", said.At, said.RecordedAt), (given.Bib, given.At, given.On));
        Assert.Equal([("1", 1), ("3", 2), ("2", null)], Ranks(script));
    }

    [Fact]
    public void A_replacement_is_undone_and_replaced_like_any_other_command()
    {
        var script = Raced().Do(new Publish("h1")).Do(new Sanction("h1", "1", "DSQ-SF", "pushed"));
        script.Do(new Undo(script.Venue.At, new Sanction("h1", "2", "DSQ-SF", "pushed")));
        script.Do(new Undo(script.Venue.At, new Sanction("h1", "3", "DSQ-SF", "pushed")));
        Assert.Equal("3", Assert.Single(script.Meet.Heats["h1"].Run.Sanctions).Bib);
        script.Do(new Undo(script.Venue.At));
        Assert.Equal("2", Assert.Single(script.Meet.Heats["h1"].Run.Sanctions).Bib);
    }

    [Fact]
    public void A_passing_written_in_for_the_wrong_skater_is_moved_to_the_other_at_the_same_moment()
    {
        var script = Meet().Start("h1");
        var time = script.Passing("1", 17).Time;
        script.Do(new AddPassing("h1", "1", time)).Do(new Undo(script.Venue.At, new AddPassing("h1", "2", time)));
        Assert.Equal((0, 1), (script.Heat("h1").Row("1").Crossings.Lap, script.Heat("h1").Row("2").Crossings.Lap));
    }

    [Fact]
    public void What_a_later_command_depends_on_stays_and_the_sentence_names_it()
    {
        var script = Meet().Do(new OpenHeat("h1")).Do(new ArmHeat("h1"));
        var refusal = script.Refused(new Undo(At<HeatOpened>(script)));
        Assert.Equal(RefusalCodes.DependedOn, refusal.Code);
        Assert.Equal(
            "armHeat of h1 at 3 depends on it: armHeat needs h1 to be open; it is scheduled. Allowed now: openHeat, cancelHeat, sanction, liftSanction (with WDR only). Undo that first.",
            refusal.Detail);
        script.Do(new Undo(At<HeatArmed>(script))).Do(new Undo(At<HeatOpened>(script)));
        Assert.Equal(HeatStage.Scheduled, script.Heat("h1").State);
        Assert.False(script.Meet.HasStarted);
    }

    [Fact]
    public void A_heat_whose_gun_was_heard_is_not_disarmed_by_an_undo()
    {
        var script = Meet().Start("h1");
        var refusal = script.Refused(new Undo(At<HeatArmed>(script)));
        Assert.Equal(RefusalCodes.SignalHeard, refusal.Code);
        Assert.Equal("h1 has heard its gun at 4, and would not have without it. recallHeat or annulHeat ends that start.", refusal.Detail);
    }

    /// <summary>Recalled by the start device; the heat would hear the second gun without the second arming too, as a gun of the start that was recalled.</summary>
    [Fact]
    public void A_gun_is_not_given_to_the_start_before_by_an_undo()
    {
        var script = Meet().Start("h1").Pass("1", 5).Recall(6).Do(new ArmHeat("h1"));
        script.Gun(script.Passing("1", 60).Time);
        Assert.Equal(RefusalCodes.SignalHeard, script.Refused(new Undo(script.Journal.Last(row => row.Fact is HeatArmed).At)).Code);
    }

    [Fact]
    public void A_gun_that_nobody_waited_for_starts_the_heat_whose_disarming_is_undone()
    {
        var script = Meet().Do(new OpenHeat("h1")).Do(new ArmHeat("h1")).Do(new DisarmHeat("h1"));
        script.Gun(script.Passing("1", 0).Time);
        Assert.Equal((HeatStage.Open, 1), (script.Heat("h1").State, script.Meet.StraySignals.Count));
        script.Do(new Undo(At<HeatDisarmed>(script)));
        Assert.Equal((HeatStage.Running, 0), (script.Heat("h1").State, script.Meet.StraySignals.Count));
    }

    [Fact]
    public void A_start_by_the_office_is_taken_back_and_the_heat_waits_for_its_gun_again()
    {
        var script = Meet().Do(new OpenHeat("h1")).Do(new ArmHeat("h1"));
        script.Do(new StartHeat("h1", script.Passing("1", 0).Time)).Do(new Undo(script.Venue.At));
        Assert.Equal(HeatStage.Armed, script.Heat("h1").State);
        script.Gun(script.Passing("1", 3).Time);
        Assert.Equal(HeatStage.Running, script.Heat("h1").State);
    }

    [Fact]
    public void An_annulled_run_comes_back_until_the_new_one_is_armed()
    {
        var script = Raced().Do(new Publish("h1")).Do(new AnnulHeat("h1", "power cut"));
        var annulled = script.Venue.At;
        script.Do(new Undo(annulled));
        Assert.Equal((1, HeatStage.Provisional), (script.Meet.Heats["h1"].RunNumber, script.Heat("h1").State));
        script.Do(new Undo(script.Venue.At)).Do(new ArmHeat("h1"));
        Assert.Equal(2, script.Meet.Heats["h1"].RunNumber);
        Assert.Equal(RefusalCodes.DependedOn, script.Refused(new Undo(script.Venue.At - 1)).Code);
    }

    [Fact]
    public void Passings_that_came_after_the_signature_count_when_the_signature_is_undone()
    {
        var script = Meet().Start("h1").Skate("1", 85_000).Skate("2", 86_000).Skate("3", 87_000, laps: 4).Do(new FinishHeat("h1")).Sign("h1");
        script.Pass("3", 100);
        Assert.Equal("DNF", script.Heat("h1").Row("3").Status);
        script.Do(new Undo(At<HeatMadeOfficial>(script)));
        Assert.Equal(100_000, script.Heat("h1").Row("3").TimeMs);
    }

    [Fact]
    public void A_draw_is_undone_until_one_of_its_heats_is_opened()
    {
        var script = BothRaced().Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        Assert.Equal(RefusalCodes.DependedOn, script.Refused(new Undo(At<DrawProposed>(script))).Code);
        script.Do(new OpenHeat("e-final-1"));
        var refusal = script.Refused(new Undo(At<DrawConfirmed>(script)));
        Assert.StartsWith("openHeat of e-final-1 at ", refusal.Detail, StringComparison.Ordinal);
        script.Do(new Undo(At<HeatOpened>(script))).Do(new Undo(At<DrawConfirmed>(script)));
        Assert.Empty(script.Meet.HeatsOf("e", "final"));
        Assert.True(script.Meet.Proposals.ContainsKey(("e", "final")));
    }

    /// <summary>Drawn twice, and raced by the second draw: what the start list of the race was is not taken back under it.</summary>
    [Fact]
    public void The_draw_that_a_heat_was_opened_by_stays_where_another_was_confirmed_before()
    {
        var script = BothRaced().Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        script.Do(new ConfirmDraw("e", "final", [["3", "1"]]));
        var second = script.Venue.At;
        script.Do(new OpenHeat("e-final-1"));
        var refusal = script.Refused(new Undo(second));
        Assert.Equal(RefusalCodes.DependedOn, refusal.Code);
        Assert.Equal($"openHeat of e-final-1 at {second + 1} depends on it: e-final-1 would have another start list. Undo that first.", refusal.Detail);
    }

    [Fact]
    public void A_heat_that_a_draw_was_made_from_is_not_unpublished_before_the_draw_is_undone()
    {
        var script = BothRaced().Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        Assert.Equal(RefusalCodes.DependedOn, script.Refused(new Undo(At<HeatMadeOfficial>(script), new Review("h2", "x"))).Code);
        var published = script.Journal.Last(row => row.Fact is HeatPublished).At;
        Assert.Contains("makeOfficial of h2", script.Refused(new Undo(published)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Whom_the_jury_sent_on_or_took_out_is_undone()
    {
        var script = BothRaced();
        var before = PublicState.Of(script.Meet);
        script.Do(new Advance("e", "pre", "3", "was pushed")).Do(new Withdraw("e", "pre", "3", "ill"));
        Assert.Equal(RefusalCodes.DependedOn, script.Refused(new Undo(At<SkaterAdvanced>(script))).Code);
        script.Do(new Undo(At<SkaterWithdrawn>(script))).Do(new Undo(At<SkaterAdvanced>(script)));
        Assert.Equal(before, PublicState.Of(script.Meet));
    }

    [Fact]
    public void What_is_no_command_or_was_undone_is_refused_by_name()
    {
        var script = Meet().Start("h1").Pass("1", 17).Do(new Sanction("h1", "1", "DNF", "fell"));
        Assert.Equal(RefusalCodes.NotUndoable, script.Refused(new Undo(1)).Code);
        Assert.Equal(RefusalCodes.NotUndoable, script.Refused(new Undo(4)).Code);
        Assert.Equal(RefusalCodes.UnknownCommand, script.Refused(new Undo(5)).Code);
        Assert.Equal(RefusalCodes.UnknownCommand, script.Refused(new Undo(99)).Code);
        script.Do(new Undo(6));
        var refusal = script.Refused(new Undo(6));
        Assert.Equal((RefusalCodes.AlreadyUndone, "That has been undone at 7; undo 7 to have it back."), (refusal.Code, refusal.Detail));
    }

    [Fact]
    public void Another_act_must_be_one_of_the_same_heat_and_possible_at_that_moment()
    {
        var script = Raced().Do(new Publish("h1")).Do(new Sanction("h1", "1", "DSQ-SF", "pushed"));
        var at = script.Venue.At;
        Assert.Equal(RefusalCodes.WrongReplacement, script.Refused(new Undo(at, new OpenHeat("h2"))).Code);
        Assert.Equal(RefusalCodes.WrongReplacement, script.Refused(new Undo(at, new Undo(2))).Code);
        Assert.Equal(RefusalCodes.UnknownBib, script.Refused(new Undo(at, new Sanction("h1", "9", "DNF", "x"))).Code);
        Assert.Equal(RefusalCodes.WrongState, script.Refused(new Undo(at, new ArmHeat("h1"))).Code);
    }

    [Fact]
    public void An_undo_on_top_of_what_was_not_seen_is_stale_OFF_4()
    {
        var script = Raced().Do(new Publish("h1"));
        var seen = script.Venue.At;
        script.Do(new Sanction("h1", "1", "DNF", "fell"));
        Assert.Equal(RefusalCodes.Stale, script.Refused(new Undo(seen), seen).Code);
    }

    /// <summary>A fact without its command could not be asked again, and so not be looked at when something before it is undone.</summary>
    [Fact]
    public void Every_fact_of_the_office_has_a_command_that_asks_for_it()
    {
        var facts = typeof(Fact).Assembly.GetTypes().Where(type => !type.IsAbstract && (type.IsSubclassOf(typeof(HeatFact)) || type.IsSubclassOf(typeof(RoundFact)))).ToArray();
        Assert.True(facts.Length > 20);
        foreach (var fact in facts)
            Assert.NotNull(Asked.By((OfficeFact)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(fact)));
    }

    [Fact]
    public void What_the_jury_said_of_a_round_is_replaced_by_another_word_on_the_same_round_and_no_other()
    {
        var script = BothRaced().Do(new Advance("e", "pre", "3", "was pushed"));
        var at = script.Venue.At;
        Assert.Equal(RefusalCodes.WrongReplacement, script.Refused(new Undo(at, new Advance("e", "final", "2", "x"))).Code);
        Assert.Equal(RefusalCodes.WrongReplacement, script.Refused(new Undo(at, new Advance("f", "pre", "2", "x"))).Code);
        script.Do(new Undo(at, new Advance("e", "pre", "5", "was pushed, not 3")));
        Assert.Equal((Certainty.Gone, Certainty.Safe), (script.Round().Find("3")!.Certainty, script.Round().Find("5")!.Certainty));
    }

    /// <summary>The office waited for nobody; then both who were missing were given DNF, so the heat was over in any case, and could be published.</summary>
    [Fact]
    public void What_stands_by_what_was_said_in_between_does_not_depend_on_what_is_undone()
    {
        var script = Meet().Start("h1").Skate("1", 85_000).Do(new FinishHeat("h1"));
        script.Do(new Sanction("h1", "2", "DNF", "fell")).Do(new Sanction("h1", "3", "DNF", "fell")).Do(new Publish("h1"));
        Assert.Equal(HeatStage.Provisional, script.Do(new Undo(At<HeatFinished>(script))).Heat("h1").State);
    }

    /// <summary>Only one heat waits for a gun: h2 was armed because h1 no longer was.</summary>
    [Fact]
    public void A_heat_that_was_armed_when_another_was_disarmed_depends_on_that()
    {
        var script = Meet().Do(new OpenHeat("h1")).Do(new ArmHeat("h1")).Do(new DisarmHeat("h1")).Do(new OpenHeat("h2")).Do(new ArmHeat("h2"));
        Assert.Contains("armHeat of h2", script.Refused(new Undo(At<HeatDisarmed>(script))).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chip_at_the_start_that_nobody_waited_for_starts_the_clock_when_the_disarming_is_undone_TIM_6()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1"]])).Ready("h1").Do(new DisarmHeat("h1")).PassAt("gate-1", "1", 3).PassAt("split-9", "1", 5);
        Assert.Equal((HeatStage.Open, 1), (script.Heat("h1").State, script.Meet.StrayPassings.Count));
        script.Do(new Undo(At<HeatDisarmed>(script)));
        Assert.Equal((HeatStage.Running, 0), (script.Heat("h1").State, script.Meet.StrayPassings.Count));
    }

    private static MeetScript BothRaced() => Raced().Sign("h1").Start("h2").Skate("4", 85_500).Skate("5", 86_500).Sign("h2");

    private static long At<T>(MeetScript script) => script.Journal.Last(row => row.Fact is T).At;

    private static (string, int?)[] Ranks(MeetScript script) => [.. script.Heat("h1").Rows.Select(row => (row.Bib, row.Rank))];
}
