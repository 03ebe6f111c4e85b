using LiveSkate.Server.Live;
using LiveSkate.Server.Tests.Ingest;
using Xunit;

namespace LiveSkate.Server.Tests.Live;

/// <summary>What is left of a scope that nobody watches.</summary>
public sealed class ScopeTests
{
    [Fact]
    public async Task A_scope_that_nobody_watches_holds_no_records()
    {
        await using var bench = new Bench();
        var record = Watched(bench, "heat/m/h1");
        bench.Scopes.Remove("heat/m/h1");

        await Soon.UntilAsync(
            () =>
            {
                GC.Collect();
                return !record.IsAlive;
            },
            "the records of the heat are let go");
    }

    [Fact]
    public async Task Who_comes_back_to_what_he_holds_gets_nothing_though_nobody_has_watched_meanwhile()
    {
        await using var bench = new Bench();
        bench.Scopes.Set("now", 1);
        var (viewer, got) = bench.Join("now");
        var held = Assert.Single(got).Frame;
        bench.FanOut.Close(viewer);

        var again = new List<Frame>();
        Back(bench, held, again);

        Assert.Empty(again);
    }

    [Fact]
    public async Task Who_comes_back_after_a_change_that_nobody_watched_gets_all_under_the_next_number()
    {
        await using var bench = new Bench();
        bench.Scopes.Set("now", 1);
        var (viewer, got) = bench.Join("now");
        var held = Assert.Single(got).Frame;
        bench.FanOut.Close(viewer);
        bench.Change("now", 2);

        var again = new List<Frame>();
        Back(bench, held, again);

        Assert.Equal((held.Seq + 1, null), (Assert.Single(again).Seq, again[0].Base));
    }

    private static void Back(Bench bench, Frame held, List<Frame> again)
    {
        var viewer = bench.FanOut.Open(
            message =>
            {
                again.Add(HeldScopes.Read(message.Json.Span));
                return ValueTask.CompletedTask;
            },
            null);
        bench.FanOut.Watch(viewer, held.Scope, held.Epoch, held.Seq);
        viewer.Release();
    }

    /// <summary>Somebody watches a scope and leaves. In a method of its own, so that no local variable keeps the record.</summary>
    private static WeakReference Watched(Bench bench, string scope)
    {
        var record = "1"u8.ToArray();
        bench.Scopes.Set(scope, new ScopeState(new Dictionary<string, ReadOnlyMemory<byte>> { ["n"] = record }));
        var (viewer, got) = bench.Join(scope);
        Assert.Single(got);
        bench.FanOut.Close(viewer);
        return new WeakReference(record);
    }
}
