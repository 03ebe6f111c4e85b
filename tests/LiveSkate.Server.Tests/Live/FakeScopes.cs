using System.Collections.Concurrent;
using System.Collections.Immutable;
using LiveSkate.Server.Live;

namespace LiveSkate.Server.Tests.Live;

/// <summary>Stands where the projection stands: scopes that a test sets, and offers.</summary>
internal sealed class FakeScopes
{
    private readonly ConcurrentDictionary<string, ScopeState> _states = new();
    private long _at;

    public LiveSource Source => new(
        name => _states.GetValueOrDefault(name),
        () => new Beat(1_700_000_000_000_000, Interlocked.Read(ref _at), [new SourceAge("finish-1", 40, null)]),
        _ => []);

    public void Set(string scope, ScopeState state)
    {
        Interlocked.Increment(ref _at);
        _states[scope] = state;
    }

    /// <summary>One record, whatever was there before.</summary>
    public void Set(string scope, int value) => Set(scope, Records.State([new("n", $"{value}")]));

    public void Remove(string scope) => _states.TryRemove(scope, out _);
}
