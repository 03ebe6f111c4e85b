using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>
/// OFF-3. h1: 1 in 1:25, 2 in 1:26, 3 in 1:27; h2: 4 in 1:25.5, 5 in 1:26.5. Winners and the fastest of the others: 1, 4 and 2 go on;
/// without 2 the next is 5 (1:26.5 before 1:27).
/// </summary>
public sealed class CascadeTests
{
    private static MeetScript Drawn() =>
        new MeetScript(MeetScript.Sprint([["1", "2", "3"], ["4", "5"]], new AdvanceRule(1, 1), [MeetScript.Final()]))
            .Start("h1").Skate("1", 85_000).Skate("2", 86_000).Skate("3", 87_000).Sign("h1")
            .Start("h2").Skate("4", 85_500).Skate("5", 86_500).Sign("h2")
            .Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));

    private static readonly Sanction Fault = new("h1", "2", "DSQ-SF", "pushed");

    [Fact]
    public void The_same_set_touches_nothing_else()
    {
        var script = Drawn().Do(new OpenHeat("e-final-1")).Do(new Review("h1", "protest"));
        script.Do(new Sanction("h1", "3", "DSQ-SF", "pushed")).Sign("h1");
        Assert.Equal(["1", "4", "2"], script.Meet.Heats["e-final-1"].Bibs);
        Assert.Empty(Cascade.Of(script.Meet, script.Meet.Document.Events[0]));
    }

    [Fact]
    public void Another_set_and_nothing_begun_is_a_new_draw_that_waits_to_be_confirmed()
    {
        var script = Drawn().Do(new Review("h1", "protest")).Do(Fault);
        var refusal = script.Refused(new OpenHeat("e-final-1"));
        Assert.Equal(RefusalCodes.DrawChanged, refusal.Code);
        Assert.StartsWith("Preliminary round has changed since Final was drawn: bib 2 loses, bib 5 gains a place.", refusal.Detail, StringComparison.Ordinal);
        script.Sign("h1");
        var plan = script.Meet.Document.Events[0];
        Assert.Equal([["1", "4", "5"]], Cascade.Proposal(script.Meet, plan, plan.Rounds[1])!.Value.Select(heat => heat.ToArray()));
        script.Do(new ConfirmDraw("e", "final")).Do(new OpenHeat("e-final-1"));
        Assert.Equal(["1", "4", "5"], script.Meet.Heats["e-final-1"].Bibs);
    }

    [Fact]
    public void The_jury_keeps_the_old_start_list_by_drawing_it_itself()
    {
        var script = Drawn().Do(new Review("h1", "protest")).Do(Fault).Sign("h1");
        script.Do(new ConfirmDraw("e", "final", [["1", "4", "2"]])).Do(new OpenHeat("e-final-1"));
        Assert.Empty(Cascade.Of(script.Meet, script.Meet.Document.Events[0]));
        Assert.Equal(["1", "4", "2"], script.Meet.Heats["e-final-1"].Bibs);
    }

    [Fact]
    public void Another_set_while_the_next_round_has_begun_is_never_changed_silently()
    {
        var script = Drawn().Start("e-final-1").Do(new Review("h1", "protest"));
        var refusal = script.Refused(Fault);
        Assert.Equal(RefusalCodes.NextRoundBegun, refusal.Code);
        Assert.Equal(
            "That changes who goes on from Preliminary round (bib 2 loses, bib 5 gains a place), and e-final-1 has begun. Say \"next\":\"keep\" or \"next\":\"redraw\".",
            refusal.Detail);
    }

    /// <summary>The line's buffered reading of 5 comes when the final is open already: 1:25.9 is before 2's 1:26. No command can be asked about it.</summary>
    [Fact]
    public void What_is_measured_late_is_told_with_the_next_rounds_heat_until_the_jury_has_spoken()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2", "3"], ["4", "5"]], new AdvanceRule(1, 1), [MeetScript.Final()]))
            .Start("h1").Skate("1", 85_000).Skate("2", 86_000).Skate("3", 87_000).Sign("h1")
            .Start("h2").Skate("4", 85_500).Do(new FinishHeat("h2")).Do(new Publish("h2"))
            .Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final")).Do(new OpenHeat("e-final-1"));
        Assert.Null(Final(script).StartListDoubt);
        script.Skate("5", 85_900);
        Assert.Equal("Preliminary round has changed since the draw: FAMILY2 loses, FAMILY5 gains a place.", Final(script).StartListDoubt);
        Assert.Equal(["1", "4", "2"], script.Meet.Heats["e-final-1"].Bibs);
    }

    private static HeatHeader Final(MeetScript script) =>
        HeatPublisher.Header(script.Meet, HeatStandings.Of(script.Meet, script.Meet.Heats["e-final-1"]));

    [Fact]
    public void Keep_lets_the_next_round_stand()
    {
        var script = Drawn().Start("e-final-1").Do(new Review("h1", "protest")).Do(Fault, "keep");
        Assert.Equal(HeatStage.Running, script.Heat("e-final-1").State);
        Assert.Equal("DSQ-SF", script.Heat("h1").Row("2").Status);
        Assert.Empty(Cascade.Of(script.Meet, script.Meet.Document.Events[0]));
        script.Sign("h1");
        Assert.Equal(
            [
                "2nd in the heat. Through on time: 1st of 1. Does not start in the Final, by the jury's start list.",
                "DSQ-SF: does not go through. Starts in the Final, by the jury's start list.", "1st in the heat. Through by place.",
            ],
            new[] { "5", "2", "1" }.Select(bib => Words.Sentence(script.Meet, script.Round().Find(bib)!, script.Round())));
        // Back to what was drawn is no change that anybody has to be asked about.
        script.Do(new Review("h1", "protest upheld")).Do(new LiftSanction("h1", "2", "DSQ-SF", "video"));
    }

    [Fact]
    public void Redraw_gives_the_next_round_up_and_proposes_a_new_draw()
    {
        var script = Drawn().Start("e-final-1").Skate("1", 84_000).Skate("4", 85_000).Skate("2", 86_000).Do(new Review("h1", "protest")).Do(Fault, "redraw");
        Assert.Empty(script.Meet.HeatsOf("e", "final"));
        script.Sign("h1").Do(new ConfirmDraw("e", "final"));
        Assert.Equal(["1", "4", "5"], script.Meet.Heats["e-final-1"].Bibs);
        Assert.Equal(HeatStage.Scheduled, script.Heat("e-final-1").State);
        // What was read in the race that does not count belongs to no other: 5 has his times of the first round.
        Assert.Equal(86_500, script.Heat("h2").Row("5").TimeMs);
        script.Start("e-final-1").Skate("5", 84_000);
        Assert.Equal(84_000, script.Heat("e-final-1").Row("5").TimeMs);
    }

    [Fact]
    public void Many_who_lose_are_told_as_a_list() => Assert.Equal(
        "A, B and C lose, D gains a place", ChangeWords.GoOn(bib => bib.ToUpperInvariant(), ["a", "b", "c"], ["d"]));

    [Fact]
    public void A_redraw_is_undone_with_the_command_that_asked_for_it()
    {
        var script = Drawn().Start("e-final-1").Skate("1", 84_000).Do(new Review("h1", "protest"));
        var before = PublicState.Of(script.Meet);
        script.Do(Fault, "redraw").Do(new Undo(script.Venue.At));
        Assert.Equal(before, PublicState.Of(script.Meet));
        Assert.Equal(84_000, script.Heat("e-final-1").Row("1").TimeMs);
    }

    [Fact]
    public void An_undo_asks_too_and_takes_its_answer_back_when_it_is_undone()
    {
        var script = Drawn().Do(new Review("h1", "protest")).Do(Fault).Sign("h1").Do(new ConfirmDraw("e", "final")).Start("e-final-1");
        var fault = script.Journal.Last(row => row.Fact is SkaterSanctioned).At;
        Assert.Equal(RefusalCodes.NextRoundBegun, script.Refused(new Undo(fault)).Code);
        script.Do(new Undo(fault), "keep");
        Assert.Equal("OK", script.Heat("h1").Row("2").Status);
        Assert.Equal(HeatStage.Running, script.Heat("e-final-1").State);
        script.Do(new Undo(script.Venue.At));
        Assert.Equal("DSQ-SF", script.Heat("h1").Row("2").Status);
        Assert.Empty(script.Meet.Kept);
    }

    [Fact]
    public void A_preview_says_what_would_change_and_writes_nothing()
    {
        var script = Drawn().Start("e-final-1").Skate("1", 84_000).Skate("4", 85_000).Skate("2", 86_000).Do(new Publish("e-final-1"))
            .Do(new Review("h1", "protest"));
        var before = script.Venue;
        var preview = Preview.Of(script.Venue, MeetScript.MeetId, Fault);
        Assert.Same(before, script.Venue);
        Assert.Equal(RefusalCodes.NextRoundBegun, preview.Refused!.Code);
        Assert.Equal(
            [
                "Preliminary round 1: FAMILY3 3rd → 2nd, FAMILY2 2nd → DSQ-SF.",
                "FAMILY2 loses, FAMILY5 gains a place in the Final.",
                "Final has results: keep or redraw?",
            ],
            preview.Sentences);
        var redrawn = Preview.Of(script.Venue, MeetScript.MeetId, Fault, next: "redraw");
        Assert.Null(redrawn.Refused);
        Assert.Contains("Final: provisional, and would be no more.", redrawn.Sentences);
        Assert.Equal("Final keeps its start list.", Preview.Of(script.Venue, MeetScript.MeetId, Fault, next: "keep").Sentences[^1]);
    }

    /// <summary>What is only proposed, and who starts where, is a change too: 1, 4 and 2 go on; without 2 it is 5.</summary>
    [Fact]
    public void A_preview_tells_start_lists_proposals_and_new_runs_SED_7_INC_9()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2", "3"], ["4", "5"]], new AdvanceRule(1, 1), [MeetScript.Final()]))
            .Start("h1").Skate("1", 85_000).Skate("2", 86_000).Skate("3", 87_000).Sign("h1")
            .Start("h2").Skate("4", 85_500).Skate("5", 86_500).Sign("h2");
        Assert.Equal(["Final, to be confirmed: FAMILY1, FAMILY4, FAMILY2."], Sentences(new DrawRound("e", "final")));
        script.Do(new DrawRound("e", "final"));
        Assert.Equal(["Final: scheduled, start list FAMILY1, FAMILY4, FAMILY2."], Sentences(new ConfirmDraw("e", "final")));
        script.Do(new ConfirmDraw("e", "final"));
        Assert.Equal(["Final: start list FAMILY4, FAMILY1, FAMILY2."], Sentences(new ConfirmDraw("e", "final", [["4", "1", "2"]])));
        script.Do(new Review("h1", "protest")).Do(Fault);
        Assert.Equal(
            ["Preliminary round 1: review → provisional.", "Final is to be drawn again: FAMILY1, FAMILY4, FAMILY5."], Sentences(new Publish("h1")));
        script.Sign("h1").Do(new ConfirmDraw("e", "final")).Do(new OpenHeat("e-final-1"));
        Assert.Equal(["Final: run 2."], Sentences(new AnnulHeat("e-final-1", "lights out")));

        string[] Sentences(Command command) => [.. Preview.Of(script.Venue, MeetScript.MeetId, command).Sentences];
    }

    [Fact]
    public void A_preview_of_a_sanction_in_the_final_moves_the_final_ranking()
    {
        var script = Drawn().Start("e-final-1").Skate("1", 84_000).Skate("4", 85_000).Skate("2", 86_000).Do(new Publish("e-final-1"));
        var preview = Preview.Of(script.Venue, MeetScript.MeetId, new Sanction("e-final-1", "4", "DSQ-SF", "pushed"));
        Assert.Null(preview.Refused);
        Assert.Equal(
            [
                "Final: FAMILY2 3rd → 2nd, FAMILY4 2nd → DSQ-SF.",
                "Final ranking of Men's 1000 m: FAMILY2 3rd → 2nd, FAMILY4 2nd → none.",
            ],
            preview.Sentences);
        Assert.Equal(("4", 2, null), Assert.Single(preview.Final[0].Places, place => place.Bib == "4") is var place ? (place.Bib, place.Was, place.Now) : default);
    }

    [Fact]
    public void A_preview_of_an_undo_and_of_what_is_refused()
    {
        var script = Drawn().Do(new Review("h1", "protest")).Do(Fault);
        var undo = Preview.Of(script.Venue, MeetScript.MeetId, new Undo(script.Venue.At));
        Assert.Equal("Preliminary round 1: FAMILY2 DSQ-SF → 2nd, FAMILY3 2nd → 3rd.", undo.Sentences[0]);
        Assert.Contains("FAMILY5 loses, FAMILY2 gains a place in the Final.", undo.Sentences);
        var refused = Preview.Of(script.Venue, MeetScript.MeetId, new ArmHeat("h1"));
        Assert.Equal((RefusalCodes.WrongState, 0), (refused.Refused!.Code, refused.Sentences.Length));
        var nothing = Preview.Of(script.Venue, MeetScript.MeetId, new Sanction("h2", "5", "DNF", "x"));
        Assert.Equal(RefusalCodes.WrongState, nothing.Refused!.Code);
    }

    /// <summary>OFF-2: what changed, by whom and why; the seed's own story.</summary>
    [Fact]
    public void Each_version_says_what_changed_by_whom_and_why()
    {
        var script = Drawn().Start("e-final-1").Skate("1", 84_000).Skate("4", 85_000).Skate("2", 86_000).Do(new Publish("e-final-1"))
            .Do(new Sanction("e-final-1", "4", "DSQ-SF", "pushed")).Do(new MakeOfficial("e-final-1"));
        var versions = VersionLine.Of(script.Meet, script.Meet.Heats["e-final-1"]);
        Assert.Equal(["provisional", "provisional", "official"], versions.Select(version => version.State));
        Assert.Equal(("office", "pushed"), (versions[1].Actor, versions[1].Reason));
        Assert.Equal(["FAMILY2 3rd → 2nd", "FAMILY4 2nd → DSQ-SF"], versions[1].Changes);
        Assert.Equal(versions[1], VersionLine.Correction(script.Meet, script.Meet.Heats["e-final-1"]) is { } correction ? correction with { Changes = versions[1].Changes } : null);
        Assert.Equal(3, HeatPublisher.State(script.Meet, script.Meet.Heats["e-final-1"], []).Version);
    }

    /// <summary>3 did not finish and has the last place, the third; without 2 the last is the second.</summary>
    [Fact]
    public void A_last_place_that_moves_is_told_with_its_places_OFF_2()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2", "3"]])).Start("h1").Skate("1", 85_000).Skate("2", 86_000).Skate("3", 90_000, laps: 4)
            .Do(new FinishHeat("h1")).Do(new Publish("h1")).Do(new Sanction("h1", "2", "DSQ-SF", "pushed"));
        Assert.Equal(["FAMILY3 DNF (3rd → 2nd)", "FAMILY2 2nd → DSQ-SF"], VersionLine.Of(script.Meet, script.Meet.Heats["h1"])[^1].Changes);
    }

    /// <summary>A remark moves nobody, and everybody reads it. 2 goes back on his false start in the provisional result.</summary>
    [Fact]
    public void A_remark_in_a_published_result_is_a_version_too_OFF_2()
    {
        var script = Drawn().Do(new Review("h1", "protest")).Do(new Publish("h1"))
            .Do(new Sanction("h1", "2", "FS", "seen by the starter")).Do(new LiftSanction("h1", "2", "FS", "it was 3"));
        var versions = VersionLine.Of(script.Meet, script.Meet.Heats["h1"]).TakeLast(2).ToList();
        Assert.Equal([["FAMILY2 2nd, FS"], ["FAMILY2 2nd, no more FS"]], versions.Select(version => version.Changes.ToArray()));
        Assert.Equal(["seen by the starter", "it was 3"], versions.Select(version => version.Reason));
    }

    /// <summary>4 is hurt when the final has begun: who goes on from the first round is not changed silently by the jury's word either.</summary>
    [Fact]
    public void Whom_the_jury_takes_out_or_sends_on_asks_what_becomes_of_a_round_that_has_begun()
    {
        var script = Drawn().Start("e-final-1");
        Assert.Equal(RefusalCodes.NextRoundBegun, script.Refused(new Withdraw("e", "pre", "4", "hurt")).Code);
        Assert.Equal(RefusalCodes.NextRoundBegun, script.Refused(new Advance("e", "pre", "3", "hindered")).Code);
        script.Do(new Withdraw("e", "pre", "4", "hurt"), "keep");
        Assert.Equal(["1", "4", "2"], script.Meet.Heats["e-final-1"].Bibs);
    }

    /// <summary>The fault is undone and the final kept; then something else is undone, in the other heat. What was said of the final stays.</summary>
    [Fact]
    public void What_was_said_with_an_undo_stays_when_something_else_is_undone()
    {
        var script = Drawn().Do(new Review("h1", "protest")).Do(Fault).Sign("h1").Do(new ConfirmDraw("e", "final")).Start("e-final-1");
        script.Do(new Undo(script.Journal.Last(row => row.Fact is SkaterSanctioned).At), "keep").Do(new Review("h2", "x")).Do(new Undo(script.Venue.At));
        Assert.NotEmpty(script.Meet.Kept);
        Assert.Empty(Cascade.Of(script.Meet, script.Meet.Document.Events[0]));
    }

    /// <summary>From the first round to the semifinal (1, 4, 2) to the final (the first two), which has begun. The first round is redrawn: both are gone.</summary>
    [Fact]
    public void A_redraw_gives_up_what_was_drawn_from_the_round_that_is_given_up_OFF_3()
    {
        var semi = new RoundDocument("semi", "Semifinal", HeatPlan.DrawnLater(1), new AdvanceRule(2, 0), Draw.DirectThenTime);
        var script = new MeetScript(MeetScript.Sprint([["1", "2", "3"], ["4", "5"]], new AdvanceRule(1, 1), [semi, MeetScript.Final()]))
            .Start("h1").Skate("1", 85_000).Skate("2", 86_000).Skate("3", 87_000).Sign("h1").Start("h2").Skate("4", 85_500).Skate("5", 86_500).Sign("h2");
        script.Do(new DrawRound("e", "semi")).Do(new ConfirmDraw("e", "semi")).Start("e-semi-1").Skate("1", 84_000).Skate("4", 85_000).Skate("2", 86_000).Sign("e-semi-1");
        script.Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final")).Start("e-final-1");
        script.Do(new Review("h1", "protest")).Do(Fault, "redraw");
        Assert.Empty(script.Meet.HeatsOf("e", "semi"));
        Assert.Empty(script.Meet.HeatsOf("e", "final"));
        script.Sign("h1").Do(new ConfirmDraw("e", "semi"));
        Assert.Equal(["1", "4", "5"], script.Meet.Heats["e-semi-1"].Bibs);
    }
}
