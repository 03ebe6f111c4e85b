using System.Collections.Concurrent;
using LiveSkate.Core;

namespace LiveSkate.Server.Tests.Ingest;

/// <summary>Stands where the loop stands: it is told what came, and decides when, and whether, that is durable.</summary>
internal sealed class Recorder
{
    private readonly ConcurrentQueue<TrackItem> items = new();
    private volatile TaskCompletionSource gate = Open();

    public Exception? Failure { get; set; }

    /// <summary>How often it was called: with group commit less often than there are messages.</summary>
    public int Calls => calls;

    private int calls;

    public IReadOnlyList<TrackItem> Items => [.. items];

    public IEnumerable<T> Facts<T>() where T : Fact => items.Select(item => item.Fact).OfType<T>();

    public void Hold() => gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => gate.TrySetResult();

    public async Task RecordAsync(IReadOnlyList<TrackItem> batch, CancellationToken cancel)
    {
        Interlocked.Increment(ref calls);
        await gate.Task.WaitAsync(cancel);
        if (Failure is { } failure)
            throw failure;
        foreach (var item in batch)
            items.Enqueue(item);
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
