using LiveSkate.Core;
using LiveSkate.Server.Ingest;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using MQTTnet.Formatter;
using Xunit;

namespace LiveSkate.Server.Tests.Ingest;

/// <summary>The hub as a client of a real Mosquitto.</summary>
public sealed class ExternalBrokerTests
{
    private static string Passing(int n) => $$"""{"chip":"{{n}}","timeUs":{{n}},"epoch":"e","seq":{{n}}}""";

    private static MqttSettings Settings(int port, string? user = null, string? password = null) =>
        new(MqttMode.External, "127.0.0.1", port, user, password, false, [], "track");

    private static async Task<ExternalBroker> StartAsync(MqttSettings settings, Recorder recorder, bool wait = true)
    {
        var broker = new ExternalBroker(settings, recorder.RecordAsync, NullLogger<ExternalBroker>.Instance);
        await broker.StartAsync(TestContext.Current.CancellationToken);
        if (wait)
            await Soon.UntilAsync(() => broker.IsReady, "the hub to be connected");
        return broker;
    }

    private static string[] Chips(Recorder recorder) => [.. recorder.Facts<PassingRead>().Select(passing => passing.Chip)];

    [Fact]
    public async Task What_comes_is_recorded_in_order_and_all_that_waits_at_once()
    {
        await using var mosquitto = new Mosquitto();
        await mosquitto.StartAsync();
        var recorder = new Recorder();
        await using var hub = await StartAsync(Settings(mosquitto.Port), recorder);
        await using var gate = await TrackClient.ConnectAsync(mosquitto.Port);
        recorder.Hold();
        await gate.PublishAsync("src/finish-1/passing", Passing(1));
        await Soon.UntilAsync(() => recorder.Calls == 1, "the first record");
        for (var n = 2; n <= 200; n++)
            await gate.PublishAsync("src/finish-1/passing", Passing(n));
        await gate.PublishAsync("src/start-1/signal", """{"kind":"gun","timeUs":1}""", retain: false);
        await gate.PublishAsync("src/finish-1/finish", """{"heat":"h","revision":1,"rows":[]}""");
        await gate.PublishAsync("src/finish-1/status", "rubbish");
        recorder.Release();
        await Soon.UntilAsync(() => recorder.Items.Count == 203, "everything");
        Assert.Equal(Enumerable.Range(1, 200).Select(n => $"{n}"), Chips(recorder));
        Assert.InRange(recorder.Calls, 2, 20);
        Assert.Single(recorder.Facts<SignalGiven>());
        Assert.Single(recorder.Facts<FinishRead>());
        Assert.Single(recorder.Facts<MessageRejected>());
    }

    [Fact]
    public async Task What_comes_while_the_hub_is_away_comes_when_it_is_back()
    {
        await using var mosquitto = new Mosquitto();
        await mosquitto.StartAsync();
        await (await StartAsync(Settings(mosquitto.Port), new Recorder())).DisposeAsync();
        await using var gate = await TrackClient.ConnectAsync(mosquitto.Port, MqttProtocolVersion.V311);
        for (var n = 1; n <= 50; n++)
            await gate.PublishAsync("src/finish-1/passing", Passing(n));
        var recorder = new Recorder();
        await using var hub = await StartAsync(Settings(mosquitto.Port), recorder);
        await Soon.UntilAsync(() => recorder.Items.Count == 50, "the passings");
        Assert.Equal(Enumerable.Range(1, 50).Select(n => $"{n}"), Chips(recorder));
    }

    [Fact]
    public async Task What_was_delivered_but_not_recorded_comes_again()
    {
        await using var mosquitto = new Mosquitto();
        await mosquitto.StartAsync();
        var first = new Recorder();
        var hub = await StartAsync(Settings(mosquitto.Port), first);
        first.Hold();
        await using var gate = await TrackClient.ConnectAsync(mosquitto.Port);
        await gate.PublishAsync("src/finish-1/passing", Passing(1));
        await gate.PublishAsync("src/finish-1/passing", Passing(2));
        await Soon.UntilAsync(() => first.Calls >= 1, "the delivery");
        await hub.DisposeAsync();
        Assert.Empty(first.Items);
        var second = new Recorder();
        await using var again = await StartAsync(Settings(mosquitto.Port), second);
        await Soon.UntilAsync(() => second.Items.Count == 2, "both passings again");
        Assert.Equal(["1", "2"], Chips(second));
    }

    [Fact]
    public async Task What_was_recorded_while_the_hub_stopped_does_not_come_again()
    {
        await using var mosquitto = new Mosquitto();
        await mosquitto.StartAsync();
        var first = new Recorder { RecordsToTheEnd = true };
        var hub = await StartAsync(Settings(mosquitto.Port), first);
        first.Hold();
        await using var gate = await TrackClient.ConnectAsync(mosquitto.Port);
        await gate.PublishAsync("src/finish-1/passing", Passing(1));
        await Soon.UntilAsync(() => first.Calls == 1, "the delivery");
        var stopping = hub.DisposeAsync();
        first.Release();
        await stopping;
        await gate.PublishAsync("src/finish-1/passing", Passing(2));
        var second = new Recorder();
        await using var again = await StartAsync(Settings(mosquitto.Port), second);
        await Soon.UntilAsync(() => Chips(second).Contains("2"), "the later passing");
        Assert.Equal(["1"], Chips(first));
        Assert.Equal(["2"], Chips(second));
    }

