namespace LiveSkate.Server.Ingest;

/// <summary>How long to wait before the next attempt: 0.5 s, then about twice as long each time, up to 10 s, never all at the same beat.</summary>
internal sealed class BackOff
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(0.5), Most = TimeSpan.FromSeconds(10);
    private TimeSpan _ceiling = Least;

    public TimeSpan Next()
    {
        _ceiling = _ceiling * 2 < Most ? _ceiling * 2 : Most;
        return Least + (_ceiling - Least) * Random.Shared.NextDouble();
    }

    public void Reset() => _ceiling = Least;
}
