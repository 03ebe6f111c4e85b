using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveSkate.Server.Demo;
using LiveSkate.Server.Tests.Ingest;
using LiveSkate.Simulator.Compare;
using LiveSkate.Simulator.Planning;
using LiveSkate.Simulator.Play;
using LiveSkate.Simulator.Results;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>The process dies without a word, again and again, in the middle of things.</summary>
[Collection("outside")]
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Demo_that_is_killed_twenty_times_ends_as_printed_with_every_reading_in_the_journal_once()
    {
        const int kills = 20, speed = 250;
        var plan = Planner.Plan(ResultFile.Seed(), DemoRun.Meet, DemoRun.Event, 1, speed);
        var readings = plan.Rounds.SelectMany(round => round.Heats).SelectMany(heat => heat.Messages).ToArray();
        await using var server = new ServerProcess("demo", $"--Demo:Speed={speed}");
        server.Launch();
        foreach (var moment in Moments(kills, readings.Length))
        {
            // Where a life began behind the moment, it dies with the first thing it writes.
            await server.UntilPositionAsync(Math.Max(moment, server.Position() + 1));
            await server.KillAsync();
            Assert.DoesNotContain("Demo: finished", server.Output, StringComparison.Ordinal);
            server.Launch();
        }

        await server.Until(() => Task.FromResult(server.Output.Contains("Demo: finished", StringComparison.Ordinal)), "the demo is finished");

        var results = (await server.GetAsync($"/api/meets/{plan.Meet}/events/{plan.Event}/results")).Deserialize<EventView>(JsonSerializerOptions.Web)!;
        Assert.Empty(Comparison.Of(plan, results));
        var lines = await server.JournalAsync();
        JournalLines.AssertSound(server.JournalPath, lines);
        Assert.Equal(
            readings.Select(Words).Order(StringComparer.Ordinal),
            lines.Where(line => line.Kind is "passing-read" or "signal-given").Select(Words).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(lines, line => line.Kind == "message-rejected");
        foreach (var once in new[] { "heat-opened", "heat-armed", "heat-published", "heat-made-official" })
            Assert.Equal(
                plan.Rounds.SelectMany(round => round.Heats).Select(heat => heat.Id),
                lines.Where(line => line.Kind == once).Select(line => line.Text("heat")));
    }

    [Fact]
    public async Task What_was_acknowledged_is_in_the_journal_after_every_kill_and_nothing_is_there_twice()
    {
        const int kills = 5, passings = 3000, commands = 200;
        var heat = new LongHeat();
        await using var server = await ServerProcess.StartedAsync($"--Mqtt:Venue={LongHeat.Venue}");
        await heat.ArmAsync(server);
        await PutManyHeatsAsync(server, commands);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        var gateway = new Gateway(server.MqttPort, TrackClient.Root + "src/finish-1/passing", 1, passings, heat.Passing);
        var sending = gateway.RunAsync(stop.Token);
        var commanding = OpenAllAsync(server, commands, () => gateway.Count * commands / passings, stop.Token);
        foreach (var moment in Moments(kills, passings))
        {
            await server.UntilPositionAsync(Math.Max(moment, server.Position() + 1));
            await server.KillAsync();
            await server.StartAsync();
        }

        await sending;
        var answered = await commanding;

        output.WriteLine($"{gateway.Unanswered} messages were on their way when it was killed");
        Assert.True(gateway.Unanswered > 0, "no kill came between a message and its answer");
        var lines = await server.JournalAsync();
        JournalLines.AssertSound(server.JournalPath, lines);
        Assert.Equal(
            Enumerable.Range(1, passings).Select(n => (long?)n),
            lines.Where(line => line.Kind == "passing-read").Select(line => line.Number("seq")).Order());
        var opened = lines.Where(line => line.Kind == "heat-opened" && line.Meet == "many").ToDictionary(line => line.Text("heat")!, line => line.At);
        Assert.Equal(answered, opened);
        Assert.DoesNotContain(lines, line => line.Kind == "message-rejected");
        foreach (var (id, at) in answered.Take(5))
            Assert.Equal(at, await OpenAsync(server, id, stop.Token));
    }

    /// <summary>Positions of the journal, in order. The seed is printed, for who wants them again.</summary>
    private long[] Moments(int count, int below)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("LIVESKATE_TEST_SEED"), out var given) ? given : Random.Shared.Next();
        var random = new Random(seed);
        long[] moments = [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(1, below)).Order()];
        output.WriteLine($"LIVESKATE_TEST_SEED={seed}: killed at {string.Join(' ', moments)} of {below}");
        return moments;
    }

    private static string Words(TrackMessage message) => $"{message.Source} {message.Epoch} {message.Seq} {message.Chip ?? "gun"} {message.TimeUs}";

    private static string Words(JournalLine line) =>
        $"{line.Text("source")} {line.Text("epoch")} {line.Number("seq")} {line.Text("chip") ?? line.Text("kind")} {line.Number("timeUs")}";

    private static async Task PutManyHeatsAsync(ServerProcess server, int count)
    {
        var numbers = Enumerable.Range(1, count).ToArray();
        var meet = new
        {
            name = "Many heats", venue = new { name = "Hall", timeZone = "Etc/UTC", lapM = 200 }, sources = new[] { new { id = "other-1", role = "finish" } },
            skaters = numbers.Select(n => new { id = $"s{n}", familyName = $"Family {n}", givenName = "Given", nation = "SUI", transponders = Array.Empty<string>() }),
            events = new[]
            {
                new
                {
                    id = "e2", name = "Many", format = "sprint", distanceM = 200, entries = numbers.Select(n => new { bib = $"{n}", skater = $"s{n}" }),
                    rounds = new[] { new { id = "r", name = "Round", heats = numbers.Select(n => new { id = $"e2-r-{n}", number = n, bibs = new[] { $"{n}" } }) } },
                },
            },
        };
        using var put = await server.Http.PutAsJsonAsync("/api/meets/many", meet);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
    }

    /// <summary>One command after the other, each until it is answered, keeping step with the passings.</summary>
    /// <returns>Heat, and the position that the answer named.</returns>
    private static async Task<Dictionary<string, long>> OpenAllAsync(ServerProcess server, int count, Func<int> mayGo, CancellationToken stop)
    {
        var answered = new Dictionary<string, long>();
        for (var n = 1; n <= count; n++)
        {
            while (mayGo() < n)
                await Task.Delay(2, stop);
            answered[$"e2-r-{n}"] = await OpenAsync(server, $"e2-r-{n}", stop);
        }
        return answered;
    }

    private static async Task<long> OpenAsync(ServerProcess server, string heat, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/meets/many/commands") { Content = JsonContent.Create(new { type = "openHeat", heat }) };
                request.Headers.Add("Idempotency-Key", $"open-{heat}");
                using var answer = await server.Http.SendAsync(request, stop);
                var body = await answer.Content.ReadAsStringAsync(stop);
                Assert.True(answer.IsSuccessStatusCode, body);
                return JsonNode.Parse(body)!["at"]!.GetValue<long>();
            }
            catch (Exception away) when (away is HttpRequestException or IOException && !stop.IsCancellationRequested)
            {
                await Task.Delay(20, stop);
            }
        }
    }
}
