using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace LiveSkate.Server.Ingest;

/// <summary>
/// Reads along with the packets of one connection and cuts it where a packet says that it is larger than any that a sender
/// has a reason for: the library would make room for the 256 MB that a header may ask for.
/// </summary>
internal sealed class MeasuredChannel(IMqttChannel inner) : IMqttChannel
{
    /// <summary>Bytes after the header. Far above what is read, so that what is only too large is still journaled as such.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Read ahead: the library asks for a packet in two pieces, and each would be a call into the kernel.</summary>
    private readonly byte[] _ahead = new byte[8 * 1024];

    private bool _inLength;
    private int _length, _shift, _body, _from, _upTo;

    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_from == _upTo)
            (_from, _upTo) = (0, await inner.ReadAsync(_ahead, 0, _ahead.Length, cancellationToken).ConfigureAwait(false));
        var read = Math.Min(count, _upTo - _from);
        var bytes = _ahead.AsMemory(_from, read);
        _from += read;
        Measure(bytes.Span);
        bytes.CopyTo(buffer.AsMemory(offset));
        return read;
    }

    public Task WriteAsync(System.Buffers.ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, isEndOfPacket, cancellationToken);

    public void Dispose() => inner.Dispose();

    /// <summary>A packet is one byte of kind, a length of one to four bytes with seven bits in each, and as many bytes.</summary>
    private void Measure(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_body > 0)
            {
                var rest = Math.Min(_body, bytes.Length);
                _body -= rest;
                bytes = bytes[rest..];
                continue;
            }
            if (!_inLength)
                (_inLength, _length, _shift) = (true, 0, 0);
            else if (LengthEnds(bytes[0]))
                (_inLength, _body) = (false, _length);
            bytes = bytes[1..];
        }
    }

    private bool LengthEnds(byte next)
    {
        _length |= (next & 0x7F) << _shift;
        _shift += 7;
        if (_length > MostBytes || (_shift > 21 && next >= 0x80))
            throw new MqttCommunicationException($"A packet of {_length} bytes; allowed are {MostBytes}.");
        return next < 0x80;
    }
}
