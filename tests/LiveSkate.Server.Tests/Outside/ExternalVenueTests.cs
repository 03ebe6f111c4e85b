using System.Text;
using LiveSkate.Server.Tests.Ingest;
using LiveSkate.Simulator.Play;
using LiveSkate.Simulator.Results;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>A site with a Mosquitto of its own: either may fall over in the middle of a replay.</summary>
[Collection("outside")]
public sealed class ExternalVenueTests
{
    private const int Kept = 100;
    private const string HubState = TrackClient.Root + "hub/state";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Broker_and_server_fall_over_in_the_middle_and_the_results_are_as_printed(bool persistent)
    {
        await using var mosquitto = new Mosquitto(persistent: persistent);
        await mosquitto.StartAsync();
        await using var server = await ServerProcess.StartedAsync("--Mqtt:Mode=External", "--Mqtt:Host=127.0.0.1", $"--Mqtt:Port={mosquitto.Port}", "--Mqtt:Venue=track");
        var playing = new MeetPlayer(ResultFile.Seed(), Options(server, mosquitto), TimeProvider.System, NullLogger.Instance)
            .PlayAsync(TestContext.Current.CancellationToken);

        await server.UntilPositionAsync(100);
        await mosquitto.StopAsync();
        await server.Until(async () => !(await server.Http.GetAsync("/health/ready")).IsSuccessStatusCode, "the server says that it has no broker");
        await mosquitto.StartAsync();

        await server.UntilPositionAsync(server.Position() + 50);
        Assert.False(playing.IsCompleted);
        await using var observer = await TrackClient.ConnectAsync(mosquitto.Port);
        await observer.SubscribeAsync(HubState);
        await server.KillAsync();
        await Soon.UntilAsync(() => observer.Received.Any(said => said.Payload == """{"state":"lost"}"""), "the broker says that the hub is lost");
        await PublishToNobodyAsync(mosquitto.Port);
        await server.StartAsync();
        await Soon.UntilAsync(() => observer.Received[^1].Payload == """{"state":"online"}""", "the hub says that it is online");

        Assert.Empty((await playing).Differences);
        var lines = await server.JournalAsync();
        JournalLines.AssertSound(server.JournalPath, lines);
        var readings = lines.Where(line => line.Text("epoch") is not null).Select(line => (line.Text("source"), line.Text("epoch"), line.Number("seq"))).ToArray();
        Assert.Equal(readings.Distinct(), readings);
        Assert.Equal(Enumerable.Range(1, Kept).Select(Chip).Order(), lines.Where(line => line.Text("chip")?.StartsWith("kept-", StringComparison.Ordinal) == true).Select(line => line.Text("chip")).Order());
    }

    private static PlayerOptions Options(ServerProcess server, Mosquitto mosquitto) => new()
    {
        // Not faster: both shall fall over in the middle.
        Speed = 200, Server = server.Address, MqttHost = "127.0.0.1", MqttPort = mosquitto.Port, Venue = "track", Key = ServerProcess.Key, Faults = ReplayTests.BadDay,
    };

    private static string Chip(int n) => $"kept-{n:000}";

    /// <summary>While the hub is dead, from a sender that never sends anything twice: only the broker has these.</summary>
    private static async Task PublishToNobodyAsync(int port)
    {
        await using var decoder = await TrackClient.ConnectAsync(port);
        for (var n = 1; n <= Kept; n++)
            await decoder.PublishBytesAsync(
                TrackClient.Root + "src/finish-1/passing", Encoding.UTF8.GetBytes($$"""{"chip":"{{Chip(n)}}","timeUs":{{1_000_000_000_000 + n}},"sim":true}"""));
    }
}
