using System.Collections.Concurrent;
using LiveSkate.Server.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveSkate.Benchmarks.Fanout.Servers;

/// <summary>The least that Kestrel can do: one buffer with its WebSocket frame, the upgraded stream of each viewer, a slot for the newest.</summary>
internal static class RawServer
{
    public const string ProcessName = "fanout-raw";

    private static readonly ConcurrentDictionary<Outbox, bool> Outboxes = new();
    private static byte[] newest = [];

    public static async Task RunAsync(string[] args)
    {
        using var frames = Pulse.Frames(Enum.Parse<Shown>(args[0])).GetEnumerator();
        frames.MoveNext();
        newest = WebSocketFrame.Text(frames.Current.Complete);
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Urls"] = "http://127.0.0.1:0";
        builder.Logging.ClearProviders();
        // As bounded as LiveSkate, or a stalled viewer would be another matter here than there.
        builder.Services.Configure<KestrelServerOptions>(LiveSetup.Bound).Configure<SocketTransportOptions>(LiveSetup.Bound);
        await using var app = builder.Build();
        app.Run(ServeAsync);
        await app.StartAsync();
        var pulse = new Pulse(() =>
        {
            frames.MoveNext();
            newest = WebSocketFrame.Text(frames.Current.Complete);
            var frame = WebSocketFrame.Text(frames.Current.Delta);
            foreach (var (outbox, _) in Outboxes)
                outbox.Put(frame);
        });
        await pulse.RunAsync(new Uri(app.Urls.Single()).Port);
    }

    private static async Task ServeAsync(HttpContext http)
    {
        http.Response.Headers.Connection = "Upgrade";
        http.Response.Headers.Upgrade = "websocket";
        http.Response.Headers.SecWebSocketAccept = WebSocketFrame.Accept(http.Request.Headers.SecWebSocketKey.ToString());
        await using var stream = await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        var outbox = new Outbox(stream);
        Outboxes[outbox] = true;
        outbox.Put(newest);
        try
        {
            var ignored = new byte[256];
            while (await stream.ReadAsync(ignored) > 0) ;
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // As viewers leave.
        }

        Outboxes.TryRemove(outbox, out _);
    }

    private sealed class Outbox(Stream stream)
    {
        private readonly Lock _gate = new();
        private byte[]? _waiting;
        private bool _sending;

        public void Put(byte[] frame)
        {
            lock (_gate)
            {
                _waiting = frame;
                if (_sending)
                    return;
                _sending = true;
            }

            _ = PumpAsync();
        }

        private async Task PumpAsync()
        {
            try
            {
                while (Take() is { } frame)
                    await stream.WriteAsync(frame);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                Outboxes.TryRemove(this, out _);
            }
        }

        private byte[]? Take()
        {
            lock (_gate)
            {
                var frame = _waiting;
                _waiting = null;
                _sending = frame is not null;
                return frame;
            }
        }
    }
}
