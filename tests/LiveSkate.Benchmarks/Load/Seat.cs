namespace LiveSkate.Benchmarks.Load;

/// <summary>One viewer of the crowd, and what it has had.</summary>
internal sealed class Seat(int index, bool stalls)
{
    /// <summary>The end of a read that may be the beginning of a number.</summary>
    public readonly byte[] Tail = new byte[64];

    public int Index => index;
    public bool Stalls => stalls;
    public int Socket { get; set; } = -1;
    public Stage Stage { get; set; }
    public int TailLength { get; set; }
    public bool Reads { get; set; } = true;
    public long LastNs { get; set; }
    public long PingAtNs { get; set; }

    public long Messages { get; set; }
    public long WorstGapNs { get; set; }

    /// <summary>0 when it has not been woken, or is current again.</summary>
    public long WokenNs { get; set; }
    public long OldBytes { get; set; }
    public long OldMessages { get; set; }
    public long CurrentAfterNs { get; set; }

    public void CountMessage(long now)
    {
        Messages++;
        WorstGapNs = Math.Max(WorstGapNs, now - LastNs);
        LastNs = now;
    }

    /// <summary>A message made at <paramref name="made"/> was found after so many bytes of this read.</summary>
    public void CountAwaking(long made, int bytes, long now)
    {
        if (made < WokenNs)
        {
            OldMessages++;
            return;
        }

        (CurrentAfterNs, OldBytes, WokenNs) = (now - WokenNs, OldBytes + bytes, 0);
    }
}

internal enum Stage
{
    Away,
    Connecting,
    Upgrading,

    /// <summary>Has said all it has to say; the first message is still to come.</summary>
    Waiting,
    Watching,
}
