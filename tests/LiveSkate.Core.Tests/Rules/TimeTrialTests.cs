using CsCheck;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>FMT-2, FMT-3, TIM-6, LAP-3, LAP-4.</summary>
public sealed class TimeTrialTests
{
    private static HeatRow Row(MeetScript script, string heat, string bib) =>
        HeatPublisher.State(script.Meet, script.Meet.Heats[heat], []).Rows.Single(row => row.Bib == bib);

    private static string Order(MeetScript script, string heat) => string.Join(',', script.Heat(heat).Rows.Select(row => row.Bib));

    /// <summary>One lap of 200 m from his own gate, half-way at the other's line; seconds are on the heat's clock.</summary>
    private static MeetScript Lap(MeetScript script, int line, string bib, double start, double half, double time) => script
        .Gate($"gate-{line}", start)
        .PassAt($"finish-{3 - line}", bib, start + half)
        .PassAt($"finish-{line}", bib, start + time)
        .PassAt($"finish-{line}", bib, start + time + 0.03, "b");

    /// <summary>
    /// Dual time trial, 200 m on a 200 m track: 1 at line 1, 2 at line 2. Seconds on the heat's clock, from the arming on.
    /// <code>
    ///  2.000 gate 1: the clock of 1 runs, and the heat's
    ///  2.700 gate 2: the clock of 2
    /// 11.900 1 at line 2, half-way: 9.900                    -> 1, 2
    /// 12.400 2 at line 1, half-way: 9.700                    -> 2, 1 (9.700 before 9.900)
    /// 19.835 1 at line 1: 17.835, over the line first
    /// 20.400 2 at line 2: 17.700, and wins                   -> 2, 1
    /// </code>
    /// </summary>
    [Fact]
    public void Each_of_two_is_timed_from_his_own_gate_at_his_own_line_TIM_6_LAP_3()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1", "2"]])).Ready("h1");
        Assert.Equal(HeatStage.Armed, script.Heat("h1").State);
        script.Gate("gate-1", 2.0);
        Assert.Equal(HeatStage.Running, script.Heat("h1").State);
        Assert.Equal((1, 0L), (Row(script, "h1", "1").Lane, Row(script, "h1", "1").StartMs));
        Assert.Equal((2, (long?)null), (Row(script, "h1", "2").Lane, Row(script, "h1", "2").StartMs));
        script.Gate("gate-2", 2.7);
        Assert.Equal(700, Row(script, "h1", "2").StartMs);
        script.PassAt("finish-2", "1", 11.9);
        Assert.Equal(("1,2", 9_900L), (Order(script, "h1"), Row(script, "h1", "1").ElapsedMs));
        script.PassAt("finish-1", "2", 12.4);
        Assert.Equal(("2,1", 9_700L), (Order(script, "h1"), Row(script, "h1", "2").ElapsedMs));
        Assert.Equal((0, 200), (Row(script, "h1", "2").GapMs, Row(script, "h1", "1").GapMs));
        script.PassAt("finish-1", "1", 19.835);
        Assert.Equal(("OK", 17_835L), (Row(script, "h1", "1").Status, Row(script, "h1", "1").TimeMs));
        script.PassAt("finish-2", "2", 20.4);
        Assert.Equal(HeatStage.Finished, script.Heat("h1").State);
        Assert.Equal([("2", 1, 17_700L), ("1", 2, 17_835L)], script.Heat("h1").Rows.Select(row => (row.Bib, row.Rank!.Value, row.TimeMs!.Value)));
        Assert.Equal(135, Row(script, "h1", "1").GapMs);
    }

    /// <summary>
    /// Three heats; the gap is to the best of the round at the same point, and the place that of the round.
    /// <code>
    /// heat 1: 1  9.900 17.835    2  9.700 17.700     round: 2, 1
    /// heat 2: 3  9.600 17.900    4  9.800 18.000     half-way: 3 (9.600) 2 (9.700) 4 (9.800) 1 (9.900)
    /// heat 3: 5 alone 9.650 17.560                   round: 5, 2, 1, 3, 4
    /// </code>
    /// </summary>
    [Fact]
    public void While_skating_the_whole_round_is_the_field_LAP_4()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1", "2"], ["3", "4"], ["5"]])).Ready("h1");
        Lap(script, 1, "1", 2, 9.9, 17.835);
        Lap(script, 2, "2", 2, 9.7, 17.7);
        script.Sign("h1").Ready("h2").Gate("gate-1", 1).Gate("gate-2", 1.5).PassAt("finish-2", "3", 10.6).PassAt("finish-1", "4", 11.3);
        Assert.Equal((0, 1), (Row(script, "h2", "3").GapMs, Row(script, "h2", "3").RoundRank));
        Assert.Equal((200, 3), (Row(script, "h2", "4").GapMs, Row(script, "h2", "4").RoundRank));
        // 9.600 against 9.700, the best of the others; who is behind is ahead of nobody.
        Assert.Equal((100L, (long?)null), (Row(script, "h2", "3").AheadMs, Row(script, "h2", "4").AheadMs));
        script.PassAt("finish-1", "3", 18.9).PassAt("finish-2", "4", 19.5);
        Assert.Equal((200, 3), (Row(script, "h2", "3").GapMs, Row(script, "h2", "3").RoundRank));
        script.Sign("h2").Ready("h3");
        Lap(script, 1, "5", 3, 9.65, 17.56);
        Assert.Equal(HeatStage.Finished, script.Heat("h3").State);
        script.Sign("h3");
        var final = ResultsPublisher.Results(script.Meet, script.Meet.Document.Events[0]).Final;
        Assert.Equal([("5", 1), ("2", 2), ("1", 3), ("3", 4), ("4", 5)], final.Select(row => (row.Bib, row.Rank!.Value)));
        Assert.Equal([(1, "5"), (2, "2"), (4, "3")], new[] { ("h3", "5"), ("h1", "2"), ("h2", "3") }.Select(x => (Row(script, x.Item1, x.Item2).RoundRank!.Value, x.Item2)));
    }

    /// <summary>
    /// The last round is skated in three heats: who has a time stands in it, best first, and nobody has a final rank before all have skated.
    /// <code>
    /// heat 1: 1 17.835, 2 17.700 -> 2, 1    heat 2: 3 17.700, 4 does not start -> 2 and 3 share, 1    heat 3 is left; 4 has no rank (RNK-3)
    /// </code>
    /// </summary>
    [Fact]
    public void Before_all_have_skated_the_standing_so_far_is_told_with_the_heats_that_are_left_LAP_4()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1", "2"], ["3", "4"], ["5"]])).Ready("h1").Gate("gate-1", 1);
        Assert.Equal(("", 3), SoFar(script));
        Lap(script, 2, "2", 2, 9.7, 17.7);
        Assert.Equal(("1:2", 3), SoFar(script));
        Lap(script, 1, "1", 1, 9.9, 17.835);
        Assert.Equal(("1:2 2:1", 2), SoFar(script));
        script.Sign("h1").Ready("h2").Do(new Sanction("h2", "4", "DNS", "not there"));
        Lap(script, 1, "3", 2, 9.6, 17.7);
        Assert.Equal(("1:2 1:3 3:1", 1), SoFar(script));
        Assert.Empty(ResultsPublisher.Results(script.Meet, script.Meet.Document.Events[0]).Final);
        script.Sign("h2").Ready("h3");
        Lap(script, 1, "5", 3, 9.65, 17.56);
        script.Sign("h3");
        Assert.Equal(("1:5 2:2 2:3 4:1 :4", 0), SoFar(script));
    }

    [Fact]
    public void Where_all_start_together_nothing_stands_before_the_result()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2"], ["3"]])).Start("h1").Skate("1", 85_000).Skate("2", 86_000);
        Assert.Equal(("", 1), SoFar(script));
    }

    private static (string, int) SoFar(MeetScript script)
    {
        var plan = script.Meet.Document.Events[0];
        var table = ResultsPublisher.FinalTable(script.Meet, plan, ResultsPublisher.Rounds(script.Meet, plan));
        return (string.Join(' ', table.Rows.Select(row => $"{row.Rank}:{row.Bib}")), table.HeatsLeft);
    }

    [Fact]
    public void One_gun_for_both_and_a_chip_read_at_the_start_are_starts_too_TIM_6()
    {
        var gun = new MeetScript(MeetScript.TimeTrial([["1", "2"]])).Start("h1").PassAt("finish-1", "1", 18).PassAt("finish-2", "2", 18.5);
        Assert.Equal([18_000L, 18_500L], gun.Heat("h1").Rows.Select(row => row.TimeMs!.Value));

        var chip = new MeetScript(MeetScript.TimeTrial([["1", "2"]])).Ready("h1").PassAt("gate-1", "1", 3).PassAt("gate-2", "2", 4);
        chip.PassAt("finish-1", "1", 21).PassAt("finish-2", "2", 22.5);
        Assert.Equal([18_000L, 18_500L], chip.Heat("h1").Rows.Select(row => row.TimeMs!.Value));

        var office = new MeetScript(MeetScript.TimeTrial([["1", "2"]])).Ready("h1");
        office.Do(new StartHeat("h1", office.Time(3))).PassAt("finish-1", "1", 21).PassAt("finish-2", "2", 21.5);
        Assert.Equal([18_000L, 18_500L], office.Heat("h1").Rows.Select(row => row.TimeMs!.Value));
    }

    [Fact]
    public void A_gate_goes_before_the_chip_read_at_the_start_whichever_was_earlier()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1"]])).Ready("h1").PassAt("gate-1", "1", 2.99).Gate("gate-1", 3).PassAt("finish-1", "1", 21);
        Assert.Equal(18_000, script.Heat("h1").Row("1").TimeMs);
    }

    [Fact]
    public void A_gate_that_was_touched_is_struck_out_and_the_heat_waits_again()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1"]])).Ready("h1").Gate("gate-1", 2);
        var touched = Assert.Single(HeatStandings.PassingsOf(script.Meet, script.Meet.Heats["h1"]));
        script.Do(new VoidPassing("h1", touched.Passing.Passing.At));
        Assert.Equal(HeatStage.Armed, script.Heat("h1").State);
        script.Gate("gate-1", 30).PassAt("finish-1", "1", 48);
        Assert.Equal(18_000, script.Heat("h1").Row("1").TimeMs);
    }

    [Fact]
    public void A_gate_is_no_start_of_a_race_with_one_gun_and_stays_as_evidence()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2"]])).Ready("h1").Gate("start-1", 1);
        Assert.Equal(HeatStage.Armed, script.Heat("h1").State);
        Assert.Single(script.Meet.Heats["h1"].Run.Armings[^1].Starts);
    }

    /// <summary>300 m on 200 m: half a lap from the opposite side, then a full one (LAP-2); one gate, one line, one after the other.</summary>
    [Fact]
    public void Three_hundred_metres_alone_are_half_a_lap_and_a_lap_FMT_3_LAP_2()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1"]], 300, dual: false)).Ready("h1").Gate("start-1", 5);
        script.PassAt("split-1", "1", 5.1).Pass("1", 14.0).PassAt("split-1", "1", 22).Pass("1", 29.777);
        Assert.Equal(2, script.Heat("h1").Course.Laps);
        Assert.Equal(24_777, script.Heat("h1").Row("1").TimeMs);
        Assert.Equal([9_000L, 17_000L, 24_777L], script.Heat("h1").Row("1").Crossings.Points.Select(point => (long)point.Elapsed.TotalMilliseconds));
        Assert.Null(script.Heat("h1").Row("1").Lane);
        Assert.Equal(2, Race.Of(script.Meet, script.Meet.Heats["h1"]).Profile.FalseStarts);
    }

    [Fact]
    public void One_gate_opens_for_one_after_the_other_in_start_order_and_not_for_who_does_not_start()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1", "2", "3"]], dual: false)).Ready("h1").Do(new Sanction("h1", "2", "DNS", "called twice"));
        script.Gate("start-1", 5).Gate("start-1", 5.2).Gate("start-1", 35).Pass("1", 23).Pass("3", 53.5);
        Assert.Equal([("1", 18_000L), ("3", 18_500L)], script.Heat("h1").Rows.Take(2).Select(row => (row.Bib, row.TimeMs!.Value)));
    }

    [Fact]
    public void A_beam_at_his_own_line_times_a_skater_whose_chip_was_not_read_TIM_5()
    {
        var alone = new MeetScript(MeetScript.TimeTrial([["1"]])).Ready("h1").Gate("gate-1", 2).Gate("finish-2", 11).Gate("finish-1", 20.1);
        Assert.Equal((18_100L, Evidence.Photocell), (alone.Heat("h1").Row("1").TimeMs!.Value, alone.Heat("h1").Row("1").Evidence));

        // Beside another, who breaks the same beam half-way, it is his only with his chip.
        var two = new MeetScript(MeetScript.TimeTrial([["1", "2"]])).Ready("h1").Gate("gate-1", 2).Gate("gate-2", 2);
        two.Gate("finish-2", 11).PassAt("finish-2", "2", 20.49).Gate("finish-2", 20.5);
        Assert.Equal((18_500L, Evidence.Photocell), (two.Heat("h1").Row("2").TimeMs!.Value, two.Heat("h1").Row("2").Evidence));
    }

    [Fact]
    public void In_a_bunch_a_beam_names_nobody_and_the_transponders_stand_TIM_5()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2", "3"]], distanceM: 200)).Start("h1");
        script.Pass("1", 20.000).Gate("finish-1", 20.012).Pass("2", 20.5).Pass("3", 20.55).Gate("finish-1", 20.51);
        Assert.Equal(
            [("1", 20_012L, Evidence.Photocell), ("2", 20_500L, Evidence.Transponder), ("3", 20_550L, Evidence.Transponder)],
            script.Heat("h1").Rows.Select(row => (row.Bib, row.TimeMs!.Value, row.Evidence)));
    }

    [Fact]
    public void Times_alone_send_on_QUA_10_and_places_of_a_photo_finish_over_two_lines_decide_nothing()
    {
        var script = new MeetScript(MeetScript.TimeTrial(
            [["1", "2"], ["3", "4"]], advance: new AdvanceRule(0, 2), later: [MeetScript.Final()])).Ready("h1");
        Lap(script, 1, "1", 2, 9, 18.1);
        Lap(script, 2, "2", 3, 9, 17.9);
        script.Hear(new FinishRead
        {
            Source = "photo", Heat = "h1", Revision = 1,
            Rows = [new("1", 1, TimeSpan.FromSeconds(18.11), "OK"), new("2", 2, TimeSpan.FromSeconds(17.91), "OK")],
        });
        Assert.Equal("2,1", Order(script, "h1"));
        script.Sign("h1").Ready("h2");
        Lap(script, 1, "3", 2, 9, 18.0);
        Lap(script, 2, "4", 2, 9, 17.8);
        script.Sign("h2");
        Assert.Equal(["4", "2"], script.Round().Entrants.Where(entrant => entrant.Advances).Select(entrant => entrant.Skater.Bib));
        Assert.All(script.Round().Entrants.Where(entrant => entrant.Advances), entrant => Assert.Equal("q", entrant.Mark));
    }

    /// <summary>Four go on, and the fourth and fifth are equal: five for two heats of two lines make a third heat, and the fastest skates alone.</summary>
    [Fact]
    public void A_tie_at_the_cut_makes_one_heat_more_where_there_are_only_two_lines_QUA_5_SED_4()
    {
        var script = new MeetScript(MeetScript.TimeTrial(
            [["1", "2"], ["3", "4"], ["5", "6"]], advance: new AdvanceRule(0, 4), later: [MeetScript.Final(2, "slowestFirst")]));
        double[] times = [17.1, 17.2, 17.3, 17.4, 17.4, 17.6];
        for (var heat = 0; heat < 3; heat++)
        {
            script.Ready($"h{heat + 1}");
            for (var line = 1; line <= 2; line++)
                Lap(script, line, $"{2 * heat + line}", line, 9, times[2 * heat + line - 1]);
            script.Sign($"h{heat + 1}");
        }
        script.Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        // 5 won his heat, 4 did not.
        Assert.Equal(["5 4", "2 3", "1"], script.Meet.HeatsOf("e", "final").Select(heat => string.Join(' ', heat.Bibs)));
    }

    [Fact]
    public void Who_left_the_start_and_never_came_back_did_not_finish_and_who_never_left_did_not_start()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1", "2"]])).Ready("h1").Gate("gate-1", 2).Do(new FinishHeat("h1"));
        Assert.Equal([("1", "DNF"), ("2", "DNS")], script.Heat("h1").Rows.Select(row => (row.Bib, row.Status!)));
    }

    /// <summary>Gates, chips at the start, beams, both ankles, some of them missing: the result is one of the set.</summary>
    [Fact]
    public void The_order_of_arrival_does_not_matter_against_the_clock_either() =>
        Gen.Select(Gen.Double[17, 20], Gen.Double[17, 20], Gen.Bool.Array[14], Gen.Int[0, int.MaxValue]).Sample((first, second, missing, seed) =>
        {
            var straight = new MeetScript(MeetScript.TimeTrial([["1", "2"]])).Ready("h1");
            TrackFact[] all =
            [
                straight.GateAt("gate-1", 2), straight.GateAt("gate-2", 3), straight.GateAt("gate-1", 2.1),
                straight.Passing("1", 2.01) with { Source = "gate-1" }, straight.Passing("2", 2.99) with { Source = "gate-2" },
                straight.Passing("1", 11) with { Source = "finish-2" }, straight.Passing("2", 11.8) with { Source = "finish-1" },
                straight.Passing("1", 2 + first) with { Source = "finish-1" }, straight.Passing("1", 2.04 + first, "b") with { Source = "finish-1" },
                straight.Passing("2", 3 + second) with { Source = "finish-2" }, straight.Passing("2", 3.03 + second, "b") with { Source = "finish-2" },
                straight.GateAt("finish-1", 2.01 + first), straight.GateAt("finish-2", 3.01 + second),
                new SignalGiven { Source = "start-1", Kind = SignalKind.Gun, Time = straight.Time(1) },
            ];
            var facts = all.Where((_, i) => !missing[i] || i % 3 == 0).ToArray();
            foreach (var fact in facts)
                straight.Hear(fact);
            var mixed = new MeetScript(MeetScript.TimeTrial([["1", "2"]])).Ready("h1");
            new Random(seed).Shuffle(facts);
            foreach (var fact in facts.Concat(facts.Take(3)))
                mixed.Hear(fact);
            Assert.Equal(Shown(straight), Shown(mixed));
        }, iter: 300);

    private static string Shown(MeetScript script) => string.Join('\n', script.Heat("h1").Rows
        .Select(row => $"{row.Bib} {row.Rank} {row.TimeMs} {row.Status} {row.Evidence} {row.OwnStart} {row.Crossings.Last?.Elapsed}")
        .Prepend($"{script.Heat("h1").State}"));

    /// <summary>The venue has two lines, and the event is skated from one of them: nobody has a line of his own.</summary>
    [Fact]
    public void An_event_may_use_one_line_of_a_track_that_has_two_LAP_3()
    {
        var two = new MeetScript(MeetScript.TimeTrial([["1", "2"]])).Ready("h1");
        Assert.Equal([1, 2], two.Heat("h1").Rows.Select(row => row.Lane));
        var one = new MeetScript(MeetScript.TimeTrial([["1", "2"]], rules: new RuleDocument { Lines = 1 })).Ready("h1");
        Assert.All(one.Heat("h1").Rows, row => Assert.Null(row.Lane));
        Assert.Equal((2, 1), (Race.LinesOf(two.Meet, two.Meet.Document.Events[0]), Race.LinesOf(one.Meet, one.Meet.Document.Events[0])));
    }

    /// <summary>50 m after line 1 is 150 m after line 2, half a lap on. A finish that says no line is one for whoever comes there.</summary>
    [Fact]
    public void A_split_is_as_far_from_ones_own_line_as_it_is_and_a_finish_without_a_line_is_everybodys_LAP_3()
    {
        var document = MeetScript.TimeTrial([["1", "2"]]);
        var script = new MeetScript(document with { Sources = document.Sources.Add(new("split-50", SourceRole.Split, 50)) }).Ready("h1");
        script.Gate("gate-1", 2).Gate("gate-2", 2).PassAt("split-50", "1", 6).PassAt("split-50", "2", 16).PassAt("photo", "1", 20).PassAt("photo", "2", 20.5);
        Assert.Equal([50m, null], script.Heat("h1").Row("1").Crossings.Points.Select(point => point.AtM));
        Assert.Equal([150m, null], script.Heat("h1").Row("2").Crossings.Points.Select(point => point.AtM));
        Assert.Equal((18_000L, 18_500L), (script.Heat("h1").Row("1").TimeMs, script.Heat("h1").Row("2").TimeMs));
    }

    [Fact]
    public void Whom_the_jury_puts_on_one_place_share_it_against_the_clock_too_TIM_11()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1", "2"]])).Ready("h1");
        Lap(script, 1, "1", 2, 9, 18.1);
        Lap(script, 2, "2", 3, 9, 17.9);
        Assert.Equal([1, 1], script.Do(new SetFinishOrder("h1", [["1", "2"]])).Heat("h1").Rows.Select(row => row.Rank!.Value));
    }

    /// <summary>
    /// 300 m at two lines, 200 m a lap: half a lap to the own line, then a whole one. 2 stands behind the other's line, and her chip is read there at once.
    /// <code>
    /// gate 2 at 3.0   3.2 finish-1: where she starts   12.0 finish-2: 100 m, 9.000   20.0 finish-1: 200 m, 17.000   28.0 finish-2: 25.000
    /// </code>
    /// </summary>
    [Fact]
    public void With_a_part_lap_each_of_two_ends_at_his_own_line_too_LAP_2_LAP_3()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1", "2"]], 300)).Ready("h1").Gate("gate-1", 2).Gate("gate-2", 3);
        script.PassAt("finish-1", "2", 3.2).PassAt("finish-2", "2", 12).PassAt("finish-1", "2", 20).PassAt("finish-2", "2", 28);
        Assert.Equal([9_000L, 17_000L, 25_000L], script.Heat("h1").Row("2").Crossings.Points.Select(point => (long)point.Elapsed.TotalMilliseconds));
        Assert.Equal(25_000, script.Heat("h1").Row("2").TimeMs);
    }

    /// <summary>2 is home in 18.000, 1 falls; 3 has started and 4 waits: so far one has a time.</summary>
    [Fact]
    public void Only_who_has_a_time_stands_in_the_round_so_far_LAP_4()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1", "2"], ["3", "4"]])).Ready("h1").Gate("gate-1", 2);
        Lap(script, 2, "2", 2, 9, 18);
        script.Do(new FinishHeat("h1")).Sign("h1").Ready("h2").Gate("gate-1", 2);
        Assert.Equal([("1", "DNF"), ("2", "OK")], script.Heat("h1").Rows.Select(row => (row.Bib, row.Status!)).Order());
        Assert.Equal([(1, "2")], FinalRanking.SoFar([script.Round()]).Select(place => (place.Rank!.Value, place.Skater.Bib)));
    }
}
