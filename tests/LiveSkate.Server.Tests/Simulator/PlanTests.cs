using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using LiveSkate.Simulator.Planning;
using LiveSkate.Simulator.Results;
using Xunit;

namespace LiveSkate.Server.Tests.Simulator;

public sealed class PlanTests
{
    private static readonly ResultFile Seed = ResultFile.Seed();

    public static TheoryData<ulong> Seeds => [1, 2, 3, 17, ulong.MaxValue];

    [Fact]
    public void Seed_event_has_seven_heats_of_twenty_seven_skaters_sorted_by_number()
    {
        var plan = Planner.Plan(Seed, null, null, 1, 20);
        Assert.Equal(("worldgames-2022", "m1000"), (plan.Meet, plan.Event));
        Assert.Equal(["pre", "semi", "final"], plan.Rounds.Select(round => round.Id));
        Assert.Equal([4, 2, 1], plan.Rounds.Select(round => round.Heats.Length));
        Assert.Equal(27, plan.BibOf.Count);
        Assert.Equal(6, plan.Rounds[0].Heats[3].Starts.Length);
        Assert.Contains(plan.Rounds[0].Heats[1].Starts, start => start.Printed.Name == "Daniel Zapata");
        Assert.Equal("11", plan.BibOf["Andrés Jiménez"]);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Splits_end_on_the_official_time_to_the_thousandth_whatever_the_seed(ulong seed)
    {
        foreach (var start in Starts(Planner.Plan(Seed, null, null, seed, null)).Where(start => start.Printed.TimeMs is not null))
        {
            Assert.Equal(start.Printed.TimeMs, start.ElapsedUs / 1_000);
            Assert.Equal(5, start.SplitsUs.Length);
            Assert.All(Laps(start), lap => Assert.InRange(lap, 14_000_000, 21_000_000));
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Every_crossing_is_read_from_both_ankles_and_the_first_reading_is_the_split(ulong seed)
    {
        var plan = Planner.Plan(Seed, null, null, seed, null);
        var chips = Chips(plan);
        foreach (var heat in plan.Rounds.SelectMany(round => round.Heats))
        {
            foreach (var start in heat.Starts)
            {
                var read = heat.Messages.Where(message => message.Chip is { } chip && chips[start.Bib].Contains(chip)).ToArray();
                foreach (var split in start.SplitsUs)
                {
                    var near = read.Where(message => Math.Abs(message.TimeUs - heat.GunUs - split) < 1_000_000).ToArray();
                    Assert.Equal(2, near.Length);
                    Assert.Equal(chips[start.Bib].Order(), near.Select(message => message.Chip!).Order());
                    Assert.Equal(heat.GunUs + split, near[0].TimeUs);
                    Assert.InRange(near[1].TimeUs - near[0].TimeUs, 5_000, 60_000);
                }
            }
        }
    }

    [Fact]
    public void Same_file_and_seed_give_the_same_messages_and_another_seed_or_meet_another_run()
    {
        var first = Planner.Plan(Seed, null, null, 1, 20);
        Assert.Equal(Messages(first), Messages(Planner.Plan(ResultFile.Seed(), null, null, 1, null)));
        Assert.NotEqual(Messages(first), Messages(Planner.Plan(Seed, null, null, 2, 20)));
        var elsewhere = Planner.Plan(Seed, "another", null, 1, 20);
        Assert.Empty(Messages(first).Select(message => message.Epoch).Intersect(Messages(elsewhere).Select(message => message.Epoch)));
        Assert.Empty(Messages(first).Select(message => message.Chip).OfType<string>().Intersect(Messages(elsewhere).Select(message => message.Chip)));
    }

    [Fact]
    public void Numbers_of_a_source_run_from_one_without_a_hole_in_the_order_of_time()
    {
        foreach (var source in Messages(Planner.Plan(Seed, null, null, 1, null)).GroupBy(message => message.Source))
        {
            Assert.Equal(Enumerable.Range(1, source.Count()).Select(seq => (long)seq), source.Select(message => message.Seq));
            Assert.Equal(source.OrderBy(message => message.TimeUs), source);
            var epoch = Assert.Single(source.Select(message => message.Epoch).Distinct());
            Assert.Matches("^[0-7][0-9A-HJKMNP-TV-Z]{25}$", epoch);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Bramante_crosses_third_between_Verdugo_and_Swings(ulong seed)
    {
        var final = Planner.Plan(Seed, null, null, seed, null).Rounds[2].Heats[0];
        var bramante = final.Starts.Single(start => start.Printed.Name == "Giuseppe Bramante");
        Assert.True(bramante.Finishes);
        Assert.InRange(bramante.ElapsedUs!.Value / 1_000, 87_027, 87_338);
        Assert.Null(final.FinishOrder);
    }

    [Fact]
    public void Meet_document_is_a_rehearsal_of_the_contracts_shape()
    {
        var document = Planner.Plan(Seed, null, null, 1, 20).Document;
        Assert.True((bool)document["rehearsal"]!);
        Assert.Equal(20m, (decimal)document["rate"]!);
        Assert.Equal(200m, (decimal)document["venue"]!["lapM"]!);
        var skater = document["skaters"]!.AsArray().Single(skater => (string)skater!["familyName"]! == "Kuo")!;
        Assert.Equal(("Li-yang", "TPE", 2), ((string)skater["givenName"]!, (string)skater["nation"]!, skater["transponders"]!.AsArray().Count));
        var rounds = document["events"]![0]!["rounds"]!.AsArray();
        Assert.Equal((1, 12), ((int)rounds[0]!["advance"]!["perHeat"]!, (int)rounds[0]!["advance"]!["fastest"]!));
        Assert.Equal("m1000-pre-1", (string)rounds[0]!["heats"]![0]!["id"]!);
        Assert.Equal((2, "twoPassSnake"), ((int)rounds[1]!["heats"]!, (string)rounds[1]!["draw"]!));
        Assert.Equal((1, "directThenTime"), ((int)rounds[2]!["heats"]!, (string)rounds[2]!["draw"]!));
        Assert.Null(rounds[2]!["advance"]);
        Assert.Equal(27, document["events"]![0]!["entries"]!.AsArray().Select(entry => (string)entry!["bib"]!).Distinct().Count());
    }

    [Fact]
    public void Equal_thousandths_are_told_apart_as_the_camera_did_and_a_shared_rank_is_not()
    {
        var starts = Starts(Plan(
            """{"rank":1,"name":"A","time":"44.100","status":"OK"},{"rank":2,"name":"B","time":"44.100","status":"OK"},"""
            + """{"rank":3,"name":"C","time":"44.200","status":"OK"},{"rank":3,"name":"D","time":"44.200","status":"OK"}""")).ToDictionary(start => start.Printed.Name);
        Assert.True(starts["A"].ElapsedUs < starts["B"].ElapsedUs);
        Assert.Equal(starts["A"].ElapsedUs / 1_000, starts["B"].ElapsedUs / 1_000);
        Assert.Equal(starts["C"].ElapsedUs, starts["D"].ElapsedUs);
    }

    [Fact]
    public void Place_without_a_time_takes_the_time_away_or_is_entered_by_the_jury()
    {
        // B has three crossings of three and no time; C stopped being read after the first.
        var heat = Plan(
            """{"rank":1,"name":"A","time":"44.100","status":"OK"},{"rank":2,"name":"B","time":null,"status":"OK"},"""
            + """{"rank":3,"name":"C","time":null,"status":"OK","laps":[{"lap":1,"lap_time":"9.10","elapsed":"9.10"}]},"""
            + """{"rank":null,"name":"D","time":null,"status":"DNF"},{"rank":null,"name":"E","time":null,"status":"DNS"}""").Rounds[0].Heats[0];
        var starts = heat.Starts.ToDictionary(start => start.Printed.Name);
        Assert.True(starts["B"] is { Finishes: true, TimeTakenAway: true });
        Assert.True(starts["C"] is { Finishes: false, TimeTakenAway: false, SplitsUs.Length: 1 });
        Assert.True(starts["D"] is { Finishes: false, SplitsUs.Length: > 0 and < 3 });
        Assert.Empty(starts["E"].SplitsUs);
        Assert.Equal(["A", "B", "C"], heat.FinishOrder!.Value.Select(place => starts.Values.Single(start => start.Bib == place.Single()).Printed.Name));
    }

    [Fact]
    public void Complete_lap_table_is_skated_as_printed()
    {
        var start = Assert.Single(Starts(Plan(
            """{"rank":1,"name":"A","time":"44.108","status":"OK","laps":[{"lap":1,"lap_time":"9.10","elapsed":"9.10"},{"lap":2,"lap_time":"17.40","elapsed":"26.50"},{"lap":3,"lap_time":"17.60","elapsed":"44.10"}]}""")));
        Assert.Equal([9_10, 26_50, 44_10], start.SplitsUs.Select(split => split / 10_000));
        Assert.Equal(44_108, start.ElapsedUs / 1_000);
    }

    [Fact]
    public void Row_that_was_lost_in_the_copy_becomes_an_invented_starter()
    {
        var rounds = LostRows.Fill(Read(
            """{"name":"Semifinals","heats":[{"name":"Semifinal 1","results":[{"rank":2,"name":"B","time":"44.2","status":"OK"}]}]},"""
            + """{"name":"Final","heats":[{"name":"Final","results":[{"rank":1,"name":"A","time":"44.1","status":"OK"},{"rank":2,"name":"B","time":"44.2","status":"OK"}]}]}""").Rounds);
        var lost = Assert.Single(rounds[0].Heats[0].Results, row => row.Invented);
        Assert.Equal(("A", 1, "OK", null), (lost.Name, lost.Rank, lost.Outcome, lost.TimeMs));
    }

    [Fact]
    public void List_that_does_not_say_its_rule_advances_the_places_that_advanced_and_the_jury_the_rest()
    {
        var pre = Planner.Plan(
            Read(
                """{"name":"Semifinals","heats":[{"name":"Semifinal 1","results":[{"rank":1,"name":"A","time":"44.1","status":"OK"},{"rank":2,"name":"B","time":"44.2","status":"OK"}]},"""
                + """{"name":"Semifinal 2","results":[{"rank":1,"name":"C","time":"45.1","status":"OK"},{"rank":2,"name":"D","time":"45.2","status":"OK"}]}]},"""
                + """{"name":"Final","heats":[{"name":"Final","results":[{"rank":1,"name":"A","time":"44.1","status":"OK"},{"rank":2,"name":"C","time":"44.2","status":"OK"},{"rank":3,"name":"D","time":"44.3","status":"OK"}]}]}"""),
            null, null, 1, null);
        Assert.Equal(1, pre.Rounds[0].PerHeat);
        Assert.Equal([pre.BibOf["D"]], pre.Rounds[0].ByJury);
        Assert.Empty(pre.Rounds[0].Withdrawn);
    }

    [Theory]
    [InlineData("Andrés Jiménez", "COL", "Jiménez", "Andrés")]
    [InlineData("Kuo Li-yang", "TPE", "Kuo", "Li-yang")]
    [InlineData("van KERKHOF Yara", "NED", "van KERKHOF", "Yara")]
    [InlineData("J.R. CELSKI", "USA", "CELSKI", "J.R.")]
    [InlineData("Shaolin Sandor LIU", "HUN", "LIU", "Shaolin Sandor")]
    [InlineData("Marianne ST-GELAIS", "CAN", "ST-GELAIS", "Marianne")]
    public void Names_are_split_as_well_as_can_be(string printed, string nation, string family, string given) =>
        Assert.Equal(new PersonName(family, given), PersonName.Split(printed, nation));

    [Theory]
    [InlineData("1:23.633", 83_633L)]
    [InlineData("43.1", 43_100L)]
    [InlineData("1:02:03.004", 3_723_004L)]
    [InlineData("-4", null)]
    [InlineData("DNF", null)]
    [InlineData("", null)]
    public void Printed_times_are_read_or_are_none(string text, long? ms) => Assert.Equal(ms, PrintedTime.Milliseconds(text));

    internal static ResultFile Read(string rounds) => ResultFile.Parse(
        new MemoryStream(Encoding.UTF8.GetBytes(
            $$"""{"event":{"name":"Cup, women 500 m","date":"2023-11","distance_m":500,"format":"sprint"},"rounds":[{{rounds}}],"final_ranking":[]}""")),
        "cup-2023-women-500m");

    internal static RacePlan Plan(string rows) =>
        Planner.Plan(Read($$"""{"name":"Final","heats":[{"name":"Final","results":[{{rows}}]}]}"""), null, null, 1, null);

    private static IEnumerable<PlannedStart> Starts(RacePlan plan) =>
        plan.Rounds.SelectMany(round => round.Heats).SelectMany(heat => heat.Starts);

    private static ImmutableArray<TrackMessage> Messages(RacePlan plan) =>
        [.. plan.Rounds.SelectMany(round => round.Heats).SelectMany(heat => heat.Messages)];

    private static IEnumerable<long> Laps(PlannedStart start) =>
        start.SplitsUs.Prepend(0).Zip(start.SplitsUs, (before, after) => after - before);

    private static Dictionary<string, string[]> Chips(RacePlan plan)
    {
        var chips = plan.Document["skaters"]!.AsArray().ToDictionary(
            skater => (string)skater!["id"]!, skater => skater!["transponders"]!.AsArray().Select(chip => (string)chip!).ToArray());
        return plan.Document["events"]![0]!["entries"]!.AsArray().ToDictionary(entry => (string)entry!["bib"]!, entry => chips[(string)entry!["skater"]!]);
    }
}
