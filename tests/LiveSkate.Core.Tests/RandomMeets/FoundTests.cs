using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;
using Xunit;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>What the random meets broke, each told as short as it goes.</summary>
public sealed class FoundTests
{
    private static readonly MeetDocument Paper = MeetScript.Sprint([["1", "2", "3"], ["4", "5"]], new AdvanceRule(1, 1), [MeetScript.Final()]);

    private static (Meet Before, Meet After) PutAgain(MeetScript script, MeetDocument document)
    {
        var put = new Recorded(script.Venue.At + 1, MeetScript.Noon, MeetScript.MeetId, "office", new MeetPut(document));
        return (script.Meet, VenueFold.Apply(script.Venue, put).Meets[MeetScript.MeetId]);
    }

    [Fact]
    public void Versions_that_were_given_out_stay_when_the_document_is_put_again_OFF_2()
    {
        var script = new MeetScript(Paper).Do(new OpenHeat("h1")).Do(new CancelHeat("h1", "rain"));
        Assert.Equal(1, PutAgain(script, Paper).After.Heats["h1"].Version);
    }

    [Fact]
    public void Nothing_is_said_aloud_of_a_heat_that_has_another_start_list_now()
    {
        var (before, after) = PutAgain(new MeetScript(Paper), MeetScript.Sprint([["1", "2", "6"], ["4", "5"]], new AdvanceRule(1, 1), [MeetScript.Final()]));
        Assert.Contains("h1", after.Touched);
        Assert.Empty(Highlights.Between(before, after, "h1"));
    }

    [Fact]
    public void A_message_from_another_millennium_is_taken_whatever_the_rate()
    {
        var script = new MeetScript(Paper with { Rate = 0.01m }).Start("h1");
        var zero = script.Meet.Heats["h1"].StartOnServer;
        script.Hear(script.Passing("1", 0) with { Time = Microseconds.ToInstant(Microseconds.Most) });
        Assert.Equal(zero, script.Meet.Heats["h1"].StartOnServer);
    }

    /// <summary>
    /// 1 has a false start in the final, and the final is signed. Then h1 is skated again and 1 has one there too: with that the final's would be
    /// one too many. It is so once the final is looked at again, and not before.
    /// </summary>
    [Fact]
    public void A_signed_result_does_not_change_with_what_is_said_of_an_earlier_round_later_INC_2()
    {
        var script = new MeetScript(Paper)
            .Start("h1").Skate("1", 85_000).Skate("2", 86_000).Skate("3", 87_000).Sign("h1")
            .Start("h2").Skate("4", 85_500).Skate("5", 86_500).Sign("h2").Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"))
            .Start("e-final-1").Skate("1", 84_000).Skate("4", 85_000).Skate("2", 86_000).Do(new Sanction("e-final-1", "1", "FS", "early")).Sign("e-final-1");
        script.Do(new AnnulHeat("h1", "wrong distance"), "keep").Do(new Sanction("h1", "1", "FS", "early"), "keep");
        Assert.Equal("OK", script.Heat("e-final-1").Row("1").Status);
        script.Do(new Review("e-final-1", "false starts"));
        Assert.Equal("DSQ-TF", script.Heat("e-final-1").Row("1").Status);
        script.Do(new LiftSanction("h1", "1", "FS", "video"), "keep").Sign("e-final-1");
        Assert.Equal("OK", script.Heat("e-final-1").Row("1").Status);
    }

    /// <summary>
    /// Two of three count. A is read at 100 m and 200 m, B only at 200 m, C only at 100 m and long after: the second to be read at 100 m is C,
    /// when the team has been at 200 m already.
    /// </summary>
    [Fact]
    public void A_split_of_a_team_does_not_come_after_what_lies_behind_it_REL_4()
    {
        var script = new MeetScript(MeetScript.Teams("teamTimeTrial", [["T"]], 3, 400, new RuleDocument { Counts = 2 })).Start("h1")
            .PassAt("split-1", "T1", 9).Pass("T1", 18).Pass("T2", 18.5).PassAt("split-1", "T3", 20);
        var point = Assert.Single(script.Heat("h1").Row("T").Crossings.Points);
        Assert.Equal((1, TimeSpan.FromSeconds(18.5)), (point.Lap, point.Elapsed));
    }

    /// <summary>1 wins in 40 s; 2 has one lap less and is in with him, whatever beam she breaks.</summary>
    [Fact]
    public void Who_was_lapped_and_is_in_stays_in_when_a_beam_has_timed_her_FMT_15_TIM_5()
    {
        var script = new MeetScript(MeetScript.Race("massStart", [["1", "2"]], 400)).Start("h1").Pass("1", 20).Pass("1", 40).Pass("2", 45).Gate("finish-1", 45.01);
        Assert.Equal(("OK", 45_010L), (script.Heat("h1").Row("2").Status, script.Heat("h1").Row("2").TimeMs));
    }

