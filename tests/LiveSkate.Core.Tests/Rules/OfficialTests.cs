using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>rules.md section 12. 1 wins in 1:25, 2 is second in 1:26, 3 third in 1:27.</summary>
public sealed class OfficialTests
{
    private static MeetDocument Paper() => MeetScript.Sprint([["1", "2", "3"]]);

    private static MeetScript Published(MeetDocument? paper = null) =>
        new MeetScript(paper ?? Paper()).Start("h1").Skate("1", 85_000).Skate("2", 86_000).Skate("3", 87_000).Do(new Publish("h1"));

    private static HeatState State(MeetScript script) => HeatPublisher.State(script.Meet, script.Meet.Heats["h1"], []);

    [Fact]
    public void A_protest_puts_the_result_under_review_and_says_whose_it_is_OFF_5()
    {
        var script = Published().Do(new Protest("h1", "COL", "was pushed"));
        Assert.Equal(("review", "Protest of COL: was pushed"), (State(script).State, State(script).Reason));
        Assert.Equal("Protest of COL: was pushed", script.Meet.Heats["h1"].Versions[^1].Reason);
        script.Do(new Publish("h1")).Do(new MakeOfficial("h1")).Do(new Protest("h1", "ITA", "too late"));
        Assert.Equal("review", State(script).State);
        Assert.Equal(RefusalCodes.WrongState, script.Refused(new Protest("h1", "COL", "again")).Code);
    }

    [Fact]
    public void How_long_a_protest_is_taken_is_a_setting_and_shown_while_the_result_is_provisional_OFF_5()
    {
        Assert.Null(State(Published()).ProtestUntilUs);
        var paper = Paper();
        var script = Published(paper with { Events = [paper.Events[0] with { Rules = new RuleDocument { ProtestMinutes = 15 } }] });
        Assert.Equal(script.Journal[^1].RecordedAt.AddMinutes(15), Core.Timing.Microseconds.ToInstant(State(script).ProtestUntilUs!.Value));
        Assert.Null(State(script.Do(new MakeOfficial("h1"))).ProtestUntilUs);
    }

    [Fact]
    public void Who_was_disqualified_stays_in_the_list_at_its_end_with_code_and_remark_OFF_6()
    {
        var script = Published().Do(new Sanction("h1", "1", "DSQ-SF", "pushed")).Do(new MakeOfficial("h1"));
        var results = ResultsPublisher.Results(script.Meet, script.Meet.Document.Events[0]);
        var last = results.Rounds[0].Heats[0].Rows[^1];
        Assert.Equal(("1", "DSQ-SF", null), (last.Bib, last.Status, last.Rank));
        Assert.Equal("pushed", results.Notes.Single(note => last.Notes.Contains(note.Number)).Reason);
        Assert.Equal(("1", "DSQ-SF", null), (results.Final[^1].Bib, results.Final[^1].Status, results.Final[^1].Rank));
    }

    [Fact]
    public void Who_has_not_agreed_to_be_named_is_a_number_in_all_that_is_public_OFF_7()
    {
        var paper = Paper();
        var script = Published(paper with { Skaters = paper.Skaters.SetItem(1, paper.Skaters[1] with { Unnamed = true }) });
        script.Do(new Sanction("h1", "1", "DSQ-SF", "pushed"));
        var heat = script.Meet.Heats["h1"];
        var all = string.Join('\n', PublicState.Of(script.Meet), System.Text.Json.JsonSerializer.Serialize(VersionLine.Of(script.Meet, heat)),
            System.Text.Json.JsonSerializer.Serialize(Preview.Of(script.Venue, MeetScript.MeetId, new Sanction("h1", "2", "DNF", "x"))));
        Assert.DoesNotContain("FAMILY2", all, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("FAMILY3", all, StringComparison.Ordinal);
        Assert.Equal(("No. 2", "No. 2"), State(script).Rows.Single(row => row.Bib == "2") is var row ? (row.Name, row.ShortName) : default);
        Assert.Equal("No. 2 2nd → 1st", Assert.Single(VersionLine.Of(script.Meet, heat)[^1].Changes, change => change.StartsWith("No. 2", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_order_of_the_jury_says_who_set_it_why_and_what_it_contradicts_OFF_8()
    {
        var script = Published().Do(new SetFinishOrder("h1", [["1"], ["3"], ["2"]], "the camera"));
        var order = State(script).JuryOrder!;
        Assert.Equal(("office", "the camera"), (order.By, order.Reason));
        Assert.Equal(["FAMILY3 3rd → 2nd", "FAMILY2 2nd → 3rd"], order.Against);
        Assert.Equal("the camera", script.Meet.Heats["h1"].Versions[^1].Reason);
    }

    [Fact]
    public void An_order_of_the_jury_that_agrees_with_what_was_measured_contradicts_nothing_OFF_8()
    {
        Assert.Empty(State(Published().Do(new SetFinishOrder("h1", [["1"], ["2"], ["3"]]))).JuryOrder!.Against);
        Assert.Null(State(Published()).JuryOrder);
        Assert.Null(State(Published().Do(new SetFinishOrder("h1", [["1"], ["3"]])).Do(new SetFinishOrder("h1", []))).JuryOrder);
    }
}
