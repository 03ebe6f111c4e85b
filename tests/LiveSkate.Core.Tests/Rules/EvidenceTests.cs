using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>TIM-5 and TIM-8 to TIM-11: what a time is known by, what was measured beside it, and who cannot be told apart.</summary>
public sealed class EvidenceTests
{
    private static MeetScript Heat(params string[] bibs) => new(MeetScript.Sprint([bibs], new AdvanceRule(2, 0), [MeetScript.Final()]));

    private static FinishRead Photo(params (string Bib, int Place, long? Ms)[] rows) => new()
    {
        Source = "photo", Heat = "h1", Revision = 1,
        Rows = [.. rows.Select(row => new FinishRow(row.Bib, row.Place, row.Ms is { } ms ? TimeSpan.FromMilliseconds(ms) : null, "OK"))],
    };

    private static ResultRow Row(MeetScript script, string bib) =>
        ResultsPublisher.Results(script.Meet, script.Meet.Document.Events[0]).Rounds[0].Heats[0].Rows.Single(row => row.Bib == bib);

    [Fact]
    public void All_that_was_said_of_a_finish_is_kept_and_the_most_trusted_is_the_time_TIM_5()
    {
        var script = Heat("1", "2").Start("h1").Skate("1", 85_000).Skate("2", 86_000);
        script.Hear(Photo(("1", 1, 85_011), ("2", 2, 86_004)));
        script.Do(new SetTime("h1", "1", 85_012, "read again")).Do(new SetFinishOrder("h1", [["1"], ["2"]]));
        var row = Row(script, "1");
        Assert.Equal(
            [
                new("jury", "office", 85_012, null, 1), new("jury", "office", null, 1, 1), new("photo", "photo", 85_011, 1, 1),
                new EvidenceRow("transponder", "finish-1", 85_000, null, 20),
            ],
            row.Evidence);
        Assert.Equal((85_012, "jury", 85_000), (row.TimeMs, row.TimeBy, row.MeasuredMs));
    }

    [Fact]
    public void What_the_office_wrote_in_stands_until_a_decoder_has_read_the_same_crossing_TIM_5()
    {
        var script = Heat("1", "2").Start("h1").Skate("2", 86_000);
        foreach (var seconds in new[] { 17.0, 34, 51, 68 })
            script.Pass("1", seconds);
        script.Do(new AddPassing("h1", "1", script.Passing("1", 84.9).Time));
        Assert.Equal((84_900, "hand", 200), (Row(script, "1").TimeMs, Row(script, "1").TimeBy, Row(script, "1").Evidence[0].PrecisionMs));
        script.Pass("1", 85.1, "b");
        Assert.Equal((85_100, "transponder"), (Row(script, "1").TimeMs, Row(script, "1").TimeBy));
        Assert.Single(HeatStandings.PassingsOf(script.Meet, script.Meet.Heats["h1"]), p => p.Passing.Use == Core.Timing.PassingUse.Duplicate && p.Bib == "1");
    }

    [Theory]
    [InlineData(85_019, true), InlineData(85_020, false)]
    public void Closer_than_a_transponder_can_tell_is_shown_as_unresolved_until_the_photo_finish_is_read_TIM_5(long second, bool unresolved)
    {
        var script = Heat("1", "2", "3").Start("h1").Skate("1", 85_000).Skate("2", second).Skate("3", 90_000);
        Assert.Equal([unresolved, unresolved, false], script.Heat("h1").Rows.Select(row => row.Unresolved));
        script.Hear(Photo(("2", 1, 85_001), ("1", 2, 85_002), ("3", 3, 90_000)));
        Assert.All(script.Heat("h1").Rows, row => Assert.False(row.Unresolved));
        Assert.Equal(["2", "1", "3"], script.Heat("h1").Rows.Select(row => row.Bib));
    }

    [Fact]
    public void A_time_taken_by_hand_separates_less_than_a_transponder_TIM_5()
    {
        var script = Heat("1", "2").Start("h1").Skate("1", 85_000);
        foreach (var seconds in new[] { 17.0, 34, 51, 68 })
            script.Pass("2", seconds);
        script.Do(new AddPassing("h1", "2", script.Passing("2", 85.15).Time));
        Assert.All(script.Heat("h1").Rows, row => Assert.True(row.Unresolved));
    }

