using System.Diagnostics;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace LiveSkate.Simulator.Load;

/// <summary>
/// One browser: a real WebSocket, SignalR's JSON framing made by hand so that thousands cost little. It counts frames and
/// looks whether each follows the one before (contract section 5).
/// </summary>
internal sealed class LoadViewer(Uri server, string scope, bool stalls, LoadTally tally) : IDisposable
{
    private const byte Separator = 0x1e;
    private static readonly byte[] Ping = [.. "{\"type\":6}"u8, Separator];

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private long _lastFrame;
    private long? _seq;

    public bool Stalls => stalls;

    /// <summary>Within the measurement.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames that do not follow the one before: a browser would have to watch again.</summary>
    public int Breaks { get; private set; }

    /// <summary>Longest time without a frame within the measurement.</summary>
    public TimeSpan WorstGap { get; private set; }

    /// <summary>Why the connection ended before its time; null while it did not.</summary>
    public string? CutOff { get; private set; }

    /// <exception cref="WebSocketException">No connection.</exception>
    public async Task ConnectAsync(CancellationToken ct)
    {
        var address = new UriBuilder(server) { Scheme = server.Scheme == "https" ? "wss" : "ws", Path = "/live" }.Uri;
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = OpenAsync }, disposeHandler: false);
        await _socket.ConnectAsync(address, invoker, ct);
        var watch = new JsonObject
        {
            ["type"] = 1, ["invocationId"] = "1", ["target"] = "Watch", ["arguments"] = new JsonArray(JsonValue.Create(scope), null, null),
        };
        await SendAsync([.. "{\"protocol\":\"json\",\"version\":1}"u8, Separator, .. Encoding.UTF8.GetBytes(watch.ToJsonString()), Separator], ct);
    }

    /// <summary>Reads until it is told to stop; one that stalls reads nothing.</summary>
    public async Task WatchAsync(CancellationToken ct)
    {
        if (stalls)
            return;
        var buffer = new byte[8 * 1024];
        var held = 0;
        try
        {
            while (true)
            {
                if (held == buffer.Length)
                    Array.Resize(ref buffer, buffer.Length * 2);
                var got = await _socket.ReceiveAsync(buffer.AsMemory(held), ct);
                if (got.MessageType == WebSocketMessageType.Close)
                {
                    CutOff = $"closed by the server: {_socket.CloseStatusDescription}";
                    return;
                }

                held = Take(buffer, held + got.Count);
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (WebSocketException problem)
        {
            CutOff = problem.Message;
        }
    }

    /// <summary>The server ends a connection that says nothing for half a minute.</summary>
    public async Task KeepAliveAsync(CancellationToken ct)
    {
        try
        {
            if (_socket.State == WebSocketState.Open)
                await SendAsync(Ping, ct);
        }
        catch (Exception problem) when (problem is WebSocketException or OperationCanceledException or IOException)
        {
            // Whoever reads will say why the connection ended.
        }
    }

    /// <summary>Counts the time since the last frame in, at the end of the measurement.</summary>
    public void Close()
    {
        if (!stalls)
            NoteGap(tally.Ended);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }

    /// <returns>How many bytes of an unfinished message are left at the buffer's beginning.</returns>
    private int Take(byte[] buffer, int length)
    {
        var rest = buffer.AsSpan(0, length);
        for (var end = rest.IndexOf(Separator); end >= 0; end = rest.IndexOf(Separator))
        {
            if (FrameGlance.Read(rest[..end]) is { } frame)
                Frame(frame, end + 1);
            rest = rest[(end + 1)..];
        }

        rest.CopyTo(buffer);
        return rest.Length;
    }

    private void Frame(FrameGlance frame, int bytes)
    {
        if (frame.Base is { } needed && needed != _seq)
            Breaks++;
        _seq = frame.Seq;
        tally.Arrived(frame.ServerUs, bytes);
        if (!tally.IsRunning)
            return;
        Frames++;
        NoteGap(Stopwatch.GetTimestamp());
    }

    private void NoteGap(long now)
    {
        var gap = Stopwatch.GetElapsedTime(Math.Max(_lastFrame, tally.Began), now);
        if (gap > WorstGap)
            WorstGap = gap;
        _lastFrame = now;
    }

    private async Task SendAsync(byte[] bytes, CancellationToken ct)
    {
        await _sending.WaitAsync(ct);
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Text, true, ct);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // A window that is full at once: the server feels a stalled viewer as early as it can.
            if (stalls)
                socket.ReceiveBufferSize = 4 * 1024;
            await socket.ConnectAsync(context.DnsEndPoint, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