    [Fact]
    public async Task A_journal_that_fails_is_tried_again_and_loses_nothing()
    {
        await using var mosquitto = new Mosquitto();
        await mosquitto.StartAsync();
        var recorder = new Recorder { Failure = new IOException("disk full") };
        await using var hub = await StartAsync(Settings(mosquitto.Port), recorder);
        await using var gate = await TrackClient.ConnectAsync(mosquitto.Port);
        await gate.PublishAsync("src/finish-1/passing", Passing(1));
        await Soon.UntilAsync(() => recorder.Calls >= 2, "a second attempt");
        recorder.Failure = null;
        await Soon.UntilAsync(() => recorder.Items.Count == 1, "the passing");
    }

    [Fact]
    public async Task A_broker_that_restarts_keeps_the_passings_and_is_told_again_what_it_forgot()
    {
        await using var mosquitto = new Mosquitto();
        await mosquitto.StartAsync();
        var recorder = new Recorder();
        await using var hub = await StartAsync(Settings(mosquitto.Port), recorder);
        Assert.True(await hub.PublishAsync("src/finish-1/ack", """{"epoch":"e","seq":1}"""u8.ToArray(), retain: true, TestContext.Current.CancellationToken));
        recorder.Hold();
        await using (var gate = await TrackClient.ConnectAsync(mosquitto.Port))
        {
            for (var n = 1; n <= 20; n++)
                await gate.PublishAsync("src/finish-1/passing", Passing(n));
        }
        await mosquitto.StopAsync();
        await Soon.UntilAsync(() => !hub.IsReady, "the hub to notice");
        Assert.False(await hub.PublishAsync("src/finish-1/resend", "{}"u8.ToArray(), retain: false, TestContext.Current.CancellationToken));
        await hub.PublishAsync("live/m/heats/h", "{}"u8.ToArray(), retain: true, TestContext.Current.CancellationToken);
        await mosquitto.StartAsync();
        await Soon.UntilAsync(() => hub.IsReady, "the hub to come back");
        recorder.Release();
        await Soon.UntilAsync(() => Chips(recorder).Distinct().Count() == 20, "all passings");
        await using var reader = await TrackClient.ConnectAsync(mosquitto.Port);
        await reader.SubscribeAsync(TrackClient.Root + "#");
        await Soon.UntilAsync(() => reader.Received.Count >= 3, "what is retained");
        foreach (var (topic, payload) in new[]
        {
            ("hub/state", """{"state":"online"}"""), ("live/m/heats/h", "{}"), ("src/finish-1/ack", """{"epoch":"e","seq":1}"""),
        })
            await Soon.UntilAsync(() => reader.Received.Any(message => message.Topic == TrackClient.Root + topic && message.Payload == payload), topic);
    }

    [Fact]
    public async Task A_broker_that_comes_later_than_the_hub_is_found()
    {
        await using var mosquitto = new Mosquitto();
        var recorder = new Recorder();
        await using var hub = await StartAsync(Settings(mosquitto.Port), recorder, wait: false);
        Assert.False(hub.IsReady);
        await mosquitto.StartAsync();
        await Soon.UntilAsync(() => hub.IsReady, "the hub to be connected");
        await using var gate = await TrackClient.ConnectAsync(mosquitto.Port);
        await gate.PublishAsync("src/finish-1/passing", Passing(1));
        await Soon.UntilAsync(() => recorder.Items.Count == 1, "the passing");
    }

    [Fact]
    public async Task The_hub_is_online_while_it_is_there_and_lost_when_it_is_not()
    {
        await using var mosquitto = new Mosquitto();
        await mosquitto.StartAsync();
        await using var reader = await TrackClient.ConnectAsync(mosquitto.Port);
        await reader.SubscribeAsync(TrackClient.Root + "hub/#");
        var hub = await StartAsync(Settings(mosquitto.Port), new Recorder());
        await Soon.UntilAsync(() => reader.Received.Count == 1, "online");
        await hub.DisposeAsync();
        await Soon.UntilAsync(() => reader.Received.Count == 2, "lost");
        Assert.Equal(["""{"state":"online"}""", """{"state":"lost"}"""], reader.Received.Select(message => message.Payload));
        await using var late = await TrackClient.ConnectAsync(mosquitto.Port);
        await late.SubscribeAsync(TrackClient.Root + "hub/state");
        await Soon.UntilAsync(() => late.Received.Count == 1, "the retained state");
        Assert.Equal("""{"state":"lost"}""", late.Received[0].Payload);
    }

    [Fact]
    public async Task A_broker_with_passwords_lets_the_hub_in_with_its_own()
    {
        await using var mosquitto = new Mosquitto("allow_anonymous false\npassword_file FOLDER/passwords");
        await mosquitto.AllowAsync("hub", "secret");
        await mosquitto.StartAsync();
        await using var refused = await StartAsync(Settings(mosquitto.Port, "hub", "wrong"), new Recorder(), wait: false);
        var recorder = new Recorder();
        await using var hub = await StartAsync(Settings(mosquitto.Port, "hub", "secret") with { Venue = "other" }, recorder);
        Assert.False(refused.IsReady);
    }
}