    [Fact]
    public void A_beam_puts_nobody_behind_where_he_was_read_already_TIM_5()
    {
        var document = MeetScript.Sprint([["1"]]);
        document = document with { Sources = document.Sources.Replace(document.Sources[2], new("split-1", SourceRole.Split, 0.5m)) };
        var script = new MeetScript(document).Start("h1").Pass("1", 20).PassAt("split-1", "1", 20.03).Gate("finish-1", 20.05);
        Assert.Equal([20.0, 20.03], script.Heat("h1").Row("1").Crossings.Points.Select(point => point.Elapsed.TotalSeconds));
    }

    /// <summary>The next race of the same skaters is started by hand with a wrong time, in the middle of the one that is official.</summary>
    [Fact]
    public void A_start_that_is_heard_after_the_signature_takes_nothing_from_an_official_result_OFF_1()
    {
        var two = Paper with { Events = [Paper.Events[0], Paper.Events[0] with { Id = "f", Rounds = [new("final", "Final", HeatPlan.Of([new HeatDocument("f1", 1, ["1", "2", "3"])]), null, null)] }] };
        var script = new MeetScript(two).Start("h1").Skate("1", 85_000).Skate("2", 86_000).Skate("3", 87_000).Do(new Publish("h1"));
        var wrong = script.Passing("1", 50).Time;
        var signed = script.Do(new MakeOfficial("h1")).Heat("h1").Rows;
        script.Do(new OpenHeat("f1")).Do(new ArmHeat("f1")).Do(new StartHeat("f1", wrong));
        Assert.Equal(signed.Select(row => (row.Bib, row.Rank, row.TimeMs)), script.Heat("h1").Rows.Select(row => (row.Bib, row.Rank, row.TimeMs)));
    }

    [Fact]
    public void Whom_the_judges_gave_points_has_a_rank_before_she_was_read_anywhere_PTS_5()
    {
        var script = new MeetScript(MeetScript.Race("points", [["1", "2", "3"]], 2000)).Start("h1").Pass("1", 20).Do(new SetSprint("h1", 4, [["2"], ["3"]]));
        Assert.Equal([("2", 1), ("3", 2), ("1", 3)], script.Heat("h1").Rows.Select(row => (row.Bib, row.Rank!.Value)));
    }

