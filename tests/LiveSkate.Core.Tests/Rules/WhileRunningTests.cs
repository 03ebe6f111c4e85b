using System.Collections.Immutable;
using CsCheck;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>rules.md section 4 while a race is on: who is overdue, where everybody is expected, what is worth saying.</summary>
public sealed class WhileRunningTests
{
    private static MeetScript Meet(AdvanceRule? rule, MarkDocument[] records, params string[][] heats)
    {
        var document = MeetScript.Sprint(heats, rule, rule is null ? null : [MeetScript.Final()]);
        return new MeetScript(document with { Events = [document.Events[0] with { Records = [.. records] }] });
    }

    private static MeetScript Heat(params string[] bibs) => Meet(null, [], bibs);

    private static HeatState State(MeetScript script, string heat = "h1") => HeatPublisher.State(script.Meet, script.Meet.Heats[heat], []);

    private static HeatRow Row(MeetScript script, string bib) => State(script).Rows.Single(row => row.Bib == bib);

    /// <summary>What was worth saying about all that happened in <paramref name="act"/>, as people read it.</summary>
    private static string[] Said(MeetScript script, string heat, Action<MeetScript> act)
    {
        var (from, lines) = (script.Journal.Count, new List<string>());
        var venue = script.Venue;
        act(script);
        foreach (var recorded in script.Journal.Skip(from))
        {
            var next = VenueFold.Apply(venue, recorded);
            lines.AddRange(Highlights.Between(venue.Meets[MeetScript.MeetId], next.Meets[MeetScript.MeetId], heat)
                .Select(highlight => HighlightWords.Line(next.Meets[MeetScript.MeetId], highlight, recorded.At))
                .Select(line => $"{line.Kind}: {line.Text}"));
            venue = next;
        }
        return [.. lines];
    }

    /// <summary>1 skates laps of 17 s; 2 has one of 17 s and is not seen again: due at 34, and 17 s late when 1 is there at 51.</summary>
    [Fact]
    public void Who_is_overdue_is_told_by_how_much_and_has_no_projection_any_more()
    {
        var script = Heat("1", "2").Start("h1").Pass("1", 17).Pass("2", 17).Pass("1", 34);
        Assert.False(Row(script, "2").Overdue);
        script.Pass("1", 51);
        Assert.Equal((true, 17_000L), (Row(script, "2").Overdue, Row(script, "2").OverdueMs!.Value));
        Assert.Null(Row(script, "1").OverdueMs);
        Assert.Null(Row(script, "2").ProjectedMs);
    }

    /// <summary>1 leads at 17.0, 2 at 17.2 and 3 at 17.5; 1 gives up, and the gaps are to 2.</summary>
    [Fact]
    public void A_gap_is_to_the_best_of_those_who_are_still_in_the_race()
    {
        var script = Heat("1", "2", "3").Start("h1").Pass("1", 17).Pass("2", 17.2).Pass("3", 17.5);
        Assert.Equal([0L, 200L, 500L], State(script).Rows.Select(row => row.GapMs!.Value));
        script.Do(new Sanction("h1", "1", "DNF", "gave up"));
        Assert.Equal([("2", 0L), ("3", 300L)], State(script).Rows.Take(2).Select(row => (row.Bib, row.GapMs!.Value)));
    }

    /// <summary>Laps of 17 and 16.5 s: due at 50.000 again, at the finish after three more such laps at 1:23.000, 33 s from the next crossing.</summary>
    [Fact]
    public void A_projection_begins_with_the_second_lap_and_goes_on_in_its_pace()
    {
        var script = Heat("1", "2").Start("h1").Pass("1", 17);
        Assert.Null(Row(script, "1").ProjectedMs);
        script.Pass("1", 33.5);
        Assert.Equal((50_000, 83_000, 33_000), (Row(script, "1").DueMs, Row(script, "1").ProjectedMs, Row(script, "1").ProjectedRestMs));
        script.Pass("1", 50).Pass("1", 66).Pass("1", 82);
        Assert.Null(Row(script, "1").ProjectedMs);
    }

