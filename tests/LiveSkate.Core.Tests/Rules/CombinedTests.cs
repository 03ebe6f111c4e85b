using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>FMT-16, FIN-6, and test vector 7.</summary>
public sealed class CombinedTests
{
    private static readonly string[] Races = ["m1000", "m5000", "m500"];

    /// <summary>v = Angulo 1 2 3, w = Maiorca 5 1 1, x = Scheperkamp 4 4 7, y = Chang 6 5 5, z = Schelling 7 6 6; a to i fill the other places.</summary>
    private static readonly string[] Orders = ["v a d x w y z f g h i e c b", "w v b x y z f g h i d e c a", "w c v e y z x f g h i d b a"];

    private static MeetDocument Document(string[] orders, RuleDocument? rules = null)
    {
        var bibs = orders[0].Split(' ');
        var document = MeetScript.Sprint([bibs]);
        var race = document.Events[0];
        return document with
        {
            Events =
            [
                .. orders.Select((_, i) => race with
                {
                    Id = Races[i], Name = $"Race {i + 1}",
                    Rounds = [new RoundDocument("final", "Final", HeatPlan.Of([new HeatDocument($"h{i + 1}", 1, [.. bibs])]), null, null)],
                }),
                new EventDocument(
                    "combined", "Combined", "combined", 0, race.Entries, [], (rules ?? new()) with { Of = [.. Races.Take(orders.Length)] }),
            ],
        };
    }

    private static MeetScript Skate(MeetScript script, int race, string order)
    {
        script.Start($"h{race}");
        var i = 0;
        foreach (var bib in order.Split(' '))
            script.Skate(bib, 85_000 + 100 * i++);
        return script.Do(new Publish($"h{race}"));
    }

    /// <summary>The ranking when all three have been skated.</summary>
    internal static EventResults Played() => Results(Skate(Skate(Skate(new MeetScript(Document(Orders)), 1, Orders[0]), 2, Orders[1]), 3, Orders[2]));

    private static EventResults Results(MeetScript script) => ResultsPublisher.Results(script.Meet, script.Meet.Index.Event("combined")!);

    private static string Top(MeetScript script, int count) =>
        string.Join(' ', Results(script).Final.Take(count).Select(row => $"{row.Rank}{row.Bib}{row.Points}"));

    /// <summary>
    /// Fourteen start, so a win is 14 points.
    /// <code>
    /// after the 1000 m:  v 14  a 13  d 12  x 11  w 10  y 9 …
    /// after the 5000 m:  v 14 + 13 = 27   w 10 + 14 = 24   x 11 + 11 = 22   y 9 + 10 = 19   z 8 + 9 = 17 …
    /// after the 500 m:   v 27 + 12 = 39   w 24 + 14 = 38   x 22 + 8 = 30    y 19 + 10 = 29  z 17 + 9 = 26
    /// </code>
    /// </summary>
    [Fact]
    public void Place_points_are_added_up_as_the_races_finish_FMT_16()
    {
        var script = new MeetScript(Document(Orders));
        Assert.Empty(MeetCheck.Faults(Document(Orders)));
        Assert.Empty(Results(script).Final);
        Skate(script, 1, Orders[0]);
        Assert.Equal("1v14 2a13 3d12 4x11 5w10 6y9", Top(script, 6));
        Assert.Equal([14, null, null], Results(script).Final[0].Parts.Select(part => part.Points));
        Skate(script, 2, Orders[1]);
        Assert.Equal("1v27 2w24 3x22 4y19 5z17", Top(script, 5));
        Skate(script, 3, Orders[2]);
        Assert.Equal("1v39 2w38 3x30 4y29 5z26", Top(script, 5));
        Assert.Equal([(5, 10), (1, 14), (1, 14)], Results(script).Final[1].Parts.Select(part => (part.Rank!.Value, part.Points!.Value)));
        Assert.Empty(Results(script).Rounds);
        var table = ResultsPublisher.FinalTable(script.Meet, script.Meet.Index.Event("combined")!, []);
        Assert.Equal(("provisional", 14), (table.Status, table.Rows.Length));
    }

    /// <summary>
    /// d did not start the first race: N is 3, a 3, b 2, c 1. The second ends a c b d and b is disqualified: N is 4, a 4, c 3, and d third, 2.
    /// </summary>
    [Theory]
    [InlineData("zero", "1a7 2c4 3b2 3d2"), InlineData("out", "1a7 2c4 3b2 d2")]
    public void A_sport_fault_scores_nothing_and_a_missed_start_is_a_setting_FIN_6(string dns, string expected)
    {
        var script = new MeetScript(Document(["a b c d", "a b c d"], new RuleDocument { DnsInCombined = dns }));
        script.Start("h1").Skate("a", 85_000).Skate("b", 86_000).Skate("c", 87_000).Do(new FinishHeat("h1")).Do(new Publish("h1"));
        Assert.Equal("1a3 2b2 3c1", Top(script, 3));
        Skate(script, 2, "a c b d").Do(new Sanction("h2", "b", "DSQ-SF", "pushed"));
        Assert.Equal(
            ["a 3+4", "b 2+0", "c 1+3", "d 0+2"],
            Results(script).Final.OrderBy(row => row.Bib).Select(row => $"{row.Bib} {row.Parts[0].Points}+{row.Parts[1].Points}"));
        Assert.Equal(expected, Top(script, 4));
    }

