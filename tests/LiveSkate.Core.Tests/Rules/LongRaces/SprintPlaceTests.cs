using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Rules.LongRaces;
using Xunit;

namespace LiveSkate.Core.Tests.Rules.LongRaces;

/// <summary>
/// PTS-1, PTS-2, PTS-5: the places of one sprint. Ten laps of 200 m, sprints at 4 and 2 to go (2 and 1 points) and at the finish (3, 2 and 1).
/// </summary>
public sealed class SprintPlaceTests
{
    private static MeetScript Start(string bibs = "A B C D", SprintsDocument? sprints = null) =>
        new MeetScript(MeetScript.Race("points", [Laps.Bibs(bibs)], 2000, new RuleDocument { Sprints = sprints ?? new SprintsDocument(FromM: 1000) })).Start("h1");

    private static string Scores(MeetScript script, int lapsToGo) =>
        string.Join(' ', script.Heat("h1").Sprints.Single(sprint => sprint.LapsToGo == lapsToGo).Scores.Select(score => $"{score.Bib}{score.Points}").Order());

    private static SprintStanding At(MeetScript script, int lapsToGo) => script.Heat("h1").Sprints.Single(sprint => sprint.LapsToGo == lapsToGo);

    [Fact]
    public void A_sprint_is_open_until_its_places_are_taken_whoever_is_still_on_the_way_PTS_5()
    {
        var script = Start().EachLap(1, 5, "A B C D").Lap(6, "B");
        Assert.False(At(script, 4).Complete);
        // Two places, two across: C and D can win nothing there.
        Assert.True(At(script.Lap(6, "B A"), 4).Complete);
    }

    [Fact]
    public void A_sprint_with_a_place_that_nobody_can_take_any_more_is_complete()
    {
        var script = Start("A B").EachLap(1, 5, "A B").Lap(6, "A");
        Assert.False(At(script, 4).Complete);
        Assert.True(At(script.Do(new Sanction("h1", "B", "DNF", "fell")), 4).Complete);
    }

    /// <summary>Three level on the last place that scores: 2, then 1 for each. Two level on the first: 2 for each and nothing for the next.</summary>
    [Theory]
    [InlineData(120.0, 120.3, 120.3, 120.3, "A2 B1 C1 D1"), InlineData(120.0, 120.0, 120.5, 121.0, "A2 B2"), InlineData(121.0, 120.5, 120.0, 120.0, "C2 D2")]
    public void All_who_cross_a_sprint_in_the_same_instant_score_alike_RNK_1(double a, double b, double c, double d, string scores) =>
        Assert.Equal(scores, Scores(Start().EachLap(1, 5, "A B C D").Pass("A", a).Pass("B", b).Pass("C", c).Pass("D", d), 4));

    /// <summary>5 ms between the first two; then between the last who scores and the first who does not, who stands behind in the list.</summary>
    [Theory]
    [InlineData(120.0, 120.005, 121.0, 122.0, true), InlineData(120.0, 120.3, 121.0, 120.305, true), InlineData(120.0, 120.3, 121.0, 121.005, false)]
    public void A_sprint_is_unresolved_wherever_points_hang_on_a_few_milliseconds_TIM_5(double a, double b, double c, double d, bool unresolved) =>
        Assert.Equal(unresolved, At(Start().EachLap(1, 5, "A B C D").Pass("A", a).Pass("B", b).Pass("C", c).Pass("D", d), 4).Unresolved);

    /// <summary>3, 2 and 1: two winners have 3 and the third place is 1; two seconds have 2 and there is no third.</summary>
    [Theory]
    [InlineData("D=A B C", "A3 B1 D3"), InlineData("D A=B C", "A2 B2 D3"), InlineData("D A B=C", "A2 B1 C1 D3")]
    public void A_dead_heat_at_the_finish_scores_alike_and_skips_the_next_place_RNK_1(string order, string scores)
    {
        var script = Start().EachLap(1, 10, "A B C D").Do(new SetFinishOrder("h1", [.. order.Split(' ').Select(group => System.Collections.Immutable.ImmutableArray.Create(group.Split('=')))]));
        Assert.Equal(scores, Scores(script, 0));
    }

