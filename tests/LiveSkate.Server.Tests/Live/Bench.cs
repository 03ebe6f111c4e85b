using System.Collections.Concurrent;
using LiveSkate.Server.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace LiveSkate.Server.Tests.Live;

/// <summary>The fan-out with its loop running, a clock that a test turns, and viewers without a network.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public Bench(LiveOptions? options = null, FakeTimeProvider? clock = null)
    {
        Time = clock ?? new FakeTimeProvider();
        FanOut = new FanOut(Scopes.Source, options ?? new LiveOptions(), Counters, Time, NullLogger<FanOut>.Instance);
        _loop = FanOut.RunAsync(_stop.Token);
    }

    public FakeTimeProvider Time { get; }
    public FakeScopes Scopes { get; } = new();
    public LiveCounters Counters { get; } = new();
    public FanOut FanOut { get; }

    public void Change(string scope, int value)
    {
        Scopes.Set(scope, value);
        FanOut.Offer();
    }

    /// <summary>Keeps every frame, and when by the test's clock it came. A gate lets a test decide when a message has been taken.</summary>
    public (Viewer Viewer, ConcurrentQueue<(Frame Frame, DateTimeOffset At)> Got) Join(
        string scope, string? pace = null, Func<Task>? taken = null)
    {
        var got = new ConcurrentQueue<(Frame, DateTimeOffset)>();
        var viewer = FanOut.Open(
            async message =>
            {
                got.Enqueue((HeldScopes.Read(message.Json.Span), Time.GetUtcNow()));
                if (taken is not null)
                    await taken();
            },
            pace);
        FanOut.Watch(viewer, scope, null, null);
        viewer.Release();
        return (viewer, got);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop.ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }
}
