using System.Text.Json.Nodes;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>Contract section 3: the codes that came with the rulebook, and the status of who is eliminated.</summary>
[Collection("outside")]
public sealed class ContractJuryTests(SharedServer shared) : OutsideTests(shared), IClassFixture<SharedServer>
{
    /// <summary>INC-7: a sprint has no warnings of itself; this one is told to.</summary>
    [Theory]
    [InlineData("FS"), InlineData("W1"), InlineData("W2")]
    public async Task A_remark_stands_beside_the_row_and_goes_without_a_trace_in_the_ranking(string code)
    {
        var meet = await MeetAsync(document => document["events"]![0]!["rules"] = JsonNode.Parse("""{"warnings":2}"""));
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        await meet.DoAsync("sanction", new { heat = meet.Heat1, bib = "2", code, reason = "as seen" });
        Assert.Equal("1 OK, 2 OK " + code + ", 3 OK", await RowsAsync(meet));
        await meet.DoAsync("liftSanction", new { heat = meet.Heat1, bib = "2", code, reason = "video" });
        Assert.Equal("1 OK, 2 OK, 3 OK", await RowsAsync(meet));
    }

    /// <summary>INC-4: 1 (40 s) pushed 2 (41 s): 2 has the first place and its time, 1 the second and the other.</summary>
    [Fact]
    public async Task A_reduced_rank_is_a_swap_with_who_was_affected()
    {
        var meet = await MeetAsync();
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        await meet.DoAsync("sanction", new { heat = meet.Heat1, bib = "1", code = "RR", reason = "pushed", with = new[] { "2" } });
        Assert.Equal("2 OK, 1 OK RR, 3 OK", await RowsAsync(meet));
        Assert.Equal((40_000, 41_000), (await TimeAsync(meet, "2"), await TimeAsync(meet, "1")));
    }

    /// <summary>ELI-6: the first one out of three has the third place.</summary>
    [Fact]
    public async Task Who_is_eliminated_has_a_place_from_the_back_and_the_status_EL_until_she_is_put_back()
    {
        var meet = await MeetAsync(document =>
        {
            OutsideMeet.Heats(["1", "2", "3"])(document);
            document["events"]![0]!["format"] = "elimination";
            document["events"]![0]!["rules"] = JsonNode.Parse("""{"elimination":{"first":1,"everyLaps":1,"survivors":2,"fromM":0}}""");
        });
        await meet.StartAsync();
        await meet.DoAsync("eliminate", new { heat = meet.Heat1, bibs = new[] { "2" }, lapsToGo = 1 });
        var row = await meet.RowAsync("2");
        Assert.Equal(("EL", 3), (row["status"]!.GetValue<string>(), row["rank"]!.GetValue<int>()));
        await meet.DoAsync("reinstate", new { heat = meet.Heat1, bib = "2", reason = "wrong number" });
        Assert.Null((await meet.RowAsync("2"))["status"]);
    }

    private static async Task<string> RowsAsync(OutsideMeet meet) => string.Join(", ", (await meet.HeatAsync())["rows"]!.AsArray()
        .Select(row => string.Join(' ', row!["remarks"]!.AsArray().Select(remark => remark!.GetValue<string>())
            .Prepend(row["status"]!.GetValue<string>()).Prepend(row["bib"]!.GetValue<string>()))));

    private static async Task<int> TimeAsync(OutsideMeet meet, string bib) => (await meet.RowAsync(bib))["timeMs"]!.GetValue<int>();
}
