using System.Diagnostics;
using LiveSkate.Simulator.Compare;
using LiveSkate.Simulator.Planning;
using LiveSkate.Simulator.Play;
using LiveSkate.Simulator.Results;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>Meets that have been skated, through the whole of a server, and the results held against what was printed.</summary>
[Collection("outside")]
public sealed class ReplayTests(ReplayTests.Venue venue) : IClassFixture<ReplayTests.Venue>
{
    /// <summary>Everything that goes wrong on a track, at once.</summary>
    public static readonly Faults BadDay = new(Duplicate: 0.2, ReorderMs: 1500, Late: 0.1, Loss: 0.05);

    [Theory]
    [InlineData("seed", false)]
    [InlineData("seed", true)]
    [InlineData("panam-2023-men-500m-plus-d", false)]
    [InlineData("panam-2023-men-500m-plus-d", true)]
    public async Task Results_are_as_printed_whatever_goes_wrong_on_the_way(string name, bool badDay)
    {
        var file = name == "seed" ? ResultFile.Seed() : ResultFile.Read(Repository.TestFile($"{name}.json"));
        var report = await PlayAsync(file, badDay, $"{name[..4]}-{(badDay ? "bad" : "good")}");
        Assert.Empty(report.Differences);
    }

    /// <summary>Lists from the ice are not in the repository; where somebody has them beside it, they are played too.</summary>
    [Theory]
    [InlineData("shorttrack-owg2018-men-1000m", false)]
    [InlineData("shorttrack-owg2018-men-1000m", true)]
    [InlineData("shorttrack-owg2018-women-500m", false)]
    [InlineData("shorttrack-owg2018-women-500m", true)]
    public async Task Differences_are_the_reviewed_ones_whatever_goes_wrong_on_the_way(string name, bool badDay)
    {
        var path = Repository.SharedFile($"{name}.json");
        Assert.SkipWhen(path is null, $"shared/data/{name}.json is not beside the repository");
        var meet = $"{(name.Contains("women", StringComparison.Ordinal) ? "w500" : "m1000")}-{(badDay ? "bad" : "good")}";

        var report = await PlayAsync(ResultFile.Read(path), badDay, meet);

        var reviewed = ExpectedDifferences.Parse(await File.ReadAllLinesAsync(Repository.TestFile($"{name}.expected"), TestContext.Current.CancellationToken));
        var (unexpected, absent) = reviewed.Against(report.Differences);
        Assert.Empty(unexpected);
        Assert.Empty(absent);
    }

    [Fact]
    public async Task Command_line_says_with_its_exit_code_how_it_went()
    {
        var expected = Path.Combine(venue.Server.Folder, "expected.txt");
        await File.WriteAllTextAsync(expected, "# nothing of the kind will come\nheat m1000-pre-9: missing\n", TestContext.Current.CancellationToken);
        string[] replay = ["replay", "seed", "--meet", "by-hand", "--server", $"{venue.Server.Address}", "--mqtt", $"127.0.0.1:{venue.Server.MqttPort}", "--key", ServerProcess.Key];

        var (asPrinted, said) = await SimulatorAsync(replay);
        Assert.True(asPrinted == 0, said);
        Assert.Contains("by-hand/m1000: 7 heats", said, StringComparison.Ordinal);
        Assert.Contains(" 0 differences", said, StringComparison.Ordinal);

        // The meet is there and over, so this only looks again.
        (var differs, said) = await SimulatorAsync([.. replay, "--expect", expected]);
        Assert.True(differs == 1, said);
        Assert.Contains("expected and absent: heat m1000-pre-9: missing", said, StringComparison.Ordinal);

        (var wrongUse, said) = await SimulatorAsync([.. replay, "--speed", "fast"]);
        Assert.True(wrongUse == 2, said);
        Assert.Contains("--speed fast: allowed is max or a number", said, StringComparison.Ordinal);
    }

    private async Task<ReplayReport> PlayAsync(ResultFile file, bool badDay, string meet)
    {
        var options = new PlayerOptions
        {
            Server = venue.Server.Address, MqttHost = "127.0.0.1", MqttPort = venue.Server.MqttPort, Key = ServerProcess.Key,
            Meet = meet, Faults = badDay ? BadDay : Faults.None,
        };
        var report = await new MeetPlayer(file, options, TimeProvider.System, NullLogger.Instance).PlayAsync(TestContext.Current.CancellationToken);
        Assert.True(badDay == report.Resent > 0, $"{report.Resent} messages were asked for");
        Assert.True(!badDay || report.Sent > report.Messages * 1.1, $"{report.Sent} sent of {report.Messages}");
        return report;
    }

    private static async Task<(int ExitCode, string Said)> SimulatorAsync(string[] words)
    {
        using var simulator = Process.Start(new ProcessStartInfo("dotnet", [ServerProcess.Dll("LiveSkate.Simulator"), .. words])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var said = await Task.WhenAll(simulator.StandardOutput.ReadToEndAsync(), simulator.StandardError.ReadToEndAsync());
        await simulator.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (simulator.ExitCode, string.Join('\n', said));
    }

    /// <summary>One server for all: a venue where one rehearsal follows another, with the same sources on the same days.</summary>
    public sealed class Venue : IAsyncLifetime
    {
        public ServerProcess Server { get; } = new();

        public async ValueTask InitializeAsync() => await Server.StartAsync();

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
