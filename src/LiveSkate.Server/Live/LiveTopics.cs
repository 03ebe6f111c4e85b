using System.Collections.Concurrent;
using System.Threading.Channels;

namespace LiveSkate.Server.Live;

/// <summary>
/// Publishes each heat's newest complete public state on <c>live/{meet}/heats/{heat}</c>, to be retained. At most once a pace for each
/// heat, the newest only; whoever says what has changed never waits.
/// </summary>
/// <param name="state">The heat's finished JSON; null where there is no such heat (any more): its topic is emptied.</param>
/// <param name="publish">Topic below the venue's root, and payload. May be slow, may throw.</param>
public sealed partial class LiveTopics(
    Func<string, string, ReadOnlyMemory<byte>?> state, Func<string, ReadOnlyMemory<byte>, Task> publish, LiveOptions options,
    TimeProvider time, ILogger<LiveTopics> logger)
{
    /// <summary>How long a broker that did not take something is left in peace.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Lock _gate = new();
    private HashSet<(string Meet, string Heat)> _changed = [];

    /// <summary>What the broker has of each heat: what may have changed often did not.</summary>
    private readonly ConcurrentDictionary<(string Meet, string Heat), ReadOnlyMemory<byte>> _sent = new();

    /// <summary>These heats are to be published, soon. Returns at once; call it after their new state can be asked for.</summary>
    public void Changed(IEnumerable<(string Meet, string Heat)> heats)
    {
        lock (_gate)
            _changed.UnionWith(heats);
        _asked.Writer.TryWrite(true);
    }

    /// <summary>
    /// Publishes these heats now, and returns when the broker has them all. For the start of the server: call it before
    /// <see cref="RunAsync"/>, so that no older state can overtake a newer one.
    /// </summary>
    public async Task RepublishAllAsync(IEnumerable<(string Meet, string Heat)> heats)
    {
        foreach (var heat in heats)
            await PublishAsync(heat, StateOf(heat));
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (await _asked.Reader.WaitToReadAsync(stop))
        {
            _asked.Reader.TryRead(out _);
            HashSet<(string Meet, string Heat)> heats;
            lock (_gate)
                (heats, _changed) = (_changed, []);
            await Task.Delay(await TryPublishAsync(heats) ? options.Pace : RetryAfter, time, stop);
        }
    }

    private async Task<bool> TryPublishAsync(HashSet<(string Meet, string Heat)> heats)
    {
        var waiting = new Queue<(string Meet, string Heat)>(heats);
        try
        {
            for (; waiting.TryPeek(out var heat); waiting.Dequeue())
                if (StateOf(heat) is var now && !(_sent.TryGetValue(heat, out var sent) && sent.Span.SequenceEqual(now.Span)))
                    await PublishAsync(heat, now);
            return true;
        }
        catch (Exception fault)
        {
            Log.NotPublished(logger, waiting.Count, fault);
            Changed(waiting);
            return false;
        }
    }

    private ReadOnlyMemory<byte> StateOf((string Meet, string Heat) heat) => state(heat.Meet, heat.Heat) ?? ReadOnlyMemory<byte>.Empty;

    private async Task PublishAsync((string Meet, string Heat) heat, ReadOnlyMemory<byte> now)
    {
        await publish($"live/{heat.Meet}/heats/{heat.Heat}", now);
        _sent[heat] = now;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} heats could not be published on MQTT; they are tried again")]
        public static partial void NotPublished(ILogger logger, int count, Exception exception);
    }
}
