using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace LiveSkate.Server.Live;

/// <summary>
/// What SignalR itself has to say on a WebSocket (handshake, answers, pings) takes the frames' way, so that neither overtakes the other.
/// Small and rare: it is gathered, and goes as one text message when it is flushed.
/// </summary>
public sealed class HubOutput(PipeWriter usual, ViewerUpgrade upgrade) : PipeWriter
{
    private readonly ArrayBufferWriter<byte> _said = new(256);

    /// <summary>Before the hub; connections that are no WebSocket stay as they are.</summary>
    public static ConnectionDelegate Before(ConnectionDelegate hub) => async connection =>
    {
        var usual = connection.Transport;
        if (connection.GetHttpContext()?.Features.Get<IHttpUpgradeFeature>() is ViewerUpgrade upgrade)
            connection.Transport = new Pipes(usual.Input, new HubOutput(usual.Output, upgrade));
        try
        {
            await hub(connection);
        }
        finally
        {
            connection.Transport = usual;
        }
    };

    public override Memory<byte> GetMemory(int sizeHint = 0) => _said.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _said.GetSpan(sizeHint);

    public override void Advance(int bytes) => _said.Advance(bytes);

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_said.WrittenCount > 0)
        {
            var framed = ViewerStream.Framed(_said.WrittenSpan);
            _said.ResetWrittenCount();
            await upgrade.Stream!.WriteFramedAsync(framed);
        }

        return new FlushResult(isCanceled: false, isCompleted: false);
    }

    public override void CancelPendingFlush() => usual.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => usual.Complete(exception);

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
