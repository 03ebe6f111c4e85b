using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>What a race day brings: the distances of the sprints, calls, falls, a race that is held up, and lists in the wrong order.</summary>
public sealed class RaceDayTests
{
    private static MeetScript Two() => new(MeetScript.Sprint([["1", "2"]]));

    private static HeatState State(MeetScript script) => HeatPublisher.State(script.Meet, script.Meet.Heats["h1"], []);

    [Theory]
    [InlineData(500, true, 3, 120), InlineData(500, false, 3, 100), InlineData(1000, false, 5, 200)]
    public void The_sprints_on_200_metres_end_after_so_many_crossings_and_begin_with_the_rest_of_a_lap_FMT_4_FMT_5_FMT_7(
        int distance, bool plusD, int crossings, int firstLap)
    {
        var document = MeetScript.Sprint([["1", "2"]], distanceM: distance);
        document = document with { Venue = document.Venue with { DM = 20 }, Events = [document.Events[0] with { Rules = new RuleDocument { PlusD = plusD } }] };
        var course = new MeetScript(document).Heat("h1").Course;
        Assert.Equal((crossings, (decimal)firstLap), (course.Laps, course.FirstLapM));
    }

    [Fact]
    public void Who_does_not_answer_the_call_is_out_before_the_race_and_nobody_waits_for_him_INC_1()
    {
        var script = Two().Do(new OpenHeat("h1")).Do(new Sanction("h1", "2", "DNS", "called twice")).Do(new ArmHeat("h1"));
        Assert.Equal("DNS", script.Heat("h1").Row("2").Status);
        script.Gun(MeetScript.Noon).Hear(script.Passing("1", 17));
        script.Skate("1", 85_000);
        Assert.Equal(HeatStage.Finished, script.Heat("h1").State);
    }

    [Fact]
    public void Who_falls_may_go_on_and_no_time_is_too_long_INC_11()
    {
        var script = Two().Start("h1").Skate("1", 85_000).Pass("2", 17).Pass("2", 34).Pass("2", 400).Pass("2", 420).Pass("2", 440);
        Assert.Equal(("OK", 2, 440_000L), (script.Heat("h1").Row("2").Status, script.Heat("h1").Row("2").Rank!.Value, script.Heat("h1").Row("2").TimeMs!.Value));
    }

    [Fact]
    public void A_race_that_is_held_up_says_so_and_nobody_is_overdue_in_it_INC_3()
    {
        var script = Two().Start("h1").Pass("1", 17).Pass("2", 17).Pass("1", 34).Do(new PauseHeat("h1", "neutralised", "a fall")).Pass("1", 90);
        Assert.Equal("neutralised", State(script).Paused);
        Assert.All(State(script).Rows, row => Assert.Equal((false, null), (row.Overdue, row.ProjectedMs)));
        script.Do(new ResumeHeat("h1"));
        Assert.Null(State(script).Paused);
        Assert.True(State(script).Rows.Single(row => row.Bib == "2").Overdue);
        Assert.Equal(RefusalCodes.UnknownCode, script.Refused(new PauseHeat("h1", "flooded", "x")).Code);
    }

    [Fact]
    public void The_track_makes_an_order_the_office_publishes_it_and_only_the_signature_makes_it_official_OFF_1()
    {
        var script = Two().Start("h1").Skate("1", 85_000).Skate("2", 86_000);
        Assert.Equal(HeatStage.Finished, script.Heat("h1").State);
        Assert.Equal(HeatStage.Provisional, script.Do(new Publish("h1")).Heat("h1").State);
        Assert.Equal(HeatStage.Official, script.Do(new MakeOfficial("h1")).Heat("h1").State);
    }

    [Fact]
    public void A_disqualified_skater_stays_in_the_list_at_its_end_with_code_and_note_OFF_6()
    {
        var script = Two().Start("h1").Skate("1", 85_000).Skate("2", 86_000).Do(new Sanction("h1", "1", "DSQ-SF", "pushed")).Sign("h1");
        var results = ResultsPublisher.Results(script.Meet, script.Meet.Document.Events[0]);
        Assert.Equal(("1", "DSQ-SF", 1), (results.Rounds[0].Heats[0].Rows[^1].Bib, results.Rounds[0].Heats[0].Rows[^1].Status, results.Rounds[0].Heats[0].Rows[^1].Notes[0]));
        Assert.Equal(("1", "DSQ-SF"), (results.Final[^1].Bib, results.Final[^1].Status));
    }

    [Fact]
    public void Two_of_one_name_are_two_skaters_for_ids_and_not_names_tell_them_apart_STL_1()
    {
        var document = MeetScript.Sprint([["1", "2"]]);
        document = document with { Skaters = [.. document.Skaters.Select(skater => skater with { FamilyName = "Chen", GivenName = "Yang" })] };
        var script = new MeetScript(document).Start("h1").Skate("2", 85_000).Skate("1", 86_000);
        Assert.Equal([("2", 85_000L), ("1", 86_000L)], script.Heat("h1").Rows.Select(row => (row.Bib, row.TimeMs!.Value)));
    }

    [Fact]
    public void Heats_that_are_listed_in_another_order_are_shown_by_their_number_STL_3()
    {
        var document = MeetScript.Sprint([["1"], ["2"], ["3"], ["4"]]);
        var round = document.Events[0].Rounds[0];
        var known = round.Heats.Known;
        document = document with { Events = [document.Events[0] with { Rounds = [round with { Heats = HeatPlan.Of([known[0], known[2], known[1], known[3]]) }] }] };
        var results = ResultsPublisher.Results(new MeetScript(document).Meet, document.Events[0]);
        Assert.Equal([1, 2, 3, 4], results.Rounds[0].Heats.Select(heat => heat.Number));
    }
}
