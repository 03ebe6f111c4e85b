using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Meets;

/// <summary>A document that is put again before the first heat was armed.</summary>
public sealed class MeetReplacementTests
{
    private static readonly MeetDocument Paper = MeetScript.Sprint([["1", "2", "3"], ["4", "5"]], new AdvanceRule(1, 1), [MeetScript.Final()]);

    [Fact]
    public void What_was_read_before_is_not_lost()
    {
        var script = new MeetScript(Paper);
        script.Hear(script.Passing("1", 5)).Hear(script.Passing("7", 5));
        var meet = Again(script, Paper);
        Assert.Single(meet.Passings["s1"]);
        Assert.Equal("7a", Assert.Single(meet.StrayPassings).Chip);
    }

    [Fact]
    public void A_heat_that_was_open_stays_open_and_who_will_not_start_is_not_forgotten()
    {
        var script = new MeetScript(Paper).Do(new OpenHeat("h1")).Do(new Sanction("h1", "2", "DNS", "ill"))
            .Do(new OpenHeat("h2")).Do(new AnnulHeat("h2", "wrong list"));
        var mended = Paper with { Skaters = [.. Paper.Skaters.Select(skater => skater with { GivenName = "Mended" })] };
        var meet = Again(script, mended);
        Assert.StartsWith("Mended", meet.Index.Competitor("e", "1")!.Name);
        Assert.Equal(HeatStage.Open, HeatStandings.Of(meet, meet.Heats["h1"]).State);
        Assert.Equal("DNS", HeatStandings.Of(meet, meet.Heats["h1"]).Row("2").Status);
        Assert.Equal((2, Phase.Open), (meet.Heats["h2"].RunNumber, meet.Heats["h2"].Run.Phase));
        Assert.All(meet.Heats.Values, heat => Assert.Equal(meet.At, heat.TouchedAt));
    }

    [Fact]
    public void What_the_new_document_has_no_place_for_goes()
    {
        var script = new MeetScript(Paper).Do(new OpenHeat("h1")).Do(new Sanction("h1", "2", "DNS", "ill")).Do(new OpenHeat("h2"));
        script.Hear(new FinishRead { Source = "photo", Heat = "h1", Revision = 1, Rows = [new FinishRow("2", 1, null, "OK")] });
        Assert.NotNull(Again(script, Paper).Heats["h1"].Run.PhotoFinish);
        var meet = Again(script, MeetScript.Sprint([["1", "3"]], new AdvanceRule(1, 1), [MeetScript.Final()]));
        Assert.Equal("h1", Assert.Single(meet.Heats).Key);
        Assert.Equal(Phase.Open, meet.Heats["h1"].Run.Phase);
        Assert.Empty(meet.Heats["h1"].Run.Sanctions);
        Assert.Null(meet.Heats["h1"].Run.PhotoFinish);
    }

    [Fact]
    public void A_first_round_that_the_jury_has_drawn_stays_drawn_as_long_as_all_of_it_are_entered()
    {
        var drawn = Paper with
        {
            Events = [Paper.Events[0] with { Rounds = [new RoundDocument("pre", "Preliminary round", HeatPlan.DrawnLater(2), new AdvanceRule(1, 1), null), MeetScript.Final()] }],
        };
        var script = new MeetScript(drawn).Do(new ConfirmDraw("e", "pre") { Heats = [["1", "2"], ["3", "4"]] }).Do(new OpenHeat("e-pre-1"));
        var meet = Again(script, drawn);
        Assert.Equal(["3", "4"], meet.Heats["e-pre-2"].Bibs);
        Assert.Equal(Phase.Open, meet.Heats["e-pre-1"].Run.Phase);
        Assert.Equal(["e-pre-1"], meet.HeatsOfSkater["s1"]);

        var entries = drawn.Events[0].Entries.Where(entry => entry.Bib != "4");
        meet = Again(script, drawn with { Events = [drawn.Events[0] with { Entries = [.. entries] }] });
        // A draw is one document of the jury: it stands whole, or is to be made anew.
        Assert.Empty(meet.Heats);
        Assert.All(Again(script, Paper).Heats.Values, heat => Assert.Equal(Phase.Scheduled, heat.Run.Phase));
        // And the other way round: heats that stood in the document were drawn by nobody.
        Assert.Empty(Again(new MeetScript(Paper).Do(new OpenHeat("h1")), drawn).Heats);
    }

    [Fact]
    public void Whom_the_jury_sent_on_or_took_out_stays_so_as_long_as_the_heats_have_him()
    {
        var script = new MeetScript(Paper).Do(new Advance("e", "pre", "3", "by right"));
        Assert.Single(Again(script, Paper).JuryMoves);
        Assert.Empty(Again(script, MeetScript.Sprint([["1", "2"], ["4", "5"]], new AdvanceRule(1, 1), [MeetScript.Final()])).JuryMoves);
    }

    private static Meet Again(MeetScript script, MeetDocument document)
    {
        Assert.Null(Office.Put(script.Venue, MeetScript.MeetId, document).Refusal);
        var put = new Recorded(script.Venue.At + 1, MeetScript.Noon, MeetScript.MeetId, "office", new MeetPut(document));
        return VenueFold.Apply(script.Venue, put).Meets[MeetScript.MeetId];
    }
}
