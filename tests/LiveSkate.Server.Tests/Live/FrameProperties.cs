using System.Text;
using CsCheck;
using LiveSkate.Server.Live;
using LiveSkate.Server.Tests.Ingest;
using Xunit;

namespace LiveSkate.Server.Tests.Live;

public sealed class FrameProperties
{
    /// <summary>Up to 12 records of some 300 bytes: small scopes that are always complete, and large ones with deltas.</summary>
    private static readonly Gen<Dictionary<string, string>> State =
        Gen.Dictionary(Gen.Int[0, 11].Select(i => $"r{i}"), Gen.Int[0, 3].Select(i => $"\"{new string((char)('a' + i), 300)}\""))[0, 12];

    [Fact]
    public void Frames_of_any_cut_with_any_left_out_end_in_the_complete_state() =>
        Gen.Select(State.Array[1, 12], Gen.Bool.Array[12], Gen.Int[0, 11]).Sample((states, lost, cut) =>
        {
            var scope = new Scope("s", "e");
            var held = new HeldScopes();
            var box = new Mailbox("s");
            for (var i = 0; i < states.Length; i++)
            {
                var post = scope.Change(Records.State(states[i]), [], i, 0);
                if (i == cut % states.Length)
                {
                    // Here the viewer comes.
                    box.Greet(null, scope.Greeting(i, _ => []));
                    box.Held = false;
                }
                else if (post is not null && i > cut % states.Length)
                {
                    box.Put(post);
                }

                // A frame that is still waiting gives way to the next: that is the only way in which one is left out.
                if (!lost[i])
                    Send();
            }

            Send();
            return held.Gaps == 0 && Same(held["s"]!.Records, states[^1]) && held["s"]!.Seq == scope.Seq;

            void Send()
            {
                if (box.Wait(0, TimeSpan.Zero, TimeProvider.System) == TimeSpan.Zero)
                    held.Apply(HeldScopes.Read(box.Take(0).Message.Json.Span));
            }
        }, iter: 2000);

    [Fact]
    public void Frames_that_a_network_loses_show_as_a_gap_and_watching_again_heals_it() =>
        Gen.Select(State.Array[2, 12], Gen.Bool.Array[12]).Sample((states, lost) =>
        {
            var scope = new Scope("s", "e");
            var held = new HeldScopes();
            long? sent = null;
            for (var i = 0; i < states.Length; i++)
            {
                if (scope.Change(Records.State(states[i]), [], i, 0) is not { } post)
                    continue;
                var message = post.For(sent);
                sent = post.Seq;
                if (lost[i])
                    continue;
                if (!held.Apply(HeldScopes.Read(message.Json.Span)))
                    held.Apply(HeldScopes.Read(scope.Greeting(i, _ => []).For(null).Json.Span));
                if (!Same(held["s"]!.Records, states[i]))
                    return false;
            }

            return true;
        }, iter: 2000);

    [Fact]
    public void Same_records_in_another_order_are_no_change() =>
        State.Sample(state =>
        {
            var scope = new Scope("s", "e");
            scope.Change(Records.State(state), [], 0, 0);
            return scope.Change(Records.State(state.Reverse()), [], 0, 0) is null && scope.Seq == 1;
        });

    [Fact]
    public async Task Offers_against_watches_leave_every_viewer_with_the_newest_state()
    {
        await using var bench = new Bench(new LiveOptions(TimeSpan.Zero));
        bench.Scopes.Set("s", 0);
        var stop = TestContext.Current.CancellationToken;
        for (var round = 0; round < 30; round++)
        {
            var joined = new List<(Viewer Viewer, HeldScopes Held)>();
            var first = round * 1000;
            var writer = Task.Run(() =>
            {
                for (var i = 1; i <= 300; i++)
                    bench.Change("s", first + i);
            }, stop);
            var watcher = Task.Run(() =>
            {
                for (var i = 0; i < 40; i++)
                {
                    var held = new HeldScopes();
                    var viewer = bench.FanOut.Open(
                        async message =>
                        {
                            await Task.Yield();
                            lock (held)
                                held.Apply(HeldScopes.Read(message.Json.Span));
                        },
                        null);
                    bench.FanOut.Watch(viewer, "s", null, null);
                    viewer.Release();
                    if (i % 3 == 0)
                        bench.FanOut.Close(viewer);
                    else
                        joined.Add((viewer, held));
                }
            }, stop);
            await Task.WhenAll(writer, watcher);
            await Soon.UntilAsync(() => joined.TrueForAll(one => Newest(one.Held) == $"{first + 300}"), "everyone has the newest");
            joined.ForEach(one => bench.FanOut.Close(one.Viewer));
        }

        Assert.Equal(0, bench.Counters.Viewers);

        static string? Newest(HeldScopes held)
        {
            lock (held)
                return held.Gaps > 0 ? "gap" : held["s"]?.Records["n"];
        }
    }

    private static bool Same(Dictionary<string, string> held, Dictionary<string, string> state) =>
        held.Count == state.Count && state.All(record => held.GetValueOrDefault(record.Key) == record.Value);
}
