using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>TIM-7: transponders are handed out on the day. Laps of 17 s on a 1000 m, five of them.</summary>
public sealed class TransponderTests
{
    private static MeetScript Meet() => new(MeetScript.Sprint([["1", "2"], ["3", "4"]], new AdvanceRule(1, 1), [MeetScript.Final()]));

    private static MeetScript Read(MeetScript script, string chip, params double[] seconds)
    {
        foreach (var at in seconds)
            script.Hear(script.Passing("", at, chip));
        return script;
    }

    private static int Laps(MeetScript script, string heat, string bib) => script.Heat(heat).Row(bib).Crossings.Lap;

    private static string Strays(MeetScript script) => string.Join(' ', script.Meet.StrayPassings.Select(passing => passing.Chip));

    private static DateTimeOffset At(MeetScript script, double seconds) => script.Passing("1", seconds).Time;

    /// <summary>The transponders of 1 are dead, the spare that he took was read twice before the office heard of it.</summary>
    [Fact]
    public void A_spare_that_nobody_wore_brings_along_what_it_has_read_TIM_7()
    {
        var script = Read(Meet().Start("h1"), "spare", 17, 34);
        Assert.Equal((0, "spare spare"), (Laps(script, "h1", "1"), Strays(script)));
        script.Do(new AssignTransponder("spare", "s1"));
        Assert.Equal((2, ""), (Laps(script, "h1", "1"), Strays(script)));
        Read(script, "spare", 51, 68, 85);
        Assert.Equal(("OK", 85_000L), (script.Heat("h1").Row("1").Status, script.Heat("h1").Row("1").TimeMs!.Value));
    }

    /// <summary>2 finished heat 1 with it, 3 wears it in heat 2; the office is told after his first lap. Nobody has signed anything yet.</summary>
    [Fact]
    public void One_that_goes_on_to_another_is_his_from_the_start_of_his_race()
    {
        var script = Meet().Do(new AssignTransponder("spare", "s2")).Start("h1").Skate("1", 85_000);
        Read(script, "spare", 17.2, 34.2, 51.2, 68.2, 86).Start("h2");
        Read(script, "spare", 17);
        Assert.Equal(0, Laps(script, "h2", "3"));
        script.Do(new AssignTransponder("spare", "s3"));
        Assert.Equal(1, Laps(script, "h2", "3"));
        Assert.Equal(86_000, script.Heat("h1").Row("2").TimeMs);
    }

    [Fact]
    public void Before_his_race_it_is_his_from_now_on_and_a_returned_one_is_nobodys()
    {
        var script = Meet().Do(new AssignTransponder("spare", "s2")).Start("h1").Skate("1", 85_000);
        Read(script, "spare", 17.2, 34.2, 51.2, 68.2, 86).Do(new AssignTransponder("spare", null));
        Read(script, "spare", 300);
        Assert.Equal((86_000, "spare"), (script.Heat("h1").Row("2").TimeMs, Strays(script)));
        // What it read while it lay on the table is his who gets it next.
        script.Do(new AssignTransponder("spare", "s4")).Start("h2");
        Read(script, "spare", 17);
        Assert.Equal((1, 86_000L, ""), (Laps(script, "h2", "4"), script.Heat("h1").Row("2").TimeMs!.Value, Strays(script)));
    }

    /// <summary>The document says that 2a is worn by 2; 1 wears it from 40 s on.</summary>
    [Fact]
    public void The_moment_can_be_said_and_each_keeps_what_was_read_on_his_side_of_it()
    {
        var script = Meet().Start("h1").Pass("2", 17).Pass("2", 34).Pass("2", 51).Pass("2", 68);
        script.Do(new AssignTransponder("2a", "s1", At(script, 40)));
        Assert.Equal((2, 2), (Laps(script, "h1", "1"), Laps(script, "h1", "2")));
        // A later word goes before, from its own moment on.
        script.Do(new AssignTransponder("2a", "s2", At(script, 60)));
        Assert.Equal((1, 3), (Laps(script, "h1", "1"), Laps(script, "h1", "2")));
    }