    [Fact]
    public void While_nothing_arrives_a_projection_only_gets_worse_and_is_never_sooner_than_now() =>
        Gen.Select(Gen.Long[10_000, 200_000], Gen.Long[0, 400_000], Gen.Int[1, 20], Gen.Long[0, 500_000].Array[2, 10]).Sample((lap, at, left, clock) =>
        {
            var projection = new Projection(at + lap, at + lap * left, lap * (left - 1));
            long? before = null;
            foreach (var now in clock.Order())
            {
                var shown = projection.FinishAt(now);
                Assert.True(shown >= (before ?? shown) && shown >= now);
                // Until he is due, nothing has changed.
                Assert.Equal(now <= projection.DueMs, shown == projection.FinishMs);
                before = shown;
            }
        });

    [Fact]
    public void A_missed_read_makes_no_projection_for_a_lap_as_long_as_two_is_no_measure_LAP_6()
    {
        var script = Heat("1", "2").Start("h1").Pass("1", 17).Pass("1", 34).Pass("1", 51).Pass("2", 17.1).Pass("2", 51.3);
        Assert.True(script.Heat("h1").Row("2").MissedRead);
        Assert.Null(Row(script, "2").ProjectedMs);
    }

    [Fact]
    public void Laps_to_go_and_laps_done_of_the_leader_never_disagree_LAP_7() =>
        Gen.Double[15, 20].Array[1, 5].Sample(laps =>
        {
            var script = Heat("1", "2").Start("h1");
            var at = 0.0;
            foreach (var lap in laps)
            {
                script.Pass("1", at += lap);
                var state = State(script);
                Assert.Equal(state.Laps, state.LapsToGo + state.Rows[0].Lap);
                Assert.Equal(state.Rows[0].Lap, state.OrderAt!.Lap);
            }
        }, iter: 50);

    [Fact]
    public void The_last_common_split_is_the_last_that_all_who_still_skate_have_behind_them()
    {
        var script = Heat("1", "2", "3").Start("h1").Pass("1", 17).Pass("2", 17.5).Pass("1", 34);
        Assert.Null(State(script).CommonLap);
        script.Pass("3", 18);
        Assert.Equal((1, 17_000, 17_500, 18_000), (State(script).CommonLap, Row(script, "1").CommonMs, Row(script, "2").CommonMs, Row(script, "3").CommonMs));
        script.Pass("2", 35).Do(new Sanction("h1", "3", "DNF", "fell"));
        Assert.Equal((2, 34_000), (State(script).CommonLap, Row(script, "1").CommonMs));
    }

    /// <summary>World record 1:20.000 = 16.000 a lap. After 33.000 three laps are left in 47.000: 15.666 each. After 40.000 it would need 13.333 = 15 m/s.</summary>
    [Fact]
    public void What_each_lap_of_the_rest_may_take_for_the_record_is_told_until_nobody_can_skate_it_REC_1()
    {
        var script = Meet(null, [new("WR", 80_000, "Somebody")], ["1", "2"]).Start("h1").Pass("1", 16.5).Pass("1", 33).Pass("2", 20).Pass("2", 40.1);
        Assert.Equal([new MarkLine("WR", 80_000, "1:20.000", "Somebody", 16_000)], State(script).Records);
        Assert.Equal(15_666, Row(script, "1").RecordLapMs);
        Assert.Null(Row(script, "2").RecordLapMs);
    }

