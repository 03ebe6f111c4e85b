using System.Collections.Immutable;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Commands;

public sealed class OfficeTests
{
    private static MeetScript Meet() => new(MeetScript.Sprint([["1", "2"], ["3", "4"]], new AdvanceRule(1, 1), [MeetScript.Final()]));

    [Fact]
    public void A_refusal_names_the_state_and_what_is_allowed()
    {
        var refusal = Meet().Refused(new ArmHeat("h1"));
        Assert.Equal(RefusalCodes.WrongState, refusal.Code);
        Assert.Equal("armHeat needs h1 to be open; it is scheduled. Allowed now: openHeat, cancelHeat, sanction, liftSanction (with WDR only).", refusal.Detail);
    }

    [Fact]
    public void A_gun_can_start_only_one_heat_so_a_second_is_not_armed() =>
        Assert.Equal(RefusalCodes.AnotherArmed, Meet().Do(new OpenHeat("h1")).Do(new OpenHeat("h2")).Do(new ArmHeat("h1")).Refused(new ArmHeat("h2")).Code);

    [Fact]
    public void The_next_heat_may_be_armed_while_one_still_runs()
    {
        var script = Meet().Start("h1").Pass("1", 17).Do(new OpenHeat("h2")).Do(new ArmHeat("h2"));
        script.Gun(script.Passing("1", 90).Time).Skate("1", 85_000);
        Assert.Equal((HeatStage.Running, HeatStage.Running), (script.Heat("h1").State, script.Heat("h2").State));
        Assert.Equal(85_000, script.Heat("h1").Row("1").TimeMs);
    }

    [Fact]
    public void What_has_changed_since_it_was_seen_is_not_commanded_over_OFF_4()
    {
        var script = Meet().Do(new OpenHeat("h1"));
        var seen = script.Venue.At;
        script.Do(new ArmHeat("h1"));
        Assert.Equal(RefusalCodes.Stale, script.Refused(new DisarmHeat("h1"), seen).Code);
        Assert.Null(Office.Decide(script.Venue, MeetScript.MeetId, new DisarmHeat("h1"), script.Venue.At).Refusal);
    }

    [Fact]
    public void The_document_is_fixed_once_a_heat_has_been_armed()
    {
        var script = Meet().Do(new OpenHeat("h1"));
        Assert.Null(Office.Put(script.Venue, MeetScript.MeetId, script.Meet.Document).Refusal);
        script.Do(new ArmHeat("h1"));
        Assert.Equal(RefusalCodes.MeetStarted, Office.Put(script.Venue, MeetScript.MeetId, script.Meet.Document).Refusal!.Code);
    }

    [Fact]
    public void Ending_a_heat_that_has_ended_is_granted_and_changes_nothing()
    {
        var script = Meet().Start("h1").Skate("1", 85_000).Skate("2", 86_000);
        Assert.Equal(Decision.Nothing, Office.Decide(script.Venue, MeetScript.MeetId, new FinishHeat("h1"), null));
    }

    [Fact]
    public void What_does_not_exist_is_refused_by_name()
    {
        var running = Meet().Start("h1");
        foreach (var (command, code) in new (Command, string)[]
        {
            (new OpenHeat("h9"), RefusalCodes.UnknownHeat),
            (new RecallHeat("h1", "9"), RefusalCodes.UnknownBib),
            (new AddPassing("h1", "9", MeetScript.Noon.AddYears(1)), RefusalCodes.UnknownBib),
            (new AddPassing("h1", "1", MeetScript.Noon), RefusalCodes.OutOfRange),
            (new VoidPassing("h1", 99), RefusalCodes.UnknownPassing),
            (new SetFinishOrder("h1", [["1", "1"]]), RefusalCodes.DuplicateBib),
            (new SetFinishOrder("h1", [["9"]]), RefusalCodes.UnknownBib),
            (new SetTime("h1", "9", 1, "x"), RefusalCodes.UnknownBib),
            (new SetTime("h1", "1", 0, "x"), RefusalCodes.OutOfRange),
            (new Sanction("h1", "1", "DSQ", "x"), RefusalCodes.UnknownCode),
            (new Sanction("h1", "9", "DNF", "x"), RefusalCodes.UnknownBib),
            (new LiftSanction("h1", "1", "DNF", "x"), RefusalCodes.NotSanctioned),
            (new DrawRound("x", "final"), RefusalCodes.UnknownEvent),
            (new DrawRound("e", "x"), RefusalCodes.UnknownRound),
            (new DrawRound("e", "final"), RefusalCodes.RoundNotReady),
            (new DrawRound("e", "pre"), RefusalCodes.AlreadyDrawn),
            (new Advance("e", "final", "1", "x"), RefusalCodes.LastRound),
            (new Advance("e", "pre", "9", "x"), RefusalCodes.UnknownBib),
            (new Withdraw("e", "pre", "2", "x"), RefusalCodes.NotQualified),
        })
            Assert.True(running.Refused(command).Code == code, $"{command} should be refused with {code}, was {running.Refused(command)}");
        Assert.Equal(RefusalCodes.UnknownMeet, Office.Decide(running.Venue, "x", new OpenHeat("h1"), null).Refusal!.Code);
    }