    [Fact]
    public void A_start_list_carries_how_each_came_there_and_whether_the_time_was_changed_TIM_8()
    {
        var script = Heat("1", "2").Start("h1").Skate("1", 85_000).Skate("2", 86_000).Do(new SetTime("h1", "2", 85_900, "video"));
        script.Sign("h1").Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        var rows = HeatPublisher.State(script.Meet, script.Meet.Heats["e-final-1"], []).Rows;
        Assert.Equal(new CameFrom("pre", 1, "Q", "place", 85_000, "1:25.000", "transponder", false), rows[0].From);
        Assert.Equal(new CameFrom("pre", 2, "Q", "place", 85_900, "1:25.900", "jury", true), rows[1].From);
        script.Start("e-final-1");
        Assert.All(HeatPublisher.State(script.Meet, script.Meet.Heats["e-final-1"], []).Rows, row => Assert.Null(row.From));
    }

    [Fact]
    public void Equal_printed_times_may_have_different_ranks_for_the_order_was_seen_TIM_10()
    {
        var script = Heat("1", "2").Start("h1").Skate("1", 85_000).Skate("2", 85_000);
        script.Do(new SetFinishOrder("h1", [["2"], ["1"]]));
        Assert.Equal([("2", 1, 85_000L), ("1", 2, 85_000L)], script.Heat("h1").Rows.Select(row => (row.Bib, row.Rank!.Value, row.TimeMs!.Value)));
    }

    [Fact]
    public void A_place_that_the_camera_saw_without_a_time_is_a_rank_and_no_time_TIM_9()
    {
        var script = Heat("1", "2").Start("h1").Skate("1", 85_000).Hear(Photo(("2", 1, null), ("1", 2, 85_000)));
        Assert.Equal(("2", 1, (long?)null, (string?)null), (Row(script, "2").Bib, Row(script, "2").Rank!.Value, Row(script, "2").TimeMs, Row(script, "2").TimeBy));
    }

    /// <summary>USA starts before ITA and both before FRA; nobody can separate the three.</summary>
    [Fact]
    public void Whom_nobody_can_separate_share_a_place_in_nation_order_and_the_next_rank_skips_TIM_11_RNK_1()
    {
        var document = MeetScript.Sprint([["1", "2", "3", "4"]]);
        string[] nations = ["USA", "ITA", "FRA", "AUT"];
        var script = new MeetScript(document with { Skaters = [.. document.Skaters.Select((skater, i) => skater with { Nation = nations[i] })] });
        script.Start("h1").Skate("1", 85_000).Skate("2", 85_001).Skate("3", 85_002).Skate("4", 90_000);
        script.Do(new SetFinishOrder("h1", [["1", "2", "3"], ["4"]]));
        Assert.Equal([("3", 1), ("2", 1), ("1", 1), ("4", 4)], script.Heat("h1").Rows.Select(row => (row.Bib, row.Rank!.Value)));
    }

    [Fact]
    public void Sanctions_are_numbered_footnotes_with_their_round_and_what_was_lifted_is_told_and_cited_by_no_row_COD_5()
    {
        var script = Heat("1", "2", "3").Start("h1").Do(new RecallHeat("h1", "3")).Do(new ArmHeat("h1")).Gun(MeetScript.Noon.AddMinutes(11));
        script.Do(new SetFinishOrder("h1", [["1"], ["2"], ["3"]])).Do(new Sanction("h1", "3", "FS", "again"));
        script.Do(new Sanction("h1", "1", "DSQ-SF", "pushed", null, "bend 2", "163")).Do(new LiftSanction("h1", "1", "DSQ-SF", "video"));
        var results = ResultsPublisher.Results(script.Meet, script.Meet.Document.Events[0]);
        Assert.Equal(
            [(1, "3", "FS", false, null), (2, "3", "FS", false, null), (3, "3", "DSQ-TF", true, null), (4, "1", "DSQ-SF", false, "video")],
            results.Notes.Select(note => (note.Number, note.Bib, note.Code, note.ByRule, note.Lifted)));
        Assert.Equal(("pre", "Preliminary round", "h1", "bend 2", "163"),
            (results.Notes[3].Round, results.Notes[3].RoundName, results.Notes[3].Heat, results.Notes[3].Judge, results.Notes[3].Article));
        Assert.Equal([1, 2, 3], Row(script, "3").Notes);
        Assert.Empty(Row(script, "1").Notes);
    }

