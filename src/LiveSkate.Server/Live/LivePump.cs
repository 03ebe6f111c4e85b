namespace LiveSkate.Server.Live;

/// <summary>Runs the fan-out's loop, and sends the beat every second: with a frame if one comes soon.</summary>
public sealed partial class LivePump(FanOut fanOut, TimeProvider time, ILogger<LivePump> logger) : BackgroundService
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1), BeatWaits = TimeSpan.FromMilliseconds(200);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(fanOut.RunAsync(stoppingToken), BeatAsync(stoppingToken));

    private async Task BeatAsync(CancellationToken stop)
    {
        using var every = new PeriodicTimer(BeatEvery, time);
        while (await every.WaitForNextTickAsync(stop))
        {
            try
            {
                fanOut.PutBeat();
                await Task.Delay(BeatWaits, time, stop);
                fanOut.Flush();
            }
            catch (Exception bug) when (bug is not OperationCanceledException)
            {
                Log.NoBeat(logger, bug);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A beat could not be made")]
        public static partial void NoBeat(ILogger logger, Exception exception);
    }
}
