using LiveSkate.Simulator;
using Xunit;

namespace LiveSkate.Server.Tests.Simulator;

public sealed class CommandLineTests
{
    [Fact]
    public void Defaults_are_the_servers_defaults()
    {
        var request = CommandLine.Replay(["seed"], _ => "secret");
        Assert.Equal(("seed", "http://localhost:5080/", "localhost", 1883, "venue", "secret", null as decimal?), (
            request.File, request.Options.Server.ToString(), request.Options.MqttHost, request.Options.MqttPort, request.Options.Venue,
            request.Options.Key, request.Options.Speed));
    }

    [Fact]
    public void Every_option_is_read()
    {
        var options = CommandLine.Replay(
            ["f.json", "--mqtt", "[::1]:2000", "--speed=2.5", "--seed", "7", "--duplicate", "0.5", "--reorder", "200", "--late", "0.1", "--loss", "0.2", "--meet", "m-1", "--key", "k"],
            _ => null).Options;
        Assert.Equal(("::1", 2000, 2.5m, 7UL, "m-1"), (options.MqttHost, options.MqttPort, options.Speed, options.Seed, options.Meet));
        Assert.Equal((0.5, 200L, 0.1, 0.2), (options.Faults.Duplicate, options.Faults.ReorderMs, options.Faults.Late, options.Faults.Loss));
    }

    [Theory]
    [InlineData("--speed", "fast")]
    [InlineData("--speed", "0")]
    [InlineData("--mqtt", "host:0")]
    [InlineData("--server", "localhost")]
    [InlineData("--duplicate", "2")]
    [InlineData("--meet", "Meet 1")]
    [InlineData("--nothing", "1")]
    public void Wrong_values_are_refused_with_their_name(string name, string value) =>
        Assert.Contains(name, Assert.Throws<UsageException>(() => CommandLine.Replay(["seed", "--key", "k", name, value], _ => null)).Message, StringComparison.Ordinal);

    [Fact]
    public void Missing_key_and_missing_file_say_what_to_do()
    {
        Assert.Contains(CommandLine.KeyVariable, Assert.Throws<UsageException>(() => CommandLine.Replay(["seed"], _ => null)).Message, StringComparison.Ordinal);
        Assert.Contains("seed", Assert.Throws<UsageException>(() => CommandLine.Replay([], _ => "k")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_reads_its_own_options_and_needs_a_key_only_to_send()
    {
        var load = CommandLine.Load(["--viewers", "7", "--rate=0", "--stalled", "0.5", "--seconds", "3", "--scope", "heat/m/h"], _ => null);
        Assert.Equal((7, 0, 0.5, 3, "heat/m/h"), (load.Viewers, load.PassingsPerSecond, load.Stalled, load.Seconds, load.Scope));
        Assert.Throws<UsageException>(() => CommandLine.Load(["--rate", "5"], _ => null));
        Assert.Throws<UsageException>(() => CommandLine.Load(["--rate", "0", "--loss", "0.1"], _ => null));
    }
}