    [Fact]
    public void A_draw_is_a_proposal_until_it_is_confirmed_SED_7()
    {
        var script = BothRaced();
        Assert.Equal(RefusalCodes.NoProposal, script.Refused(new ConfirmDraw("e", "final")).Code);
        script.Do(new DrawRound("e", "final"));
        Assert.Empty(script.Meet.HeatsOf("e", "final"));
        script.Do(new ConfirmDraw("e", "final"));
        Assert.Equal(["1", "3", "2"], script.Meet.Heats["e-final-1"].Bibs);
    }

    [Fact]
    public void A_draw_that_the_round_before_has_overtaken_is_not_confirmed_OFF_3()
    {
        var script = BothRaced().Do(new DrawRound("e", "final"));
        script.Do(new Review("h1", "protest")).Do(new Sanction("h1", "2", "DSQ-SF", "pushed")).Sign("h1");
        Assert.Equal(RefusalCodes.DrawChanged, script.Refused(new ConfirmDraw("e", "final")).Code);
        script.Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        Assert.Equal(["1", "3", "4"], script.Meet.Heats["e-final-1"].Bibs);
    }

    [Fact]
    public void The_jury_may_draw_by_itself_until_a_heat_is_opened()
    {
        var script = BothRaced().Do(new ConfirmDraw("e", "final", [["4", "1"]]));
        Assert.Equal(["4", "1"], script.Meet.Heats["e-final-1"].Bibs);
        Assert.Equal(RefusalCodes.DuplicateBib, script.Refused(new ConfirmDraw("e", "final", [["4", "4"]])).Code);
        Assert.Equal(RefusalCodes.UnknownBib, script.Refused(new ConfirmDraw("e", "final", [["9"]])).Code);
        script.Do(new OpenHeat("e-final-1"));
        Assert.Equal(RefusalCodes.AlreadyDrawn, script.Refused(new ConfirmDraw("e", "final", [["4", "1"]])).Code);
    }

