using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace LiveSkate.Server.Tests.Golden;

/// <summary>MQTT 3.1.1 without a library: the bytes that a decoder's own firmware would put on a socket.</summary>
internal sealed class RawGateway : IDisposable
{
    private readonly TcpClient _socket;

    public RawGateway(int port) => _socket = new TcpClient("127.0.0.1", port);

    /// <summary>Sends a packet, and reads the four bytes of its CONNACK or PUBACK.</summary>
    public async Task<string> SendAsync(string packet)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var stream = _socket.GetStream();
        await stream.WriteAsync(Convert.FromHexString(packet), deadline.Token);
        var answer = new byte[4];
        await stream.ReadExactlyAsync(answer, deadline.Token);
        return Convert.ToHexStringLower(answer);
    }

    /// <summary>A PUBLISH with QoS 1, not retained.</summary>
    public static string Publish(string topic, string text, ushort id)
    {
        var (name, payload) = (Encoding.UTF8.GetBytes(topic), Encoding.UTF8.GetBytes(text));
        var packet = new List<byte> { 0x32 };
        for (var rest = 2 + name.Length + 2 + payload.Length; ; rest /= 128)
        {
            packet.Add((byte)(rest % 128 + (rest >= 128 ? 128 : 0)));
            if (rest < 128)
                break;
        }
        packet.AddRange([.. Number(name.Length), .. name, .. Number(id), .. payload]);
        return Convert.ToHexStringLower([.. packet]);
    }

    public void Dispose() => _socket.Dispose();

    private static byte[] Number(int number)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)number);
        return bytes;
    }
}
