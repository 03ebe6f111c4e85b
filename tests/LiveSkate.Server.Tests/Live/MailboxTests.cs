using System.Collections.Concurrent;
using System.Diagnostics;
using LiveSkate.Core.Published;
using LiveSkate.Server.Live;
using LiveSkate.Server.Tests.Ingest;
using Xunit;

namespace LiveSkate.Server.Tests.Live;

public sealed class MailboxTests
{
    private static readonly LiveOptions NoPace = new(TimeSpan.Zero);

    [Fact]
    public async Task Viewer_that_takes_nothing_holds_one_frame_and_costs_the_others_nothing()
    {
        await using var bench = new Bench(NoPace);
        bench.Scopes.Set("now", 0);
        var never = new TaskCompletionSource();
        var (_, stuck) = bench.Join("now", taken: () => never.Task);
        var newest = 0L;
        var sent = new ConcurrentQueue<WeakReference>();
        var viewer = bench.FanOut.Open(
            message =>
            {
                sent.Enqueue(new WeakReference(message));
                Interlocked.Exchange(ref newest, HeldScopes.Read(message.Json.Span).Seq);
                return ValueTask.CompletedTask;
            },
            null);
        bench.FanOut.Watch(viewer, "now", null, null);
        viewer.Release();

        for (var i = 1; i <= 300; i++)
        {
            bench.Change("now", i);
            await Soon.UntilAsync(() => Interlocked.Read(ref newest) == i + 1, $"change {i}");
        }

        Assert.Single(stuck);
        // Not the heap as a whole, which other tests share: of all that was sent, what does anyone still hold?
        await Soon.UntilAsync(
            () =>
            {
                GC.Collect();
                return sent.Count(message => message.IsAlive) <= 4;
            },
            "all but the newest frames are let go");
        Assert.Equal(299, bench.Counters.Displaced);
        never.SetResult();
        await Soon.UntilAsync(() => stuck.Count == 2, "the frame that was waiting");
        Assert.Equal(301, stuck.Last().Frame.Seq);
    }

    [Fact]
    public async Task Slow_scope_does_not_starve_another_of_the_same_viewer_nor_the_beat()
    {
        await using var bench = new Bench(NoPace);
        bench.Scopes.Set("a", 0);
        bench.Scopes.Set("b", 0);
        var names = new List<string>();
        var turn = new SemaphoreSlim(0);
        var viewer = bench.FanOut.Open(
            async message =>
            {
                lock (names)
                    names.Add(message.Id is null ? "beat" : HeldScopes.Read(message.Json.Span).Scope);
                await turn.WaitAsync();
            },
            null);
        bench.FanOut.Watch(viewer, "a", null, null);
        bench.FanOut.Watch(viewer, "b", null, null);
        viewer.Release();
        var i = 0;
        await Soon.UntilAsync(
            () =>
            {
                bench.Change("a", ++i);
                bench.Change("b", i);
                bench.FanOut.PutBeat();
                turn.Release();
                lock (names)
                    return names.Count(name => name == "a") > 5 && names.Count(name => name == "b") > 5 && names.Count(name => name == "beat") > 5;
            },
            "all three, in turn");
        bench.FanOut.Close(viewer);
        turn.Release(100);
    }

    [Fact]
    public async Task Highlights_go_with_the_change_to_the_scopes_they_belong_to_and_never_to_who_comes_later()
    {
        await using var bench = new Bench(NoPace);
        bench.Scopes.Set("a", 0);
        bench.Scopes.Set("b", 0);
        var (_, a) = bench.Join("a");
        var (_, b) = bench.Join("b");
        var line = new HighlightLine("lead", "h", "11", "JIMÉNEZ leads by +0.123", 7);
        bench.Scopes.Set("a", 1);
        bench.Scopes.Set("b", 1);
        bench.FanOut.Offer([new Highlighted(line, ["a"])]);
        await Soon.UntilAsync(() => a.Count == 2 && b.Count == 2, "the change");
        Assert.Equal(line, Assert.Single(a.Last().Frame.Highlights));
        Assert.Empty(b.Last().Frame.Highlights);
        var (_, later) = bench.Join("a");
        Assert.Empty(later.Single().Frame.Highlights);
        Assert.Equal(2, later.Single().Frame.Seq);
    }

    [Fact]
    public async Task Each_change_is_observed_once_from_the_arrival_of_its_oldest_fact()
    {
        await using var bench = new Bench(NoPace);
        var took = new List<TimeSpan>();
        bench.Counters.FirstWrite = span =>
        {
            lock (took)
                took.Add(span);
        };
        bench.Scopes.Set("a", 0);
        var viewers = Enumerable.Range(0, 5).Select(_ => bench.Join("a").Got).ToList();
        bench.Scopes.Set("a", 1);
        bench.FanOut.Offer(arrived: Stopwatch.GetTimestamp() - Stopwatch.Frequency);
        await Soon.UntilAsync(() => viewers.TrueForAll(got => got.Count == 2) && bench.Counters.FramesSent == 10, "the change");
        lock (took)
            Assert.InRange(Assert.Single(took), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Scope_that_is_gone_is_emptied_and_its_number_goes_on()
    {
        await using var bench = new Bench(NoPace);
        bench.Scopes.Set("a", 1);
        var (_, got) = bench.Join("a");
        bench.Scopes.Remove("a");
        bench.FanOut.Offer();
        await Soon.UntilAsync(() => got.Count == 2, "the empty state");
        Assert.Empty(got.Last().Frame.Puts);
        bench.Change("a", 2);
        await Soon.UntilAsync(() => got.Count == 3, "the new state");
        Assert.Equal(3, got.Last().Frame.Seq);
    }
}
