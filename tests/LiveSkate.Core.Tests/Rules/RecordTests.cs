using System.Collections.Immutable;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>rules.md section 13. The marks: world 1:20.000, of the games 1:22.000; 1 is of COL, the others of ITA.</summary>
public sealed class RecordTests
{
    private static readonly ImmutableArray<MarkDocument> Marks =
        [new("WR", 80_000, "Somebody"), new("GR", 82_000), new("NR", 84_000, Nations: ["ITA"])];

    private static MeetScript Meet(string[][] heats, RuleDocument? rules = null, Func<EventDocument, EventDocument>? change = null)
    {
        var document = MeetScript.Sprint(heats, new AdvanceRule(1, 0), [MeetScript.Final()]);
        var plan = document.Events[0] with { Rules = rules, Records = Marks };
        return new MeetScript(document with
        {
            Events = [change?.Invoke(plan) ?? plan],
            Skaters = [.. document.Skaters.Select((skater, i) => skater with { Nation = i == 0 ? "COL" : "ITA" })],
        });
    }

    private static string[] Remarks(MeetScript script, string heat, string bib) =>
        [.. HeatPublisher.State(script.Meet, script.Meet.Heats[heat], []).Rows.Single(row => row.Bib == bib).Remarks];

    [Fact]
    public void A_time_that_beats_a_mark_is_pending_until_it_is_ratified_REC_1_REC_3()
    {
        var script = Meet([["1", "2"]]).Start("h1").Skate("1", 79_999).Skate("2", 83_000);
        Assert.Equal(["WR (pending)", "GR (pending)"], Remarks(script, "h1", "1"));
        Assert.Equal(["NR (pending)"], Remarks(script, "h1", "2"));
        Assert.Equal(RefusalCodes.WrongState, script.Refused(new RatifyRecord("h1", "1", "WR")).Code);
        script.Sign("h1").Do(new RatifyRecord("h1", "1", "WR"));
        Assert.Equal(["WR", "GR (pending)"], Remarks(script, "h1", "1"));
        Assert.Equal(["FAMILY1 1st, WR ratified"], VersionLine.Of(script.Meet, script.Meet.Heats["h1"])[^1].Changes);
        Assert.Equal(RefusalCodes.NoRecord, script.Refused(new RatifyRecord("h1", "2", "WR")).Code);
        script.Do(new RatifyRecord("h1", "1", "GR"));
        Assert.Equal(["FAMILY1 1st, GR ratified"], VersionLine.Of(script.Meet, script.Meet.Heats["h1"])[^1].Changes);
        // Another time is another record.
        script.Do(new Review("h1", "camera")).Do(new SetTime("h1", "1", 79_990, "camera"));
        Assert.Equal("WR (pending)", Remarks(script, "h1", "1")[0]);
    }

    [Fact]
    public void The_same_thousandth_equals_a_record_and_of_a_heat_only_the_best_has_it_REC_4()
    {
        var script = Meet([["1", "2", "3"]]).Start("h1").Skate("1", 82_000).Skate("2", 83_500).Skate("3", 83_400);
        Assert.Equal(["=GR (pending)"], Remarks(script, "h1", "1"));
        Assert.Equal([[], ["NR (pending)"]], new[] { "2", "3" }.Select(bib => Remarks(script, "h1", bib)));
    }

    [Fact]
    public void What_was_skated_earlier_in_the_event_is_what_has_to_be_beaten_and_an_earlier_mark_stays_what_it_was_REC_3()
    {
        var script = Meet([["1"], ["2"], ["3"]]).Start("h1").Skate("1", 79_900).Sign("h1").Start("h2").Skate("2", 79_950).Start("h3").Skate("3", 79_900);
        Assert.Equal(["WR (pending)", "GR (pending)"], Remarks(script, "h1", "1"));
        Assert.Equal(["NR (pending)"], Remarks(script, "h2", "2"));
        Assert.Equal(["=WR (pending)", "=GR (pending)", "NR (pending)"], Remarks(script, "h3", "3"));
    }

    [Fact]
    public void A_swapped_time_a_disqualified_skater_and_a_time_by_hand_set_none_REC_2_REC_4()
    {
        var script = Meet([["1", "2", "3"]]).Start("h1").Skate("1", 79_000).Skate("2", 85_000);
        script.Do(new Sanction("h1", "1", "RR", "hindered", ["2"]));
        Assert.Equal([["RR"], []], new[] { "1", "2" }.Select(bib => Remarks(script, "h1", bib)));
        script.Do(new LiftSanction("h1", "1", "RR", "video")).Do(new Sanction("h1", "1", "DSQ-SF", "pushed"));
        Assert.Empty(Remarks(script, "h1", "1"));
        foreach (var seconds in new[] { 15.0, 30, 45, 60, 75 })
            script.Do(new AddPassing("h1", "3", script.Passing("3", seconds).Time));
        Assert.Equal(75_000, script.Heat("h1").Row("3").TimeMs);
        Assert.Empty(Remarks(script, "h1", "3"));
        // The jury says who was first, and nobody has timed it better for that.
        script.Do(new SetFinishOrder("h1", [["3"], ["2"]]));
        Assert.Equal(("hand", 75_000), HeatPublisher.State(script.Meet, script.Meet.Heats["h1"], []).Rows[0] is var first ? (first.TimeBy, first.TimeMs) : default);
        Assert.Empty(Remarks(script, "h1", "3"));
    }

    [Fact]
    public void Personal_and_season_bests_come_from_the_entry_and_ask_nobody_REC_4()
    {
        var script = Meet([["1", "2", "3"]], change: plan => plan with
        {
            Records = null,
            Entries = [plan.Entries[0] with { PbMs = 90_000, SbMs = 91_000 }, plan.Entries[1] with { PbMs = 85_000, SbMs = 91_000 }, plan.Entries[2]],
        });
        script.Start("h1").Skate("1", 90_000).Skate("2", 90_500).Skate("3", 90_600);
        Assert.Equal([["=PB"], ["SB"], []], new[] { "1", "2", "3" }.Select(bib => Remarks(script, "h1", bib)));
    }

    [Fact]
    public void A_distance_with_D_has_track_records_alone_REC_5()
    {
        var document = MeetScript.Sprint([["1", "2"]], distanceM: 500);
        document = document with
        {
            Venue = document.Venue with { DM = 20 },
            Events = [document.Events[0] with { Rules = new RuleDocument { PlusD = true }, Records = [new("TR", 45_000), new("WR", 44_000)] }],
        };
        Assert.Equal("$.events[0].records[1].kind out-of-range", Assert.Single(MeetCheck.Faults(document).Select(fault => $"{fault.Path} {fault.Code}")));
    }

    [Fact]
    public void Nobody_sets_a_record_where_points_or_the_last_place_decide_REC_1()
    {
        Assert.True(new FormatProfile("sprint").HasRecords);
        Assert.False((new FormatProfile("points") { Sprints = new SprintPlan() }).HasRecords);
        Assert.False((new FormatProfile("elimination") { Elimination = new EliminationPlan() }).HasRecords);
    }
}
