using System.Diagnostics;

namespace LiveSkate.Simulator.Load;

/// <summary>What all viewers together have seen while the measurement ran. Safe to use from several threads.</summary>
internal sealed class LoadTally(TimeProvider time)
{
    private const int Buckets = 50_000;

    // One bucket for each tenth of a millisecond; the last one for all that is slower.
    private readonly long[] _delays = new long[Buckets];
    private long _frames, _bytes;
    private volatile bool _running;

    public bool IsRunning => _running;

    public long Frames => Interlocked.Read(ref _frames);

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>When the measurement began and ended, in ticks of the stopwatch.</summary>
    public long Began { get; private set; }

    public long Ended { get; private set; }

    public TimeSpan Length => Stopwatch.GetElapsedTime(Began, Ended);

    public void Begin()
    {
        Began = Stopwatch.GetTimestamp();
        _running = true;
    }

    public void End()
    {
        _running = false;
        Ended = Stopwatch.GetTimestamp();
    }

    public void Arrived(long serverUs, int bytes)
    {
        if (!_running)
            return;
        Interlocked.Increment(ref _frames);
        Interlocked.Add(ref _bytes, bytes);
        var delayUs = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond - serverUs;
        Interlocked.Increment(ref _delays[Math.Clamp(delayUs / 100, 0, Buckets - 1)]);
    }

    /// <summary>The delay, in ms, that this share of the frames did not exceed; null without frames.</summary>
    public double? DelayMs(double share)
    {
        var all = _delays.Sum();
        if (all == 0)
            return null;
        var left = (long)Math.Ceiling(all * share);
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            left -= _delays[bucket];
            if (left <= 0)
                return (bucket + 1) / 10.0;
        }

        return Buckets / 10.0;
    }
}
