using System.Text.Json.Nodes;
using LiveSkate.Server.Tests.Ingest;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>Contract section 1, <c>Mqtt:Mode=External</c>: a Mosquitto that the site has, its password, its certificate, and its absence.</summary>
[Collection("outside")]
public sealed class ContractSiteBrokerTests
{
    private const string WithPassword = "allow_anonymous false\npassword_file FOLDER/passwords";
    private const string WithTls = WithPassword + "\ncafile FOLDER/ca.crt\ncertfile FOLDER/broker.crt\nkeyfile FOLDER/broker.key";

    [Fact]
    public async Task A_name_and_a_password_let_the_hub_in_and_a_wrong_one_is_said_with_the_settings_that_it_stands_in()
    {
        await using var site = new Mosquitto(WithPassword);
        await site.AllowAsync("hub", "secret");
        await site.StartAsync();
        await using var server = Server(site);
        server.Launch("--Mqtt:Username=hub", "--Mqtt:Password=guess");
        await server.Until(() => Task.FromResult(server.Output.Contains("Mqtt:Username and Mqtt:Password", StringComparison.Ordinal)), "a word on the password");
        Assert.Contains($"not connected to 127.0.0.1:{site.Port}", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("guess", server.Output, StringComparison.Ordinal);
        await server.Until(async () => await ReadyAsync(server) == 503, "the word that it is not ready");
        await server.KillAsync();

        await server.StartAsync("--Mqtt:Username=hub", "--Mqtt:Password=secret");
        await TakesAPassingAsync(server, site, tls: false);
        Assert.DoesNotContain("secret", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_TLS_the_CA_of_the_venue_is_trusted_once_the_machine_or_SSL_CERT_FILE_says_so_and_not_before()
    {
        await using var site = new Mosquitto(WithTls);
        PrivateAuthority.Write(site.FolderPath);
        await site.AllowAsync("hub", "secret");
        await site.StartAsync();
        await using var server = Server(site, "--Mqtt:Tls=true", "--Mqtt:Host=localhost", "--Mqtt:Username=hub", "--Mqtt:Password=secret");
        server.Launch();
        await server.Until(() => Task.FromResult(server.Output.Contains("SSL_CERT_FILE", StringComparison.Ordinal)), "a word on whom the machine trusts");
        await server.Until(async () => await ReadyAsync(server) == 503, "the word that it is not ready");
        await server.KillAsync();

        server.Variables["SSL_CERT_FILE"] = Path.Combine(site.FolderPath, "ca.crt");
        await server.StartAsync();
        await TakesAPassingAsync(server, site, tls: true);
        await server.KillAsync();

        // It names localhost, and nothing else.
        server.Launch("--Mqtt:Host=127.0.0.1");
        await server.Until(() => Task.FromResult(server.Output.Contains("RemoteCertificateNameMismatch", StringComparison.Ordinal)), "a word on the name");
    }

    [Fact]
    public async Task Without_TLS_a_broker_that_wants_it_is_not_reached_and_says_so()
    {
        await using var site = new Mosquitto(WithTls);
        PrivateAuthority.Write(site.FolderPath);
        await site.AllowAsync("hub", "secret");
        await site.StartAsync();
        await using var server = Server(site, "--Mqtt:Username=hub", "--Mqtt:Password=secret");
        server.Launch();
        await server.Until(() => Task.FromResult(server.Output.Contains("Mqtt:Tls", StringComparison.Ordinal)), "a word on TLS");
    }

    [Fact]
    public async Task It_is_not_ready_while_the_broker_cannot_be_reached_ready_when_it_comes_and_not_when_it_goes()
    {
        await using var site = new Mosquitto();
        await using var server = Server(site);
        server.Launch();
        await server.Until(async () => await ReadyAsync(server) == 503, "an answer");
        var waits = JsonNode.Parse((await Http.SendAsync(server.Http, HttpMethod.Get, "/health/ready", null, [])).Body)!;
        await server.Until(() => Task.FromResult(server.Output.Contains("Connection refused", StringComparison.Ordinal)), "a word on why");
        Assert.Contains("broker", waits.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("journal", waits.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(200, (await Http.SendAsync(server.Http, HttpMethod.Get, "/health/live", null, [])).Status);
        // The office works meanwhile: a broker that is late holds up no meet.
        var meet = new OutsideMeet(server);
        Assert.Equal(201, (await Http.SendAsync(server.Http, HttpMethod.Put, $"/api/meets/{meet.Id}", meet.Document.ToJsonString(), [])).Status);

        await site.StartAsync();
        await server.Until(async () => await ReadyAsync(server) == 200, "ready");
        await site.StopAsync();
        await server.Until(async () => await ReadyAsync(server) == 503, "not ready");
        await site.StartAsync();
        await server.Until(async () => await ReadyAsync(server) == 200, "ready again");
    }

    private static ServerProcess Server(Mosquitto site, params string[] more) =>
        new(["--Mqtt:Mode=External", "--Mqtt:Host=127.0.0.1", $"--Mqtt:Port={site.Port}", "--Mqtt:Venue=track", .. more]);

    private static async Task<int> ReadyAsync(ServerProcess server) => (await Http.SendAsync(server.Http, HttpMethod.Get, "/health/ready", null, [])).Status;

    /// <summary>There and back: a gateway of the site sends, the hub's receipt comes.</summary>
    private static async Task TakesAPassingAsync(ServerProcess server, Mosquitto site, bool tls)
    {
        var meet = new OutsideMeet(server);
        Assert.Equal(201, (await Http.SendAsync(server.Http, HttpMethod.Put, $"/api/meets/{meet.Id}", meet.Document.ToJsonString(), [])).Status);
        await using var gateway = await TrackClient.ConnectAsync(site.Port, options: options =>
        {
            options.WithCredentials("hub", "secret");
            if (tls)
                options.WithTlsOptions(one => one.UseTls().WithCertificateValidationHandler(_ => true));
        });
        await gateway.SubscribeAsync($"{TrackClient.Root}src/{meet.Finish}/ack");
        await gateway.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 1, "run", 1));
        await server.Until(() => Task.FromResult(gateway.Received.Any(message => message.Payload == """{"epoch":"run","seq":1}""")), "the receipt");
    }
}
