using System.Text;
using System.Text.Json.Nodes;
using LiveSkate.Core;
using LiveSkate.Core.Timing;
using LiveSkate.Server.Ingest;
using LiveSkate.Server.Journal;
using LiveSkate.Server.Tests.Ingest;
using MQTTnet;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>Rubbish from several senders at once, while a heat is under way.</summary>
[Collection("outside")]
public sealed class HostileTests(ITestOutputHelper output)
{
    private const string Rogue = TrackClient.Root + "src/rogue/";
    private const int Mutations = 10_000, Senders = 8, AtOnce = 50;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Xunit.Fact]
    public async Task Ten_thousand_hostile_messages_are_acknowledged_and_accounted_for_and_the_heat_under_way_is_unharmed()
    {
        var heat = new LongHeat(laps: 10);
        await using var server = await ServerProcess.StartedAsync($"--Mqtt:Venue={LongHeat.Venue}");
        await PutMeetOfRogueAsync(server);
        await heat.ArmAsync(server);
        await using var track = await TrackClient.ConnectAsync(server.MqttPort);
        await track.PublishAsync("src/start-1/signal", LongHeat.Gun);
        for (var n = 1; n <= heat.Passings / 2; n++)
            await track.PublishAsync("src/finish-1/passing", heat.Passing(n));
        var (before, memory) = (await HeatAsync(server, heat), (await server.MetricsAsync())["process_working_set_bytes"]);
        var rowsBefore = (await server.JournalAsync()).Count;

        var messages = Messages();
        await Task.WhenAll(messages.Chunk((messages.Length / Senders) + 1).Select(some => SendAsync(server.MqttPort, some)));

        Assert.True((await server.Http.GetAsync("/health/ready", Stop)).IsSuccessStatusCode);
        Assert.Equal(before, await HeatAsync(server, heat));
        var metrics = await server.MetricsAsync();
        var grown = metrics["process_working_set_bytes"] - memory;
        output.WriteLine($"{messages.Length} messages, memory grew by {grown / (1 << 20):0} MiB");
        Assert.InRange(grown, double.NegativeInfinity, 200 << 20);
        var lines = await server.JournalAsync();
        AssertAccounted(messages, [.. lines.Skip(rowsBefore)], metrics);

        for (var n = (heat.Passings / 2) + 1; n <= heat.Passings; n++)
            await track.PublishAsync("src/finish-1/passing", heat.Passing(n));
        var after = await server.GetAsync(heat.Path);
        Assert.Equal("finished", (string?)after["state"]);
        Assert.Equal(150_000, after["rows"]!.AsArray().Min(row => row!["timeMs"]!.GetValue<long>()));
    }

    /// <summary>The hostile list, and mutations of good messages; each with where it is sent.</summary>
    private static (string Topic, byte[] Payload)[] Messages()
    {
        var random = new Random(20_220_710);
        var messages = HostilePayloadTests.Hostile.Select(row => (Rogue + row.Data.Item1, Encoding.UTF8.GetBytes(row.Data.Item2))).ToList();
        messages.AddRange(Enumerable.Range(0, Mutations).Select(_ =>
        {
            var (leaf, json) = HostilePayloadTests.Valid[random.Next(HostilePayloadTests.Valid.Length)];
            return (Rogue + leaf, HostilePayloadTests.Mutate(Encoding.UTF8.GetBytes(json), random));
        }));
        return [.. messages];
    }

    private static async Task SendAsync(int port, (string Topic, byte[] Payload)[] messages)
    {
        await using var client = await TrackClient.ConnectAsync(port);
        foreach (var some in messages.Chunk(AtOnce))
            Assert.All(
                await Task.WhenAll(some.Select(message => client.PublishBytesAsync(message.Topic, message.Payload))),
                answer => Assert.Equal(MqttClientPublishReasonCode.Success, answer.ReasonCode));
    }

    /// <summary>Every fact that was in the messages is one row, but for honest repeats; and the counters say what the journal says.</summary>
    private static void AssertAccounted((string Topic, byte[] Payload)[] messages, JournalLine[] rows, IReadOnlyDictionary<string, double> metrics)
    {
        var reader = new PayloadReader(LongHeat.Venue);
        var facts = messages.SelectMany(message => reader.Read(message.Topic, message.Payload)).Select(item => item.Fact).ToArray();
        // Of those with one identity the first is used; which one that was, among several senders, only the journal knows.
        var used = rows.Where(row => row.Kind is "passing-read" or "signal-given")
            .Select(row => (TrackFact)FactJson.Read(row.Kind, 1, Encoding.UTF8.GetBytes(row.Data.GetRawText())))
            .ToDictionary(fact => fact.Key, fact => fact.Content);
        var known = facts.OfType<TrackFact>().Where(fact => fact is not FinishRead).ToLookup(fact => fact.Content == used[fact.Key]);
        var repeats = known[true].Count() - used.Count;
        Assert.Equal(facts.Length - repeats, rows.Length);
        Assert.Equal(known[true].Select(fact => fact.Key).Distinct().Count(), used.Count);
        Assert.Equal(
            [
                .. facts.OfType<MessageRejected>().Select(rejected => rejected.Reason)
                    .Concat(known[false].Select(_ => RejectionCodes.IdentityConflict))
                    .Concat(facts.OfType<FinishRead>().Select(_ => RejectionCodes.UnknownHeat)).Order(),
            ],
            rows.Where(row => row.Kind == "message-rejected").Select(row => row.Text("reason")!).Order());
        foreach (var reason in rows.Where(row => row.Kind == "message-rejected").GroupBy(row => row.Text("reason")))
            Assert.Equal(reason.Count(), metrics[$"liveskate_rejected_messages_total{{reason=\"{reason.Key}\"}}"]);
    }

    /// <summary>What the public sees of the heat, but for the moment at which it was asked.</summary>
    private static async Task<string> HeatAsync(ServerProcess server, LongHeat heat)
    {
        var shown = (await server.GetAsync(heat.Path)).AsObject();
        shown["clock"]!.AsObject().Remove("serverUs");
        return shown.ToJsonString();
    }

    /// <summary>So that its good messages are heard, by a meet of its own.</summary>
    private static async Task PutMeetOfRogueAsync(ServerProcess server)
    {
        var meet = JsonNode.Parse("""
            {"name":"Rogue","venue":{"name":"Hall","timeZone":"Etc/UTC","lapM":200},"rehearsal":true,"sources":[{"id":"rogue","role":"finish"}],
             "skaters":[{"id":"s1","familyName":"A","givenName":"B","nation":"SUI","transponders":["102758186"]}],
             "events":[{"id":"e","name":"E","format":"sprint","distanceM":200,"entries":[{"bib":"1","skater":"s1"}],
               "rounds":[{"id":"r","name":"R","heats":[{"id":"e-r-1","number":1,"bibs":["1"]}]}]}]}
            """)!;
        using var put = await server.Http.PutAsync("/api/meets/rogue", new StringContent(meet.ToJsonString()), Stop);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(Stop));
    }
}
