using System.Net;
using System.Net.NetworkInformation;
using System.Text.RegularExpressions;
using LiveSkate.Server.Tests.Ingest;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>Contract section 1, the column of defaults: the program in an empty working directory, told nothing.</summary>
[Collection("outside")]
public sealed class ContractDefaultsTests
{
    [Fact]
    public async Task Told_nothing_it_serves_the_web_on_5080_and_MQTT_on_1883_on_loopback_alone_and_keeps_its_journal_below_the_working_directory()
    {
        await using var server = ServerProcess.WithoutSettings();
        foreach (var port in new[] { server.WebPort, server.MqttPort })
            Assert.True(ListeningOn(port).Length == 0, $"Something on this machine listens on port {port}, which this test needs: the default of LiveSkate. Stop it and run the test again.");
        await server.StartAsync();

        foreach (var port in new[] { server.WebPort, server.MqttPort })
            Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], ListeningOn(port).OrderBy(address => address.AddressFamily));
        foreach (var host in new[] { "localhost", "127.0.0.1", "[::1]" })
        {
            using var web = new HttpClient { BaseAddress = new Uri($"http://{host}:5080") };
            Assert.Equal(200, (await Http.SendAsync(web, HttpMethod.Get, "/health/ready", null, [])).Status);
            Assert.Equal("""{"meets":[]}""", (await Http.SendAsync(web, HttpMethod.Get, "/api/meets", null, [])).Body);
        }
        foreach (var host in new[] { "127.0.0.1", "::1" })
        {
            await using var track = await TrackClient.ConnectAsync(1883, host: host);
            await track.SubscribeAsync("ls/v1/venue/hub/state");
            await server.Until(() => Task.FromResult(track.Received.Any(message => message.Payload == """{"state":"online"}""")), $"the hub's word on {host}");
        }
        Assert.True(File.Exists(Path.Combine(server.Folder, ".data", "liveskate.db")));
        var key = Regex.Match(server.Output, @"(?m)^\s+([A-Za-z0-9_-]{43})\s*$").Groups[1].Value;
        using var office = new HttpClient { BaseAddress = server.Address };
        Assert.Equal(200, (await Http.SendAsync(office, HttpMethod.Get, "/api/journal", null, [("Authorization", $"Bearer {key}")])).Status);
    }

    private static IPAddress[] ListeningOn(int port) =>
        [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(end => end.Port == port).Select(end => end.Address)];
}
