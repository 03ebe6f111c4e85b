using System.Net.Sockets;
using System.Text;
using LiveSkate.Server.Tests.Ingest;
using Xunit;

namespace LiveSkate.Server.Tests.Live;

/// <summary>A viewer on a bare socket with a tiny receive window, that reads only when it is told to.</summary>
internal sealed class SleepyClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 2048, NoDelay = true };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<SleepyClient> WatchOverHubAsync(Uri server, string scope)
    {
        var client = await ConnectAsync(server);
        await client.SendAsync(
            $"GET /live HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        await client.ReadUntilAsync(text => text.Contains("\r\n\r\n", StringComparison.Ordinal));
        await client.SendTextAsync("""{"protocol":"json","version":1}""");
        await client.SendTextAsync($$"""{"type":1,"target":"Watch","arguments":["{{scope}}",null,null]}""");
        await client.ReadUntilAsync(text => text.Contains("\"frame\"", StringComparison.Ordinal));
        return client;
    }

    public static async Task<SleepyClient> WatchFeedAsync(Uri server, string scope)
    {
        var client = await ConnectAsync(server);
        await client.SendAsync($"GET /api/live?scope={scope} HTTP/1.1\r\nHost: {server.Authority}\r\n\r\n");
        await client.ReadUntilAsync(text => text.Contains("event: frame", StringComparison.Ordinal));
        return client;
    }

    /// <summary>How many bytes were read until all that was read satisfied the condition.</summary>
    public async Task<int> ReadUntilAsync(Func<string, bool> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(Soon.Deadline);
        var all = new StringBuilder();
        var buffer = new byte[1024];
        while (!condition(all.ToString()))
        {
            var read = await _socket.ReceiveAsync(buffer, deadline.Token);
            if (read == 0)
                throw new EndOfStreamException("the server has closed the connection");
            all.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return all.Length;
    }

    private static async Task<SleepyClient> ConnectAsync(Uri server)
    {
        var client = new SleepyClient();
        await client._socket.ConnectAsync(server.Host, server.Port, Stop);
        return client;
    }

    private async Task SendAsync(string text) => await _socket.SendAsync(Encoding.ASCII.GetBytes(text), Stop);

    /// <summary>One short masked text frame (RFC 6455); the mask is zero, so the text stays as it is.</summary>
    private async Task SendTextAsync(string message)
    {
        var payload = Encoding.ASCII.GetBytes(message + "\u001e");
        await _socket.SendAsync((byte[])[0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload], Stop);
    }

    public void Dispose() => _socket.Dispose();
}
