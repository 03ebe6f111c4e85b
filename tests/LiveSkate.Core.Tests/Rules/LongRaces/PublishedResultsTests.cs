using System.Collections.Immutable;
using System.Text.Json;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules.LongRaces;

/// <summary>
/// Printed results of long races, reached by the rule that makes them (test vectors 6, 8 and 9). Skaters are called by their line in
/// the printed list, from 1. The lists lie beside the repository, not in it.
/// </summary>
public sealed class PublishedResultsTests
{
    private static JsonElement Read(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "shared", "data", name)))
            folder = folder.Parent;
        Assert.SkipWhen(folder is null, $"The result lists are not here: no shared/data/{name} in a folder above.");
        return JsonDocument.Parse(File.ReadAllText(Path.Combine(folder!.FullName, "shared", "data", name))).RootElement;
    }

    private static int[] PrintedRanks(string name) =>
        [.. Read(name).GetProperty("final_ranking").EnumerateArray().Select(row => row.GetProperty("rank").GetInt32())];

    private static ImmutableArray<ImmutableArray<string>> OneByOne(IEnumerable<string> bibs) => [.. bibs.Select(bib => ImmutableArray.Create(bib))];

    private static int?[] FinalRanks(MeetScript script) =>
        [.. ResultsPublisher.Results(script.Meet, script.Meet.Document.Events[0]).Final.Select(row => row.Rank)];

    private static string[] FinalBibs(MeetScript script) =>
        [.. ResultsPublisher.Results(script.Meet, script.Meet.Document.Events[0]).Final.Select(row => row.Bib)];

    /// <summary>
    /// FIN-3, QUA-11: two heats, the first k of each to the final; whoever missed it shares the rank of her place in the heat, and the
    /// next rank skips. Three of the lists name an odd number of finalists: read as one who was disqualified in the final and is not
    /// printed, with the blocks behind moving up (compactAcrossRounds). Without that the pairs would begin one rank later.
    /// </summary>
    [Theory]
    [InlineData("worlds-2019-women-10000m-points-road-ranking.json", "points", 35)]
    [InlineData("worlds-2019-women-10000m-points-track-ranking.json", "points", 29)]
    [InlineData("worlds-2019-women-elimination-road-ranking.json", "elimination", 30)]
    [InlineData("worlds-2019-women-elimination-track-ranking.json", "elimination", 23)]
    public void Who_missed_the_final_of_a_long_race_shares_the_rank_of_her_place_in_the_heat_FIN_3(string list, string format, int printedFinalists)
    {
        var ranks = PrintedRanks(list);
        string[] unprinted = printedFinalists % 2 == 0 ? [] : ["x"];
        string[] finalists = [.. Enumerable.Range(1, printedFinalists).Select(i => $"{i}"), .. unprinted];
        string[] others = [.. Enumerable.Range(printedFinalists + 1, ranks.Length - printedFinalists).Select(i => $"{i}")];
        var heats = new[] { 0, 1 }.Select(h => finalists.Where((_, i) => i % 2 == h).Concat(others.Where((_, i) => i % 2 == h)).ToArray()).ToArray();
        var rules = new RuleDocument
        {
            CompactAcrossRounds = unprinted.Length > 0 ? true : null,
            Elimination = format == "elimination" ? new EliminationDocument(Survivors: 5, EveryLaps: 1) : null,
        };
        var script = new MeetScript(MeetScript.Race(format, heats, 10_000, rules, new AdvanceRule(finalists.Length / 2, 0), [MeetScript.Final()]));
        Skate(script, "h1", heats[0], format);
        script.Sign("h1");
        Skate(script, "h2", heats[1], format);
        script.Sign("h2").Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        Skate(script, "e-final-1", finalists, format);
        script.Do(new Publish("e-final-1"));
        foreach (var bib in unprinted)
            script.Do(new Sanction("e-final-1", bib, "DSQ-SF", "not printed"));

        Assert.Equal(ranks.Select(rank => (int?)rank), FinalRanks(script).Where(rank => rank is not null));
        Assert.Equal(finalists.Take(printedFinalists), FinalBibs(script).Take(printedFinalists));
        // The pairs are one of each heat, in the printed order of ranks.
        Assert.Equal(others.Order(), FinalBibs(script).Skip(printedFinalists).Take(others.Length).Order());
    }

    /// <summary>In that order: over the line, and in an elimination all but five of them out one after another before.</summary>
    private static void Skate(MeetScript script, string heat, string[] order, string format)
    {
        script.Start(heat);
        if (format == "elimination")
            foreach (var bib in order.Skip(5).Reverse())
                script.Do(new Eliminate(heat, [bib]));
        script.Do(new SetFinishOrder(heat, OneByOne(format == "elimination" ? order.Take(5) : order)));
    }

    /// <summary>ELI-12, vector 9: five skate for it, and all who went out are sixth.</summary>
    [Fact]
    public void Five_are_ranked_and_thirteen_share_sixth_place_ELI_12()
    {
        var ranks = PrintedRanks("universiade-2017-women-elimination-track-ranking.json");
        string[] all = [.. Enumerable.Range(1, ranks.Length).Select(i => $"{i}")];
        var rules = new RuleDocument { Elimination = new EliminationDocument(Survivors: 5, EveryLaps: 1, Ranked: "shared") };
        var script = new MeetScript(MeetScript.Race("elimination", [all], 10_000, rules));
        Skate(script, "h1", all, "elimination");
        Assert.Equal(ranks.Select(rank => (int?)rank), FinalRanks(script.Do(new Publish("h1"))));
    }

    /// <summary>RNK-8, TIM-11: two of one nation crossed the line together without points, and nobody could or would part them.</summary>
    [Fact]
    public void Two_share_27th_place_of_a_points_race_and_the_next_is_29th_RNK_8()
    {
        var ranks = PrintedRanks("worldgames-2017-men-10000m-points-road-ranking.json");
        string[] all = [.. Enumerable.Range(1, ranks.Length).Select(i => $"{i}")];
        var script = new MeetScript(MeetScript.Race("points", [all], 10_000)).Start("h1");
        script.Sprint(10, "1 2").Sprint(0, "1 2 3").Do(new SetFinishOrder("h1",
            [.. all.Select((bib, i) => (bib, ranks[i])).GroupBy(x => x.Item2).Select(group => group.Select(x => x.bib).ToImmutableArray())]));
        Assert.Equal(ranks.Select(rank => (int?)rank), FinalRanks(script.Do(new Publish("h1"))));
    }

    /// <summary>
    /// Vector 6: 15:39.867 wins on 19 points; sixth and seventh have 4 each, and 15:40.978 stands before 15:57.944. The unprinted
    /// fourth and fifth are given 9 and 7, and an eliminated X wins four points that count for nothing. 22 sprints of 2 and 1, with the
    /// finish 3-2-1, make 72 = 19 + 14 + 11 + 9 + 7 + 4 + 4 + 4.
    /// </summary>
    [Fact]
    public void Equal_points_of_a_points_elimination_go_to_the_earlier_over_the_line_and_time_orders_nobody_PEL_2_PTS_4()
    {
        var printed = Read("asiangames-2022-men-10000m-points-elimination.json").GetProperty("final_ranking").EnumerateArray()
            .Select(row => (Rank: row.GetProperty("rank").GetInt32(), Points: row.GetProperty("points").GetInt32(), Time: TimeOf(row))).ToList();
        Assert.Equal([(1, 19), (2, 14), (3, 11), (6, 4), (7, 4)], printed.Select(row => (row.Rank, row.Points)));

        var script = new MeetScript(MeetScript.Race(
            "pointsElimination", [["1", "2", "3", "4", "5", "6", "7", "X"]], 10_000, new RuleDocument { Elimination = new EliminationDocument(Survivors: 7) }));
        script.Start("h1");
        // Over the line: the winner, the sixth, the second nearly two seconds behind, the seventh last.
        var times = new Dictionary<string, string?> { ["1"] = printed[0].Time, ["6"] = printed[3].Time, ["2"] = "15:41.800", ["3"] = "15:42.000", ["4"] = "15:42.100", ["5"] = "15:43.000", ["7"] = printed[4].Time };
        foreach (var (bib, time) in times)
            script.Skate(bib, MeetScript.Ms(time!), 50);
        string[] first = [.. Repeat("1", 8), .. Repeat("2", 6), .. Repeat("3", 5), .. Repeat("4", 2), "5"];
        string[] second = [.. Repeat("X", 4), .. Repeat("7", 4), .. Repeat("6", 2), .. Repeat("5", 5), .. Repeat("4", 4), "2", "3", "4"];
        for (var i = 0; i < 22; i++)
            script.Sprint(44 - 2 * i, $"{first[i]} {second[i]}");
        script.Do(new Eliminate("h1", ["X"], 1)).Sprint(0, "1 6 2");

        Assert.Equal(
            ["1 1 OK 19p", "2 2 OK 14p", "3 3 OK 11p", "4 4 OK 9p", "5 5 OK 7p", "6 6 OK 4p", "7 7 OK 4p", "8 X EL 4p"], script.Ranks());
        Assert.Equal(72, script.Heat("h1").Rows.Sum(row => row.Points));
        Assert.Equal("6", script.Heat("h1").Rows.OrderBy(row => row.TimeMs ?? long.MaxValue).ElementAt(1).Bib);
    }

    private static IEnumerable<string> Repeat(string bib, int times) => Enumerable.Repeat(bib, times);

    private static string? TimeOf(JsonElement row) => row.TryGetProperty("time", out var time) ? time.GetString() : null;

    /// <summary>
    /// Ten starters, 20 km in 52 laps of 385 m, seven to the line; one man went out at lap 48, with four to go. The first and the third
    /// out are made up, two laps before and after him; fifth and sixth are not printed.
    /// </summary>
    [Fact]
    public void Twenty_kilometres_of_the_Asian_Games_2018_are_ranked_to_the_last_man_ELI_6()
    {
        var heat = Read("asiangames-2018-men-20km-road.json").GetProperty("rounds")[0].GetProperty("heats")[0].GetProperty("results").EnumerateArray().ToList();
        var printed = heat.Where(row => TimeOf(row) is not null).ToDictionary(row => row.GetProperty("rank").GetInt32(), row => MeetScript.Ms(TimeOf(row)!));
        var eliminatedAt = heat.Single(row => row.GetProperty("status").GetString() == "EL").GetProperty("eliminated_at_lap").GetInt32();
        printed[5] = printed[4] + 1000;
        printed[6] = printed[4] + 2000;

        string[] all = [.. Enumerable.Range(1, 10).Select(i => $"{i}")];
        var rules = new RuleDocument { Elimination = new EliminationDocument(Survivors: 7) };
        var script = new MeetScript(MeetScript.Race("elimination", [all], 20_000, rules, lapM: 385)).Start("h1");
        Assert.Equal([6, 4, 2], script.Heat("h1").Ahead.Eliminations.Select(lap => lap.LapsToGo));
        foreach (var (rank, time) in printed)
            script.Skate($"{rank}", time, 52);
        script.Out(6, "10").Out(52 - eliminatedAt, "9").Out(2, "8");
        Assert.Equal(52, script.Heat("h1").Course.Laps);
        Assert.Equal(
            ["1 1 OK", "2 2 OK", "3 3 OK", "4 4 OK", "5 5 OK", "6 6 OK", "7 7 OK", "8 8 EL", "9 9 EL", "10 10 EL"], script.Ranks());
        Assert.Equal(4563, HeatPublisher.State(script.Meet, script.Meet.Heats["h1"], []).Rows[6].GapMs);
    }

    /// <summary>Contradiction 13: the same printed time, ranks one and two; the line decides.</summary>
    [Fact]
    public void Berlin_2023_prints_one_time_for_first_and_second_TIM_10()
    {
        var rows = Read("berlin-2023-men-marathon.json").GetProperty("final_ranking").EnumerateArray().ToList();
        var first = MeetScript.Ms(TimeOf(rows[0])!.Contains('.') ? TimeOf(rows[0])! : TimeOf(rows[0]) + ".000");
        var script = new MeetScript(MeetScript.Race("massStart", [["1", "2"]], 42_195, new RuleDocument { TimeDigits = 0 }, lapM: 42_195)).Start("h1");
        script.Skate("2", first + 60, 1).Skate("1", first + 10, 1);
        var shown = HeatPublisher.State(script.Meet, script.Meet.Heats["h1"], []).Rows;
        Assert.Equal([(1, "1", "57:01"), (2, "2", "57:01")], shown.Select(row => (row.Rank!.Value, row.Bib, row.Time!)));
    }
}
