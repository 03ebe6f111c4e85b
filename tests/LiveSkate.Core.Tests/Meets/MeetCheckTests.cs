using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;
using Xunit;

namespace LiveSkate.Core.Tests.Meets;

public sealed class MeetCheckTests
{
    private static readonly MeetDocument Good = MeetScript.Sprint([["1", "2"]], new AdvanceRule(1, 1), [MeetScript.Final()]);

    [Fact]
    public void A_good_document_has_no_fault() => Assert.Empty(MeetCheck.Faults(Good));

    [Fact]
    public void Every_fault_is_found_with_its_place_and_not_only_the_first()
    {
        var plan = Good.Events[0];
        var faulty = Good with
        {
            Name = " ",
            Venue = Good.Venue with { LapM = 0 },
            Sources = [.. Good.Sources, Good.Sources[0], new("Bad Id", SourceRole.Split, null)],
            Skaters = [.. Good.Skaters, Good.Skaters[0] with { Id = "s3" }],
            Events =
            [
                plan with
                {
                    Format = "figure", DistanceM = 0, Entries = [.. plan.Entries, new("1", "s9")],
                    Rounds =
                    [
                        plan.Rounds[0] with { Advance = null, Heats = HeatPlan.Of([new("h1", 1, ["1", "9"]), new("h1", 1, ["1"])]) },
                        plan.Rounds[1] with { Advance = new AdvanceRule(0, 0), Draw = "lottery", Heats = HeatPlan.DrawnLater(0) },
                    ],
                },
            ],
        };
        var faults = MeetCheck.Faults(faulty).Select(fault => $"{fault.Path} {fault.Code}").ToHashSet();
        string[] expected =
        [
            "$.name missing", "$.venue.lapM out-of-range", "$.sources[4].id duplicate", "$.sources[5].id malformed-id", "$.sources[5].atM missing",
            "$.skaters[2].transponders[0] duplicate", "$.events[0].format unknown-format", "$.events[0].distanceM out-of-range",
            "$.events[0].entries[2].bib duplicate", "$.events[0].entries[2].skater unknown-skater", "$.events[0].rounds[0].advance missing",
            "$.events[0].rounds[0].heats[0].bibs[1] unknown-bib", "$.events[0].rounds[0].heats[1].id duplicate",
            "$.events[0].rounds[0].heats[1].number duplicate", "$.events[0].rounds[0].heats[1].bibs[0] duplicate",
            "$.events[0].rounds[1].advance out-of-range", "$.events[0].rounds[1].draw unknown-draw", "$.events[0].rounds[1].heats out-of-range",
        ];
        Assert.Empty(expected.Except(faults));
    }

    [Theory]
    [InlineData(83_633, "1:23.633"), InlineData(43_104, "43.104"), InlineData(60_000, "1:00.000"), InlineData(3_723_004, "1:02:03.004"), InlineData(-52, "\u22120.052")]
    public void Times_are_written_the_same_everywhere(long ms, string shown) => Assert.Equal(shown, RaceTime.Format(ms));

    [Fact]
    public void The_formats_and_draws_that_a_document_may_name_are_those_that_there_are_rules_for()
    {
        Assert.Superset(new HashSet<string> { "sprint", "timeTrial", "relay", "teamTimeTrial" }, RaceRules.Names.ToHashSet());
        Assert.Superset(new HashSet<string> { "twoPassSnake", "directThenTime", "bracket", "byNation" }, Draw.Names.ToHashSet());
    }
}