    /// <summary>
    /// <code>
    /// race 1: a 1  b 2  c 3  d 4      race 2: d 1  c 2  b 3, a disqualified
    /// sums:   b 2 + 3 = 5   c 3 + 2 = 5   d 4 + 1 = 5   a 1 in one race only, so behind the three
    /// race 3: c 1  a 2  d 3  b 4:  c 6, d 8, b 9, a 1 + 2 in two races
    /// </code>
    /// </summary>
    [Fact]
    public void The_fewest_win_where_places_are_added_up_and_a_race_without_a_place_saves_none_FIN_6()
    {
        var script = new MeetScript(Document(["a b c d", "d c b a", "c a d b"], new RuleDocument { Scoring = "sumOfPlaces" }));
        Skate(Skate(script, 1, "a b c d"), 2, "d c b a").Do(new Sanction("h2", "a", "DSQ-SF", "pushed"));
        Assert.Equal("1b5 1c5 1d5 4a1", Top(script, 4));
        Skate(script, 3, "c a d b");
        Assert.Equal("1c6 2d8 3b9 4a3", Top(script, 4));
    }

    [Fact]
    public void Equal_points_share_the_place_and_the_next_is_skipped()
    {
        var script = new MeetScript(Document(["a b c", "b a c"]));
        Skate(Skate(script, 1, "a b c"), 2, "b a c");
        Assert.Equal("1a5 1b5 3c2", Top(script, 3));
    }

    [Fact]
    public void A_combined_without_events_with_rounds_or_over_itself_is_refused()
    {
        var good = Document(Orders);
        var plan = good.Events[3];
        string[] Faults(EventDocument changed) =>
            [.. MeetCheck.Faults(good with { Events = good.Events.SetItem(3, changed) }).Select(fault => $"{fault.Path} {fault.Code}")];
        Assert.Equal(["$.events[3].rules.of missing"], Faults(plan with { Rules = null }));
        Assert.Equal(["$.events[3].rules.of unknown-event", "$.events[3].rules.of[0] out-of-range"], Faults(plan with { Rules = new() { Of = ["combined"] } }));
        Assert.Contains("$.events[3].rounds out-of-range", Faults(plan with { Rounds = good.Events[0].Rounds }));
        Assert.Equal(
            ["$.events[0].rules.of out-of-range"],
            MeetCheck.Faults(good with { Events = good.Events.SetItem(0, good.Events[0] with { Rules = new() { Of = ["m500"] } }) }).Select(f => $"{f.Path} {f.Code}"));
        Assert.Contains("$.events[3].rules.scoring", string.Join(' ', Faults(plan with { Rules = plan.Rules! with { Scoring = "golf" } })));
    }

    /// <summary>c does not start the first race and is disqualified in the second; d starts in neither. What was said last is how they stand there.</summary>
    [Fact]
    public void Who_has_no_place_in_any_of_the_races_stands_as_the_last_of_them_has_it_FIN_6()
    {
        var script = new MeetScript(Document(["a b c d", "a b c d"]));
        script.Start("h1").Skate("a", 85_000).Skate("b", 86_000).Do(new FinishHeat("h1")).Do(new Publish("h1"));
        Assert.Equal(["c DNS", "d DNS"], Results(script).Final.Skip(2).Select(row => $"{row.Bib} {row.Status}"));
        script.Start("h2").Skate("a", 85_000).Skate("b", 86_000).Skate("c", 87_000).Do(new FinishHeat("h2"));
        script.Do(new Publish("h2")).Do(new Sanction("h2", "c", "DSQ-SF", "pushed"));
        Assert.Equal(["c DSQ-SF", "d DNS"], Results(script).Final.Skip(2).Select(row => $"{row.Bib} {row.Status}"));
    }

    [Fact]
    public void A_combined_over_another_combined_is_refused()
    {
        var good = Document(Orders);
        var faults = MeetCheck.Faults(good with { Events = good.Events.Add(good.Events[3] with { Id = "all", Rules = new() { Of = ["m1000", "combined"] } }) });
        Assert.Equal(["$.events[4].rules.of[1] out-of-range"], faults.Select(fault => $"{fault.Path} {fault.Code}"));
    }
}
