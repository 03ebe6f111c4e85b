using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>FMT-1 with QUA-10 and SED-4: lanes on a straight, times until the finals.</summary>
public sealed class HundredMetresTests
{
    private static readonly string[][] Heats = [["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]];

    private static MeetScript Meet(string draw, int heats, AdvanceRule advance) => new(MeetScript.Sprint(
        Heats, advance, [MeetScript.Final(heats, draw)], distanceM: 100, lapM: 100));

    /// <summary>One straight: each is read once, at the finish.</summary>
    private static MeetScript Qualify(MeetScript script)
    {
        // 1 10.1, 4 10.2, 7 10.3, 2 10.4, 5 10.5, 8 10.6, 3 10.7, 6 10.8, 9 10.9
        for (var heat = 0; heat < 3; heat++)
        {
            script.Start($"h{heat + 1}");
            for (var i = 0; i < 3; i++)
                script.Pass(Heats[heat][i], 10.1 + 0.1 * heat + 0.3 * i);
            script.Sign($"h{heat + 1}");
        }
        return script;
    }

    private static string Drawn(MeetScript script) =>
        string.Join(" | ", script.Do(new DrawRound("e", "final")).Meet.Proposals[("e", "final")].Heats.Select(heat => string.Join(' ', heat)));

    [Fact]
    public void Lanes_are_the_start_order_and_the_round_is_ranked_on_time_QUA_10()
    {
        var script = Qualify(Meet("reversedSnake", 2, new AdvanceRule(0, 6)));
        Assert.Equal(["1", "4", "7", "2", "5", "8"], script.Round().Entrants.Where(entrant => entrant.Advances).Select(entrant => entrant.Skater.Bib));
        var rows = HeatPublisher.State(script.Meet, script.Meet.Heats["h2"], []).Rows;
        Assert.Equal([("4", 1, 2), ("5", 2, 5), ("6", 3, 8)], rows.Select(row => (row.Bib, row.Lane!.Value, row.RoundRank!.Value)));
    }

    /// <summary>Six by time 1 4 7 2 5 8 into two heats: 1 to heat 2, 4 to 1, 7 to 1, 2 to 2, 5 to 2, 8 to 1.</summary>
    [Fact]
    public void The_hundred_metres_deal_a_snake_from_the_last_heat_SED_4() =>
        Assert.Equal("4 7 8 | 1 2 5", Drawn(Qualify(Meet("reversedSnake", 2, new AdvanceRule(0, 6)))));

    [Theory]
    [InlineData(6, 3, "5 8 | 7 2 | 1 4"), InlineData(5, 3, "2 5 | 4 7 | 1"), InlineData(7, 4, "8 3 | 2 5 | 4 7 | 1")]
    public void Pairs_go_from_the_slowest_to_the_fastest_and_an_odd_one_skates_last_and_alone_SED_4(int fastest, int heats, string expected) =>
        Assert.Equal(expected, Drawn(Qualify(Meet("slowestFirst", heats, new AdvanceRule(0, fastest)))));

    /// <summary>The final goes by the order over the line, which the photo finish sees: 4 before 1 at the same thousandth.</summary>
    [Fact]
    public void The_final_goes_by_finish_order_and_who_went_out_by_time_over_all_heats_FIN_2()
    {
        var script = Qualify(Meet("directThenTime", 1, new AdvanceRule(0, 3))).Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        script.Start("e-final-1").Pass("1", 10.0).Pass("4", 10.001).Pass("7", 10.4);
        script.Hear(new FinishRead
        {
            Source = "photo", Heat = "e-final-1", Revision = 1,
            Rows =
            [
                new("4", 1, TimeSpan.FromSeconds(9.998), "OK"), new("1", 2, TimeSpan.FromSeconds(9.998), "OK"), new("7", 3, TimeSpan.FromSeconds(10.399), "OK"),
            ],
        }).Sign("e-final-1");
        var final = ResultsPublisher.Results(script.Meet, script.Meet.Document.Events[0]).Final;
        Assert.Equal("4 1 7 2 5 8 3 6 9", string.Join(' ', final.Select(row => row.Bib)));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], final.Select(row => row.Rank!.Value));
    }
}
