using System.Diagnostics;
using LiveSkate.Server.Tests.Ingest;
using LiveSkate.Server.Tests.Live;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Data.Sqlite;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>Somebody presses Ctrl+C in the middle of a heat.</summary>
[Collection("outside")]
public sealed class StopTests(ITestOutputHelper output)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_while_passings_come_keeps_all_that_was_acknowledged_and_lets_the_viewers_know()
    {
        var heat = new LongHeat(laps: 5000);
        await using var server = await ServerProcess.StartedAsync($"--Mqtt:Venue={LongHeat.Venue}");
        await heat.ArmAsync(server);
        await using (var start = await TrackClient.ConnectAsync(server.MqttPort))
            await start.PublishAsync("src/start-1/signal", LongHeat.Gun);
        var closed = new List<Task>();
        for (var viewer = 0; viewer < 5; viewer++)
            closed.Add(await WatchAsync(server, $"heat/{heat.Meet}/{LongHeat.Heat}"));
        using var feed = await server.Http.GetAsync($"/api/live?scope=heat/{heat.Meet}/{LongHeat.Heat}", HttpCompletionOption.ResponseHeadersRead, Stop);
        // As a browser does: what is not read while it comes is cut off at the end.
        var read = feed.Content.ReadAsByteArrayAsync(Stop);
        using var enough = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var gateway = new Gateway(server.MqttPort, TrackClient.Root + "src/finish-1/passing", 1, heat.Passings, heat.Passing);
        var sending = gateway.RunAsync(enough.Token);
        await server.Until(() => Task.FromResult(gateway.Count > 300), "passings are taken");

        var began = Stopwatch.GetTimestamp();
        Assert.Equal(0, await server.StopAsync());
        output.WriteLine($"stopped within {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");

        await enough.CancelAsync();
        await sending;
        await Task.WhenAll(closed).WaitAsync(Soon.Deadline, Stop);
        await read.WaitAsync(Soon.Deadline, Stop);
        Assert.False(File.Exists(server.JournalPath + "-wal"), "the journal was not closed");
        var written = Written(server.JournalPath);
        Assert.Equal(written.Distinct().Count(), written.Count);
        Assert.Empty(gateway.Acknowledged.Select(n => (long)n).Except(written));
    }

    /// <returns>Ends when the connection has. How is the framework's affair: a stop is no goodbye, or pages would not come back by themselves.</returns>
    private static async Task<Task> WatchAsync(ServerProcess server, string scope)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(server.Address, "live")).Build();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync(Stop);
        await hub.InvokeAsync("Watch", scope, null, null, Stop);
        return closed.Task;
    }

    private static List<long> Written(string path)
    {
        using var file = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        file.Open();
        using var command = file.CreateCommand();
        command.CommandText = "SELECT json_extract(data, '$.seq') FROM journal WHERE kind = 'passing-read'";
        using var rows = command.ExecuteReader();
        var numbers = new List<long>();
        while (rows.Read())
            numbers.Add(rows.GetInt64(0));
        return numbers;
    }
}
