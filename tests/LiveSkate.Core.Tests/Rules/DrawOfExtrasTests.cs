using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>SED-2, SED-3, QUA-5, INC-10: where in a draw they go who were not reckoned with, and how even the heats stay.</summary>
public sealed class DrawOfExtrasTests
{
    /// <summary>Heats as "A B C": the winner first, 100 ms apart; each heat begins at the time given.</summary>
    private static MeetScript Raced(string draw, AdvanceRule rule, params (string Bibs, long First)[] heats)
    {
        var script = new MeetScript(MeetScript.Sprint(
            [.. heats.Select(heat => heat.Bibs.Split(' '))], rule, [new("semi", "Semifinals", HeatPlan.DrawnLater(2), new AdvanceRule(2, 0), draw), MeetScript.Final()]));
        for (var i = 0; i < heats.Length; i++)
        {
            script.Start($"h{i + 1}");
            var at = heats[i].First;
            foreach (var bib in heats[i].Bibs.Split(' '))
            {
                script.Skate(bib, at);
                at += 100;
            }
            script.Do(new Publish($"h{i + 1}"));
        }
        return script;
    }

    private static string[] Drawn(MeetScript script)
    {
        foreach (var heat in script.Meet.HeatsOf("e", "pre").ToList())
            script.Do(new MakeOfficial(heat.Id));
        script.Do(new DrawRound("e", "semi"));
        return [.. script.Meet.Proposals[("e", "semi")].Heats.Select(heat => string.Join(' ', heat))];
    }

    /// <summary>
    /// Direct A, D, G: heat 1, 2, 2. On time B, C, E: the second pass begins at heat 1 and goes on in 2, which has its three then; E goes
    /// back to 1. F, H and I do not go on and take no room.
    /// </summary>
    [Fact]
    public void Two_passes_that_end_on_the_same_side_still_make_even_heats_SED_2() =>
        Assert.Equal(["A B E", "D G C"], Drawn(Raced(Draw.TwoPassSnake, new AdvanceRule(1, 3), ("A B C", 80_000), ("D E F", 81_000), ("G H I", 82_000))));

    /// <summary>Seven: direct A, D, G as above, on time B, C, E, F. B to 1, then C and E to 2, which is the one that has a fourth, F to 1.</summary>
    [Fact]
    public void One_heat_may_have_one_more_and_the_snake_says_which_SED_2() =>
        Assert.Equal(["A B F", "D G C E"], Drawn(Raced(Draw.TwoPassSnake, new AdvanceRule(1, 4), ("A B C", 80_000), ("D E F", 81_000), ("G H I", 82_000))));

    /// <summary>Winners of heats 1 and 4 meet, and those of 2 and 3; A2 and B2 are the fastest others, one each.</summary>
    [Fact]
    public void In_a_bracket_those_on_time_go_one_each_into_the_emptier_heats_SED_3()
    {
        var script = Raced(Draw.Bracket, new AdvanceRule(1, 2), ("A1 A2", 80_000), ("B1 B2", 81_000), ("C1 C2", 82_000), ("D1 D2", 83_000));
        Assert.Equal(["A1 D1 A2", "B1 C1 B2"], Drawn(script));
    }

    /// <summary>Dead heats in heats 1 and 4: four belong into semifinal 1, which has room for three of six; D1 and D2 are the slower, D2 the last.</summary>
    [Fact]
    public void Who_finds_his_side_of_a_bracket_full_after_dead_heats_goes_into_the_emptier_one_SED_3_QUA_4()
    {
        var script = Raced(Draw.Bracket, new AdvanceRule(1, 0), ("A1 A2", 80_000), ("B1 B2", 81_000), ("C1 C2", 82_000), ("D1 D2", 83_000));
        script.Do(new SetFinishOrder("h1", [["A1", "A2"]])).Do(new SetFinishOrder("h4", [["D1", "D2"]]));
        Assert.Equal(["A1 A2 D1", "B1 C1 D2"], Drawn(script));
    }

    /// <summary>A and D win; C was hindered and E as well. Four start: one extra for each heat, the faster of them in heat 1.</summary>
    [Theory]
    [InlineData(Draw.TwoPassSnake), InlineData(Draw.DirectThenTime), InlineData(Draw.Bracket)]
    public void Whom_the_jury_sends_on_is_in_every_draw_INC_10(string draw)
    {
        var script = Raced(draw, new AdvanceRule(1, 0), ("A B C", 80_000), ("D E F", 81_000));
        script.Do(new Advance("e", "pre", "E", "hindered")).Do(new Advance("e", "pre", "C", "hindered"));
        Assert.Equal(["A C", "D E"], Drawn(script));
    }
}
