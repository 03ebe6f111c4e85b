using LiveSkate.Core.Meets;
using Xunit;

namespace LiveSkate.Core.Tests.Rules.LongRaces;

/// <summary>LAP-8, ELI-2, ELI-5: who is told that she is in danger, and of which lap the judges are asked. Ten laps, three survivors, one out each lap.</summary>
public sealed class DangerTests
{
    private const string All = "1 2 3 4 5 6";

    private static MeetScript Start(string bibs = All, int[]? doubles = null, decimal? fromM = null) =>
        new MeetScript(MeetScript.Race("elimination", [Laps.Bibs(bibs)], 2000, Laps.Eliminate(3, 1, doubles, fromM: fromM))).Start("h1");

    private static string InDanger(MeetScript script) =>
        string.Join(' ', script.Heat("h1").Rows.Where(row => row.InDanger).Select(row => row.Bib).Order());

    private static string[] Proposed(MeetScript script) =>
        [.. script.Heat("h1").Ahead.Proposed.Select(lap => $"{lap.LapsToGo}: {string.Join(' ', lap.Bibs)}")];

    /// <summary>6 − 3 = 2 (with 2 to go) + 1 (with 1 to go). Three are across the line with 2 to go, 4 can still be passed.</summary>
    [Fact]
    public void At_a_double_elimination_the_last_two_are_in_danger_until_all_before_them_are_across_ELI_5()
    {
        var script = Start(doubles: [2]).EachLap(1, 7, All);
        Assert.Equal("5 6", InDanger(script));
        Assert.Equal("5 6", InDanger(script.Lap(8, "1 2 3")));
        Assert.Empty(Proposed(script));
        Assert.Equal(["2: 5 6"], Proposed(script.Lap(8, "1 2 3 4")));
    }

    /// <summary>6 and 5 are out. Of four, two are across the line with 1 to go: 4 is the last on the track.</summary>
    [Fact]
    public void At_the_last_elimination_the_last_is_in_danger_though_none_comes_after_it()
    {
        var script = Start().EachLap(1, 7, All).Out(3, "6").Lap(8, "1 2 3 4").Out(2, "5").Lap(9, "2 3");
        Assert.Equal("4", InDanger(script));
        Assert.Equal((null, 0), (script.Heat("h1").Ahead.NextElimination, script.Heat("h1").Ahead.GoOut));
    }

    /// <summary>Lap 7 (3 to go): 6 is the last. On lap 8 she passes 5, and 5 is not across yet.</summary>
    [Fact]
    public void Judges_who_are_late_are_asked_of_who_was_last_at_the_line_then_and_not_of_who_is_last_now_ELI_2()
    {
        var script = Start().EachLap(1, 7, All).Lap(8, "1 2 3 4 6");
        Assert.Equal("3: 6", Proposed(script)[0]);
        script.Lap(8, "1 2 3 4 6 5");
        // With 6 gone of lap 7, 5 is the last of the other five with 2 to go; 1 to go is the next on the board.
        Assert.Equal(["3: 6", "2: 5"], Proposed(script));
        Assert.Equal(1, script.Heat("h1").Ahead.NextElimination);
    }

    [Fact]
    public void The_board_names_the_next_lap_though_the_judges_have_not_spoken_of_the_last_one_LAP_8() =>
        Assert.Equal((2, 1), Start().EachLap(1, 7, All).Heat("h1").Ahead is var ahead ? (ahead.NextElimination, ahead.GoOut) : default);

    /// <summary>Eleven starters, eight to go out: the first with 8 to go, which is on lap 2.</summary>
    [Fact]
    public void Nobody_is_in_danger_on_the_way_to_the_first_line_and_the_last_is_from_there_on_LAP_8()
    {
        const string Eleven = "1 2 3 4 5 6 7 8 9 10 11";
        var script = Start(Eleven, fromM: 0);
        Assert.Equal(8, script.Heat("h1").Ahead.NextElimination);
        Assert.Equal("", InDanger(script));
        Assert.Equal("11", InDanger(script.Lap(1, Eleven)));
        // Twelve: the first goes on the very first lap.
        Assert.Equal("", InDanger(Start(Eleven + " 12", fromM: 0)));
    }
}
