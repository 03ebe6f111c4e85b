using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Features;

namespace LiveSkate.Server.Live;

/// <summary>
/// The stream under one hub connection's WebSocket. SignalR makes the handshake, reads, pings and closes on it; the frames that are shared by
/// all go past SignalR's buffers and loops straight onto it, with their WebSocket header already before them. Who writes has the stream to
/// himself until his message is whole.
/// </summary>
public sealed class ViewerStream(Stream wire) : Stream
{
    private const byte Final = 0x80, Control = 0x08, Goodbye = 0x08, OpcodeBits = 0x0f;
    private static readonly TimeSpan PoliteWait = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>SignalR's WebSocket is between two fragments of one message: the turn is still its own.</summary>
    private bool _torn;
    private bool _closed;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>What <see cref="WebSocketMessageType.Text"/> looks like from a server: never masked, never in fragments.</summary>
    public static byte[] Framed(ReadOnlySpan<byte> text) => text.Length switch
    {
        < 126 => [Final | 1, (byte)text.Length, .. text],
        <= ushort.MaxValue => [Final | 1, 126, (byte)(text.Length >> 8), (byte)text.Length, .. text],
        _ => [Final | 1, 127, 0, 0, 0, 0, (byte)(text.Length >> 24), (byte)(text.Length >> 16), (byte)(text.Length >> 8), (byte)text.Length, .. text],
    };

    /// <summary>Sends a message that is <see cref="Framed"/>. At once as a rule; waits while the viewer does not read.</summary>
    public ValueTask WriteFramedAsync(ReadOnlyMemory<byte> framed)
    {
        if (!_turn.Wait(0))
            return WaitAndWriteAsync(framed);
        var writing = _closed ? default : wire.WriteAsync(framed);
        if (!writing.IsCompletedSuccessfully)
            return FinishAsync(writing);
        _turn.Release();
        return default;
    }

    /// <summary>One WebSocket frame each: that is how .NET's WebSocket writes.</summary>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var opcode = buffer.Span[0] & OpcodeBits;
        var isGoodbye = opcode == Goodbye;
        // SignalR waits for ever to say goodbye; to one who does not read, nobody can.
        if (!_torn && !await _turn.WaitAsync(isGoodbye ? PoliteWait : Timeout.InfiniteTimeSpan, cancellationToken))
            throw new IOException("The viewer does not read.");
        try
        {
            await wire.WriteAsync(buffer, cancellationToken);
        }
        finally
        {
            _closed |= isGoodbye;
            if (opcode < Control)
                _torn = (buffer.Span[0] & Final) == 0;
            if (!_torn)
                _turn.Release();
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => wire.ReadAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => wire.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            wire.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask WaitAndWriteAsync(ReadOnlyMemory<byte> framed)
    {
        await _turn.WaitAsync();
        await FinishAsync(_closed ? default : wire.WriteAsync(framed));
    }

    private async ValueTask FinishAsync(ValueTask writing)
    {
        try
        {
            await writing;
        }
        finally
        {
            _turn.Release();
        }
    }
}

/// <summary>Stands in a request's upgrade, so that whoever makes a WebSocket of it makes it on a <see cref="ViewerStream"/>.</summary>
public sealed class ViewerUpgrade(IHttpUpgradeFeature upgrade) : IHttpUpgradeFeature
{
    /// <summary>Null until the WebSocket is open.</summary>
    public ViewerStream? Stream { get; private set; }

    public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

    public async Task<Stream> UpgradeAsync() => Stream = new ViewerStream(await upgrade.UpgradeAsync());

    /// <summary>Before anything else of the endpoint.</summary>
    public static RequestDelegate Before(RequestDelegate endpoint) => http =>
    {
        if (http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
            http.Features.Set<IHttpUpgradeFeature>(new ViewerUpgrade(upgrade));
        return endpoint(http);
    };
}
