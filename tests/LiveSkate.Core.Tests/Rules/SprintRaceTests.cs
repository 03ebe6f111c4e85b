using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>
/// FMT-4 to FMT-7, FMT-17: the sprints of one bunch, every standing of a race worked out by hand. Each line reads: who, after how many crossings,
/// and how many thousandths behind. The 1000 m is skated again whole in SeedTests.
/// </summary>
public sealed class SprintRaceTests
{
    private static MeetScript Start(decimal distanceM, decimal lapM, bool plusD, params string[] bibs)
    {
        var document = MeetScript.Sprint([bibs], distanceM: distanceM, lapM: lapM);
        return new MeetScript(document with
        {
            Venue = document.Venue with { DM = 20 }, Events = [document.Events[0] with { Rules = new RuleDocument { PlusD = plusD } }],
        }).Start("h1");
    }

    private static HeatState State(MeetScript script) => HeatPublisher.State(script.Meet, script.Meet.Heats["h1"], []);

    private static string Standing(MeetScript script) => string.Join(", ", State(script).Rows.Select(row =>
        $"{row.Bib} {row.Lap}{(row.GapMs is > 0 and var gap ? $" +{gap}" : "")}{(row.Unresolved ? "?" : "")}{(row.Status is { } status ? $" {status}" : "")}"));

    private static string Result(MeetScript script) =>
        string.Join(", ", State(script).Rows.Select(row => $"{row.Rank} {row.Bib} {row.Time ?? row.Status}"));

    private static (int? LapsToGo, bool Bell) Laps(MeetScript script) => (State(script).LapsToGo, State(script).Bell);

    /// <summary>
    /// 500 m + D, D 20 m, on 200 m: the line is crossed after 120, 320 and 520 m.
    /// <code>
    /// 120 m  12.000 1   12.200 2   12.315 3   12.600 4      1, 2 + 200, 3 + 315, 4 + 600     two laps to go
    /// 320 m  28.000 2                                       2, then who has crossed once     the bell
    ///        28.100 1   28.500 4                            2, 1 + 100, 4 + 500; 3 has fallen and is seen last at 12.315
    /// 520 m  44.100 1   44.110 2                            10 ms apart: unresolved, for transponders tell 20
    ///        45.000 4                                       1, 2, 4 + 900
    /// 3 gets up: 320 m at 45.300, in at 1:01.789
    /// camera 2 44.095, 1 44.101, 4 44.999, 3 1:01.780       the camera turns the first two; 2 wins
    /// </code>
    /// </summary>
    [Fact]
    public void Five_hundred_and_D_with_a_fall_and_a_photo_finish_FMT_4_FMT_17()
    {
        var script = Start(500, 200, true, "1", "2", "3", "4");
        Assert.Equal((3, false), Laps(script));
        script.Pass("1", 12).Pass("1", 12.02, "b").Pass("2", 12.2).Pass("3", 12.315).Pass("4", 12.6);
        Assert.Equal("1 1, 2 1 +200, 3 1 +315, 4 1 +600", Standing(script));
        Assert.Equal((2, false), Laps(script));
        script.Pass("2", 28);
        Assert.Equal("2 2, 1 1, 3 1, 4 1", string.Join(", ", State(script).Rows.Select(row => $"{row.Bib} {row.Lap}")));
        Assert.Equal((1, true), Laps(script));
        script.Pass("1", 28.1).Pass("4", 28.5);
        Assert.Equal("2 2, 1 2 +100, 4 2 +500", Standing(script)[..^", 3 1 +315".Length]);
        script.Pass("1", 44.1).Pass("2", 44.11);
        Assert.StartsWith("1 3? OK, 2 3 +10? OK, 4 2", Standing(script), StringComparison.Ordinal);
        script.Pass("4", 45).Pass("3", 45.3);
        Assert.Equal("running", State(script).State);
        script.Pass("3", 61.789);
        Assert.Equal("finished", State(script).State);
        Assert.Equal("1 1 44.100, 2 2 44.110, 3 4 45.000, 4 3 1:01.789", Result(script));
        script.Hear(Camera(("2", 1, 44_095), ("1", 2, 44_101), ("4", 3, 44_999), ("3", 4, 61_780)));
        Assert.Equal("2 3 OK, 1 3 +6 OK, 4 3 +904 OK, 3 3 +17685 OK", Standing(script));
        Assert.Equal("1 2 44.095, 2 1 44.101, 3 4 44.999, 4 3 1:01.780", Result(script));
    }

