using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using LiveSkate.Server.Live;
using LiveSkate.Server.Tests.Ingest;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Xunit;

namespace LiveSkate.Server.Tests.Live;

public sealed class HubTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_is_answered_with_the_complete_state_and_deltas_apply_to_exactly_their_base()
    {
        await using var host = await LiveHost.StartAsync();
        host.Scopes.Set("now", Wide(0));
        await using var viewer = await host.WatchAsync("now");
        await Soon.UntilAsync(() => viewer.Frames.Count == 1, "the complete state");
        for (var i = 1; i <= 5; i++)
        {
            host.Change("now", Wide(i));
            await Soon.UntilAsync(() => viewer.Frames.Count == i + 1, $"frame {i}");
        }

        var frames = viewer.Frames.ToArray();
        Assert.Null(frames[0].Base);
        Assert.Equal(host.FanOut.Epoch, frames[0].Epoch);
        Assert.All(frames.Skip(1), frame => Assert.Equal(frame.Seq - 1, frame.Base));
        Assert.All(frames.Skip(1), frame => Assert.Equal("r0", Assert.Single(frame.Puts).Key));
        Assert.Equal(0, viewer.Held.Gaps);
        Assert.Equal(Wide(5).Puts.ToDictionary(put => put.Key, put => Encoding.UTF8.GetString(put.Value.Span)), viewer.Held["now"]!.Records);
    }

    [Fact]
    public async Task Small_scope_is_sent_complete_each_time()
    {
        await using var host = await LiveHost.StartAsync();
        host.Scopes.Set("now", 1);
        await using var viewer = await host.WatchAsync("now");
        await viewer.UntilNumberAsync("now", 1);
        host.Change("now", 2);
        await viewer.UntilNumberAsync("now", 2);
        Assert.All(viewer.Frames, frame => Assert.Null(frame.Base));
        Assert.Equal([1L, 2L], viewer.Frames.Select(frame => frame.Seq));
    }

    [Fact]
    public async Task An_offer_that_changes_nothing_makes_no_frame_and_no_number()
    {
        await using var host = await LiveHost.StartAsync();
        host.Scopes.Set("now", 1);
        await using var viewer = await host.WatchAsync("now");
        for (var i = 0; i < 50; i++)
            host.Change("now", 1);
        host.Change("now", 2);
        await viewer.UntilNumberAsync("now", 2);
        Assert.Equal([1L, 2L], viewer.Frames.Select(frame => frame.Seq));
    }

    [Fact]
    public async Task Who_comes_back_with_the_newest_number_gets_nothing_until_something_changes_and_then_the_delta()
    {
        await using var host = await LiveHost.StartAsync();
        host.Scopes.Set("now", Wide(0));
        await using var stays = await host.WatchAsync("now");
        await using var back = await host.ConnectAsync();
        await back.Hub.InvokeAsync("Watch", "now", host.FanOut.Epoch, 1L, Stop);
        host.Change("now", Wide(1));
        await Soon.UntilAsync(() => back.Frames.Count == 1, "the delta");
        Assert.Equal(1L, back.Frames.Single().Base);
    }

    [Theory]
    [InlineData("another-epoch", 2)]
    [InlineData(null, 1)]
    [InlineData(null, 3)]
    public async Task Who_comes_back_with_anything_else_gets_the_complete_state(string? epoch, long seq)
    {
        await using var host = await LiveHost.StartAsync();
        host.Scopes.Set("now", Wide(0));
        await using var stays = await host.WatchAsync("now");
        host.Change("now", Wide(1));
        await Soon.UntilAsync(() => stays.Frames.Count == 2, "the second frame");
        await using var back = await host.ConnectAsync();
        await back.Hub.InvokeAsync("Watch", "now", epoch ?? host.FanOut.Epoch, seq, Stop);
        await Soon.UntilAsync(() => back.Frames.Count == 1, "the complete state");
        Assert.Null(back.Frames.Single().Base);
        Assert.Equal(2, back.Frames.Single().Seq);
    }

    [Fact]
    public async Task Number_goes_on_where_it_was_after_everyone_has_left()
    {
        await using var host = await LiveHost.StartAsync();
        host.Scopes.Set("now", 1);
        await using (var first = await host.WatchAsync("now"))
            await first.UntilNumberAsync("now", 1);
        await Soon.UntilAsync(() => host.Counters.Viewers == 0, "nobody is watching");
        host.Change("now", 2);
        await using var back = await host.ConnectAsync();
        await back.Hub.InvokeAsync("Watch", "now", host.FanOut.Epoch, 1L, Stop);
        await back.UntilNumberAsync("now", 2);
        Assert.Equal(2, back.Frames.Single().Seq);
    }

    [Fact]
    public async Task Unknown_scope_is_an_error_that_names_it_and_leaves_the_connection_alone()
    {
        await using var host = await LiveHost.StartAsync();
        host.Expected = "Failed to invoke hub method 'Watch'";
        host.Scopes.Set("now", 1);
        await using var viewer = await host.ConnectAsync();
        var error = await Assert.ThrowsAsync<HubException>(() => viewer.Hub.InvokeAsync("Watch", "heat/x/nowhere", null, null, Stop));
        Assert.Contains("heat/x/nowhere", error.Message, StringComparison.Ordinal);
        await viewer.Hub.InvokeAsync("Watch", "now", null, null, Stop);
        await viewer.UntilNumberAsync("now", 1);
    }

    [Fact]
    public async Task Unwatch_ends_the_frames_of_that_scope_only()
    {
        await using var host = await LiveHost.StartAsync();
        host.Scopes.Set("a", 1);
        host.Scopes.Set("b", 1);
        await using var viewer = await host.WatchAsync("a");
        await viewer.Hub.InvokeAsync("Watch", "b", null, null, Stop);
        await viewer.Hub.InvokeAsync("Unwatch", "a", Stop);
        host.Change("a", 2);
        host.Change("b", 2);
        await viewer.UntilNumberAsync("b", 2);
        Assert.Equal(1, viewer.Number("a"));
    }

    [Fact]
    public async Task Ping_answers_with_both_times()
    {
        await using var host = await LiveHost.StartAsync();
        await using var viewer = await host.ConnectAsync();
        var before = DateTimeOffset.UtcNow;
        var pong = await viewer.Hub.InvokeAsync<Pong>("Ping", 42L, Stop);
        Assert.Equal(42, pong.ClientUs);
        Assert.InRange(DateTimeOffset.UnixEpoch.AddMicroseconds(pong.ServerUs), before.AddMilliseconds(-1), DateTimeOffset.UtcNow.AddMilliseconds(1));
    }

    [Theory]
    [InlineData("Release")]
    [InlineData("Dispose")]
    [InlineData("OnConnectedAsync")]
    [InlineData("Watch2")]
    [InlineData("get_Viewer")]
    public async Task Hub_methods_that_are_not_listed_do_not_exist(string method)
    {
        await using var host = await LiveHost.StartAsync();
        await using var viewer = await host.ConnectAsync();
        var error = await Assert.ThrowsAsync<HubException>(() => viewer.Hub.InvokeAsync(method, Stop));
        Assert.Contains("does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frames_come_after_the_answer_to_Watch_and_beats_among_them()
    {
        await using var host = await LiveHost.StartAsync(options: new LiveOptions(TimeSpan.Zero));
        using var busy = new CancellationTokenSource();
        host.Scopes.Set("now", 0);
        var changes = Task.Run(() =>
        {
            for (var i = 1; !busy.IsCancellationRequested; i++)
                host.Change("now", i);
        }, Stop);
        await using var other = await host.WatchAsync("now");
        for (var round = 0; round < 20; round++)
        {
            using var socket = await host.RawSocketAsync();
            await SendAsync(socket, """{"protocol":"json","version":1}""");
            await SendAsync(socket, """{"type":1,"invocationId":"7","target":"Watch","arguments":["now",null,null]}""");
            var messages = new List<string>();
            while (!messages.Exists(message => message.Contains("\"frame\"", StringComparison.Ordinal)))
                messages.AddRange(await ReceiveAsync(socket));
            Assert.True(messages.FindIndex(m => m.Contains("\"invocationId\":\"7\"", StringComparison.Ordinal)) is var answer && answer >= 0);
            Assert.True(answer < messages.FindIndex(m => m.Contains("\"frame\"", StringComparison.Ordinal)));
        }

        await busy.CancelAsync();
        await changes;
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task Frames_and_beats_come_by_every_way_that_signalr_has(HttpTransportType way)
    {
        await using var host = await LiveHost.StartAsync();
        host.Scopes.Set("now", 1);
        await using var viewer = new TestViewer(new HubConnectionBuilder().WithUrl(new Uri(host.Address, "live"), way).Build());
        await viewer.Hub.StartAsync(Stop);
        await viewer.Hub.InvokeAsync("Watch", "now", null, null, Stop);
        await viewer.UntilNumberAsync("now", 1);
        host.Change("now", 2);
        await viewer.UntilNumberAsync("now", 2);
        await Soon.UntilAsync(() => !viewer.Beats.IsEmpty, "a beat");
    }

    [Fact]
    public async Task Beat_comes_every_second_to_who_watches_nothing()
    {
        await using var host = await LiveHost.StartAsync();
        await using var viewer = await host.ConnectAsync();
        await Soon.UntilAsync(() => viewer.Beats.Count >= 3, "three beats");
        Assert.Equal(new SourceAge("finish-1", 40, null), Assert.Single(viewer.Beats.First().Sources));
    }

    private static Task SendAsync(ClientWebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, true, Stop);

    private static async Task<string[]> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(length), Stop);
            length += part.Count;
        }
        while (!part.EndOfMessage);
        return Encoding.UTF8.GetString(buffer, 0, length).Split('\u001e', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Some 3 kB, of which one small record changes.</summary>
    private static ScopeState Wide(int value) => Records.State(
        [new("r0", $"{value}"), .. Enumerable.Range(1, 9).Select(i => new KeyValuePair<string, string>($"r{i}", JsonSerializer.Serialize(new string('x', 300))))]);
}
