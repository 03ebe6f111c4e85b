using LiveSkate.Core.Meets;
using Xunit;

namespace LiveSkate.Core.Tests.Meets;

/// <summary>Documents that their format cannot run.</summary>
public sealed class FormatCheckTests
{
    private static string[] Faults(MeetDocument document) => [.. MeetCheck.Faults(document).Select(fault => $"{fault.Path} {fault.Code}")];

    private static MeetDocument With(MeetDocument document, Func<EventDocument, EventDocument> change) =>
        document with { Events = [change(document.Events[0])] };

    /// <summary>One team of three, in a form that is an entry of any event.</summary>
    private static MeetDocument Team(string format, RuleDocument? rules = null)
    {
        var document = MeetScript.Sprint([["1", "2", "3"]]);
        return With(document, plan => plan with
        {
            Format = format, Rules = rules,
            Entries = [new EntryDocument("1", Team: new TeamDocument("Team", "COL", ["s1", "s2", "s3"]))],
            Rounds = [new RoundDocument("final", "Final", HeatPlan.Of([new HeatDocument("h1", 1, ["1"])]), null, null)],
        });
    }

    [Fact]
    public void Good_documents_of_every_clock_and_team_format_have_no_fault()
    {
        Assert.Empty(Faults(Team("relay")));
        Assert.Empty(Faults(Team("teamTimeTrial")));
        Assert.Empty(Faults(Team("teamTimeTrial", new RuleDocument { Counts = 2 })));
        Assert.Empty(Faults(MeetScript.TimeTrial([["1", "2"], ["3"]])));
        Assert.Empty(Faults(MeetScript.TimeTrial([["1"]], 300, dual: false)));
    }

    [Fact]
    public void Teams_race_only_where_the_format_has_them_and_only_teams_do_REL_3()
    {
        Assert.Equal(["$.events[0].entries[0].team out-of-range"], Faults(Team("sprint")));
        Assert.Equal(["$.events[0].entries[0].team out-of-range"], Faults(Team("timeTrial")));
        Assert.Equal(
            ["$.events[0].entries[0].team missing", "$.events[0].entries[1].team missing"],
            Faults(With(MeetScript.Sprint([["1", "2"]]), plan => plan with { Format = "relay" })));
    }

    [Fact]
    public void A_team_has_at_least_as_many_members_as_the_one_that_counts_REL_4()
    {
        Assert.Equal(["$.events[0].entries[0].team.members out-of-range"], Faults(Team("teamTimeTrial", new RuleDocument { Counts = 4 })));
        Assert.Equal(["$.events[0].rules.counts out-of-range"], Faults(Team("relay", new RuleDocument { Counts = 2 })));
    }

    [Fact]
    public void A_race_over_two_lines_has_both_and_two_to_a_heat_LAP_3()
    {
        var dual = MeetScript.TimeTrial([["1", "2"]]);
        var one = dual with { Sources = [.. dual.Sources.Where(source => source.Id != "finish-2")] };
        Assert.Equal(["$.sources missing"], Faults(one));
        Assert.Equal(["$.sources missing"], Faults(With(MeetScript.TimeTrial([["1"]], dual: false), plan => plan with { Rules = new() { Lines = 2 } })));
        Assert.Equal(["$.events[0].rounds[0].heats[0].bibs out-of-range"], Faults(MeetScript.TimeTrial([["1", "2", "3"]])));
        Assert.Empty(Faults(MeetScript.TimeTrial([["1", "2", "3"]], rules: new RuleDocument { Lines = 1 })));
        Assert.Equal(["$.events[0].rules.lines out-of-range"], Faults(With(MeetScript.Sprint([["1"]]), plan => plan with { Rules = new() { Lines = 2 } })));
    }

    /// <summary>A setting that would be passed over is no setting.</summary>
    [Fact]
    public void What_a_format_or_a_round_has_no_use_for_is_a_fault()
    {
        Assert.Equal(
            ["$.events[0].rules.elimination out-of-range", "$.events[0].rules.scoring out-of-range", "$.events[0].rules.sprints out-of-range"],
            Faults(With(MeetScript.Sprint([["1"]]), plan => plan with { Rules = new() { Sprints = new(), Elimination = new(), Scoring = "sumOfPlaces" } })).Order());
        Assert.Equal(
            ["$.events[0].rules.elimination.fromM out-of-range", "$.events[0].rules.elimination.last out-of-range", "$.events[0].rules.sprints.fromM out-of-range"],
            Faults(MeetScript.Race("pointsElimination", [["1"]], 10_000, new() { Sprints = new(FromM: -1), Elimination = new(FromM: -1, Last: -1) }))
                .Where(fault => fault != "$.events[0].rules.elimination out-of-range").Order());
        Assert.Equal(
            ["$.events[0].rounds[0].advance.timePlace out-of-range", "$.events[0].rounds[1].most out-of-range"],
            Faults(MeetScript.Sprint([["1", "2"]], new AdvanceRule(1, 0, TimePlace: 2), [MeetScript.Final() with { Most = 1 }])));
    }

    [Theory]
    [InlineData(0), InlineData(-5)]
    public void Settings_of_the_clock_are_in_range(int leastLapMs) => Assert.Equal(
        ["$.events[0].rules.lapM out-of-range", "$.events[0].rules.leastLapMs out-of-range"],
        Faults(With(MeetScript.Sprint([["1"]]), plan => plan with { Rules = new() { LeastLapMs = leastLapMs, LapM = 1 } })).Order());
}
