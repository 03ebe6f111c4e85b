using System.Text.Json.Nodes;
using LiveSkate.Server.Tests.Outside;
using LiveSkate.Simulator;
using LiveSkate.Simulator.Load;
using LiveSkate.Simulator.Planning;
using LiveSkate.Simulator.Play;
using LiveSkate.Simulator.Results;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace LiveSkate.Server.Tests.Simulator;

/// <summary>The seed event through a real server's doors, and every time the printed result comes out.</summary>
[Collection("outside")]
public sealed class ReplayTests
{
    private static readonly Faults Everything = new(Duplicate: 0.2, ReorderMs: 3_000, Late: 0.1, Loss: 0.05);

    [Fact]
    public async Task Repeated_shuffled_late_and_lost_messages_do_not_change_the_printed_result()
    {
        await using var server = await ServerProcess.StartedAsync();
        var report = await PlayAsync(server, ResultFile.Seed(), Everything, 3);
        Assert.Empty(report.Differences);
        Assert.True(report.Resent > 0, "nothing was lost");
    }

    [Fact]
    public async Task Hub_that_is_killed_twice_comes_to_the_printed_result()
    {
        await using var server = await ServerProcess.StartedAsync();
        var playing = PlayAsync(server, ResultFile.Seed(), Everything, 4);
        foreach (var heat in (string[])["m1000-pre-2", "m1000-semi-1"])
        {
            await server.Until(async () => await StateAsync(server, heat) is not (null or "scheduled" or "open"), $"{heat} is armed");
            await server.KillAsync();
            await server.StartAsync();
        }

        Assert.Empty((await playing).Differences);
    }

    [Fact]
    public async Task Player_that_is_stopped_and_started_again_doubles_nothing()
    {
        await using var server = await ServerProcess.StartedAsync();
        using var stop = new CancellationTokenSource();
        var first = PlayAsync(server, ResultFile.Seed(), Faults.None, 5, stop.Token);
        await server.Until(async () => await StateAsync(server, "m1000-pre-3") is not (null or "scheduled" or "open"), "the third heat is armed");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        var report = await PlayAsync(server, ResultFile.Seed(), Faults.None, 5);
        Assert.Empty(report.Differences);
        var facts = (await server.Http.GetStringAsync("/api/journal?from=1", TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!["data"]!).Where(data => data["epoch"] is not null)
            .Select(data => $"{data["epoch"]}|{data["seq"]}").ToArray();
        Assert.Equal(report.Messages, facts.Length);
        Assert.Equal(report.Messages, facts.Distinct().Count());
    }

    [Fact]
    public async Task List_that_says_something_else_than_the_hub_is_told_line_by_line()
    {
        await using var server = await ServerProcess.StartedAsync();
        var seed = ResultFile.Seed();
        var wrong = seed with
        {
            FinalRanking = seed.FinalRanking.Replace(seed.FinalRanking[0], seed.FinalRanking[0] with { Time = "1:26.975" }),
        };
        var line = Assert.Single((await PlayAsync(server, wrong, Faults.None, 1)).Differences);
        Assert.EndsWith("time 1:26.974 instead of 1:26.975", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_is_followed_by_every_viewer_that_reads_beside_some_that_do_not()
    {
        await using var server = await ServerProcess.StartedAsync();
        var output = new StringWriter();
        var request = new LoadRequest(Options(server)) { Viewers = 20, Stalled = 0.1, PassingsPerSecond = 50, Seconds = 2 };
        var code = await LoadRun.RunAsync(request, output, NullLogger.Instance, TestContext.Current.CancellationToken);
        Assert.True(code == ReplayRun.AsPrinted, output.ToString());
        Assert.Contains("100 passings in", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("least 0.0", output.ToString(), StringComparison.Ordinal);
    }

    private static PlayerOptions Options(ServerProcess server) =>
        new() { Server = server.Address, MqttPort = server.MqttPort, MqttHost = "127.0.0.1", Key = ServerProcess.Key };

    private static Task<ReplayReport> PlayAsync(ServerProcess server, ResultFile file, Faults faults, ulong seed, CancellationToken? ct = null) =>
        new MeetPlayer(file, Options(server) with { Faults = faults, Seed = seed }, TimeProvider.System, NullLogger.Instance)
            .PlayAsync(ct ?? TestContext.Current.CancellationToken);

    private static async Task<string?> StateAsync(ServerProcess server, string heat)
    {
        using var answer = await server.Http.GetAsync($"/api/meets/worldgames-2022/heats/{heat}");
        return answer.IsSuccessStatusCode ? (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["state"] : null;
    }
}