    [Fact]
    public void Record_pace_and_the_record_are_said_once_each_REC_3()
    {
        var script = Meet(null, [new("WR", 80_000), new("GR", 82_000)], ["1", "2"]).Start("h1");
        var said = Said(script, "h1", race => race.Pass("1", 16.4).Pass("1", 32.8).Pass("1", 48.6).Pass("1", 64.2).Pass("1", 79.9));
        Assert.Equal(
            [
                "record-pace: Given FAMILY1 (COL) is on GR pace: ≈ 1:22.000.", "record-pace: Given FAMILY1 (COL) is on WR pace: ≈ 1:19.800.",
                "record: Given FAMILY1 (COL) beats the WR (pending): 1:19.900.", "record: Given FAMILY1 (COL) beats the GR (pending): 1:19.900.",
            ],
            said.Where(line => line.StartsWith("record", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_close_finish_waits_for_the_camera_and_the_camera_says_by_how_much_TIM_5()
    {
        var script = Heat("1", "2").Start("h1");
        var said = Said(script, "h1", race =>
        {
            race.Skate("1", 85_000).Skate("2", 85_010);
            race.Hear(new FinishRead
            {
                Source = "photo", Heat = "h1", Revision = 1,
                Rows = [new("2", 1, TimeSpan.FromMilliseconds(85_003), "OK"), new("1", 2, TimeSpan.FromMilliseconds(85_007), "OK")],
            });
        });
        Assert.Contains("too-close: Given FAMILY1 (COL) and Given FAMILY2 (COL) are too close to tell; the photo finish decides.", said);
        Assert.Contains("photo-finish: Given FAMILY2 (COL) before Given FAMILY1 (COL) by 0.004.", said.Select(line => line.Replace("Photo finish: ", "")));
    }

    /// <summary>One place on time. 2 holds it with 81.000; 4 takes it with 80.500; then 4 is disqualified and 2 has it back.</summary>
    [Fact]
    public void Into_and_out_of_a_qualifying_place_is_said_in_whatever_heat_it_happens_QUA_12()
    {
        var script = Meet(new AdvanceRule(1, 1), [], ["1", "2"], ["3", "4"]).Start("h1").Skate("1", 80_000).Skate("2", 81_000).Sign("h1");
        script.Start("h2").Skate("3", 80_000);
        Assert.Equal(
            ["FAMILY2 (COL) drops out of the qualifying places.", "FAMILY4 (COL) moves into a qualifying place: 1st of 1 on time."],
            Moves(Said(script, "h2", race => race.Skate("4", 80_500))));
        Assert.Equal(
            ["FAMILY2 (COL) moves into a qualifying place: 1st of 1 on time.", "FAMILY4 (COL) drops out of the qualifying places."],
            Moves(Said(script, "h2", race => race.Do(new Publish("h2")).Do(new Sanction("h2", "4", "DSQ-SF", "pushed")))));

        static string[] Moves(string[] said) =>
            [.. said.Where(line => line.Contains("of-place:") || line.Contains("into-place:")).Select(line => line[line.IndexOf("FAMILY", StringComparison.Ordinal)..]).Order()];
    }

    [Fact]
    public void The_best_lap_of_a_heat_is_said_to_be_that_of_the_round_or_the_event_where_it_is()
    {
        var script = Meet(new AdvanceRule(1, 0), [], ["1"], ["2"], ["3"]);
        script.Start("h1").Pass("1", 18).Pass("1", 36).Pass("1", 52).Pass("1", 69).Pass("1", 87).Sign("h1");
        Assert.Equal(["Fastest lap of the heat: 16.500 by Given FAMILY2 (COL) on lap 3."], Best(Said(script.Start("h2"), "h2", race => race.Pass("2", 18).Pass("2", 36).Pass("2", 52.5))));
        script.Pass("2", 70).Pass("2", 88).Sign("h2");
        Assert.Equal(["Fastest lap of the round: 15.500 by Given FAMILY3 (COL) on lap 3."], Best(Said(script.Start("h3"), "h3", race => race.Pass("3", 18).Pass("3", 36).Pass("3", 51.5))));
        script.Pass("3", 70).Pass("3", 88).Sign("h3").Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final")).Start("e-final-1");
        Assert.Equal(["Fastest lap of the event: 15.400 by Given FAMILY1 (COL) on lap 3."], Best(Said(script, "e-final-1", race => race.Pass("1", 18).Pass("1", 36).Pass("1", 51.4))));

        static string[] Best(string[] said) => [.. said.Where(line => line.StartsWith("best-lap", StringComparison.Ordinal)).Select(line => line["best-lap: ".Length..])];
    }

    /// <summary>1 has one lap from line to line behind him, of 17 s, and is at the split at 42.0: 2 was read 25 s before that, 8 s more than a lap.</summary>
    [Fact]
    public void One_lap_of_anybody_is_enough_to_miss_somebody_by()
    {
        var script = Heat("1", "2").Start("h1").Pass("1", 17).Pass("2", 17).Pass("1", 34).PassAt("split-1", "1", 42);
        Assert.Equal(8_000, Row(script, "2").OverdueMs);
    }

    /// <summary>Laps of 20 s; overdue is who was not read for more than 1.3 of them, 26 s.</summary>
    [Theory]
    [InlineData(46.0, null), InlineData(46.001, 6_001L)]
    public void Overdue_is_who_takes_more_than_one_and_a_third_of_the_usual_lap(double seen, long? overdueMs) =>
        Assert.Equal(overdueMs, Row(Heat("1", "2").Start("h1").Pass("1", 20).Pass("2", 20).Pass("1", 40).PassAt("split-1", "1", seen), "2").OverdueMs);

    /// <summary>Laps of 18, 19, 20, 23 and 24 s in any order, all ending at 60 s: 20 s is the middle. 6 was there at 10 s: 50 s ago, so 30 s late.</summary>
    [Fact]
    public void The_usual_lap_is_the_middle_one_whoever_skated_it()
    {
        foreach (var laps in Orders([18, 19, 20, 23, 24]))
        {
            var script = Heat("1", "2", "3", "4", "5", "6").Start("h1").Pass("6", 10);
            for (var i = 0; i < laps.Length; i++)
                script.Pass($"{i + 1}", 60 - laps[i]).Pass($"{i + 1}", 60);
            Assert.Equal((string.Join(' ', laps), 30_000L), (string.Join(' ', laps), script.Heat("h1").Row("6").OverdueMs!.Value));
        }

        static IEnumerable<int[]> Orders(int[] of) =>
            of.Length == 1 ? [of] : of.SelectMany(first => Orders([.. of.Where(other => other != first)]).Select(rest => (int[])[first, .. rest]));
    }

    /// <summary>The usual lap is 20 s. From 1.7 of them (34 s) up to 2.6 (52 s) a reading is missing, beyond that he has fallen.</summary>
    [Theory]
    [InlineData(33.99, false), InlineData(34, true), InlineData(52, true), InlineData(52.01, false), InlineData(60, false)]
    public void A_lap_as_long_as_two_lacks_a_reading_and_one_as_long_as_three_is_a_fall_LAP_6(double lap, bool missed)
    {
        var script = Heat("1", "2").Start("h1").Pass("1", 20).Pass("1", 40).Pass("1", 60).Pass("1", 80).Pass("2", 20).Pass("2", 20 + lap);
        Assert.Equal(missed, script.Heat("h1").Row("2").MissedRead);
    }

    /// <summary>2 falls on his third lap, 34 s, and skates all five.</summary>
    [Fact]
    public void Who_has_all_his_laps_lacks_no_reading_however_long_one_took_LAP_6()
    {
        var script = Heat("1", "2").Start("h1").Skate("1", 85_000).Pass("2", 17).Pass("2", 34).Pass("2", 68).Pass("2", 85);
        Assert.True(script.Heat("h1").Row("2").MissedRead);
        Assert.False(script.Pass("2", 102).Heat("h1").Row("2").MissedRead);
    }

    /// <summary>
    /// Laps of 1: 20 and 36 s; the usual one is the longer of the two. With 2's of 21 s it is 21, and 36 s were 1.7 of that: 1 has a reading missing,
    /// though nothing was read of him since.
    /// </summary>
    [Fact]
    public void Whether_a_reading_is_missing_is_seen_anew_with_the_laps_of_others_LAP_6()
    {
        var script = Heat("1", "2").Start("h1").Pass("1", 20).Pass("1", 40).Pass("1", 76).Pass("2", 21);
        Assert.Equal((1, false), (script.Heat("h1").Row("1").Rank, script.Heat("h1").Row("1").MissedRead));
        script.Pass("2", 42);
        Assert.Equal((1, true), (script.Heat("h1").Row("1").Rank, script.Heat("h1").Row("1").MissedRead));
    }

    /// <summary>Four laps make 68.000 and the camera has 85.011: the last lap is 17.011, not the 17.000 of the chip. Of a swapped time it is what he skated himself.</summary>
    [Fact]
    public void The_laps_add_up_to_the_official_time_TIM_3()
    {
        var script = Heat("1", "2").Start("h1").Skate("1", 85_000).Skate("2", 86_000).Hear(new FinishRead
        {
            Source = "photo", Heat = "h1", Revision = 1,
            Rows = [new("1", 1, TimeSpan.FromMilliseconds(85_011), "OK"), new("2", 2, TimeSpan.FromMilliseconds(86_000), "OK")],
        });
        Assert.Equal(17_011, Row(script, "1").LapMs);
        script.Do(new Sanction("h1", "1", "RR", "hindered", ["2"]));
        Assert.Equal((86_000, 17_011), (Row(script, "1").TimeMs, Row(script, "1").LapMs));
    }

    /// <summary>Laps of 17.1 s without the first: 34.2 is as long as two.</summary>
    [Fact]
    public void The_very_first_reading_may_be_the_missed_one_LAP_6()
    {
        var script = Heat("1", "2").Start("h1").Skate("2", 85_000).Pass("1", 34.2).Pass("1", 51.3).Pass("1", 68.4).Pass("1", 85.5);
        Assert.Equal((true, null), (script.Heat("h1").Row("1").MissedRead, script.Heat("h1").Row("1").TimeMs));
        Assert.False(script.Heat("h1").Row("2").MissedRead);
    }

    /// <summary>500 m are 100 m, in some 9 s, and two laps of 18 s. Who is first read after 27.1 was not read at 100 m; who needs 12 s for them was.</summary>
    [Theory]
    [InlineData(27.1, true), InlineData(12, false)]
    public void Before_a_part_lap_as_well_LAP_2_LAP_6(double first, bool missed)
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2"]], distanceM: 500)).Start("h1").Pass("2", 9).Pass("2", 27).Pass("2", 45).Pass("1", first).Pass("1", first + 18);
        Assert.Equal(missed, script.Heat("h1").Row("1").MissedRead);
    }

    /// <summary>A wins after 100 s. C is a lap behind with laps of 26 s: due at 104, and that is her end, not 130.</summary>
    [Fact]
    public void Once_somebody_has_won_who_is_lapped_is_expected_to_end_at_her_next_crossing_FMT_15()
    {
        var script = new MeetScript(MeetScript.Race("massStart", [["A", "C"]], 1000)).Start("h1").Pass("C", 26).Pass("C", 52).Pass("C", 78);
        foreach (var lap in new[] { 20, 40, 60, 80 })
            script.Pass("A", lap);
        Assert.Equal((104_000, 130_000), (Row(script, "C").DueMs, Row(script, "C").ProjectedMs));
        script.Pass("A", 100);
        Assert.Equal((104_000, 104_000, 0), (Row(script, "C").DueMs, Row(script, "C").ProjectedMs, Row(script, "C").ProjectedRestMs));
    }

    /// <summary>The fastest lap is the second, 16.5 against the 17.0 of the heat before: told when 2 is in, and once.</summary>
    [Fact]
    public void A_second_lap_that_is_the_best_of_the_round_is_told_when_all_are_in()
    {
        var script = Meet(new AdvanceRule(1, 0), [], ["1"], ["2"]).Start("h1").Skate("1", 85_000).Sign("h1").Start("h2");
        var said = Said(script, "h2", race => race.Pass("2", 17).Pass("2", 33.5).Pass("2", 51).Pass("2", 68).Pass("2", 85));
        Assert.Equal(["best-lap: Fastest lap of the round: 16.500 by Given FAMILY2 (COL) on lap 2."], said.Where(line => line.StartsWith("best-lap", StringComparison.Ordinal)));
    }

    /// <summary>Laps of 17 s; 2 was not read once: due at 17, and 17 s late at 34. In 500 m, 100 m and laps of 18 s, due at 9.</summary>
    [Fact]
    public void Who_does_not_come_by_at_all_is_overdue_as_well_LAP_2()
    {
        var script = Heat("1", "2").Start("h1").Pass("1", 17);
        Assert.Null(Row(script, "2").OverdueMs);
        Assert.Equal((true, 17_000), (Row(script.Pass("1", 34), "2").Overdue, Row(script, "2").OverdueMs));
        script = new MeetScript(MeetScript.Sprint([["1", "2"]], distanceM: 500)).Start("h1").Pass("1", 9).Pass("1", 27);
        Assert.Equal(18_000, Row(script, "2").OverdueMs);
    }
}