    [Fact]
    public void What_was_signed_stays_as_it_was_signed()
    {
        var script = Meet().Start("h1").Skate("1", 85_000).Do(new FinishHeat("h1"));
        Read(script, "spare", 17.2, 34.2, 51.2, 68.2, 86).Sign("h1");
        Assert.Equal("DNS", script.Heat("h1").Row("2").Status);
        script.Do(new AssignTransponder("spare", "s2"));
        Assert.Equal("DNS", script.Heat("h1").Row("2").Status);
        Assert.Equal(5, HeatStandings.PassingsOf(script.Meet, script.Meet.Heats["h1"]).Count(entry => entry is { Bib: "2", Passing.Use: PassingUse.AfterOfficial }));
        var refusal = script.Refused(new AssignTransponder("1a", "s2", At(script, 50)));
        Assert.Equal(
            (RefusalCodes.OutOfRange, $"h1 is signed, and counts what 1a read until {Microseconds.FromInstant(At(script, 85))}; fromUs has to be later."),
            (refusal.Code, refusal.Detail));
        script.Do(new AssignTransponder("1a", "s2", At(script, 85.001)));
        Assert.Equal(85_000, script.Heat("h1").Row("1").TimeMs);
    }

    [Fact]
    public void Taken_back_it_is_as_it_was_and_what_hangs_on_it_goes_first()
    {
        var script = Read(Meet().Start("h1"), "spare", 17, 34);
        var before = PublicState.Of(script.Meet);
        var at = script.Do(new AssignTransponder("spare", "s1")).Journal[^1].At;
        var wrong = HeatStandings.PassingsOf(script.Meet, script.Meet.Heats["h1"])[0].Passing.Passing.At;
        var strike = script.Do(new VoidPassing("h1", wrong)).Journal[^1].At;
        Assert.Equal(1, Laps(script, "h1", "1"));
        Assert.Equal(RefusalCodes.DependedOn, script.Refused(new Undo(at)).Code);
        Assert.Equal(2, Laps(script.Do(new Undo(strike)), "h1", "1"));
        script.Do(new Undo(at, new AssignTransponder("spare", "s2")));
        Assert.Equal((0, 2), (Laps(script, "h1", "1"), Laps(script, "h1", "2")));
        script.Do(new Undo(script.Journal[^1].At)).Do(new Undo(at));
        Assert.Equal((before, "spare spare"), (PublicState.Of(script.Meet), Strays(script)));
    }

    [Fact]
    public void Nobody_gets_what_he_has_and_nobody_who_is_not_there_gets_anything()
    {
        var script = Meet();
        Assert.Null(Office.Decide(script.Venue, MeetScript.MeetId, new AssignTransponder("1a", "s1"), null).Fact);
        Assert.Equal(RefusalCodes.UnknownSkater, script.Refused(new AssignTransponder("spare", "s99")).Code);
        Assert.Equal(RefusalCodes.OutOfRange, script.Refused(new AssignTransponder("", "s1")).Code);
    }

    [Fact]
    public void A_document_that_is_put_again_keeps_the_word_on_who_is_still_there()
    {
        var script = Meet().Do(new AssignTransponder("spare", "s1"));
        Assert.Equal("s1", script.Put(MeetScript.Sprint([["1", "2"], ["3", "4"]])).Meet.WearerOf("spare", MeetScript.Noon));
        Assert.Null(script.Put(MeetScript.Sprint([["2", "3"]])).Meet.WearerOf("spare", MeetScript.Noon));
    }

    /// <summary>Where each starts by himself, the transponder is read at the start too.</summary>
    [Fact]
    public void His_own_start_is_read_by_the_transponder_that_he_wears()
    {
        var script = new MeetScript(MeetScript.TimeTrial([["1", "2"]])).Do(new AssignTransponder("spare", "s1")).Ready("h1");
        script.Hear(script.Passing("", 2, "spare") with { Source = "start-1" });
        Assert.Equal(HeatStage.Running, script.Heat("h1").State);
        Assert.Equal(At(script, 2), script.Heat("h1").Row("1").OwnStart);
    }
}
