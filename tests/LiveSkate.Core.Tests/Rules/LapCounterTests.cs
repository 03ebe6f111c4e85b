using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>LAP-1, LAP-8, FMT-6: what the board shows of a sprint.</summary>
public sealed class LapCounterTests
{
    private static (int?, bool) Board(MeetScript script) =>
        HeatPublisher.Header(script.Meet, script.Heat("h1")) is var header ? (header.LapsToGo, header.Bell) : default;

    [Fact]
    public void The_counter_goes_from_five_to_nought_and_the_bell_is_for_the_last_lap_alone_LAP_1()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2"]])).Start("h1");
        var boards = new List<(int?, bool)> { Board(script) };
        for (var lap = 1; lap <= 5; lap++)
            boards.Add(Board(script.Pass("1", 17 * lap)));
        Assert.Equal([(5, false), (4, false), (3, false), (2, false), (1, true), (0, false)], boards);
    }

    /// <summary>One lap of a circuit of 400 m, beside a track of 200 m.</summary>
    [Fact]
    public void One_lap_of_a_circuit_is_one_crossing_and_no_bell_FMT_6()
    {
        var script = new MeetScript(MeetScript.Race("sprint", [["1", "2"]], 400, new RuleDocument { LapM = 400 })).Start("h1");
        Assert.Equal((1, false), Board(script));
        script.Pass("2", 35).Pass("1", 35.5);
        Assert.Equal([("2", 35_000L), ("1", 35_500L)], script.Heat("h1").Rows.Select(row => (row.Bib, row.TimeMs!.Value)));
    }
}