    /// <summary>Each changes what another heat reads as: the next round's start list, the rest of a round, the next race of another event.</summary>
    [Fact]
    public void Whatever_reads_differently_is_concerned_and_a_lap_concerns_its_round_alone()
    {
        var script = new MeetScript(Paper).Start("h1").Pass("1", 17);
        Assert.Equal(["h1", "h2"], By(script, journal => journal.Pass("2", 17.5)));
        script.Skate("1", 85_000).Do(new FinishHeat("h1")).Sign("h1").Start("h2").Skate("4", 86_000).Do(new FinishHeat("h2")).Do(new Publish("h2"));
        script.Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        Assert.Contains("e-final-1", By(script, journal => journal.Skate("5", 85_500)));
        Assert.Contains("e-final-1", By(script, journal => journal.Do(new MakeOfficial("h2"))));
        Assert.Contains("h1", By(script, journal => journal.Do(new Withdraw("e", "pre", "1", "ill"))));

        static string[] By(MeetScript script, Action<MeetScript> what)
        {
            var (before, at) = (script.Meet, script.Venue.At);
            what(script);
            var first = script.Journal.First(row => row.At > at);
            return [.. Concerned.By(before, MeetFold.Apply(before, first)).Select(heat => heat.Id).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>The jury's order at the finish gives 3, 2 and 1 points; who is disqualified after it keeps her place there until the judges move it.</summary>
    [Fact]
    public void Who_was_placed_without_a_time_and_is_disqualified_moves_nobody_at_the_last_sprint_PTS_5()
    {
        var script = new MeetScript(MeetScript.Race("points", [["1", "2", "3", "4"]], 2000)).Start("h1").Pass("4", 20)
            .Do(new SetFinishOrder("h1", [["1"], ["2"], ["3"]]));
        Assert.Equal([("1", 3), ("2", 2), ("3", 1)], script.Heat("h1").Rows.Take(3).Select(row => (row.Bib, row.Points!.Value)));
        script.Do(new Sanction("h1", "1", "DSQ-SF", "pushed"));
        Assert.Equal([("2", 2), ("3", 1)], script.Heat("h1").Rows.Take(2).Select(row => (row.Bib, row.Points!.Value)));
    }

    [Fact]
    public void A_race_whose_start_was_struck_out_goes_on_with_the_next_start_and_its_clock_TIM_6()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1", "2"]])).Ready("h1").Gate("gate-1", 1).Gate("gate-2", 3);
        script.Do(new VoidPassing("h1", script.Journal[^2].At));
        var clock = HeatPublisher.State(script.Meet, script.Meet.Heats["h1"], []).Clock;
        Assert.Equal(Microseconds.FromInstant(script.Journal[^2].RecordedAt), clock!.StartUs);
    }

    /// <summary>2 did not start in the first event; which race is her next follows from the guns.</summary>
    [Fact]
    public void A_gun_concerns_the_start_lists_of_other_events_R26_125()
    {
        var one = Paper.Events[0];
        EventDocument Other(string id) => one with { Id = id, Rounds = [new("final", "Final", HeatPlan.Of([new HeatDocument($"{id}1", 1, ["1", "2"])]), null, null)] };
        var script = new MeetScript(Paper with { Events = [one, Other("f"), Other("g")] }).Start("h1").Skate("1", 85_000).Do(new FinishHeat("h1"));
        script.Do(new Publish("h1")).Do(new OpenHeat("f1")).Do(new ArmHeat("f1"));
        var before = script.Meet;
        script.Gun(script.Passing("1", 900).Time);
        Assert.Contains("g1", Concerned.By(before, script.Meet).Select(heat => heat.Id));
    }

    /// <summary>1 was absent from h1; that it bars her from the next race is said once h1 is over, with the last one's finish.</summary>
    [Fact]
    public void The_end_of_a_race_concerns_the_next_one_of_who_was_absent_from_it_R26_125()
    {
        var one = Paper.Events[0];
        var next = one with { Id = "f", Rounds = [new("final", "Final", HeatPlan.Of([new HeatDocument("f1", 1, ["1", "2"])]), null, null)] };
        var script = new MeetScript(Paper with { Events = [one, next] }).Start("h1").Do(new Sanction("h1", "1", "DNS", "absent")).Skate("2", 86_000).Skate("3", 87_000);
        var (before, after) = (Venue.Empty, Venue.Empty);
        foreach (var row in script.Journal)
            if (after.Find(MeetScript.MeetId) is not { } meet || HeatStandings.StateOf(meet, meet.Heats["h1"]) != HeatStage.Finished)
                (before, after) = (after, VenueFold.Apply(after, row));
        Assert.Contains("f1", Concerned.By(before.Meets[MeetScript.MeetId], after.Meets[MeetScript.MeetId]).Select(heat => heat.Id));
    }

    [Fact]
    public void Whom_the_camera_saw_stop_wins_no_points_by_being_disqualified_PTS_5()
    {
        var script = new MeetScript(MeetScript.Race("points", [["1", "2", "3"]], 2000)).Start("h1").Pass("3", 20);
        script.Hear(new FinishRead { Source = "photo", Heat = "h1", Revision = 1, Rows = [new("1", 1, TimeSpan.FromSeconds(200), "DNF"), new("2", 2, TimeSpan.FromSeconds(201), "OK")] });
        Assert.Equal(3, script.Heat("h1").Row("2").Points);
        script.Do(new Sanction("h1", "1", "DSQ-TF", "pushed"));
        Assert.Equal((3, 0), (script.Heat("h1").Row("2").Points, script.Heat("h1").Row("1").Points));
    }

    [Fact]
    public void The_shared_last_place_is_nobodys_while_somebody_may_still_take_it_RNK_2()
    {
        var script = new MeetScript(Paper).Start("h1").Skate("1", 85_000).Skate("2", 86_000).Skate("3", 87_000).Do(new Publish("h1")).Do(new Sanction("h1", "1", "DSQ-TF", "pushed"));
        Assert.Equal(3, script.Heat("h1").Row("1").Rank);
        foreach (var row in script.Journal.Where(row => row.Fact is PassingRead { Chip: "3a" or "3b" }).ToList())
            script.Do(new VoidPassing("h1", row.At));
        Assert.Equal([("2", 1), ("3", (int?)null), ("1", null)], script.Heat("h1").Rows.Select(row => (row.Bib, row.Rank)));
    }

    /// <summary>
    /// The first heat is skated again while the final has begun. The camera's list is in before the office has started the clock by hand; with it others
    /// go on than were drawn, so the start itself says what becomes of the final.
    /// </summary>
    [Fact]
    public void A_start_by_hand_that_settles_the_next_round_starts_the_clock_too_OFF_3()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2", "3"]], new AdvanceRule(1, 0), [MeetScript.Final()]));
        script.Start("h1").Skate("1", 85_000).Skate("2", 86_000).Skate("3", 87_000).Sign("h1");
        script.Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final")).Do(new OpenHeat("e-final-1")).Do(new AnnulHeat("h1", "lights out"), "keep");
        script.Hear(new FinishRead
        {
            Source = "photo", Heat = "h1", Revision = 1,
            Rows = [new("3", 1, TimeSpan.FromSeconds(80), "OK"), new("2", 2, TimeSpan.FromSeconds(81), "OK"), new("1", 3, TimeSpan.FromSeconds(82), "OK")],
        }).Do(new ArmHeat("h1")).Do(new StartHeat("h1", MeetScript.Noon.AddHours(1)), "keep");
        Assert.IsType<HeatStarted>(Assert.IsType<NextRoundSettled>(script.Journal[^1].Fact).Said);
        Assert.Equal(Microseconds.FromInstant(script.Journal[^1].RecordedAt), HeatPublisher.State(script.Meet, script.Meet.Heats["h1"], []).Clock!.StartUs);
    }
}
