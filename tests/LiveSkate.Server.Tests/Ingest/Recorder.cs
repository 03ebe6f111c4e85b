using System.Collections.Concurrent;
using LiveSkate.Core;

namespace LiveSkate.Server.Tests.Ingest;

/// <summary>Stands where the loop stands: it is told what came, and decides when, and whether, that is durable.</summary>
internal sealed class Recorder
{
    private readonly ConcurrentQueue<TrackItem> _items = new();
    private volatile TaskCompletionSource _gate = Open();

    public Exception? Failure { get; set; }

    /// <summary>What has begun is finished, as the loop does it, even if the caller stops.</summary>
    public bool RecordsToTheEnd { get; init; }

    /// <summary>How often it was called: with group commit less often than there are messages.</summary>
    public int Calls => _calls;

    private int _calls;
    private Task _last = Task.CompletedTask;

    public IReadOnlyList<TrackItem> Items => [.. _items];

    public IEnumerable<T> Facts<T>() where T : Fact => _items.Select(item => item.Fact).OfType<T>();

    public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _gate.TrySetResult();

    /// <summary>One after another, in the order of the calls, as the loop does it.</summary>
    public Task RecordAsync(IReadOnlyList<TrackItem> batch, CancellationToken cancel)
    {
        Interlocked.Increment(ref _calls);
        lock (_items)
            return _last = RecordAsync(_last, batch, cancel);
    }

    private async Task RecordAsync(Task before, IReadOnlyList<TrackItem> batch, CancellationToken cancel)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _gate.Task.WaitAsync(RecordsToTheEnd ? CancellationToken.None : cancel);
        if (Failure is { } failure)
            throw failure;
        foreach (var item in batch)
            _items.Enqueue(item);
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
