using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LiveSkate.Server.Tests.Ingest;
using MQTTnet;
using MQTTnet.Exceptions;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>Contract section 1: what can be set, and what a wrong setting says. Each test starts a server of its own.</summary>
[Collection("outside")]
public sealed class ContractSettingsTests
{
    [Fact]
    public void The_settings_file_that_lies_beside_the_program_has_the_defaults_of_the_contract()
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(ServerProcess.ProgramFolder, "appsettings.json")))!;
        Assert.Equal(("http://localhost:5080", "Embedded", "localhost", 1883, "venue"), (
            file["Urls"]!.GetValue<string>(), file["Mqtt"]!["Mode"]!.GetValue<string>(), file["Mqtt"]!["Host"]!.GetValue<string>(),
            file["Mqtt"]!["Port"]!.GetValue<int>(), file["Mqtt"]!["Venue"]!.GetValue<string>()));
        Assert.Equal((".data/liveskate.db", false, "20"), (
            file["Journal"]!["Path"]!.GetValue<string>(), file["Demo"]!["Enabled"]!.GetValue<bool>(), $"{file["Demo"]!["Speed"]}"));
        Assert.Null(file["Office"]?["Key"]);
        Assert.Null(file["Mqtt"]!["Gateways"]);
    }

    [Fact]
    public async Task Settings_come_from_the_file_the_environment_and_the_command_line_and_only_loopback_is_listened_on()
    {
        await using var server = new ServerProcess { Host = "localhost" };
        server.Variables["Mqtt__Venue"] = "hall-7";
        // The command line goes before the environment.
        server.Variables["Mqtt__Port"] = "1";
        await server.StartAsync();

        await using var track = await TrackClient.ConnectAsync(server.MqttPort);
        await track.SubscribeAsync("ls/v1/hall-7/hub/state");
        await server.Until(() => Task.FromResult(track.Received.Any(message => message.Payload == """{"state":"online"}""")), "online in hall-7");
        foreach (var port in new[] { server.WebPort, server.MqttPort })
        {
            var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(end => end.Port == port).Select(end => end.Address);
            Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], listening.OrderBy(address => address.AddressFamily));
            foreach (var address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
            {
                using var socket = new TcpClient(address.AddressFamily);
                await socket.ConnectAsync(address, port, TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task Mqtt_Host_is_the_address_that_our_broker_listens_on()
    {
        await using var server = await ServerProcess.StartedAsync("--Mqtt:Host=127.0.0.1");
        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(end => end.Port == server.MqttPort);
        Assert.Equal([IPAddress.Loopback], listening.Select(end => end.Address));
        await using var track = await TrackClient.ConnectAsync(server.MqttPort);
        Assert.True(track.Mqtt.IsConnected);
    }

    [Fact]
    public async Task The_office_key_is_made_and_printed_once_and_kept_hashed_and_the_journal_lies_relative_to_the_working_directory()
    {
        await using var server = new ServerProcess("--Office:Key=", "--Journal:Path=somewhere/else.db");
        await server.StartAsync();
        var key = Regex.Match(server.Output, @"(?m)^\s+([A-Za-z0-9_-]{43})\s*$").Groups[1].Value;
        Assert.NotEmpty(key);
        Assert.True(File.Exists(Path.Combine(server.Folder, "somewhere", "else.db")));
        var files = Directory.GetFiles(server.Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("-lock", StringComparison.Ordinal));
        Assert.All(files, file => Assert.DoesNotContain(key, Text(file), StringComparison.Ordinal));

        Assert.Equal(401, await JournalAsync(server, ServerProcess.Key));
        Assert.Equal(200, await JournalAsync(server, key));
        Assert.Equal(0, await server.StopAsync());
        await server.StartAsync();
        Assert.Equal(200, await JournalAsync(server, key));
        Assert.Single(Regex.Matches(server.Output, Regex.Escape(key)));
    }

    /// <summary>The setting, its key, and a word of what is allowed.</summary>
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "Urls=ftp://localhost:21", "Urls", "http://" },
        { "Mqtt:Mode=Both", "Mqtt:Mode", "Embedded or External" },
        { "Mqtt:Port=0", "Mqtt:Port", "1 to 65535" },
        { "Mqtt:Port=65536", "Mqtt:Port", "1 to 65535" },
        { "Mqtt:Port=many", "Mqtt:Port", "1 to 65535" },
        { "Mqtt:Host=192.0.2.1", "Mqtt:Host", "localhost" },
        { "Mqtt:Tls=perhaps", "Mqtt:Tls", "true or false" },
        { "Mqtt:Venue=Hall!", "Mqtt:Venue", "a-z, 0-9" },
        { "Mqtt:Gateways=all", "Mqtt:Gateways", "PasswordHash" },
        { "Mqtt:Prot=1884", "Mqtt:Prot", "Mqtt:Port" },
        { "Journal:Path=/", "Journal:Path", "a file that this user may write" },
        { "Journal:Path=/proc/liveskate.db", "Journal:Path", "a file that this user may write" },
        { "Demo:Enabled=maybe", "Demo:Enabled", "true or false" },
        { "Demo:Speed=fast", "Demo:Speed", "max" },
        { "Demo:Speed=0", "Demo:Speed", "max" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_value_stops_the_start_with_the_key_the_value_and_what_is_allowed(string setting, string key, string allowed)
    {
        await using var server = new ServerProcess("--" + setting);
        server.Launch();
        Assert.Equal(1, await server.ExitAsync());
        Says(server, key, setting.Split('=')[1], allowed);
    }

    [Fact]
    public async Task A_wrong_value_in_the_environment_stops_the_start_too()
    {
        await using var server = new ServerProcess();
        server.Variables["Demo__Speed"] = "ludicrous";
        server.Launch();
        Assert.Equal(1, await server.ExitAsync());
        Says(server, "Demo:Speed", "ludicrous", "max");
    }

    [Fact]
    public async Task A_wrong_secret_is_not_shown()
    {
        await using var server = new ServerProcess("--Office:Key=two words");
        server.Launch();
        Assert.Equal(1, await server.ExitAsync());
        Says(server, "Office:Key", "not shown", "ASCII");
        Assert.DoesNotContain("two words", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_stops_the_start_with_the_key_and_the_value()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        foreach (var (setting, key, value) in new[] { ($"Urls=http://localhost:{port}", "Urls", $"http://localhost:{port}"), ($"Mqtt:Port={port}", "Mqtt:Port", $"{port}") })
        {
            await using var server = new ServerProcess("--" + setting);
            server.Launch();
            Assert.Equal(1, await server.ExitAsync());
            Says(server, key, value, "free port");
        }
    }

    [Fact]
    public async Task With_gateways_only_they_may_publish_and_only_for_their_sources()
    {
        const string Password = "gate keeper";
        byte[] salt = [1, 2, 3, 4, 5, 6, 7, 8];
        var hash = $"pbkdf2-sha256$1000${Convert.ToBase64String(salt)}${Convert.ToBase64String(Rfc2898DeriveBytes.Pbkdf2(Password, salt, 1000, HashAlgorithmName.SHA256, 32))}";
        await using var server = new ServerProcess("--Mqtt:Venue=track", "--Mqtt:Gateways:0:Name=north", $"--Mqtt:Gateways:0:PasswordHash={hash}");
        var meet = new OutsideMeet(server);
        server.Variables["Mqtt__Gateways__0__Sources__0"] = meet.Finish;
        await server.StartAsync();
        Assert.Equal(201, (await Http.SendAsync(server.Http, HttpMethod.Put, $"/api/meets/{meet.Id}", meet.Document.ToJsonString(), [])).Status);

        Task<TrackClient> ConnectAsync(string? name, string password) => TrackClient.ConnectAsync(
            server.MqttPort, options: options => _ = name is null ? options : options.WithCredentials(name, password));
        foreach (var (name, password) in new[] { (null, ""), ("north", "guess"), ("south", Password) })
            await Assert.ThrowsAsync<MqttCommunicationException>(() => ConnectAsync(name, password));
        await using var gateway = await ConnectAsync("north", Password);
        Assert.Equal(MqttClientPublishReasonCode.Success, (await gateway.PublishAsync($"src/{meet.Finish}/passing", meet.Passing("1", 1))).ReasonCode);
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, (await gateway.PublishAsync($"src/{meet.Start}/signal", OutsideMeet.Signal("gun", 1))).ReasonCode);
        var rows = (await Http.SendAsync(server.Http, HttpMethod.Get, "/api/journal?from=2", null, [])).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["passing-read", "message-rejected"], rows.Select(row => JsonNode.Parse(row)!["kind"]!.GetValue<string>()));
    }

    private static void Says(ServerProcess server, string key, string value, string allowed)
    {
        foreach (var word in new[] { key, value, allowed })
            Assert.Contains(word, server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", server.Output, StringComparison.Ordinal);
    }

    private static async Task<int> JournalAsync(ServerProcess server, string key)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        return (await Http.SendAsync(http, HttpMethod.Get, "/api/journal", null, [("Authorization", $"Bearer {key}")])).Status;
    }

    private static string Text(string file)
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(open, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
