using System.Text;
using System.Text.Json.Nodes;
using LiveSkate.Server.Tests.Ingest;
using MQTTnet.Exceptions;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>What outlives the process: a journal that is everything, a broker of the site that waits, a demo that goes on.</summary>
[Collection("outside")]
public sealed class ContractStartTests
{
    [Fact]
    public async Task After_a_crash_and_after_a_stop_everything_is_as_it_was_and_the_journal_is_one_chain()
    {
        await using var server = await ServerProcess.StartedAsync();
        var meet = await PutAsync(server);
        await meet.SkateAsync(meet.Heat1, 40, "1", "2", "3");
        await meet.DoAsync("publish", new { heat = meet.Heat1 });
        await meet.DoAsync("sanction", new { heat = meet.Heat1, bib = "2", code = "DSQ-TF", reason = "helmet" });
        await meet.StartAsync(meet.Heat2);
        await meet.DoAsync("addPassing", new { heat = meet.Heat2, bib = "4", timeUs = meet.Gun + 20 * OutsideMeet.Second });
        var before = await AllAsync(server, meet);

        await server.KillAsync();
        await server.StartAsync();
        Assert.Equal(before, await AllAsync(server, meet));
        Assert.Equal(0, await server.StopAsync());
        await server.StartAsync();
        Assert.Equal(before, await AllAsync(server, meet));
        Assert.Equal("running", await meet.StateAsync(meet.Heat2));
        await IsSaidAgainAsync(server, meet);

        await meet.DoAsync("finishHeat", new { heat = meet.Heat2 });
        var lines = await LinesAsync(server, "");
        Assert.All(lines, line => Assert.Equal(
            ["actor", "at", "content", "data", "hash", "key", "kind", "meet", "recordedUs", "version"], line.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal)));
        Assert.Equal(Enumerable.Range(1, lines.Length).Select(at => (long)at), lines.Select(line => line["at"]!.GetValue<long>()));
        Assert.Equal(lines.Skip(4).Select(line => line.ToJsonString()), (await LinesAsync(server, "?from=5")).Select(line => line.ToJsonString()));
        Assert.Empty(await LinesAsync(server, "?meet=nowhere"));
        Assert.Equal(lines.Length, (await LinesAsync(server, $"?meet={meet.Id}")).Length);
        Assert.Equal(JournalChain.Of((await TextAsync(server, "")).Split('\n', StringSplitOptions.RemoveEmptyEntries)), lines.Select(line => line["hash"]!.GetValue<string>()));
        JournalLines.AssertSound(server.JournalPath, await server.JournalAsync());
    }

    [Fact]
    public async Task At_the_sites_own_broker_the_hub_says_online_and_lost_and_takes_what_came_while_it_was_away()
    {
        await using var site = new Mosquitto();
        await site.StartAsync();
        await using var server = await ServerProcess.StartedAsync("--Mqtt:Mode=External", "--Mqtt:Host=127.0.0.1", $"--Mqtt:Port={site.Port}", "--Mqtt:Venue=track");
        var meet = await PutAsync(server);
        await meet.StartAsync();
        await using var track = await TrackClient.ConnectAsync(site.Port);
        foreach (var filter in new[] { "hub/state", $"src/{meet.Finish}/ack", $"live/{meet.Id}/heats/+" })
            await track.SubscribeAsync(TrackClient.Root + filter);
        await server.Until(() => Task.FromResult(Last(track, "hub/state") == """{"state":"online"}"""), "online");
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 20, "run", 1));
        await server.Until(() => Task.FromResult(Last(track, $"src/{meet.Finish}/ack") == """{"epoch":"run","seq":1}"""), "the receipt");

        await server.KillAsync();
        await server.Until(() => Task.FromResult(Last(track, "hub/state") == """{"state":"lost"}"""), "lost");
        await track.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 40, "run", 2));
        await server.StartAsync();

        await server.Until(() => Task.FromResult(Last(track, $"src/{meet.Finish}/ack") == """{"epoch":"run","seq":2}"""), "the receipt of what came meanwhile");
        await server.Until(() => Task.FromResult(Last(track, "hub/state") == """{"state":"online"}"""), "online again");
        Assert.Equal(40_000, (await meet.RowAsync("1"))["timeMs"]!.GetValue<long>());
        await using var late = await TrackClient.ConnectAsync(site.Port);
        await late.SubscribeAsync($"{TrackClient.Root}live/{meet.Id}/heats/{meet.Heat1}");
        await server.Until(() => Task.FromResult(late.Received.Any(message => message.Retain && message.Payload.Contains("40000", StringComparison.Ordinal))), "the retained state of the heat");
    }

    [Fact]
    public async Task The_word_demo_plays_the_seed_event_through_the_broker_and_a_restart_goes_on_where_it_stopped()
    {
        await using var server = new ServerProcess("demo", "--Demo:Speed=500", "--Mqtt:Venue=track");
        await server.StartAsync();
        await server.Until(async () => await OfficialsAsync(server) >= 2, "two official heats");
        var heat = await server.GetAsync("/api/meets/worldgames-2022/heats/m1000-pre-1");
        Assert.Equal((500, true), (heat["clock"]!["rate"]!.GetValue<int>(), heat["rehearsal"]!.GetValue<bool>()));
        await server.KillAsync();
        await server.StartAsync();
        Assert.True(await OfficialsAsync(server) >= 2);
        await server.Until(async () => (await EventAsync(server))["final"]!.AsArray().Count > 0 && server.Output.Contains("as printed", StringComparison.Ordinal), "the end as printed");
        var results = await EventAsync(server);
        Assert.Equal(("worldgames-2022", "m1000"), (results["meet"]!.GetValue<string>(), results["event"]!["id"]!.GetValue<string>()));
        Assert.All(results["rounds"]!.AsArray(), round => Assert.Equal("official", round!["status"]!.GetValue<string>()));
        var winner = results["final"]!.AsArray()[0]!;
        Assert.Equal((1, "1:26.974"), (winner["rank"]!.GetValue<int>(), Time(results, winner["bib"]!.GetValue<string>())));
        var starts = (await LinesAsync(server, "")).Count(line => line["kind"]!.GetValue<string>() == "meet-put");
        Assert.Equal(1, starts);
    }

    [Fact]
    public async Task The_demo_plays_too_where_only_known_gateways_are_let_in_and_lets_nobody_else_in()
    {
        const string Hash = "pbkdf2-sha256$1000$AQIDBAUGBwg=$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        await using var server = new ServerProcess(
            "--Demo:Enabled=true", "--Demo:Speed=max", "--Mqtt:Gateways:0:Name=north", $"--Mqtt:Gateways:0:PasswordHash={Hash}", "--Mqtt:Gateways:0:Sources:0=north-1");
        await server.StartAsync();
        await server.Until(async () => await OfficialsAsync(server) >= 1, "an official heat");
        await Assert.ThrowsAsync<MqttCommunicationException>(() => TrackClient.ConnectAsync(server.MqttPort));
    }

    [Fact]
    public async Task The_main_job_is_one_command_in_the_root_and_settings_follow_the_word_demo()
    {
        await using var server = new ServerProcess("demo", "--Demo:Speed=1000") { ByDotnetRun = true };
        await server.StartAsync();
        await server.Until(async () => (await server.GetAsync("/api/meets"))["meets"]!.AsArray().Any(meet => meet!["id"]!.GetValue<string>() == "worldgames-2022"), "the demo's meet");
        Assert.Equal(1000, (await server.GetAsync("/api/meets/worldgames-2022"))["rate"]!.GetValue<decimal>());
    }

    private static string? Last(TrackClient track, string topic) =>
        track.Received.Where(message => message.Topic == TrackClient.Root + topic).Select(message => message.Payload).LastOrDefault();

    private static Task<JsonNode> EventAsync(ServerProcess server) => server.GetAsync("/api/meets/worldgames-2022/events/m1000/results");

    /// <summary>How many heats are official; none as long as there is no such meet.</summary>
    private static async Task<int> OfficialsAsync(ServerProcess server)
    {
        var said = await Http.SendAsync(server.Http, HttpMethod.Get, "/api/meets/worldgames-2022/events/m1000/results", null, []);
        return said.Status != 200 ? 0 : said.Json!["rounds"]!.AsArray().SelectMany(round => round!["heats"]!.AsArray())
            .Count(heat => heat!["state"]!.GetValue<string>() == "official");
    }

    private static string Time(JsonNode results, string bib) => results["rounds"]!.AsArray()[^1]!["heats"]![0]!["rows"]!.AsArray()
        .Single(row => row!["bib"]!.GetValue<string>() == bib)!["time"]!.GetValue<string>();

    /// <summary>What was worth saying of a heat is there for who comes after a restart: over HTTP, retained on MQTT, in the first frame.</summary>
    private static async Task IsSaidAgainAsync(ServerProcess server, OutsideMeet meet)
    {
        var said = (await meet.HeatAsync(meet.Heat1))["highlights"]!;
        foreach (var word in new[] { "They are off", "first over the line in 40.000", "\"moved\"" })
            Assert.Contains(word, said.ToJsonString(), StringComparison.Ordinal);
        await using var track = await TrackClient.ConnectAsync(server.MqttPort);
        await track.SubscribeAsync($"ls/v1/venue/live/{meet.Id}/heats/{meet.Heat1}");
        await server.Until(() => Task.FromResult(track.Received.Any(message => message.Retain && JsonNode.DeepEquals(JsonNode.Parse(message.Payload)!["highlights"], said))), "the same on MQTT");
        await using var viewer = await OutsideViewer.ConnectAsync(server);
        foreach (var (scope, heat) in new[] { ($"heat/{meet.Id}/{meet.Heat1}", meet.Heat1), ("now", meet.Heat2) })
        {
            await viewer.WatchAsync(scope);
            await server.Until(() => Task.FromResult(viewer.FramesOf(scope).Any()), $"the first frame of {scope}");
            Assert.True(JsonNode.DeepEquals(viewer.FramesOf(scope).First()["highlights"], (await meet.HeatAsync(heat))["highlights"]));
        }
        foreach (var scope in new[] { $"meet/{meet.Id}", $"event/{meet.Id}/e" })
        {
            await viewer.WatchAsync(scope);
            await server.Until(() => Task.FromResult(viewer.FramesOf(scope).Any()), $"the first frame of {scope}");
            var lines = viewer.FramesOf(scope).First()["highlights"]!.AsArray();
            Assert.Equal([meet.Heat1, meet.Heat2], lines.Select(line => line!["heat"]!.GetValue<string>()).Distinct().Order(StringComparer.Ordinal));
            Assert.Equal(lines.Select(line => line!["at"]!.GetValue<long>()).Order(), lines.Select(line => line!["at"]!.GetValue<long>()));
        }
    }

    private static async Task<OutsideMeet> PutAsync(ServerProcess server)
    {
        var meet = new OutsideMeet(server);
        Assert.Equal(201, (await Http.SendAsync(server.Http, HttpMethod.Put, $"/api/meets/{meet.Id}", meet.Document.ToJsonString(), [])).Status);
        return meet;
    }

    private static async Task<JsonNode[]> LinesAsync(ServerProcess server, string query) =>
        [.. (await TextAsync(server, query)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    private static async Task<string> TextAsync(ServerProcess server, string query) =>
        (await Http.SendAsync(server.Http, HttpMethod.Get, "/api/journal" + query, null, [])).Body;

    private static async Task<string> AllAsync(ServerProcess server, OutsideMeet meet)
    {
        var all = new StringBuilder();
        foreach (var path in new[] { "/api/meets", $"/api/meets/{meet.Id}", $"/api/meets/{meet.Id}/events/e/results", $"/api/meets/{meet.Id}/advancement/pre", "/api/journal" })
            all.AppendLine((await Http.SendAsync(server.Http, HttpMethod.Get, path, null, [])).Body);
        foreach (var heat in new[] { meet.Heat1, meet.Heat2 })
            all.AppendLine((await meet.HeatAsync(heat)).ToJsonString());
        return all.ToString();
    }
}
