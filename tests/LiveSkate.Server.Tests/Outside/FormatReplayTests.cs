using System.Text.Json.Nodes;
using LiveSkate.Simulator.Planning;
using LiveSkate.Simulator.Play;
using LiveSkate.Simulator.Results;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>
/// Every format through the whole of a server, to the last printed rank, time and point. No difference is left: a list of reviewed ones would
/// stand beside the file, as those of the ice do.
/// </summary>
[Collection("outside")]
public sealed class FormatReplayTests(ReplayTests.Venue venue) : IClassFixture<ReplayTests.Venue>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("worldgames-2022-women-100m-road")]
    [InlineData("worldgames-2022-men-200m-dtt")]
    [InlineData("worldgames-2025-men-200m-dtt")]
    [InlineData("panam-2023-men-200m-dtt")]
    [InlineData("panamchamps-2022-men-200m-dtt")]
    [InlineData("asiangames-2010-men-300m-tt")]
    [InlineData("asiangames-2010-women-500m")]
    [InlineData("asiangames-2022-women-1000m-sprint")]
    [InlineData("asiangames-2022-women-3000m-relay")]
    [InlineData("panam-2015-men-10000m-points")]
    [InlineData("worldgames-2025-women-10000m-points-road")]
    [InlineData("asiangames-2018-men-20km-road")]
    [InlineData("asiangames-2022-men-10000m-points-elimination")]
    [InlineData("berlin-2023-men-marathon")]
    [InlineData("yog-2018-boys-combined")]
    public async Task Printed_list_comes_out(string name) =>
        Assert.Empty((await PlayAsync(Programme.Read(Repository.TestFile($"{name}.json")), name[..Math.Min(32, name.Length)].TrimEnd('-'), Faults.None)).Differences);

    [Fact]
    public async Task One_race_of_every_format_comes_out_whatever_goes_wrong_on_the_way()
    {
        var report = await PlayAsync(Programme.Inside("formats"), "bad-day", ReplayTests.BadDay);
        Assert.Empty(report.Differences);
        Assert.True(report.Resent > 0, "nothing was lost");
        var formats = JsonNode.Parse(await venue.Server.Http.GetStringAsync("/api/meets/bad-day", Stop))!["events"]!.AsArray()
            .Select(plan => (string)plan!["format"]!).Distinct();
        Assert.Equal(Kinds.All.Order(), formats.Order());
    }

    /// <summary>What the judges have said is said once, whoever was away in between.</summary>
    [Fact]
    public async Task Player_that_is_stopped_in_a_points_race_goes_on_with_it()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var first = PlayAsync(Programme.Inside("formats"), "stopped", Faults.None, stop.Token);
        await venue.Server.Until(async () => (await HeatAsync("wpoints-final-1"))?["sprints"]?.AsArray().Count > 2, "there have been two sprints");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        Assert.Empty((await PlayAsync(Programme.Inside("formats"), "stopped", Faults.None)).Differences);
        var judged = (await venue.Server.Http.GetStringAsync("/api/journal?from=1&meet=stopped", Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!["data"]!).Where(data => (string?)data["heat"] == "wpoints-final-1" && data["lapsToGo"] is not null)
            .Select(data => (int)data["lapsToGo"]!).ToArray();
        Assert.Equal([12, 10, 8, 6, 4, 2, 0], judged);
    }

    private async Task<JsonNode?> HeatAsync(string heat)
    {
        using var answer = await venue.Server.Http.GetAsync($"/api/meets/stopped/heats/{heat}", Stop);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop)) : null;
    }

    private Task<ReplayReport> PlayAsync(Programme programme, string meet, Faults faults, CancellationToken? stop = null) => new MeetPlayer(
        programme,
        new PlayerOptions
        {
            Server = venue.Server.Address, MqttHost = "127.0.0.1", MqttPort = venue.Server.MqttPort, Key = ServerProcess.Key, Meet = meet, Faults = faults,
        },
        TimeProvider.System, NullLogger.Instance).PlayAsync(stop ?? Stop);
}
