using System.Runtime.CompilerServices;
using LiveSkate.Server.Ingest;
using LiveSkate.Server.Ops;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace LiveSkate.Server.Tests.Ops;

public sealed class SettingsTests
{
    private static readonly string Hash = PasswordHash.Make("secret");

    [Fact]
    public void Nothing_set_gives_the_defaults_of_the_contract()
    {
        var settings = Read();

        Assert.Equal("http://localhost:5080", settings.Urls);
        Assert.Equal(
            (MqttMode.Embedded, "localhost", 1883, null, null, false, 0, "venue"),
            (settings.Mqtt.Mode, settings.Mqtt.Host, settings.Mqtt.Port, settings.Mqtt.Username, settings.Mqtt.Password, settings.Mqtt.Tls,
                settings.Mqtt.Gateways.Length, settings.Mqtt.Venue));
        Assert.Equal((".data/liveskate.db", null), (settings.Journal.Path, settings.Journal.AcceptDamage));
        Assert.Null(settings.Office.Key);
        Assert.Equal((false, 20m), (settings.Demo.Enabled, settings.Demo.Speed!.Value));
    }

    [Fact]
    public void The_settings_file_of_the_root_says_the_same_as_the_defaults()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));
        var file = Settings.Read(new ConfigurationBuilder().AddJsonFile(Path.Combine(root, "appsettings.json")).Build());
        var defaults = Read();
        Assert.Equal(defaults with { Mqtt = file.Mqtt }, file);
        Assert.Equal(defaults.Mqtt with { Gateways = file.Mqtt.Gateways }, file.Mqtt);
        Assert.Empty(file.Mqtt.Gateways);
    }

    [Fact]
    public void Everything_can_be_set()
    {
        var settings = Read(
            "Urls=http://*:80;https://[::1]:443;http://127.0.0.1:0", "Mqtt:Mode=external", "Mqtt:Host=broker.local", "Mqtt:Port=8883", "Mqtt:Username=hub", "Mqtt:Password=p=w",
            "Mqtt:Tls=True", "Mqtt:Venue=hall-2", "Journal:Path=/tmp/x.db", "Journal:AcceptDamage=120", "Office:Key=abc-DEF_123", "Demo:Enabled=true", "Demo:Speed=MAX",
            "Mqtt:Gateways:0:Name=track", $"Mqtt:Gateways:0:PasswordHash={Hash}", "Mqtt:Gateways:0:Sources:0=finish-1", "Mqtt:Gateways:0:Sources:1=start-1",
            "Mqtt:Gateways:1:Name=all", $"Mqtt:Gateways:1:PasswordHash={Hash}", "Mqtt:Gateways:1:Sources:0=*");

        Assert.Equal(
            (MqttMode.External, "broker.local", 8883, "hub", "p=w", true, "hall-2"),
            (settings.Mqtt.Mode, settings.Mqtt.Host, settings.Mqtt.Port, settings.Mqtt.Username, settings.Mqtt.Password, settings.Mqtt.Tls, settings.Mqtt.Venue));
        Assert.Equal(["track:finish-1,start-1", "all:*"], settings.Mqtt.Gateways.Select(gateway => $"{gateway.Name}:{string.Join(',', gateway.Sources)}"));
        Assert.Equal(("/tmp/x.db", 120), (settings.Journal.Path, settings.Journal.AcceptDamage));
        Assert.Equal("abc-DEF_123", settings.Office.Key);
        Assert.Equal((true, null), (settings.Demo.Enabled, settings.Demo.Speed));
        Assert.Equal(0.5m, Read("Demo:Speed=0.5").Demo.Speed);
        Assert.Equal(("worldgames-2022", "formats"), (Read().Demo.Meet, Read("Demo:Meet=formats").Demo.Meet));
    }

    [Theory]
    [InlineData("Urls", "localhost:5080", "http://")]
    [InlineData("Urls", "ftp://localhost:5080", "http://")]
    [InlineData("Urls", "http://localhost:99999", "http://")]
    [InlineData("Urls", "http://localhost:0", "127.0.0.1")]
    [InlineData("Urls", "http://localhost:5080/live", "without a path")]
    [InlineData("Urls", "http://localhost:5080;nonsense", "http://")]
    [InlineData("Mqtt:Mode", "Both", "Embedded or External")]
    [InlineData("Mqtt:Mode", "1", "Embedded or External")]
    [InlineData("Mqtt:Mode", "", "Embedded or External")]
    [InlineData("Mqtt:Port", "0", "1 to 65535")]
    [InlineData("Mqtt:Port", "65536", "1 to 65535")]
    [InlineData("Mqtt:Port", "-1", "1 to 65535")]
    [InlineData("Mqtt:Port", "1883.5", "1 to 65535")]
    [InlineData("Mqtt:Port", " 1883", "1 to 65535")]
    [InlineData("Mqtt:Port", "99999999999999999999", "1 to 65535")]
    [InlineData("Mqtt:Port", "", "1 to 65535")]
    [InlineData("Mqtt:Tls", "yes", "true or false")]
    [InlineData("Mqtt:Venue", "Hall 2", "a-z, 0-9 and -")]
    [InlineData("Mqtt:Venue", "", "a-z, 0-9 and -")]
    [InlineData("Mqtt:Venue", "a123456789012345678901234567890123", "1 to 32")]
    [InlineData("Mqtt:Password", "secret", "Mqtt:Username")]
    [InlineData("Mqtt:Gateways", "track", "Mqtt:Gateways:0:Name")]
    [InlineData("Mqtt:Gateways:0:PasswordHash", "abc", "user name")]
    [InlineData("Mqtt:Prot", "1884", "Mqtt:Port")]
    [InlineData("Mqtt:Host:Name", "x", "Mqtt:Host")]
    [InlineData("Journal:AcceptDamage", "0", "from 1")]
    [InlineData("Journal:AcceptDamage", "yes", "from 1")]
    [InlineData("Journal:File", "x.db", "Journal:Path")]
    [InlineData("Journal", "x.db", "Journal:Path")]
    [InlineData("Office:Key", "two words", "ASCII")]
    [InlineData("Office:Keys", "x", "Office:Key")]
    [InlineData("Demo:Enabled", "on", "true or false")]
    [InlineData("Demo:Speed", "0", "above 0 and up to 1000")]
    [InlineData("Demo:Speed", "-3", "above 0 and up to 1000")]
    [InlineData("Demo:Speed", "1001", "or max")]
    [InlineData("Demo:Speed", "2,5", "decimal point")]
    [InlineData("Demo:Speed", "fast", "or max")]
    [InlineData("Demo:Spead", "max", "Demo:Speed")]
    [InlineData("Demo:Meet", "olympics", "worldgames-2022 or formats")]
    public void A_wrong_value_is_refused_with_its_key_its_value_and_what_is_allowed(string key, string value, string allowed)
    {
        var error = Assert.Throws<SettingsException>(() => Read($"{key}={value}"));

        Assert.StartsWith(key.Split(':')[0], error.Key, StringComparison.Ordinal);
        Assert.StartsWith(error.Key, error.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, error.Allowed, StringComparison.Ordinal);
        Assert.Contains(error.Allowed, error.Message, StringComparison.Ordinal);
        if (key is "Mqtt:Password" or "Office:Key")
            Assert.DoesNotContain(value, error.Message, StringComparison.Ordinal);
        else if (value.Length > 0 && !key.StartsWith("Mqtt:Gateways:0", StringComparison.Ordinal) && key != "Mqtt:Host:Name")
            Assert.Contains(value, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("Mqtt:Gateways:0:PasswordHash", "plain", "pbkdf2-sha256")]
    [InlineData("Mqtt:Gateways:0:Sources:0", "Finish 1", "* for all")]
    [InlineData("Mqtt:Gateways:0:Sources", "finish-1", "Sources:0")]
    [InlineData("Mqtt:Gateways:0:Source", "finish-1", "Sources")]
    [InlineData("Mqtt:Gateways:1:Name", "track", "its own")]
    public void A_gateway_that_could_not_sign_in_is_refused(string key, string value, string allowed)
    {
        List<string> lines = ["Mqtt:Gateways:0:Name=track", $"Mqtt:Gateways:0:PasswordHash={Hash}"];
        if (!key.Contains("Sources", StringComparison.Ordinal))
            lines.Add("Mqtt:Gateways:0:Sources:0=finish-1");
        if (key.Contains(":1:", StringComparison.Ordinal))
            lines.AddRange([$"Mqtt:Gateways:1:PasswordHash={Hash}", "Mqtt:Gateways:1:Sources:0=finish-1"]);

        var error = Assert.Throws<SettingsException>(() => Read([.. lines.Where(line => !line.StartsWith(key + "=", StringComparison.Ordinal)), $"{key}={value}"]));

        Assert.Contains(allowed.Replace("its own", "of its own", StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("plain", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_read_in_any_case() => Assert.Equal(1884, Read("mqtt:PORT=1884").Mqtt.Port);

    [Fact]
    public void The_word_demo_switches_the_demo_on_and_settings_follow()
    {
        Assert.Equal(["--Demo:Enabled=true", "--Demo:Speed=max"], StartArguments.Read(["demo", "--Demo:Speed=max"]));
        Assert.Equal(["--Mqtt:Port", "1884", "Urls=http://localhost:1"], StartArguments.Read(["--Mqtt:Port", "1884", "Urls=http://localhost:1"]));
        Assert.Empty(StartArguments.Read([]));
    }

    [Theory]
    [InlineData("dmeo")]
    [InlineData("demo", "demo")]
    [InlineData("--Demoo:Speed=max")]
    [InlineData("--Mqtt:Port")]
    [InlineData("Mqtt:Port", "1884")]
    [InlineData("--help")]
    public void A_word_that_means_nothing_is_refused(params string[] words) =>
        Assert.Contains("the word demo first", Assert.Throws<SettingsException>(() => StartArguments.Read(words)).Message, StringComparison.Ordinal);

    private static Settings Read(params string[] lines) => Settings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(lines.Select(line => line.Split('=', 2)).Select(pair => new KeyValuePair<string, string?>(pair[0], pair[1]))).Build());

    private static string Here([CallerFilePath] string path = "") => path;
}
