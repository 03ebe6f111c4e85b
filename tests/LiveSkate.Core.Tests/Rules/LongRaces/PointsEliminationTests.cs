using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules.LongRaces;

/// <summary>
/// FMT-10, PEL-1, PEL-2. Ten laps, five starters, three survivors. Sprints at 4, 2 and 0 to go, eliminations between them at 3 and 1.
/// <code>
/// lap       1–5         6 (4 to go)   7 (3 to go)   8 (2 to go)   9 (1 to go)   10 (finish)
/// order     A B C D E   E A B C D     A B C D E     A D B C       A B C D       C B A
/// points                E 2, A 1                    A 2, D 1                    C 3, B 2, A 1
/// out                                 E: 5th                      D: 4th
/// totals                                            A 3, E 2, D 1               A 4, C 3, B 2; E 2 and D 1 for information
/// </code>
/// A wins although third over the line; C before B.
/// </summary>
public sealed class PointsEliminationTests
{
    private static MeetScript Start() =>
        new MeetScript(MeetScript.Race("pointsElimination", [Laps.Bibs("A B C D E")], 2000, new RuleDocument { Elimination = new EliminationDocument(Survivors: 3) }))
            .Start("h1");

    private static MeetScript Raced() => Start()
        .EachLap(1, 5, "A B C D E").Lap(6, "E A B C D").Lap(7, "A B C D E").Out(3, "E").Lap(8, "A D B C").Lap(9, "A B C D").Out(1, "D").Lap(10, "C B A");

    [Fact]
    public void The_survivors_by_points_then_the_eliminated_from_the_back_whatever_they_won_PEL_2() =>
        Assert.Equal(["1 A OK 4p", "2 C OK 3p", "3 B OK 2p", "4 D EL 1p", "5 E EL 2p"], Raced().Ranks());

    [Fact]
    public void Points_and_eliminations_take_turns_PEL_1()
    {
        var script = Start().EachLap(1, 5, "A B C D E");
        var header = HeatPublisher.Header(script.Meet, script.Heat("h1"));
        Assert.Equal((5, 4, 3), (header.LapsToGo, header.NextSprint, header.NextElimination));
        script.Lap(6, "E A B C D");
        header = HeatPublisher.Header(script.Meet, script.Heat("h1"));
        Assert.Equal((4, 2, 3, true), (header.LapsToGo, header.NextSprint, header.NextElimination, header.Bell));
    }

    [Fact]
    public void Danger_goes_by_the_place_on_the_track_and_not_by_points()
    {
        var script = Start().EachLap(1, 5, "A B C D E").Lap(6, "E A B C D");
        Assert.Equal(["D"], script.Heat("h1").Rows.Where(row => row.InDanger).Select(row => row.Bib));
        script.Lap(7, "A B C D E");
        Assert.Equal(["E"], script.Heat("h1").Ahead.Proposed.Single().Bibs);
        Assert.Equal("1 E racing 2p", script.Ranks()[0]);
    }

    [Fact]
    public void Who_is_out_and_rolls_on_scores_no_more()
    {
        var script = Start().EachLap(1, 5, "A B C D E").Lap(6, "E A B C D").Lap(7, "A B C D E").Out(3, "E").Lap(8, "E A D B C");
        Assert.Equal((2, 2, 1), (script.Row("E").Points, script.Row("A").Points - 1, script.Row("D").Points));
    }

    /// <summary>A sprint was judged and E was out when they fell and were called back: all five skate again from nothing.</summary>
    [Fact]
    public void A_recall_gives_back_who_was_out_and_takes_the_points_INC_3()
    {
        var script = Start().EachLap(1, 5, "A B C D E").Lap(6, "E A B C D").Sprint(4, "E A").Lap(7, "A B C D E").Out(3, "E")
            .Do(new RecallHeat("h1", null)).Do(new ArmHeat("h1")).Do(new StartHeat("h1", MeetScript.Noon.AddHours(1)));
        Assert.Equal(["A", "B", "C", "D", "E"], script.Heat("h1").Rows.Where(row => row is { Status: null, Points: 0 }).Select(row => row.Bib));
    }

    [Fact]
    public void Equal_points_of_two_survivors_go_by_the_order_over_the_line_PEL_2()
    {
        var script = Raced().Sprint(0, "C");
        // A 3, C 3, B 0: C was over the line before A.
        Assert.Equal(["1 C OK 3p", "2 A OK 3p", "3 B OK 0p"], script.Ranks().Take(3));
    }

    /// <summary>E wins the sprint with 4 to go and is taken out there: what she won on that lap is hers, what comes after is not.</summary>
    [Fact]
    public void Who_goes_out_on_the_lap_of_a_sprint_keeps_what_she_won_there_PEL_2_PTS_1()
    {
        var script = Start().EachLap(1, 5, "A B C D E").Lap(6, "E A B C D").Do(new Eliminate("h1", ["E"], 4, "fault")).EachLap(7, 8, "E A B C D");
        Assert.Equal(["4: E2 A1", "2: A2 B1"],
            script.Heat("h1").Sprints.Select(sprint => $"{sprint.LapsToGo}: {string.Join(' ', sprint.Scores.Select(score => $"{score.Bib}{score.Points}"))}"));
    }
}
