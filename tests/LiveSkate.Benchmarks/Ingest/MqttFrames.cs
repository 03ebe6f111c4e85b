using System.Buffers.Binary;
using System.Text;

namespace LiveSkate.Benchmarks.Ingest;

/// <summary>MQTT 3.1.1 by hand, as much of it as a gateway needs.</summary>
internal static class MqttFrames
{
    public const byte ConnAck = 2, Publish = 3, PubAck = 4, SubAck = 9;

    /// <summary>A clean session; no keep-alive, for it would ask for pings.</summary>
    public static byte[] Connect(string client) => Packet(0x10, [.. Text("MQTT"), 4, 0b10, 0, 0, .. Text(client)]);

    public static byte[] Disconnect() => [0xE0, 0];

    /// <summary>QoS 0: who only reads need not answer.</summary>
    public static byte[] Subscribe(string filter) => Packet(0x82, [0, 1, .. Text(filter), 0]);

    /// <summary>QoS 1 where <paramref name="id"/> is not 0, else QoS 0.</summary>
    /// <returns>The bytes written.</returns>
    public static int WritePublish(Span<byte> room, ReadOnlySpan<byte> topic, ushort id, ReadOnlySpan<byte> payload, bool retain = false)
    {
        room[0] = (byte)((id == 0 ? 0x30 : 0x32) | (retain ? 1 : 0));
        var length = 2 + topic.Length + (id == 0 ? 0 : 2) + payload.Length;
        var at = 1;
        for (var rest = length; ; rest >>= 7)
        {
            room[at++] = (byte)(rest >= 0x80 ? rest & 0x7F | 0x80 : rest);
            if (rest < 0x80)
                break;
        }
        BinaryPrimitives.WriteUInt16BigEndian(room[at..], (ushort)topic.Length);
        topic.CopyTo(room[(at + 2)..]);
        at += 2 + topic.Length;
        if (id != 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(room[at..], id);
            at += 2;
        }
        payload.CopyTo(room[at..]);
        return at + payload.Length;
    }

    /// <summary>Takes the first whole packet off the front.</summary>
    /// <param name="body">What follows its header.</param>
    /// <returns>False while there is none.</returns>
    public static bool TryTake(ref ReadOnlySpan<byte> bytes, out int kind, out ReadOnlySpan<byte> body)
    {
        kind = 0;
        body = default;
        var length = 0;
        for (var at = 1; at < bytes.Length && at <= 4; at++)
        {
            length |= (bytes[at] & 0x7F) << 7 * (at - 1);
            if (bytes[at] >= 0x80)
                continue;
            if (bytes.Length < at + 1 + length)
                return false;
            kind = bytes[0] >> 4;
            body = bytes.Slice(at + 1, length);
            bytes = bytes[(at + 1 + length)..];
            return true;
        }
        return false;
    }

    private static byte[] Packet(byte header, byte[] body) => [header, checked((byte)body.Length), .. body];

    private static byte[] Text(string text) => [(byte)(text.Length >> 8), (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
}
