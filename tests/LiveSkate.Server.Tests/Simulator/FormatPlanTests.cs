using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using LiveSkate.Simulator.Compare;
using LiveSkate.Simulator.Planning;
using LiveSkate.Simulator.Play;
using LiveSkate.Simulator.Results;
using Xunit;

namespace LiveSkate.Server.Tests.Simulator;

public sealed class FormatPlanTests
{
    private static readonly Programme Formats = Programme.Inside("formats");

    public static TheoryData<ulong> Seeds => [1, 2, 3, 17, ulong.MaxValue];

    [Theory]
    [InlineData("dual time trial", "timeTrial")]
    [InlineData("team time trial", "teamTimeTrial")]
    [InlineData("points-elimination race", "pointsElimination")]
    [InlineData("elimination race, 52 laps", "elimination")]
    [InlineData("points race", "points")]
    [InlineData("relay, three skaters", "relay")]
    [InlineData("road marathon, mass start", "massStart")]
    [InlineData("sprint, mass start heats, knock-out", "sprint")]
    [InlineData("combined classification on place points, 14 skaters", "combined")]
    [InlineData("figure skating", null)]
    public void Format_follows_from_the_words_of_the_list(string words, string? kind) => Assert.Equal(kind, Kinds.Of(words));

    [Theory, MemberData(nameof(Seeds))]
    public void Printed_points_are_what_the_judges_say_whatever_the_seed(ulong seed)
    {
        foreach (var race in Planner.Plan(Formats, null, null, seed, null).Races.Where(race => Kinds.HasPoints(race.Kind)))
        {
            var won = new Dictionary<string, int>();
            foreach (var act in race.Rounds[0].Heats[0].Acts.Where(act => (string)act.Command["type"]! == "setSprint"))
            {
                var order = act.Command["bibs"]!.AsArray().Select(place => (string)place![0]!).ToArray();
                Assert.Equal(order.Length, order.Distinct().Count());
                for (var place = 0; place < order.Length; place++)
                    won[order[place]] = won.GetValueOrDefault(order[place]) + order.Length - place;
            }

            Assert.All(race.FinalRanking, row => Assert.Equal(row.Points, won.GetValueOrDefault(race.BibOf[row.Name])));
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Who_wins_a_sprint_is_first_over_the_line_and_who_goes_out_is_the_last(ulong seed)
    {
        foreach (var race in Planner.Plan(Formats, null, null, seed, null).Races.Where(race => Kinds.HasPoints(race.Kind) || Kinds.Eliminates(race.Kind)))
        {
            var heat = race.Rounds[0].Heats[0];
            var laps = heat.Starts.Max(start => start.SplitsUs.Length);
            foreach (var act in heat.Acts.Where(act => act.Command["cause"] is null && act.Command["lapsToGo"] is not null))
            {
                var crossing = laps - 1 - (int)act.Command["lapsToGo"]!;
                var order = heat.Starts.Where(start => start.SplitsUs.Length > crossing).OrderBy(start => start.SplitsUs[crossing]).Select(start => start.Bib).ToArray();
                var bibs = act.Command["bibs"]!.AsArray().Select(bib => bib is JsonArray place ? (string)place[0]! : (string)bib!).ToArray();
                Assert.Equal(bibs, (string)act.Command["type"]! == "eliminate" ? order[^bibs.Length..] : order[..bibs.Length]);
            }
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Times_come_back_as_printed_and_nobody_skates_backwards(ulong seed)
    {
        foreach (var start in Planner.Plan(Formats, null, null, seed, null).Heats.SelectMany(heat => heat.Starts))
        {
            if (start.Printed is { Outcome: "OK", TimeMs: { } time })
                Assert.Equal(time, start.ElapsedUs / 1_000);
            Assert.All(start.SplitsUs.Zip(start.SplitsUs.Skip(1)), pair => Assert.True(pair.Second - pair.First > 10_000_000, $"{start.Bib}: {pair}"));
        }
    }

    [Fact]
    public void Against_the_clock_the_slowest_begin_and_the_second_of_a_pair_starts_at_the_opposite_line()
    {
        var race = Planner.Plan(Formats, null, null, 1, null).Races.Single(race => race.Event == "w200");
        var heats = race.Rounds[0].Heats;
        Assert.Equal([2, 2, 2], heats.Select(heat => heat.Starts.Length));
        Assert.Contains(heats[^1].Starts, start => start.Printed.Name == "Zsófia ŐRSI");
        Assert.All(heats, heat => Assert.Equal([false, true], heat.Starts.Select(start => start.IsOpposite)));
        var last = heats[^1];
        Assert.Equal([RacePlan.StartSource, RacePlan.OppositeStart], last.Messages.Where(message => message.IsGate).Select(message => message.Source));
        Assert.Contains(race.Document["sources"]!.AsArray(), source => (string)source!["id"]! == RacePlan.OppositeFinish && (int)source["line"]! == 2);
    }

    [Fact]
    public void Members_of_a_team_are_named_read_from_behind_its_name_or_made_up()
    {
        var plan = Planner.Plan(
            Read("relay, three skaters", 3000, """{"rank":1,"name":"India (A One, B Two, C Three)","nation":"IND","status":"OK"},{"rank":2,"name":"Iran","nation":"IRI","status":"OK"}"""),
            null, null, 1, null);
        var teams = plan.Document["events"]![0]!["entries"]!.AsArray().Select(entry => entry!["team"]!).ToArray();
        Assert.Equal(["India", "Iran"], teams.Select(team => (string)team["name"]!));
        Assert.All(teams, team => Assert.Equal(3, team["members"]!.AsArray().Count));
        Assert.Equal(["One", "Two", "Three"], plan.Document["skaters"]!.AsArray().Take(3).Select(skater => (string)skater!["familyName"]!));
    }

    [Fact]
    public void Points_that_no_sprint_gives_are_refused_with_a_sentence() => Assert.Contains(
        "fewer than",
        Assert.Throws<UnplayableFileException>(() => Planner.Plan(
            Read("points race", 3000, """{"rank":1,"name":"A","points":3,"status":"OK"},{"rank":2,"name":"B","points":2,"status":"OK"},{"rank":3,"name":"C","points":1,"status":"OK"}"""),
            null, null, 1, null)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Each_wrong_rank_point_and_status_of_the_final_is_one_line()
    {
        var race = Planner.Plan(Formats, null, null, 1, null).Races.Single(race => race.Event == "wpelim");
        ImmutableArray<FinalView> asPrinted = [.. race.FinalRanking.Select(row => new FinalView(row.Rank, race.BibOf[row.Name], row.TimeMs, row.Outcome, row.Points))];
        Assert.Empty(Final(race, asPrinted));
        var (winner, outAtLast) = (race.BibOf["Nomvula DLAMINI"], race.BibOf["Ana Lúcia FERREIRA-MONTENEGRO"]);
        Assert.Equal(
            [$"final, bib {winner}: points 8 instead of 9", $"final, bib {outAtLast}: rank 6 instead of 5", $"final, bib {outAtLast}: status OK instead of EL"],
            Final(race, [asPrinted[0] with { Points = 8 }, .. asPrinted[1..4], asPrinted[4] with { Rank = 6, Status = "OK" }, .. asPrinted[5..]]));
    }

    private static string[] Final(RacePlan race, ImmutableArray<FinalView> final) =>
        [.. Comparison.Of(race, new([], final)).Where(line => line.StartsWith("final", StringComparison.Ordinal))];

    private static Programme Read(string format, int distance, string rows) => Programme.Parse(
        new MemoryStream(Encoding.UTF8.GetBytes(
            $$"""{"event":{"name":"Cup, women","date":"2023-11","distance_m":{{distance}},"format":"{{format}}"},"rounds":[{"name":"Final","heats":[{"name":"Final","results":[{{rows}}]}]}],"final_ranking":[]}""")),
        "cup");
}
