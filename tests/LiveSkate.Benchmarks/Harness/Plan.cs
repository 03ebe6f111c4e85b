namespace LiveSkate.Benchmarks.Harness;

/// <summary>How much is measured.</summary>
/// <param name="Quick">The whole of it in five minutes: fewer rounds, fewer sizes. Shows that it runs, not how fast it is.</param>
public sealed record Plan(bool Quick)
{
    /// <summary>Interleaved rounds of each comparison; the report takes medians.</summary>
    public int Rounds => Quick ? 1 : 5;

    /// <summary>The one or the other, by what is asked for.</summary>
    public T Choose<T>(T full, T quick) => Quick ? quick : full;
}

/// <summary>One room of this project: measures, and says what it saw.</summary>
public delegate Task<Section> Suite(Plan plan, CancellationToken cancel);
