namespace LiveSkate.Benchmarks.Soak;

/// <summary>One who watches one scope, and holds the server to its word.</summary>
internal interface IViewer : IDisposable
{
    Followed Followed { get; }

    /// <summary>Connects with what it holds, and watches until told to stop or the connection ends.</summary>
    Task StayAsync(CancellationToken cancel);

    /// <summary>Reads no more, and says nothing of it.</summary>
    void Sleep();

    void Wake();
}
