using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Rules.LongRaces;
using Xunit;

namespace LiveSkate.Core.Tests.Rules.LongRaces;

/// <summary>ELI-1, ELI-3, ELI-4, ELI-7, ELI-9; test vector 13.</summary>
public sealed class EliminationScheduleTests
{
    private static readonly Course Fifteen = Course.Of(15_000, 200, new FormatProfile("elimination"));

    private static EliminationPlan Plan(int survivors, int every, int? first = null, params int[] doubles) =>
        new() { Survivors = survivors, EveryLaps = every, First = first, Doubles = [.. doubles] };

    /// <summary>R26 199.2: 36 starters, 31 out, 5 finish, 7 doubles. 17 singles + 14 = 31.</summary>
    [Fact]
    public void Thirty_six_starters_five_survivors_and_seven_doubles_make_24_elimination_laps_ELI_4()
    {
        var plan = Plan(5, 2, null, 30, 32, 34, 36, 38, 40, 42);
        var laps = EliminationSchedule.Of(plan, Fifteen, 36);
        Assert.Equal(24, laps.Length);
        Assert.Equal((17, 7), (laps.Count(lap => lap.GoOut == 1), laps.Count(lap => lap.GoOut == 2)));
        Assert.Equal((48, 2), (laps[0].LapsToGo, laps[^1].LapsToGo));
        Assert.Equal(0, EliminationSchedule.LeftOver(plan, Fifteen, 36));
    }

    [Fact]
    public void An_announced_first_lap_starts_there_and_ends_with_the_survivors_ELI_3()
    {
        var laps = EliminationSchedule.Of(Plan(5, 1, 60, 59), Fifteen, 10);
        Assert.Equal([(60, 1), (59, 2), (58, 1), (57, 1)], laps.Select(lap => (lap.LapsToGo, lap.GoOut)));
    }

    [Fact]
    public void Nobody_goes_out_in_the_first_kilometre_ELI_1()
    {
        var laps = EliminationSchedule.Of(Plan(1, 1, 74), Fifteen, 200);
        Assert.Equal(70, laps[0].LapsToGo);
        Assert.Equal(200 - 1 - 70, EliminationSchedule.LeftOver(Plan(1, 1, 74), Fifteen, 200));
    }

    [Fact]
    public void The_last_lap_may_be_chosen_so_that_points_laps_lie_between()
    {
        var plan = Plan(5, 2) with { Last = 1 };
        Assert.Equal([5, 3, 1], EliminationSchedule.Of(plan, Fifteen, 8).Select(lap => lap.LapsToGo));
    }

    [Fact]
    public void Who_leaves_in_between_makes_the_next_elimination_unnecessary_ELI_7()
    {
        var laps = EliminationSchedule.Of(Plan(5, 2, null, 6), Fifteen, 10);
        Assert.Equal([(8, 1), (6, 2), (4, 1), (2, 1)], laps.Select(lap => (lap.LapsToGo, lap.GoOut)));
        Assert.Equal([(6, 2), (4, 1), (2, 1)], EliminationSchedule.Open(laps, 9, 5).Select(lap => (lap.LapsToGo, lap.GoOut)));
        // Two left: of the double one remains.
        Assert.Equal([(6, 1), (4, 1), (2, 1)], EliminationSchedule.Open(laps, 8, 5).Select(lap => (lap.LapsToGo, lap.GoOut)));
        Assert.Empty(EliminationSchedule.Open(laps, 5, 5));
        Assert.Empty(EliminationSchedule.Open(laps, 3, 5));
    }

    [Fact]
    public void A_document_whose_schedule_does_not_come_down_to_the_survivors_is_refused_ELI_4()
    {
        string[] Faults(RuleDocument rules) =>
            [.. MeetCheck.Faults(MeetScript.Race("elimination", [Laps.Bibs("1 2 3 4 5 6 7 8")], 2000, rules)).Select(fault => fault.Detail)];

        Assert.Empty(Faults(Laps.Eliminate(3, 1)));
        Assert.Contains("leave 3 more than the 2 elimination laps take out", Assert.Single(Faults(Laps.Eliminate(3, 2))));
        Assert.Contains("7 laps to go", Assert.Single(Faults(Laps.Eliminate(5, 1, [7]))));
    }

    [Fact]
    public void Five_skate_for_it_where_the_event_says_nothing_ELI_3() =>
        Assert.Equal(3, EliminationSchedule.Of(new EliminationPlan(), Fifteen, 8).Length);

    [Fact]
    public void An_event_may_announce_the_first_lap_or_the_last_ELI_3()
    {
        var plan = new EliminationPlan();
        Assert.Equal([60, 58, 56], EliminationSchedule.Of(plan.With(new EliminationDocument(First: 60)), Fifteen, 8).Select(lap => lap.LapsToGo));
        Assert.Equal([5, 3, 1], EliminationSchedule.Of(plan.With(new EliminationDocument(Last: 1)), Fifteen, 8).Select(lap => lap.LapsToGo));
        Assert.Equal([6, 4, 2], EliminationSchedule.Of(plan.With(new EliminationDocument(Survivors: 5)), Fifteen, 8).Select(lap => lap.LapsToGo));
    }

    /// <summary>Three starters and five survivors: nobody has to go, and none is left over.</summary>
    [Fact]
    public void A_field_smaller_than_the_survivors_needs_no_schedule_ELI_4() =>
        Assert.Equal((0, 0), (EliminationSchedule.LeftOver(Plan(5, 1), Fifteen, 3), EliminationSchedule.Of(Plan(5, 1), Fifteen, 3).Length));

    /// <summary>Five laps, no free distance: with 5 to go the race begins.</summary>
    [Fact]
    public void Nobody_goes_out_at_the_start() =>
        Assert.Equal([1, 2, 3, 4], EliminationSchedule.Laps(Plan(1, 1) with { FromM = 0 }, Course.Of(1000, 200, new FormatProfile("elimination"))).Select(lap => lap.LapsToGo));

    /// <summary>4000 m on a road of 400 m are ten laps, whatever the track beside it measures (20 laps of 200 m).</summary>
    [Fact]
    public void Laps_that_an_event_names_are_those_of_its_own_course_LAP_2()
    {
        string[] Faults(int toGo) =>
            [.. MeetCheck.Faults(MeetScript.Race("points", [Laps.Bibs("1 2")], 4000, new RuleDocument { LapM = 400, Sprints = new SprintsDocument(AtLapsToGo: [toGo]) }))
                .Select(fault => fault.Detail)];
        Assert.Empty(Faults(9));
        Assert.Equal(["10 is not between 0 and 9 laps to go."], Faults(10));
        Assert.Equal(["0 is not between 20 and 100000 metres."],
            MeetCheck.Faults(MeetScript.Race("points", [Laps.Bibs("1 2")], 4000, new RuleDocument { LapM = 0 })).Select(fault => fault.Detail));
    }
}
