using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules.LongRaces;

/// <summary>What a speaker is told of a race of many laps, and what not.</summary>
public sealed class LongRaceHighlightTests
{
    /// <summary>Every line of a meet, in order, as the loop would make them.</summary>
    private static List<HighlightLine> Lines(MeetScript script)
    {
        var lines = new List<HighlightLine>();
        var venue = Venue.Empty;
        foreach (var recorded in script.Journal)
        {
            var next = VenueFold.Apply(venue, recorded);
            if (venue.Find(MeetScript.MeetId) is { } before && next.Find(MeetScript.MeetId) is { } after)
                lines.AddRange(Highlights.Between(before, after, "h1").Select(highlight => HighlightWords.Line(after, highlight, recorded.At)));
            venue = next;
        }
        return lines;
    }

    private static string[] Texts(MeetScript script, params string[] kinds) =>
        [.. Lines(script).Where(line => kinds.Length == 0 || kinds.Contains(line.Kind)).Select(line => line.Text.Replace("Given FAMILY", "", StringComparison.Ordinal).Replace(" (COL)", "", StringComparison.Ordinal))];

    [Fact]
    public void A_points_race_tells_each_sprint_the_leader_on_points_and_the_winner()
    {
        // 4 to go: B 2, A 1. 2 to go: C 2, B 1 (B leads with 3 as before). Finish: D 3, A 2, B 1: B wins on 4.
        var script = new MeetScript(MeetScript.Race("points", [Laps.Bibs("A B C D")], 2000, new RuleDocument { Sprints = new SprintsDocument(FromM: 1000) }))
            .Start("h1").EachLap(1, 5, "A B C D").EachLap(6, 7, "B A C D").EachLap(8, 9, "C B A D").Lap(10, "D A B C").Sprint(2, "C A");
        Assert.Equal(
            [
                "They are off.", "Sprint with 4 laps to go: B 2, A 1.", "Sprint with 2 laps to go: C 2, B 1.", "Last lap; C leads.",
                "Last sprint: D 3, A 2, B 1.", "B wins with 4 points (not official).", "Fastest lap of the heat: 18.500 by D on lap 10.",
                "Sprint with 2 laps to go: C 2, A 1 (judges).",
            ], Texts(script));
    }

    [Fact]
    public void A_new_leader_on_points_is_told_at_the_sprint_that_made_her()
    {
        var script = new MeetScript(MeetScript.Race("points", [Laps.Bibs("A B C")], 2000, new RuleDocument { Sprints = new SprintsDocument(FromM: 1000) }))
            .Start("h1").EachLap(1, 6, "A B C").EachLap(7, 8, "B C A");
        Assert.Equal(["B now leads with 3 points."], Texts(script, "points-lead"));
    }

    [Fact]
    public void An_elimination_tells_who_is_out_and_who_just_stayed_in()
    {
        var script = new MeetScript(MeetScript.Race("elimination", [Laps.Bibs("1 2 3 4 5")], 2000, Laps.Eliminate(3)))
            .Start("h1").EachLap(1, 8, "1 2 3 4 5").Out(2, "5").Lap(9, "2 3 1 4").Out(1, "4").Lap(10, "3 1 2");
        Assert.Equal(
            [
                "They are off.", "5 is out: 5th.", "Last lap; 2 leads.", "4 is out: 4th.", "3 are left to skate for it; 1 was the last of them.",
                "3 first over the line in 3:20.000 (not official).", "Fastest lap of the heat: 19.500 by 3 on lap 9.",
            ], Texts(script));
    }

    [Fact]
    public void Out_by_a_fall_says_so()
    {
        var script = new MeetScript(MeetScript.Race("elimination", [Laps.Bibs("1 2 3 4 5")], 2000, Laps.Eliminate(3)))
            .Start("h1").EachLap(1, 3, "1 2 3 4 5").Do(new Eliminate("h1", ["2"], 7, "fall"));
        Assert.Equal(["2 is out (fall): 5th."], Texts(script, "eliminated"));
    }

    [Fact]
    public void A_race_of_fifty_laps_with_a_new_leader_on_each_tells_one_a_kilometre()
    {
        var script = new MeetScript(MeetScript.Race("massStart", [Laps.Bibs("A B C")], 10_000)).Start("h1");
        for (var lap = 1; lap <= 50; lap++)
            script.Lap(lap, (lap % 3) switch { 0 => "A B C", 1 => "B C A", _ => "C A B" });
        var lines = Lines(script);
        // 50 new leaders; told at 1000, 2000 … 9000 m.
        Assert.Equal(9, lines.Count(line => line.Kind == "lead"));
        Assert.Equal(["started", "last-lap", "won", "best-lap"], lines.Where(line => line.Kind != "lead").Select(line => line.Kind));
    }

    [Fact]
    public void Who_is_lapped_is_told_once_and_a_missed_reading_is_no_lap_behind()
    {
        var script = new MeetScript(MeetScript.Race("massStart", [Laps.Bibs("A B C")], 2000)).Start("h1");
        for (var lap = 1; lap <= 10; lap++)
        {
            script.Pass("A", lap * 20);
            if (lap != 3)
                script.Pass("B", lap * 20 + 0.5);
            if (lap % 2 == 0)
                script.Pass("C", lap * 14.9);
        }
        Assert.Equal(["C is lapped."], Texts(script, "lapped"));
    }

    /// <summary>B leads on the fifth lap alone, which ends the first kilometre; A leads all the others.</summary>
    [Fact]
    public void Who_leads_at_the_very_kilometre_is_told()
    {
        var script = new MeetScript(MeetScript.Race("massStart", [Laps.Bibs("A B")], 2000)).Start("h1").EachLap(1, 4, "A B").Lap(5, "B A").EachLap(6, 8, "A B");
        Assert.Contains("B ", Assert.Single(Texts(script, "lead")));
    }

    /// <summary>B wins on points; over the line D was half a second before A.</summary>
    [Fact]
    public void The_camera_tells_who_was_first_over_the_line_and_not_on_points_TIM_5()
    {
        var script = new MeetScript(MeetScript.Race("points", [Laps.Bibs("A B D")], 2000, new RuleDocument { Sprints = new SprintsDocument(FromM: 1000) }))
            .Start("h1").EachLap(1, 9, "B A D").Lap(10, "D A B").Hear(new FinishRead
            {
                Source = "photo", Heat = "h1", Revision = 1,
                Rows = [new("D", 1, TimeSpan.FromSeconds(200), "OK"), new("A", 2, TimeSpan.FromSeconds(200.5), "OK"), new("B", 3, TimeSpan.FromSeconds(201), "OK")],
            });
        Assert.Equal("B", script.Heat("h1").Rows[0].Bib);
        Assert.Equal(["Photo finish: D before A by 0.500."], Texts(script, "photo-finish"));
    }
}
