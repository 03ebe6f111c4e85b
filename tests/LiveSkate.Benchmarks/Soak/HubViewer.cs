using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace LiveSkate.Benchmarks.Soak;

/// <summary>A browser: SignalR over a WebSocket, its framing made by hand.</summary>
internal sealed class HubViewer(int port, Followed followed, string query = "") : IViewer
{
    private const byte Separator = 0x1e;
    private const int SmallBuffer = 4096;
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _sending = new(1);
    private volatile TaskCompletionSource? _asleep;
    private ClientWebSocket? _socket;

    public Followed Followed => followed;

    public void Sleep() => _asleep ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Wake()
    {
        var asleep = _asleep;
        _asleep = null;
        asleep?.TrySetResult();
    }

    public async Task StayAsync(CancellationToken cancel)
    {
        using var socket = _socket = new ClientWebSocket();
        using var handler = new SocketsHttpHandler { ConnectCallback = OpenAsync };
        using var invoker = new HttpMessageInvoker(handler);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/live{query}"), invoker, cancel);
        await SendAsync([.. "{\"protocol\":\"json\",\"version\":1}"u8, Separator], cancel);
        await WatchAsync(cancel);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var pinging = PingAsync(ends.Token);
        try
        {
            await ReadAsync(socket, cancel);
        }
        finally
        {
            await ends.CancelAsync();
            await pinging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => _sending.Dispose();

    private async Task ReadAsync(ClientWebSocket socket, CancellationToken cancel)
    {
        var buffer = new byte[16 * 1024];
        for (var held = 0; ;)
        {
            if (_asleep is { } asleep)
                await asleep.Task.WaitAsync(cancel);
            if (held == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var got = await socket.ReceiveAsync(buffer.AsMemory(held), cancel);
            if (got.MessageType == WebSocketMessageType.Close)
                return;
            held += got.Count;
            var from = 0;
            for (int length; (length = buffer.AsSpan(from, held - from).IndexOf(Separator)) >= 0; from += length + 1)
                await TakeAsync(buffer.AsMemory(from, length), cancel);
            buffer.AsSpan(from, held - from).CopyTo(buffer);
            held -= from;
        }
    }

    private async Task TakeAsync(ReadOnlyMemory<byte> message, CancellationToken cancel)
    {
        if (message.Span.IndexOf("\"target\":\"frame\""u8) < 0)
            return;
        using var document = JsonDocument.Parse(message);
        if (!followed.Take(document.RootElement.GetProperty("arguments")[0]))
            await WatchAsync(cancel);
    }

    private Task WatchAsync(CancellationToken cancel)
    {
        var (epoch, seq) = (followed.Epoch is { } known ? $"\"{known}\"" : "null", followed.Seq is { } number ? $"{number}" : "null");
        return SendAsync(
            [.. Encoding.UTF8.GetBytes($$"""{"type":1,"invocationId":"1","target":"Watch","arguments":["{{followed.Scope}}",{{epoch}},{{seq}}]}"""), Separator], cancel);
    }

    private async Task PingAsync(CancellationToken cancel)
    {
        using var every = new PeriodicTimer(PingEvery);
        while (await every.WaitForNextTickAsync(cancel))
            await SendAsync([.. "{\"type\":6}"u8, Separator], cancel);
    }

    private async Task SendAsync(byte[] bytes, CancellationToken cancel)
    {
        await _sending.WaitAsync(cancel);
        try
        {
            await _socket!.SendAsync(bytes, WebSocketMessageType.Text, true, cancel);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>A window that is full at once: the server feels a viewer that sleeps as early as it can.</summary>
    private static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = SmallBuffer };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
