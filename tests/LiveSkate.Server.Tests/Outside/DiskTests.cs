using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LiveSkate.Server.Tests.Ingest;
using LiveSkate.Server.Tests.Live;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Data.Sqlite;
using MQTTnet;
using MQTTnet.Formatter;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>The disk is full, or what is on it is not what was written.</summary>
[Collection("outside")]
public sealed class DiskTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Full_disk_in_a_heat_refuses_what_comes_shows_what_is_there_and_loses_nothing()
    {
        using var disk = SmallDisk.Mounted();
        var path = Path.Combine(disk.Path, "journal.db");
        var heat = new LongHeat();
        await using var server = await ServerProcess.StartedAsync($"--Mqtt:Venue={LongHeat.Venue}", $"--Journal:Path={path}");
        await heat.ArmAsync(server);
        await using var start = await TrackClient.ConnectAsync(server.MqttPort);
        await start.PublishAsync("src/start-1/signal", LongHeat.Gun);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var gateway = new Gateway(server.MqttPort, TrackClient.Root + "src/finish-1/passing", 1, 3000, heat.Passing);
        var sending = gateway.RunAsync(stop.Token);
        await server.Until(() => Task.FromResult(gateway.Count > 100), "passings are taken");

        disk.Fill();
        await server.Until(() => Task.FromResult(gateway.LastRefusal is not null), "a passing is refused");
        var taken = gateway.Count;
        Assert.Equal(MqttClientPublishReasonCode.QuotaExceeded, gateway.LastRefusal);
        await OldSenderIsCutOffAsync(server, heat);
        await OfficeIsToldAsync(server, heat);
        await ScreensGoOnAsync(server, heat, taken);

        disk.Free();
        await server.Until(() => Task.FromResult(sending.IsCompleted), "everything is taken");
        await server.DoAsync(heat.Meet, new { type = "finishHeat", heat = LongHeat.Heat });
        var lines = await server.JournalAsync();
        JournalLines.AssertSound(path, lines);
        Assert.Equal(Enumerable.Range(1, 3000).Select(n => (long?)n), lines.Where(line => line.Kind == "passing-read").Select(line => line.Number("seq")).Order());
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task Damaged_journal_stops_the_start_with_a_sentence_until_the_damage_is_accepted()
    {
        var heat = new LongHeat();
        await using var server = await ServerProcess.StartedAsync($"--Mqtt:Venue={LongHeat.Venue}");
        await heat.ArmAsync(server);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await new Gateway(server.MqttPort, TrackClient.Root + "src/finish-1/passing", 1, 50, heat.Passing).RunAsync(stop.Token);
        Assert.Equal(0, await server.StopAsync());
        Tamper(server.JournalPath, "UPDATE journal SET data = replace(data, '7001', '7002') WHERE at = 20");

        server.Launch();
        Assert.Equal(1, await server.ExitAsync());
        Assert.Contains("LiveSkate does not start. The journal", server.Output, StringComparison.Ordinal);
        Assert.Contains("is damaged at position 20: ", server.Output, StringComparison.Ordinal);
        Assert.Contains("19 rows are good before it; 34 rows would be lost.", server.Output, StringComparison.Ordinal);
        Assert.Contains("Journal:AcceptDamage=20", server.Output, StringComparison.Ordinal);

        await server.StartAsync("--Journal:AcceptDamage=20");
        var lines = await server.JournalAsync();
        Assert.Equal(19, lines.Count);
        JournalLines.AssertSound(server.JournalPath, lines);
        Assert.Single(Directory.EnumerateFiles(server.Folder, "journal.db.damaged-at-20-*"), file => !file.EndsWith("-head", StringComparison.Ordinal));
    }

    /// <summary>MQTT 3.1.1 has no answer that says no: the connection ends, and nothing was acknowledged.</summary>
    private static async Task OldSenderIsCutOffAsync(ServerProcess server, LongHeat heat)
    {
        await using var old = await TrackClient.ConnectAsync(server.MqttPort, MqttProtocolVersion.V311);
        await Assert.ThrowsAnyAsync<Exception>(() => old.PublishAsync("src/finish-1/passing", heat.Passing(3000)));
        await Soon.UntilAsync(() => !old.Mqtt.IsConnected, "the old sender is cut off");
    }

    private static async Task OfficeIsToldAsync(ServerProcess server, LongHeat heat)
    {
        using var answer = await server.Http.PostAsJsonAsync($"/api/meets/{heat.Meet}/commands", new { type = "finishHeat", heat = LongHeat.Heat }, Stop);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not-written"), (answer.StatusCode, (string?)problem["code"]));
        Assert.Contains("is full: nothing was written", (string?)problem["detail"], StringComparison.Ordinal);
    }

    /// <summary>Who comes now sees all that was taken, and nothing that was refused.</summary>
    private static async Task ScreensGoOnAsync(ServerProcess server, LongHeat heat, int taken)
    {
        await using var screen = new TestViewer(new HubConnectionBuilder().WithUrl(new Uri(server.Address, "live")).Build());
        await screen.Hub.StartAsync(Stop);
        await screen.Hub.InvokeAsync("Watch", $"heat/{heat.Meet}/{LongHeat.Heat}", null, null, Stop);
        await Soon.UntilAsync(() => !screen.Frames.IsEmpty && !screen.Beats.IsEmpty, "a frame and a beat");
        var shown = await server.GetAsync(heat.Path);
        Assert.Equal("running", (string?)shown["state"]);
        Assert.InRange(shown["passings"]!.AsArray().Count, taken, 2999);
        Assert.True(screen.Frames.TryPeek(out var frame));
        Assert.Equal(shown["at"]!.GetValue<long>(), frame.Puts["heat"].GetProperty("at").GetInt64());
    }

    private static void Tamper(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"DROP TRIGGER journal_is_never_changed; {sql}";
        command.ExecuteNonQuery();
    }

    /// <summary>A file system of 32 MiB, which can be full.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private SmallDisk(string path) => Path = path;

        public string Path { get; }

        private string Ballast => System.IO.Path.Combine(Path, "ballast");

        public static SmallDisk Mounted()
        {
            Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounts a small file system, which only root may");
            var path = Directory.CreateTempSubdirectory("liveskate-small-").FullName;
            if (Run("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", path) != 0)
            {
                Directory.Delete(path);
                Assert.Skip("mounting is not allowed here");
            }
            return new SmallDisk(path);
        }

        public void Fill()
        {
            using var ballast = File.Create(Ballast, 1);
            try
            {
                while (true)
                    ballast.Write(new byte[4096]);
            }
            catch (IOException)
            {
                // Full.
            }
        }

        public void Free() => File.Delete(Ballast);

        public void Dispose()
        {
            Assert.Equal(0, Run("umount", Path));
            Directory.Delete(Path);
        }

        private static int Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
    }
}
