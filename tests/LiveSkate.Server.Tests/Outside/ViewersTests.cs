using System.Diagnostics;
using System.Text.Json;
using LiveSkate.Server.Tests.Ingest;
using LiveSkate.Server.Tests.Live;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>A full stand looks at a heat; one of them has gone to sleep.</summary>
[Collection("outside")]
public sealed class ViewersTests(ITestOutputHelper output)
{
    private const int Stand = 200, PassingsInAPhase = 60, Attempts = 3;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(80), Noise = TimeSpan.FromMilliseconds(150);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Viewer_that_stops_reading_slows_down_nobody_and_costs_no_memory()
    {
        var heat = new LongHeat();
        await using var server = await ServerProcess.StartedAsync($"--Mqtt:Venue={LongHeat.Venue}");
        await heat.ArmAsync(server);
        await using var track = await TrackClient.ConnectAsync(server.MqttPort);
        await track.PublishAsync("src/start-1/signal", LongHeat.Gun);
        var viewers = await Task.WhenAll(Enumerable.Range(0, Stand).Select(_ => Viewer.WatchAsync(server, $"heat/{heat.Meet}/{LongHeat.Heat}")));
        var sent = 0;
        async Task<TimeSpan> PhaseAsync() => await WorstGapAsync(server, heat, track, viewers, sent, sent += PassingsInAPhase);
        await PhaseAsync();

        // A machine that is busy with other things may spoil one attempt; a server that waits for the sleeper spoils them all.
        for (var attempt = 1; ; attempt++)
        {
            var (without, memory) = (await PhaseAsync(), (await server.MetricsAsync())["process_working_set_bytes"]);
            using var sleeper = await SleepyClient.WatchOverHubAsync(server.Address, $"heat/{heat.Meet}/{LongHeat.Heat}");
            sent = await UntilItSleepsAsync(server, heat, track, sent);
            var (with, grown) = (await PhaseAsync(), (await server.MetricsAsync())["process_working_set_bytes"] - memory);
            output.WriteLine($"worst gap {without.TotalMilliseconds:0} ms without the sleeper, {with.TotalMilliseconds:0} ms with; memory grew by {grown / (1 << 20):0.0} MiB");
            var isUnharmed = with < without * 2 || with < without + Noise;
            if (isUnharmed && grown < 32 << 20)
                break;
            Assert.True(attempt < Attempts, $"{Attempts} times slower, or larger, with a sleeper");
        }

        Assert.All(viewers, viewer => Assert.Equal(0, viewer.Gaps));
        await server.Until(async () => (await server.MetricsAsync())["liveskate_viewers"] == Stand, "the sleeper is cut off, and nobody else");
        await Task.WhenAll(viewers.Select(viewer => viewer.DisposeAsync().AsTask()));
    }

    /// <summary>Passings at a steady rate; the longest that any viewer has waited for a frame, up to the last passing's.</summary>
    private static async Task<TimeSpan> WorstGapAsync(ServerProcess server, LongHeat heat, TrackClient track, Viewer[] viewers, int from, int upTo)
    {
        Array.ForEach(viewers, viewer => viewer.Begin());
        await PublishAsync(heat, track, from, upTo);
        var at = (await server.GetAsync(heat.Path))["at"]!.GetValue<long>();
        await server.Until(() => Task.FromResult(Array.TrueForAll(viewers, viewer => viewer.At >= at)), "all have seen the last passing");
        return viewers.Max(viewer => viewer.WorstGap);
    }

    private static async Task PublishAsync(LongHeat heat, TrackClient track, int from, int upTo)
    {
        using var pace = new PeriodicTimer(Between);
        for (var n = from + 1; n <= upTo; n++)
        {
            await pace.WaitForNextTickAsync(Stop);
            await track.PublishAsync("src/finish-1/passing", heat.Passing(n));
        }
    }

    /// <summary>Until what is meant for the sleeper is displaced by what is newer: its buffers are full.</summary>
    private static async Task<int> UntilItSleepsAsync(ServerProcess server, LongHeat heat, TrackClient track, int sent)
    {
        var displaced = (await server.MetricsAsync())["liveskate_frames_displaced_total"];
        await server.Until(
            async () =>
            {
                for (var some = 0; some < 50; some++)
                    await track.PublishAsync("src/finish-1/passing", heat.Passing(++sent));
                return (await server.MetricsAsync())["liveskate_frames_displaced_total"] > displaced;
            },
            "the sleeper's buffers are full");
        return sent;
    }

    /// <summary>A real SignalR client that measures the time between its frames.</summary>
    private sealed class Viewer : IAsyncDisposable
    {
        private readonly HubConnection _hub;
        private long _last, _worst, _at, _seq;

        private Viewer(HubConnection hub)
        {
            _hub = hub;
            hub.On<JsonElement>("frame", Take);
        }

        public TimeSpan WorstGap => Stopwatch.GetElapsedTime(0, Volatile.Read(ref _worst));

        /// <summary>Position in the journal of what it shows.</summary>
        public long At => Volatile.Read(ref _at);

        /// <summary>Frames that did not fit on what it had.</summary>
        public int Gaps { get; private set; }

        public static async Task<Viewer> WatchAsync(ServerProcess server, string scope)
        {
            var viewer = new Viewer(new HubConnectionBuilder().WithUrl(new Uri(server.Address, "live"), options =>
            {
                options.SkipNegotiation = true;
                options.Transports = HttpTransportType.WebSockets;
            }).Build());
            await viewer._hub.StartAsync(Stop);
            await viewer._hub.InvokeAsync("Watch", scope, null, null, Stop);
            return viewer;
        }

        public void Begin()
        {
            Volatile.Write(ref _worst, 0);
            Volatile.Write(ref _last, Stopwatch.GetTimestamp());
        }

        public ValueTask DisposeAsync() => _hub.DisposeAsync();

        private void Take(JsonElement frame)
        {
            var now = Stopwatch.GetTimestamp();
            var before = Interlocked.Exchange(ref _last, now);
            Volatile.Write(ref _worst, Math.Max(Volatile.Read(ref _worst), now - before));
            if (frame.GetProperty("base") is { ValueKind: JsonValueKind.Number } known && known.GetInt64() != _seq)
                Gaps++;
            _seq = frame.GetProperty("seq").GetInt64();
            if (frame.GetProperty("puts").TryGetProperty("heat", out var heat))
                Volatile.Write(ref _at, heat.GetProperty("at").GetInt64());
        }
    }
}
