using System.Text;

namespace LiveSkate.Benchmarks.Load;

/// <summary>How a viewer speaks to one kind of server: what it says, never what it hears. All of it is written by hand and sent as it stands.</summary>
/// <param name="Path">Of the WebSocket.</param>
/// <param name="Subprotocol">Null for none.</param>
/// <param name="Opening">Frames sent once the WebSocket is open; then messages come.</param>
/// <param name="Ping">What the server must hear every now and then; empty for nothing.</param>
internal sealed record Dialect(string Path, string? Subprotocol, byte[] Opening, byte[] Ping)
{
    private const char Separator = '\u001e';

    /// <param name="topic">LiveSkate's scope, Mosquitto's topic; the others send to everybody.</param>
    public static Dialect Of(Speech speech, string topic) => speech switch
    {
        Speech.LiveSkate => SignalR($"{{\"type\":1,\"invocationId\":\"1\",\"target\":\"Watch\",\"arguments\":[\"{topic}\",null,null]}}{Separator}"),
        Speech.SignalR => SignalR(""),
        Speech.WebSocket => new Dialect("/", null, [], []),
        Speech.Mqtt => new Dialect("/mqtt", "mqtt", [.. Frame(2, MqttConnect()), .. Frame(2, MqttSubscribe(topic))], []),
        Speech.SocketIo => new Dialect("/socket.io/?EIO=4&transport=websocket", null, Frame(1, "40"u8), []),
        _ => throw new ArgumentOutOfRangeException(nameof(speech)),
    };

    public byte[] Request(int port) => Encoding.ASCII.GetBytes(
        $"GET {Path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        + (Subprotocol is null ? "\r\n" : $"Sec-WebSocket-Protocol: {Subprotocol}\r\n\r\n"));

    private static Dialect SignalR(string call) => new(
        "/live", null,
        [.. Frame(1, Encoding.UTF8.GetBytes($"{{\"protocol\":\"json\",\"version\":1}}{Separator}")), .. call == "" ? [] : Frame(1, Encoding.UTF8.GetBytes(call))],
        Frame(1, Encoding.UTF8.GetBytes($"{{\"type\":6}}{Separator}")));

    /// <summary>A client must mask; a mask of zeros changes nothing.</summary>
    private static byte[] Frame(byte opcode, ReadOnlySpan<byte> payload) => payload.Length < 126
        ? [(byte)(0x80 | opcode), (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]
        : [(byte)(0x80 | opcode), 0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0, .. payload];

    /// <summary>MQTT 3.1.1: clean session, no keep-alive, the broker names the client.</summary>
    private static byte[] MqttConnect() => [0x10, 12, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 0, 0, 0];

    private static byte[] MqttSubscribe(string topic)
    {
        var name = Encoding.UTF8.GetBytes(topic);
        return [0x82, (byte)(name.Length + 5), 0, 1, 0, (byte)name.Length, .. name, 0];
    }
}

/// <summary>The kinds of server that the generator can be a viewer of.</summary>
public enum Speech
{
    /// <summary>SignalR, and Watch of a scope.</summary>
    LiveSkate,

    /// <summary>SignalR, no call: the hub sends to all.</summary>
    SignalR,

    /// <summary>A bare WebSocket at "/".</summary>
    WebSocket,

    /// <summary>MQTT 3.1.1 over WebSocket, QoS 0.</summary>
    Mqtt,

    /// <summary>Engine.IO 4 over WebSocket.</summary>
    SocketIo,
}
