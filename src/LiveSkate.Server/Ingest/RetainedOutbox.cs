using System.Threading.Channels;

namespace LiveSkate.Server.Ingest;

/// <summary>
/// The newest retained payload of every topic of ours, and which of them an external broker still has to be told. A broker
/// that was restarted may have forgotten them all, so each new connection tells them all again.
/// </summary>
internal sealed class RetainedOutbox
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _newest = new(StringComparer.Ordinal);

    /// <summary>What is put goes out on the thread that puts it, as far as the socket takes it.</summary>
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, AllowSynchronousContinuations = true });

    private OrderedDictionary<string, ReadOnlyMemory<byte>> _untold = new(StringComparer.Ordinal);

    public void Put(string topic, ReadOnlyMemory<byte> payload)
    {
        lock (_gate)
            _newest[topic] = _untold[topic] = payload;
        _wake.Writer.TryWrite(true);
    }

    public void TellAllAgain()
    {
        lock (_gate)
        {
            foreach (var (topic, payload) in _newest)
                _untold[topic] = payload;
        }
        _wake.Writer.TryWrite(true);
    }

    /// <summary>For one connection: sends what is untold, and what comes, until sending fails or the token ends it.</summary>
    public async Task SendAsync(Func<string, ReadOnlyMemory<byte>, CancellationToken, Task> send, CancellationToken cancel)
    {
        while (await _wake.Reader.WaitToReadAsync(cancel))
        {
            _wake.Reader.TryRead(out _);
            OrderedDictionary<string, ReadOnlyMemory<byte>> taken;
            lock (_gate)
                (taken, _untold) = (_untold, new(StringComparer.Ordinal));
            foreach (var (topic, payload) in taken)
                await send(topic, payload, cancel);
        }
    }
}
