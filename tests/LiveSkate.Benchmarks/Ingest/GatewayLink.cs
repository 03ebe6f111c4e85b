using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace LiveSkate.Benchmarks.Ingest;

/// <summary>One connection of the publisher: never blocks, and keeps what does not go out at once.</summary>
internal sealed class GatewayLink : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _in = new byte[256 * 1024];
    private byte[] _out = new byte[64 * 1024];
    private int _waiting, _sent, _read;

    public GatewayLink(int port, string client, string? subscription = null)
    {
        _socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        Exchange(MqttFrames.Connect(client), MqttFrames.ConnAck);
        if (subscription is not null)
            Exchange(MqttFrames.Subscribe(subscription), MqttFrames.SubAck);
        _socket.Blocking = false;
    }

    public int Handle => (int)_socket.Handle;

    /// <summary>The socket was full; it has to be waited for.</summary>
    public bool HasMoreToSend => _sent < _waiting;

    /// <summary>Room for a message of this many bytes; <see cref="Added"/> says how much of it was used.</summary>
    public Span<byte> Room(int most)
    {
        if (_waiting + most > _out.Length)
            Array.Resize(ref _out, Math.Max(_out.Length * 2, _waiting + most));
        return _out.AsSpan(_waiting);
    }

    public void Added(int bytes) => _waiting += bytes;

    public void Flush()
    {
        while (_sent < _waiting)
        {
            var sent = _socket.Send(_out.AsSpan(_sent.._waiting), SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
                return;
            if (error != SocketError.Success)
                throw new SocketException((int)error);
            _sent += sent;
        }
        (_sent, _waiting) = (0, 0);
    }

    /// <summary>Reads what is there, and hands on each whole packet.</summary>
    public void Receive(Action<int, ReadOnlySpan<byte>> take)
    {
        var count = _socket.Receive(_in.AsSpan(_read), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
            return;
        if (count == 0)
            throw new InvalidOperationException("The broker has closed the connection.");
        _read += count;
        ReadOnlySpan<byte> rest = _in.AsSpan(0, _read);
        while (MqttFrames.TryTake(ref rest, out var kind, out var body))
            take(kind, body);
        rest.CopyTo(_in);
        _read = rest.Length;
    }

    /// <summary>Says goodbye and waits until the broker has read all of it.</summary>
    public void Settle()
    {
        _socket.Blocking = true;
        _socket.Send(MqttFrames.Disconnect());
        while (_socket.Receive(_in) > 0)
        {
        }
    }

    public static ushort PacketId(ReadOnlySpan<byte> body) => BinaryPrimitives.ReadUInt16BigEndian(body);

    public void Dispose() => _socket.Dispose();

    private void Exchange(byte[] question, byte answer)
    {
        _socket.Send(question);
        for (var there = false; !there;)
        {
            var count = _socket.Receive(_in.AsSpan(_read));
            if (count == 0)
                throw new InvalidOperationException("The broker does not let us in.");
            _read += count;
            ReadOnlySpan<byte> rest = _in.AsSpan(0, _read);
            while (MqttFrames.TryTake(ref rest, out var kind, out _))
                there |= kind == answer;
            rest.CopyTo(_in);
            _read = rest.Length;
        }
    }
}
