using System.Threading.Channels;

namespace LiveSkate.Server.Ingest;

/// <summary>
/// The newest retained payload of every topic of ours, and which of them an external broker still has to be told. A broker
/// that was restarted may have forgotten them all, so each new connection tells them all again.
/// </summary>
internal sealed class RetainedOutbox
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ReadOnlyMemory<byte>> newest = new(StringComparer.Ordinal);
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private OrderedDictionary<string, ReadOnlyMemory<byte>> untold = new(StringComparer.Ordinal);

    public void Put(string topic, ReadOnlyMemory<byte> payload)
    {
        lock (gate)
            newest[topic] = untold[topic] = payload;
        wake.Writer.TryWrite(true);
    }

    public void TellAllAgain()
    {
        lock (gate)
        {
            foreach (var (topic, payload) in newest)
                untold[topic] = payload;
        }
        wake.Writer.TryWrite(true);
    }

    /// <summary>For one connection: sends what is untold, and what comes, until sending fails or the token ends it.</summary>
    public async Task SendAsync(Func<string, ReadOnlyMemory<byte>, CancellationToken, Task> send, CancellationToken cancel)
    {
        while (await wake.Reader.WaitToReadAsync(cancel))
        {
            wake.Reader.TryRead(out _);
            OrderedDictionary<string, ReadOnlyMemory<byte>> taken;
            lock (gate)
                (taken, untold) = (untold, new(StringComparer.Ordinal));
            foreach (var (topic, payload) in taken)
                await send(topic, payload, cancel);
        }
    }
}