    [Fact]
    public void The_judges_finish_order_is_their_word_on_the_last_sprint_and_on_no_other_PTS_5()
    {
        var script = Start().EachLap(1, 10, "A B C D").Do(new SetFinishOrder("h1", [["B"], ["A"], ["C"], ["D"]]));
        Assert.Equal([(4, false), (2, false), (0, true)], script.Heat("h1").Sprints.Select(sprint => (sprint.LapsToGo, sprint.Judged)));
    }

    /// <summary>D is first over the line, A second, B third; C is given up by the judges. Who is disqualified leaves her place empty.</summary>
    [Fact]
    public void Who_is_disqualified_after_the_finish_keeps_her_place_there_and_nobody_moves_up_before_the_judges_say_so_PTS_5()
    {
        var script = Start().EachLap(1, 9, "A B C D").Lap(10, "D A B").Do(new Sanction("h1", "C", "DNF", "fell")).Do(new Sanction("h1", "D", "DSQ-SF", "pushed"));
        Assert.Equal("A2 B1 D3", Scores(script, 0));
        Assert.Equal("A3 B2", Scores(script.Sprint(0, "A B"), 0));
    }

    /// <summary>Of three only A and B cross the line: 3 and 2, and the third place is nobody's.</summary>
    [Theory]
    [InlineData(false), InlineData(true)]
    public void Who_is_disqualified_and_did_not_finish_has_no_place_at_the_finish(bool overTheLine)
    {
        var script = Start("A B C").EachLap(1, 9, "A B C").Lap(10, "A B");
        if (overTheLine)
            script.Lap(10, "A B C").Do(new Sanction("h1", "C", "DNF", "carried over the line"));
        script.Do(new Sanction("h1", "C", "DSQ-SF", "pushed"));
        Assert.Equal("A3 B2", Scores(script, 0));
    }

    /// <summary>Announced at 9, 1 and 1 to go; all ten laps to go is the start, and the finish is one in any case.</summary>
    [Fact]
    public void Each_sprint_is_skated_once_and_none_at_the_start_PTS_2() =>
        Assert.Equal([9, 1, 0], Schedule(new SprintPlan { AtLapsToGo = [1, 10, 9, 1, 0] }));

    /// <summary>Six laps of 200 m are 1200 m: with 4 to go. With a metre more of free distance the first is with 2 to go.</summary>
    [Theory]
    [InlineData(1200, 4), InlineData(1201, 2)]
    public void A_sprint_at_the_very_end_of_the_free_distance_counts_FMT_20(int free, int first) =>
        Assert.Equal(first, Schedule(new SprintPlan { FromM = free })[0]);

    private static IReadOnlyList<int> Schedule(SprintPlan plan) => SprintSchedule.LapsToGo(plan, Course.Of(2000, 200, new FormatProfile("points")));

    /// <summary>20 ms are enough, between the first two as between the last who scores and the next.</summary>
    [Theory]
    [InlineData(120.0, 120.019, 121.0, 122.0, true), InlineData(120.0, 120.02, 121.0, 122.0, false), InlineData(120.0, 120.5, 120.52, 122.0, false)]
    public void Twenty_milliseconds_at_a_sprint_are_told_apart_TIM_5(double a, double b, double c, double d, bool unresolved) =>
        Assert.Equal(unresolved, At(Start().EachLap(1, 5, "A B C D").Pass("A", a).Pass("B", b).Pass("C", c).Pass("D", d), 4).Unresolved);

    /// <summary>D was 5 ms behind B there; C, who was slower at the sprint, has gone by since and stands before D.</summary>
    [Fact]
    public void Who_was_close_at_a_sprint_is_not_forgotten_when_others_have_gone_by_TIM_5()
    {
        var script = Start().EachLap(1, 5, "A B C D").Pass("A", 120).Pass("B", 120.3).Pass("C", 121).Pass("D", 120.305).Pass("C", 140);
        Assert.Equal("D", script.Heat("h1").Rows[^1].Bib);
        Assert.True(At(script, 4).Unresolved);
    }

