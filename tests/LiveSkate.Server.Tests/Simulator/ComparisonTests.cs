using LiveSkate.Simulator.Compare;
using LiveSkate.Simulator.Planning;
using LiveSkate.Simulator.Play;
using LiveSkate.Simulator.Results;
using Xunit;

namespace LiveSkate.Server.Tests.Simulator;

public sealed class ComparisonTests
{
    private static readonly RacePlan Plan = Planner.Plan(ResultFile.Seed(), null, null, 1, null);

    [Fact]
    public void Hub_that_says_what_is_printed_has_no_difference() => Assert.Empty(Comparison.Of(Plan, AsPrinted()));

    [Fact]
    public void Each_kind_of_difference_is_one_line_in_the_same_words()
    {
        var heats = AsPrinted().Rounds[0].Heats;
        var first = heats[0] with { Rows = heats[0].Rows.SetItem(0, heats[0].Rows[0] with { Rank = 9, TimeMs = 1, Status = "DNF" }) };
        var bib = first.Rows[0].Bib;
        var printed = Plan.Rounds[0].Heats[0].Starts[0].Printed;
        var wrong = AsPrinted() with
        {
            Rounds = AsPrinted().Rounds.SetItem(0, AsPrinted().Rounds[0] with
            {
                Heats = heats.SetItem(0, first),
                Advancement = AsPrinted().Rounds[0].Advancement.Replace(Advance("Daniel Zapata", "Q", "place"), Advance("Daniel Zapata", "q", "time")),
            }),
            Final = AsPrinted().Final.RemoveAt(0),
        };
        Assert.Equal(
            [
                $"heat m1000-pre-1, bib {bib}: rank 9 instead of {printed.Rank}",
                $"heat m1000-pre-1, bib {bib}: time 0.001 instead of {printed.Time}",
                $"heat m1000-pre-1, bib {bib}: status DNF instead of OK",
                $"round pre, bib {Plan.BibOf["Daniel Zapata"]}: advances q by time instead of Q by place",
                $"final, bib {Plan.BibOf["Duccio Marsili"]}: missing",
            ],
            Comparison.Of(Plan, wrong));
    }

    [Fact]
    public void Provisional_final_has_Bramante_third()
    {
        var final = Plan.Rounds[2].Heats[0];
        var crossed = final.Starts.OrderBy(start => start.ElapsedUs).Select((start, index) => new RowView(index + 1, start.Bib, start.ElapsedUs / 1000, "OK", null));
        var hub = new HeatView(final.Id, 1, "provisional", [.. crossed]);
        Assert.Empty(Comparison.Provisional(final, hub));
        Assert.Equal("Giuseppe Bramante", final.Starts.Single(start => start.Bib == hub.Rows[2].Bib).Printed.Name);
        var swapped = hub with { Rows = [hub.Rows[0], hub.Rows[1] with { Rank = 3 }, hub.Rows[2] with { Rank = 2 }, .. hub.Rows[3..]] };
        Assert.Equal(2, Comparison.Provisional(final, swapped).Count());
    }

    [Fact]
    public void Expected_list_must_fit_exactly()
    {
        var expected = ExpectedDifferences.Parse(["# reviewed", "a: 1 instead of 2   # why", "", "b: missing"]);
        var (unexpected, absent) = expected.Against(["b: missing", "a: 1 instead of 2"]);
        Assert.Empty(unexpected);
        Assert.Empty(absent);
        (unexpected, absent) = expected.Against(["b: missing", "c: missing"]);
        Assert.Equal(["c: missing"], unexpected);
        Assert.Equal(["a: 1 instead of 2"], absent);
    }

    private static AdvancementView Advance(string name, string? mark, string? by) => new(Plan.BibOf[name], mark, by, "safe");

    private static EventView AsPrinted() => new(
        [.. Plan.Rounds.Select((round, index) => new RoundView(
            round.Id, "official",
            [.. round.Heats.Select(heat => new HeatView(heat.Id, 1, "official", [.. heat.Starts.Select(Row)]))],
            index == 2 ? [] : [.. round.Heats.SelectMany(heat => heat.Starts).Select(start => Advancement(start, Plan.Rounds[index + 1]))]))],
        [.. Plan.FinalRanking.Select(row => new FinalView(row.Rank, Plan.BibOf[row.Name], row.TimeMs, row.Outcome))]);

    private static RowView Row(PlannedStart start) =>
        new(start.Printed.Rank, start.Bib, start.Printed.TimeMs, start.Printed.Outcome, null);

    private static AdvancementView Advancement(PlannedStart start, PlannedRound next) =>
        next.Heats.SelectMany(heat => heat.Starts).All(other => other.Bib != start.Bib) ? Advance(start.Printed.Name, null, null)
        : start.Printed.Rank == 1 ? Advance(start.Printed.Name, "Q", "place")
        : Advance(start.Printed.Name, "q", "time");
}
