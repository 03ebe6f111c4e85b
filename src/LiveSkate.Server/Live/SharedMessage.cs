using System.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace LiveSkate.Server.Live;

/// <summary>One message, serialized once, shared by everyone it goes to. Each transport's form is made when the first viewer needs it.</summary>
/// <param name="name">The client method, and the event of a stream.</param>
/// <param name="id">The event id of a stream; null where it has none.</param>
/// <param name="json">One line.</param>
public sealed class SharedMessage(string name, string? id, byte[] json)
{
    private SerializedHubMessage? _forHub;
    private byte[]? _forSocket, _forStream;

    public string? Id => id;

    public ReadOnlyMemory<byte> Json => json;

    /// <summary>SignalR's invocation, with the WebSocket's header before it.</summary>
    public ReadOnlyMemory<byte> ForSocket => _forSocket ??= ViewerStream.Framed(
        [.. Encoding.UTF8.GetBytes($"{{\"type\":1,\"target\":\"{name}\",\"arguments\":["), .. json, .. "]}\u001e"u8]);

    /// <summary>For the ways of SignalR that are no WebSocket.</summary>
    public SerializedHubMessage ForHub =>
        _forHub ?? Interlocked.CompareExchange(
            ref _forHub, new SerializedHubMessage(new InvocationMessage(name, [new RawJson(json)])), null) ?? _forHub;

    /// <summary>A Server-Sent Event.</summary>
    public ReadOnlyMemory<byte> ForStream => _forStream ??= [
        .. Encoding.UTF8.GetBytes(id is null ? $"event: {name}\ndata: " : $"event: {name}\nid: {id}\ndata: "), .. json, .. "\n\n"u8];
}
