namespace LiveSkate.Server.Live;

/// <summary>What the fan-out has done since the server started; read from any thread.</summary>
public sealed class LiveCounters
{
    private long _viewers, _sent, _displaced;

    /// <summary>Connections open now, hub and streams.</summary>
    public long Viewers => Interlocked.Read(ref _viewers);

    /// <summary>Frames that a transport has taken.</summary>
    public long FramesSent => Interlocked.Read(ref _sent);

    /// <summary>Frames that gave way to a newer one before they were sent.</summary>
    public long Displaced => Interlocked.Read(ref _displaced);

    /// <summary>
    /// Called once for every change whose first viewer has been written to: the time from the arrival of its oldest fact. On the pump of a
    /// viewer: must be quick and must not throw.
    /// </summary>
    public Action<TimeSpan>? FirstWrite { get; set; }

    internal void CountViewers(int more) => Interlocked.Add(ref _viewers, more);

    internal void CountDisplaced() => Interlocked.Increment(ref _displaced);

    internal void CountSent(Post post)
    {
        Interlocked.Increment(ref _sent);
        if (FirstWrite is { } observe && post.FirstWrite() is { } took)
            observe(took);
    }
}
