using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>COD-4, INC-2, R26 169, R26 171.2: what others did, and what is over, is not held against anybody.</summary>
public sealed class OwnAffairTests
{
    private static MeetScript Meet(RuleDocument? rules = null)
    {
        var document = MeetScript.Sprint([["1", "2", "3"]], new AdvanceRule(2, 0), [MeetScript.Final()]);
        return new MeetScript(document with { Events = [document.Events[0] with { Rules = rules }] });
    }

    private static MeetScript Raced(MeetScript script, string heat, params string[] bibs)
    {
        script.Start(heat);
        for (var i = 0; i < bibs.Length; i++)
            script.Skate(bibs[i], 85_000 + 500 * i);
        return script;
    }

    private static MeetScript Final(MeetScript script, params string[] bibs) =>
        Raced(script.Sign("h1").Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final")), "e-final-1", bibs);

    private static string[] Remarks(MeetScript script, string heat, string bib) =>
        [.. HeatPublisher.State(script.Meet, script.Meet.Heats[heat], []).Rows.Single(row => row.Bib == bib).Remarks];

    /// <summary>One warning is let go. 1 and 2 have one each, which makes two in the heat and one for each of them.</summary>
    [Fact]
    public void Somebody_elses_warnings_are_not_counted_as_mine_R26_171_2()
    {
        var script = Raced(Meet(new RuleDocument { Warnings = 1 }), "h1", "1", "2", "3");
        script.Do(new Sanction("h1", "1", "W1", "elbow")).Do(new Sanction("h1", "2", "W1", "elbow"));
        Assert.All(script.Heat("h1").Rows, row => Assert.Null(row.Proposed));
        // In the final 1 has a second one, 2 has none: the proposal is for 1 alone.
        Final(script, "1", "2").Do(new Sanction("e-final-1", "1", "W1", "again"));
        Assert.Equal(["DSQ-SF", null], new[] { "1", "2" }.Select(bib => script.Heat("e-final-1").Row(bib).Proposed));
    }

    /// <summary>2 was early in the first round, 1 is in the final: one each, and one is let go.</summary>
    [Fact]
    public void Somebody_elses_false_start_of_an_earlier_round_is_not_mine_INC_2()
    {
        var script = Final(Raced(Meet(), "h1", "1", "2", "3").Do(new Sanction("h1", "2", "FS", "early")), "1", "2");
        script.Do(new Sanction("e-final-1", "1", "FS", "early"));
        Assert.Equal(("OK", "OK"), (script.Heat("e-final-1").Row("1").Status, script.Heat("e-final-1").Row("2").Status));
        Assert.Equal([["FS"], ["FS"]], new[] { "1", "2" }.Select(bib => Remarks(script, "e-final-1", bib)));
    }

    [Fact]
    public void A_reduction_in_rank_is_of_its_heat_and_comes_along_to_no_other_INC_5()
    {
        var script = Raced(Meet(), "h1", "1", "2", "3").Do(new Sanction("h1", "1", "RR", "hindered", ["2"]));
        Assert.Equal(["RR"], Remarks(script, "h1", "1"));
        Assert.Empty(Remarks(Final(script, "1", "2"), "e-final-1", "1"));
    }

    /// <summary>
    /// Two false starts of 3 in the first round are a technical fault there; the jury sends him on all the same. In the final he has made
    /// none, and 1 has made one.
    /// </summary>
    [Fact]
    public void Too_many_false_starts_are_a_fault_where_the_last_was_made_and_not_in_the_round_after_it_INC_2()
    {
        var script = Raced(Meet(), "h1", "1", "2", "3").Do(new Sanction("h1", "3", "FS", "early")).Do(new Sanction("h1", "3", "FS", "early again"));
        Assert.Equal("DSQ-TF", script.Heat("h1").Row("3").Status);
        script.Do(new Advance("e", "pre", "3", "on appeal"));
        Final(script, "1", "2", "3").Do(new Sanction("e-final-1", "1", "FS", "early"));
        Assert.Equal("OK", script.Heat("e-final-1").Row("3").Status);
    }

    /// <summary>Two warnings where one is let go: a proposal in that heat. In the final there is no further one to ask the jury about.</summary>
    [Fact]
    public void The_jury_is_asked_about_warnings_only_in_the_heat_of_the_last_one_R26_169()
    {
        var script = Raced(Meet(new RuleDocument { Warnings = 1 }), "h1", "1", "2", "3").Do(new Sanction("h1", "1", "W1", "elbow")).Do(new Sanction("h1", "1", "W2", "elbow"));
        Assert.Equal("DSQ-SF", script.Heat("h1").Row("1").Proposed);
        Final(script, "1", "2").Do(new Sanction("e-final-1", "2", "W1", "elbow"));
        Assert.Null(script.Heat("e-final-1").Row("1").Proposed);
    }
}
