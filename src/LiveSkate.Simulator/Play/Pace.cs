namespace LiveSkate.Simulator.Play;

/// <summary>Turns race time into waiting. Without a speed there is no waiting.</summary>
public sealed class Pace(decimal? speed, TimeProvider time)
{
    private long _raceUs, _wall;

    /// <summary>From now on, now is this moment of the race.</summary>
    public void StartAt(long raceUs) => (_raceUs, _wall) = (raceUs, time.GetTimestamp());

    public Task UntilAsync(long raceUs, CancellationToken ct) =>
        WallSpan(raceUs - _raceUs) is { } span ? WaitAsync(span - time.GetElapsedTime(_wall), ct) : Task.CompletedTask;

    /// <param name="raceSeconds">A pause of the office, in race time.</param>
    public Task ForAsync(int raceSeconds, CancellationToken ct) =>
        WallSpan(raceSeconds * 1_000_000L) is { } span ? WaitAsync(span, ct) : Task.CompletedTask;

    private TimeSpan? WallSpan(long raceUs) =>
        speed is { } factor ? TimeSpan.FromTicks((long)(raceUs * TimeSpan.TicksPerMicrosecond / factor)) : null;

    private Task WaitAsync(TimeSpan span, CancellationToken ct) =>
        span > TimeSpan.Zero ? Task.Delay(span, time, ct) : Task.CompletedTask;
}
