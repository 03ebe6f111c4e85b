using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveSkate.Server.Live;

public static class LiveSetup
{
    /// <summary>Bytes that may lie about for one viewer: old boards nobody wants to see. The kernel takes twice what it is told.</summary>
    private const int KernelBuffer = 6 * 1024, ServerBuffer = 4 * 1024, ResponseBuffer = 16 * 1024;

    /// <summary>Connections that may wait to be accepted: a whole stand that comes back at once. The kernel lets whoever finds it full try again after a second.</summary>
    private const int ComingBack = 4096;

    /// <summary>Who has read nothing for so long is cut, and comes back when he can.</summary>
    public static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Everything of the fan-out, and the bounds it needs in Kestrel: a viewer that reads slowly is shown the newest, not a backlog.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services, Func<IServiceProvider, LiveSource> source)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new LiveOptions());
        services.AddSingleton(source);
        services.AddSingleton<LiveCounters>();
        services.AddSingleton<FanOut>();
        services.AddHostedService<LivePump>();
        services.Configure<KestrelServerOptions>(Bound).Configure<SocketTransportOptions>(Bound);
        services.AddSignalR(hub =>
            {
                // The beat is the sign of life: SignalR's own ping would wake everybody up once more for nothing.
                hub.KeepAliveInterval = TimeSpan.FromSeconds(15);
                // Twice what SignalR's own clients take between two of their pings, unless told otherwise.
                hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
                hub.MaximumReceiveMessageSize = 4 * 1024;
            })
            .AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, LiveJson.Default));
        services.AddSingleton<HubLifetimeManager<LiveHub>, HubViewers>();
        return services;
    }

    internal static void Bound(KestrelServerOptions kestrel) => kestrel.Limits.MaxResponseBufferSize = ResponseBuffer;

    internal static void Bound(SocketTransportOptions sockets)
    {
        // A WebSocket goes past the response buffer: this is the one that it fills.
        sockets.MaxWriteBufferSize = ServerBuffer;
        sockets.Backlog = ComingBack;
        sockets.CreateBoundListenSocket = Listen;
    }

    public static void MapLive(this IEndpointRouteBuilder app)
    {
        // As MapHub does it, with ours before SignalR's own: what is sent to a WebSocket need not go through its buffers.
        app.MapConnections(
                "/live",
                new HttpConnectionDispatcherOptions { TransportMaxBufferSize = 4 * 1024, ApplicationMaxBufferSize = 4 * 1024, TransportSendTimeout = SendTimeout },
                connection => connection.Use(HubOutput.Before).UseHub<LiveHub>())
            .Add(endpoint => endpoint.RequestDelegate = ViewerUpgrade.Before(endpoint.RequestDelegate!));
        app.MapGet("/api/live", EventFeed.ServeAsync);
    }

    /// <summary>A connection inherits the send buffer of the socket that it was accepted on.</summary>
    private static Socket Listen(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        if (endpoint is IPEndPoint)
            socket.SendBufferSize = KernelBuffer;
        return socket;
    }
}
