using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using Xunit;

namespace LiveSkate.Core.Tests.Rules.LongRaces;

/// <summary>LAP-8, BRD-1: a breakaway is across the line when her race ends there. The board goes on with who leads now. Ten laps of 200 m.</summary>
public sealed class LeaderOutTests
{
    private static MeetScript Start(string format, string bibs, RuleDocument rules) =>
        new MeetScript(MeetScript.Race(format, [Laps.Bibs(bibs)], 2000, rules)).Start("h1");

    private static HeatHeader Board(MeetScript script) => HeatPublisher.Header(script.Meet, script.Heat("h1"));

    /// <summary>A has four to go, where there are points, and falls; the field is on its way there.</summary>
    [Fact]
    public void The_sprint_that_the_field_comes_to_is_the_next_and_the_bell_rings_for_it_LAP_8()
    {
        var script = Start("points", "A B C D", new RuleDocument { Sprints = new SprintsDocument(FromM: 1000) }).EachLap(1, 5, "A B C D").Pass("A", 118);
        Assert.Equal((4, 2, false), (Board(script).LapsToGo, Board(script).NextSprint, Board(script).Bell));
        script.Do(new Sanction("h1", "A", "DNF", "fell"));
        Assert.Equal((5, 4, true), (Board(script).LapsToGo, Board(script).NextSprint, Board(script).Bell));
    }

    /// <summary>Seven, three survivors: one out with 4, 3, 2 and 1 to go. A has three to go and falls; of six left three go, and the field comes to 3 to go.</summary>
    [Fact]
    public void The_elimination_that_the_field_comes_to_is_the_next_LAP_8_ELI_7()
    {
        var script = Start("elimination", "1 2 3 4 5 6 7", Laps.Eliminate(3)).EachLap(1, 6, "1 2 3 4 5 6 7").Pass("1", 138).Do(new Sanction("h1", "1", "DNF", "fell"));
        Assert.Equal((4, 3), (Board(script).LapsToGo, Board(script).NextElimination));
        Assert.Equal(["7"], script.Heat("h1").Rows.Where(row => row.InDanger).Select(row => row.Bib));
    }

    /// <summary>Two false starts: she is the last, and no laps behind in a race that she was not in.</summary>
    [Fact]
    public void Who_is_disqualified_at_the_start_is_the_last_and_no_laps_behind_INC_2()
    {
        var script = new MeetScript(MeetScript.Race("points", [["A", "B"]], 2000)).Do(new OpenHeat("h1"));
        script.Do(new Sanction("h1", "A", "FS", "early")).Do(new Sanction("h1", "A", "FS", "early again")).Do(new ArmHeat("h1")).Gun(MeetScript.Noon).EachLap(1, 10, "B");
        Assert.Equal("2 A DSQ-TF 0p", script.Ranks()[1]);
    }

    /// <summary>D and B are 10 ms apart: 3 and 2 points by the loops, and by the camera the other way round.</summary>
    [Fact]
    public void The_camera_gives_the_points_of_the_last_sprint_the_other_way_round_PTS_5_TIM_5()
    {
        var script = Start("points", "A B D", new RuleDocument { Sprints = new SprintsDocument(FromM: 1000) }).EachLap(1, 9, "A B D").Pass("D", 200).Pass("B", 200.01).Pass("A", 201);
        Assert.Equal(("D3 B2 A1", true), (Last(script), script.Heat("h1").Sprints[^1].Unresolved));
        script.Hear(new FinishRead
        {
            Source = "photo", Heat = "h1", Revision = 1,
            Rows = [new("B", 1, TimeSpan.FromSeconds(200.003), "OK"), new("D", 2, TimeSpan.FromSeconds(200.004), "OK"), new("A", 3, TimeSpan.FromSeconds(201), "OK")],
        });
        Assert.Equal(("B3 D2 A1", false), (Last(script), script.Heat("h1").Sprints[^1].Unresolved));

        static string Last(MeetScript script) => string.Join(' ', script.Heat("h1").Sprints[^1].Scores.Select(score => $"{score.Bib}{score.Points}"));
    }
}