    /// <summary>A command that is not in a table of states would be a hole in the life of a heat.</summary>
    [Fact]
    public void Every_command_is_decided_in_every_state_without_an_exception()
    {
        var samples = typeof(Command).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Command)) && !type.IsAbstract).Select(Sample).ToArray();
        Assert.True(samples.Length >= 20);
        foreach (var script in InEveryState())
            foreach (var command in samples)
            {
                var decision = Office.Decide(script.Venue, MeetScript.MeetId, command, null);
                Assert.True(decision.Refusal is null || RefusalCodes.All.Contains(decision.Refusal.Code));
            }
    }

    private static Command Sample(Type type)
    {
        var constructor = type.GetConstructors().Single();
        return (Command)constructor.Invoke([.. constructor.GetParameters().Select(p =>
            p.Name switch
            {
                "Heat" => "h1", "Bib" => "1", "Event" => "e", "Round" => "final", "Code" => "DNS", "Reason" => "x",
                "Time" => MeetScript.Noon.AddDays(1), "Skater" => "s1", "Transponder" => "spare",
                "From" => p.ParameterType == typeof(string) ? "COL" : MeetScript.Noon, "TimeMs" => 85_000L, "Passing" => 5L, "At" => 2L, "By" => null,
                "Bibs" when p.ParameterType == typeof(ImmutableArray<string>) => ImmutableArray.Create("1"),
                "Bibs" => ImmutableArray.Create(ImmutableArray.Create("1")),
                "LapsToGo" => 2,
                "Heats" or "With" or "Cause" or "Judge" or "Article" or "Kind" or "How" => (object?)null,
                _ => throw new InvalidOperationException($"{type.Name} has a member {p.Name} that this test gives no value"),
            })]);
    }

    private static IEnumerable<MeetScript> InEveryState()
    {
        yield return Meet();
        yield return Meet().Do(new OpenHeat("h1"));
        yield return Meet().Do(new OpenHeat("h1")).Do(new ArmHeat("h1"));
        yield return Meet().Start("h1");
        var raced = () => Meet().Start("h1").Skate("1", 85_000).Skate("2", 86_000);
        yield return raced();
        yield return raced().Do(new Publish("h1"));
        yield return raced().Do(new Publish("h1")).Do(new Review("h1", "x"));
        yield return raced().Sign("h1");
    }

    private static MeetScript BothRaced() =>
        Meet().Start("h1").Skate("1", 85_000).Skate("2", 86_000).Sign("h1").Start("h2").Skate("3", 85_500).Skate("4", 87_000).Sign("h2");

    /// <summary>Stale is what was read of the heat since, and what the office said of anything; what was seen last is fresh.</summary>
    [Fact]
    public void What_the_track_or_the_office_has_added_since_is_asked_about_and_what_was_seen_last_is_not_OFF_4()
    {
        var script = Meet().Start("h1");
        var seen = script.Venue.At;
        script.Pass("1", 17);
        Assert.Equal(RefusalCodes.Stale, script.Refused(new FinishHeat("h1"), seen).Code);
        Assert.Equal(RefusalCodes.Stale, script.Refused(new DrawRound("e", "pre"), seen).Code);
        Assert.NotEqual(RefusalCodes.Stale, Office.Decide(script.Venue, MeetScript.MeetId, new DrawRound("e", "final"), seen).Refusal!.Code);
        seen = script.Venue.At;
        script.Do(new OpenHeat("h2"));
        Assert.Equal(RefusalCodes.Stale, script.Refused(new FinishHeat("h1"), seen).Code);
        Assert.Equal(RefusalCodes.Stale, script.Refused(new DrawRound("e", "final"), seen).Code);
        seen = script.Venue.At;
        Assert.All(
            [new FinishHeat("h1"), new DrawRound("e", "final"), new Undo(seen)],
            (Command command) => Assert.NotEqual(RefusalCodes.Stale, Office.Decide(script.Venue, MeetScript.MeetId, command, seen).Refusal?.Code));
    }

    /// <summary>1, 3 and the faster second go on, in two heats: 1 and 2, and 3. With 2 out it is 1 and 4, and 3: the other heat is the same.</summary>
    [Fact]
    public void A_draw_of_which_one_heat_has_changed_is_not_confirmed_OFF_3()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2"], ["3", "4"]], new AdvanceRule(1, 1), [MeetScript.Final(2, Draw.TwoPassSnake)]));
        script.Start("h1").Skate("1", 85_000).Skate("2", 86_000).Sign("h1").Start("h2").Skate("3", 85_500).Skate("4", 87_000).Sign("h2").Do(new DrawRound("e", "final"));
        Assert.Equal([["1", "2"], ["3"]], script.Meet.Proposals[("e", "final")].Heats.Select(heat => heat.ToArray()));
        script.Do(new Review("h1", "protest")).Do(new Sanction("h1", "2", "DSQ-SF", "pushed")).Sign("h1");
        Assert.Equal(RefusalCodes.DrawChanged, script.Refused(new ConfirmDraw("e", "final")).Code);
    }

    [Fact]
    public void A_draw_of_the_jury_takes_the_place_of_the_one_before_and_may_be_of_one_skater_alone_SED_7()
    {
        var script = BothRaced().Do(new ConfirmDraw("e", "final", [["1"], ["3", "2"]]));
        Assert.Equal(["1", "3 2"], script.Meet.HeatsOf("e", "final").Select(heat => string.Join(' ', heat.Bibs)));
        script.Do(new ConfirmDraw("e", "final", [[], ["1"]]));
        Assert.Equal(["1"], script.Meet.HeatsOf("e", "final").Select(heat => string.Join(' ', heat.Bibs)));
    }
}