    [Fact]
    public void A_place_that_is_worth_nothing_is_no_score_PTS_1() =>
        Assert.Equal("A2", Scores(Start(sprints: new SprintsDocument(FromM: 1000, Points: [2, 0])).EachLap(1, 6, "A B C D"), 4));

    /// <summary>
    /// By the loops C is a lap down: lap 3 was not read. She crosses the line third. Whoever saw her there, camera or jury, gives her the point; nobody
    /// did: none. A row of the camera's without a place is no place.
    /// </summary>
    [Theory]
    [InlineData(3, false, "A3 B2 C1"), InlineData(null, false, "A3 B2"), InlineData(0, false, "A3 B2"), InlineData(null, true, "A3 B2")]
    public void Who_is_lapped_scores_at_the_finish_where_the_camera_saw_her_place_TIM_5_PTS_3(int? placeOfC, bool juryOfOthers, string scores)
    {
        var script = Start("A B C");
        for (var lap = 1; lap <= 10; lap++)
            script.Lap(lap, lap == 3 ? "A B" : "A B C");
        if (juryOfOthers)
            script.Do(new SetFinishOrder("h1", [["A"], ["B"]]));
        else
            script.Hear(new FinishRead
            {
                Source = "photo", Heat = "h1", Revision = 1,
                Rows =
                [
                    new("A", 1, TimeSpan.FromSeconds(200), "OK"), new("B", 2, TimeSpan.FromSeconds(200.5), "OK"),
                    .. placeOfC is { } place ? [new FinishRow("C", place == 0 ? null : place, TimeSpan.FromSeconds(201), "OK")] : (FinishRow[])[],
                ],
            });
        Assert.Equal(1, script.Row("C").LapsDown);
        Assert.Equal(scores, Scores(script, 0));
    }

    /// <summary>The camera's list has D as not finished; the jury saw her win, and then disqualified her. Her place at the sprint stays hers.</summary>
    [Fact]
    public void Whom_the_jury_placed_had_finished_whatever_the_camera_wrote_PTS_5()
    {
        var script = Start().EachLap(1, 10, "D A B C").Hear(new FinishRead { Source = "photo", Heat = "h1", Revision = 1, Rows = [new("D", null, null, "DNF")] });
        script.Do(new SetFinishOrder("h1", [["D"], ["A"], ["B"], ["C"]])).Do(new Sanction("h1", "D", "DSQ-SF", "pushed"));
        Assert.Equal("A2 B1 D3", Scores(script, 0));
    }

    /// <summary>Where nothing else is said: 1000 m are five laps, so with all laps a sprint the first is with 5 to go. Every third lap: 3 to go.</summary>
    [Fact]
    public void Nobody_scores_before_the_thousandth_metre_unless_the_event_says_so_FMT_20_PTS_2()
    {
        Assert.Equal(5, Schedule(new SprintPlan { EveryLaps = 1 })[0]);
        Assert.Equal([3, 0], Schedule(new SprintPlan().With(new SprintsDocument(EveryLaps: 3))));
    }

    /// <summary>C was never read and has a time of the jury, before all others; ten laps behind, it wins no sprint, and no more once she is disqualified.</summary>
    [Fact]
    public void A_time_without_the_laps_wins_no_points_and_a_disqualification_gives_it_none()
    {
        var script = Start().EachLap(1, 9, "A B D").Lap(10, "D A B").Do(new SetTime("h1", "C", 190_000, "video"));
        var points = script.Heat("h1").Sprints[^1].Scores;
        Assert.Equal([("D", 3), ("A", 2), ("B", 1)], points.Select(score => (score.Bib, score.Points)));
        script.Do(new Sanction("h1", "C", "DSQ-SF", "pushed"));
        Assert.Equal(points, script.Heat("h1").Sprints[^1].Scores);
    }
}