    /// <summary>
    /// 500 m on a track of 200 m: crossings after 100, 300 and 500 m. 2 cuts in on 3, who stays on his feet.
    /// <code>
    /// 100 m  10.4 1   10.5 2   10.6 3                 1, 2, 3
    /// 300 m  26.2 2   26.3 1   26.6 3                 2, 1 + 100, 3 + 400
    /// 500 m  42.0 2   42.4 1   42.5 3                 2, 1 + 400, 3 + 500
    /// reduction in rank of 2 for 3 (INC-5)            they change places and times: 3 42.000, 1 42.400, 2 42.500
    /// </code>
    /// </summary>
    [Fact]
    public void Five_hundred_metres_with_a_reduction_in_rank_FMT_5_INC_5()
    {
        var script = Start(500, 200, false, "1", "2", "3");
        script.Pass("1", 10.4).Pass("2", 10.5).Pass("3", 10.6);
        Assert.Equal("1 1, 2 1 +100, 3 1 +200", Standing(script));
        script.Pass("2", 26.2).Pass("1", 26.3).Pass("3", 26.6);
        Assert.Equal("2 2, 1 2 +100, 3 2 +400", Standing(script));
        script.Pass("2", 42).Pass("1", 42.4).Pass("3", 42.5);
        Assert.Equal("2 3 OK, 1 3 +400 OK, 3 3 +500 OK", Standing(script));
        script.Do(new Sanction("h1", "2", "RR", "cut in on 3", ["3"]));
        Assert.Equal("1 3 42.000, 2 1 42.400, 3 2 42.500", Result(script));
    }

    /// <summary>
    /// One lap of a road circuit of 385 m with a loop after 100 m; 3 does not start and 4 is never seen at the line. Nobody rings a bell.
    /// <code>
    /// 100 m   9.0 2   9.1 1   9.4 4          2, 1 + 100, 4 + 400
    /// line   33.20 1  33.25 2                1, 2 + 50; more than 20 ms, so it stands
    /// finishHeat                             1 33.200, 2 33.250, 4 did not finish, 3 did not start and has no rank
    /// </code>
    /// </summary>
    [Fact]
    public void One_lap_of_a_road_circuit_FMT_6()
    {
        var script = Start(385, 385, false, "1", "2", "3", "4").Do(new Sanction("h1", "3", "DNS", "not at the call"));
        Assert.Equal((1, false), Laps(script));
        script.PassAt("split-1", "2", 9).PassAt("split-1", "1", 9.1).PassAt("split-1", "4", 9.4);
        Assert.Equal("2 0, 1 0 +100, 4 0 +400, 3 0 DNS", Standing(script));
        script.Pass("1", 33.2).Pass("2", 33.25);
        Assert.Equal("1 1 OK, 2 1 +50 OK, 4 0 +400, 3 0 DNS", Standing(script));
        script.Do(new FinishHeat("h1"));
        Assert.Equal("1 1 33.200, 2 2 33.250, 3 4 DNF,  3 DNS", Result(script));
    }

    /// <summary>
    /// 1000 m: five laps, of which the loop misses 2 at 600 m. No passing is made up for him; he is flagged until the office writes it in.
    /// <code>
    /// 200 m   17.0 1   17.1 2        1, 2 + 100
    /// 400 m   34.0 1   34.1 2        1, 2 + 100
    /// 600 m   51.0 1                 1; 2 still has two laps
    /// 800 m   68.0 1   68.1 2        34.0 s since his last, and a lap is 17: missed, three laps
    /// written in: 51.1               1, 2 + 100, four laps each
    /// 1000 m  85.0 2   85.1 1        2 wins by 100
    /// </code>
    /// </summary>
    [Fact]
    public void A_thousand_metres_with_a_missed_read_FMT_7_LAP_6()
    {
        var script = Start(1000, 200, false, "1", "2");
        script.Pass("1", 17).Pass("2", 17.1).Pass("1", 34).Pass("2", 34.1);
        Assert.Equal("1 2, 2 2 +100", Standing(script));
        script.Pass("1", 51);
        Assert.StartsWith("1 3, 2 2", Standing(script), StringComparison.Ordinal);
        script.Pass("1", 68).Pass("2", 68.1);
        Assert.StartsWith("1 4, 2 3", Standing(script), StringComparison.Ordinal);
        Assert.True(script.Heat("h1").Row("2").MissedRead);
        script.Do(new AddPassing("h1", "2", script.Passing("2", 51.1).Time));
        Assert.Equal("1 4, 2 4 +100", Standing(script));
        Assert.False(script.Heat("h1").Row("2").MissedRead);
        script.Pass("2", 85).Pass("1", 85.1);
        Assert.Equal("1 2 1:25.000, 2 1 1:25.100", Result(script));
    }

    private static FinishRead Camera(params (string Bib, int Place, long Ms)[] rows) => new()
    {
        Source = "photo", Heat = "h1", Revision = 1,
        Rows = [.. rows.Select(row => new FinishRow(row.Bib, row.Place, TimeSpan.FromMilliseconds(row.Ms), "OK"))],
    };
}