    /// <summary>By the loops 1 is 10 ms ahead, the camera has 2 first, without times. A time that the jury sets makes all of them stand by time.</summary>
    [Fact]
    public void Once_the_jury_has_set_a_time_the_cameras_places_decide_no_more_TIM_5()
    {
        var script = Heat("1", "2").Start("h1").Skate("1", 85_000).Skate("2", 85_010).Hear(Photo(("2", 1, null), ("1", 2, null)));
        Assert.Equal("21", Order());
        // No time for 1 is a word on 1 alone: the places stand.
        script.Do(new SetTime("h1", "1", null, "not read"));
        Assert.Equal("21", Order());
        script.Do(new SetTime("h1", "2", 85_020, "video"));
        Assert.Equal("12", Order());

        string Order() => string.Concat(script.Heat("h1").Rows.Select(row => row.Bib));
    }

    [Fact]
    public void Whom_the_camera_puts_on_one_place_share_it_and_are_not_unresolved_TIM_11()
    {
        var script = Heat("1", "2", "3").Start("h1").Skate("1", 85_000).Skate("2", 85_010).Skate("3", 86_000);
        script.Hear(Photo(("1", 1, 85_004), ("2", 1, 85_004), ("3", 3, 86_000)));
        Assert.Equal([(1, false), (1, false), (3, false)], script.Heat("h1").Rows.Select(row => (row.Rank!.Value, row.Unresolved)));
    }

    /// <summary>The camera saw 2 win, and no time; a loop read him all the same. The time that the jury sets is one.</summary>
    [Fact]
    public void A_place_without_a_time_has_none_though_a_loop_read_him_until_the_jury_sets_one_TIM_9()
    {
        var script = Heat("1", "2").Start("h1").Skate("1", 85_000).Skate("2", 85_010).Hear(Photo(("2", 1, null), ("1", 2, 85_000)));
        Assert.Equal((1, (long?)null), (script.Heat("h1").Row("2").Rank!.Value, script.Heat("h1").Row("2").TimeMs));
        Assert.Equal(84_990, script.Do(new SetTime("h1", "2", 84_990, "video")).Heat("h1").Row("2").TimeMs);
    }

    /// <summary>2 was never read and the camera saw him win; 1 has two laps behind him and skates on.</summary>
    [Fact]
    public void Who_has_finished_by_the_cameras_word_stands_before_who_still_skates_TIM_9()
    {
        var script = Heat("1", "2").Start("h1").Pass("1", 17).Pass("1", 34).Hear(Photo(("2", 1, null)));
        Assert.Equal([("2", 1), ("1", 2)], script.Heat("h1").Rows.Select(row => (row.Bib, row.Rank!.Value)));
    }

    /// <summary>300 m alone, gate at 5.000. Chip at 29.770, beam at 29.777, and the stopwatch had 29.600.</summary>
    [Fact]
    public void What_a_beam_a_chip_and_a_hand_have_of_one_finish_is_all_kept_each_with_what_it_can_tell_TIM_5()
    {
        var document = MeetScript.TimeTrial([["1"]], 300, dual: false);
        var script = new MeetScript(document with { Sources = document.Sources.Add(new("beam-1", SourceRole.Finish, null)) }).Ready("h1").Gate("start-1", 5);
        script.Pass("1", 14).Pass("1", 29.77).Gate("beam-1", 29.777).Do(new AddPassing("h1", "1", script.Time(29.6)));
        EvidenceRow[] all = [new("photocell", "beam-1", 24_777, null, 1), new("transponder", "finish-1", 24_770, null, 20), new("hand", "office", 24_600, null, 200)];
        Assert.Equal(all, Row(script, "1").Evidence);
        Assert.Equal((24_777L, "photocell"), (Row(script, "1").TimeMs!.Value, Row(script, "1").TimeBy));
    }

    [Fact]
    public void A_camera_that_has_read_one_of_two_close_skaters_has_not_told_them_apart_TIM_5()
    {
        var script = Heat("1", "2", "3").Start("h1").Skate("1", 85_000).Skate("2", 85_010).Skate("3", 90_000).Hear(Photo(("1", 1, 85_004)));
        Assert.Equal([true, true, false], script.Heat("h1").Rows.Select(row => row.Unresolved));
    }

    [Theory]
    [InlineData("DSQ-SF"), InlineData("DSQ-TF"), InlineData("DNF")]
    public void Nobody_waits_for_the_camera_when_the_other_of_the_two_has_no_time_any_more_TIM_5(string code)
    {
        var script = Heat("1", "2", "3").Start("h1").Skate("1", 85_000).Skate("2", 85_015).Skate("3", 90_000).Do(new Sanction("h1", "1", code, "x"));
        Assert.All(script.Heat("h1").Rows, row => Assert.False(row.Unresolved));
    }
}
