namespace LiveSkate.Benchmarks.Load;

/// <summary>What the generator is told, a line of JSON each; it answers with one <see cref="Seen"/>.</summary>
internal sealed record Order(Verb Verb)
{
    public Audience Audience { get; init; } = new(Speech.WebSocket, 0, 0);

    /// <summary>How long it may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For <see cref="Verb.End"/>: where arrivals are written to; see <see cref="Audience.Sign"/>.</summary>
    public string? File { get; init; }
}

internal enum Verb
{
    /// <summary>All viewers, a bounded number at a time; done when each has had its first message.</summary>
    Connect,

    /// <summary>Every connection is dropped and made again, all at once; done when each has had its first message.</summary>
    Storm,

    /// <summary>From now on is counted.</summary>
    Begin,

    /// <summary>What has been counted.</summary>
    End,

    /// <summary>The audience's stalled viewers read no more.</summary>
    Stall,

    /// <summary>They read again; done when each has had a message that was made after this.</summary>
    Wake,

    /// <summary>All go.</summary>
    Leave,
}

/// <summary>The viewers of one server.</summary>
/// <param name="Topic">LiveSkate's scope, Mosquitto's topic.</param>
public sealed record Audience(Speech Speech, int Port, int Viewers, string Topic = "")
{
    /// <summary>Every how many-th viewer will stop reading when told to, and has a small receive buffer from the start; 0 for none.</summary>
    public int StallsOneIn { get; init; }

    /// <summary>How many connections are opened at a time.</summary>
    public int AtOnce { get; init; } = 200;

    /// <summary>
    /// What stands before the number by which a message is known. "@": the number is a <see cref="Mark"/>, and latencies are counted.
    /// Anything else (<c>"at":</c>): each arrival is written down as viewer, number, and when, for who knows when it was sent.
    /// </summary>
    public string Sign { get; init; } = "@";
}

/// <summary>What the generator has seen, in the window or of what it was told to do.</summary>
/// <param name="Viewers">Connections that have had a message.</param>
/// <param name="Seconds">Length of the window, or what the order took.</param>
public sealed record Seen(int Viewers, double Seconds)
{
    /// <summary>Connections that the server has ended, or that could not be made; each is made again.</summary>
    public int Cut { get; init; }

    /// <summary>Viewers without a first, or with no current, message when the time was up.</summary>
    public int LeftBehind { get; init; }

    public long Messages { get; init; }
    public long Bytes { get; init; }
    public double P50Ms { get; init; }
    public double P99Ms { get; init; }
    public double P999Ms { get; init; }
    public double MostMs { get; init; }

    /// <summary>Messages a second of a viewer that reads: the least, and the mean.</summary>
    public double LeastRate { get; init; }
    public double MeanRate { get; init; }

    /// <summary>The longest that any viewer that reads was without a message.</summary>
    public double WorstGapMs { get; init; }

    /// <summary>After waking, of the viewer that got most: what was older than the waking, and how long until something was not.</summary>
    public long OldBytes { get; init; }
    public long OldMessages { get; init; }
    public double CurrentAfterMs { get; init; }

    /// <summary>Processor time of the generator itself.</summary>
    public double OwnCpuSeconds { get; init; }

    /// <summary>Why nothing was seen; null when all is well.</summary>
    public string? Error { get; init; }
}

/// <summary>Where one viewer had a message. Written as three little-endian 64-bit numbers.</summary>
public readonly record struct Arrival(long Viewer, long Number, long Ns);
