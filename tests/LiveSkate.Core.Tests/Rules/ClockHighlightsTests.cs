using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>What is said aloud of races against the clock and of teams.</summary>
public sealed class ClockHighlightsTests
{
    private static string[] Said(MeetScript script, string heat, Action<MeetScript> act)
    {
        var before = script.Meet;
        act(script);
        return [.. Highlights.Between(before, script.Meet, heat).Select(highlight => HighlightWords.Line(script.Meet, highlight, 1)).Select(line => $"{line.Kind}: {line.Text}")];
    }

    [Fact]
    public void A_time_is_told_with_its_place_of_the_round_and_the_best_with_what_it_is_ahead()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1", "2"], ["3", "4"]])).Ready("h1").Gate("gate-1", 2).Gate("gate-2", 2);
        Assert.Equal(["timed: Given FAMILY1 (COL): 18.067, 1st of the round so far."], Said(script, "h1", s => s.PassAt("finish-1", "1", 20.067)));
        // Nobody had been under 18 seconds.
        Assert.Equal(
            ["best-of-round: Best time of the round: 17.873 by Given FAMILY2 (COL), 0.194 ahead.", "first-under: Given FAMILY2 (COL) is the first under 18 seconds."],
            Said(script, "h1", s => s.PassAt("finish-2", "2", 19.873)));
        script.Sign("h1").Ready("h2").Gate("gate-1", 2).Gate("gate-2", 2);
        Assert.Equal(["timed: Given FAMILY3 (COL): 18.009, 2nd of the round so far."], Said(script, "h2", s => s.PassAt("finish-1", "3", 20.009)));
        Assert.Equal(
            ["best-of-round: Best time of the round: 17.835 by Given FAMILY4 (COL), 0.038 ahead."],
            Said(script, "h2", s => s.PassAt("finish-2", "4", 19.835)));
    }

    [Fact]
    public void Who_goes_ahead_at_a_common_split_is_told_whoever_started_first()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1", "2"]])).Ready("h1").Gate("gate-1", 2).Gate("gate-2", 3).PassAt("finish-2", "1", 11.9);
        Assert.Equal(["lead: Given FAMILY2 (COL) is ahead."], Said(script, "h1", s => s.PassAt("finish-1", "2", 12.7)));
    }

    [Fact]
    public void A_change_of_the_lead_names_the_team()
    {
        var script = new MeetScript(MeetScript.Teams("relay", [["A", "B"]], 3, 1000)).Start("h1").Pass("A1", 19).Pass("B1", 19.2);
        Assert.Equal(["lead: New leader: Team B (COL) after lap 2."], Said(script, "h1", s => s.Pass("B1", 36.4)));
    }

    /// <summary>600 m, three laps. 1: 18.0 17.5 17.0; 2: 18.0 16.5 17.0. The first heat has nothing to be compared with.</summary>
    [Fact]
    public void The_best_lap_of_the_round_is_told_when_all_are_in()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1"], ["2"]], 600, dual: false)).Ready("h1").Gate("start-1", 2).Pass("1", 20).Pass("1", 37.5);
        Assert.DoesNotContain(Said(script, "h1", s => s.Pass("1", 54.5)), line => line.StartsWith("best-lap", StringComparison.Ordinal));
        script.Sign("h1").Ready("h2").Gate("start-1", 2).Pass("2", 20).Pass("2", 36.5);
        Assert.Contains("best-lap: Fastest lap of the round: 16.500 by Given FAMILY2 (COL) on lap 2.", Said(script, "h2", s => s.Pass("2", 53.5)));
    }
}
