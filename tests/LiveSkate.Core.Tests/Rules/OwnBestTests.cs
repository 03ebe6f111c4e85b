using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>REC-4, REC-5: one's own best over the rounds of an event. Before it 1 had 1:30.000 and 2 had 1:28.000, this season 1:29.000.</summary>
public sealed class OwnBestTests
{
    private static MeetScript Meet(RuleDocument? rules = null)
    {
        var document = MeetScript.Sprint([["1", "2", "3"]], new AdvanceRule(3, 0), [MeetScript.Final()]);
        var plan = document.Events[0];
        return new MeetScript(document with
        {
            Events =
            [
                plan with { Rules = rules, Entries = [plan.Entries[0] with { PbMs = 90_000 }, plan.Entries[1] with { PbMs = 88_000, SbMs = 89_000 }, plan.Entries[2]] },
            ],
        });
    }

    private static MeetScript Heats(long one, long two, RuleDocument? rules = null) =>
        Meet(rules).Start("h1").Skate("1", one).Skate("2", two).Skate("3", 91_000);

    private static MeetScript Final(MeetScript script, long one, long two) =>
        script.Sign("h1").Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final")).Start("e-final-1").Skate("1", one).Skate("2", two).Skate("3", 91_500);

    private static string Remarks(MeetScript script, string heat, string bib) =>
        string.Join(' ', HeatPublisher.State(script.Meet, script.Meet.Heats[heat], []).Rows.Single(row => row.Bib == bib).Remarks);

    /// <summary>85.000 in the heat is 1's best. 2 skates 84.000 there, which is nothing to 1.</summary>
    [Theory]
    [InlineData(84_999, "PB"), InlineData(85_000, "=PB"), InlineData(85_001, "")]
    public void In_a_later_round_ones_own_best_of_the_event_is_what_has_to_be_beaten_REC_4(long final, string remark)
    {
        var script = Final(Heats(85_000, 84_000), final, 87_000);
        Assert.Equal(("PB", "PB"), (Remarks(script, "h1", "1"), Remarks(script, "h1", "2")));
        Assert.Equal(remark, Remarks(script, "e-final-1", "1"));
        Assert.Equal("", Remarks(script, "e-final-1", "2"));
    }

    [Theory]
    [InlineData(88_999, "SB"), InlineData(89_000, "=SB"), InlineData(89_001, "")]
    public void The_same_thousandth_equals_the_best_of_the_season_REC_4(long time, string remark) =>
        Assert.Equal(remark, Remarks(Heats(85_000, time), "h1", "2"));

    /// <summary>1 won the heat by the judges' eye alone, without a time; there is nothing to beat but what he came with.</summary>
    [Fact]
    public void A_round_without_a_time_is_no_best_of_ones_own()
    {
        var script = Final(Heats(85_000, 84_000).Do(new SetTime("h1", "1", null, "no reading")), 86_000, 87_000);
        Assert.Equal("PB", Remarks(script, "e-final-1", "1"));
    }

    [Fact]
    public void A_distance_with_D_is_nobodys_personal_best_REC_5()
    {
        Assert.Equal("PB", Remarks(Heats(85_000, 84_000), "h1", "1"));
        Assert.Equal("", Remarks(Heats(85_000, 84_000, new RuleDocument { PlusD = true }), "h1", "1"));
    }
}
