using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace LiveSkate.Server.Live;

/// <summary>
/// Gives each connection of the hub its <see cref="Viewer"/>. Frames are written to the connection itself and never as a group send:
/// that waits for the slowest.
/// </summary>
public sealed class HubViewers(FanOut fanOut, ILogger<DefaultHubLifetimeManager<LiveHub>> logger)
    : DefaultHubLifetimeManager<LiveHub>(logger)
{
    public static Viewer Of(IDictionary<object, object?> items) => (Viewer)items[typeof(Viewer)]!;

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        var http = connection.GetHttpContext();
        var pace = http?.Request.Query["pace"].ToString();
        connection.Items[typeof(Viewer)] = http?.Features.Get<IHttpUpgradeFeature>() is ViewerUpgrade { Stream: { } stream }
            ? fanOut.Open(message => stream.WriteFramedAsync(message.ForSocket), pace, http.Abort)
            : fanOut.Open(message => connection.WriteAsync(message.ForHub), pace, connection.Abort);
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        fanOut.Close(Of(connection.Items));
        return base.OnDisconnectedAsync(connection);
    }
}
