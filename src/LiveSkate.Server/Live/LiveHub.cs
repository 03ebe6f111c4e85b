using LiveSkate.Core.Timing;
using Microsoft.AspNetCore.SignalR;

namespace LiveSkate.Server.Live;

/// <summary>What a client may call (contract section 5). Nothing else exists.</summary>
public sealed class LiveHub(FanOut fanOut, TimeProvider time) : Hub
{
    private Viewer? _answered;

    private Viewer Viewer => HubViewers.Of(Context.Items);

    /// <summary>Registers and returns; then frames come. All three arguments are always given, null for none.</summary>
    public void Watch(string scope, string? epoch, long? seq)
    {
        if (!fanOut.Watch(Viewer, scope, epoch, seq))
            throw new HubException($"There is no scope '{scope}'.");
        _answered = Viewer;
    }

    public void Unwatch(string scope) => fanOut.Unwatch(Viewer, scope);

    /// <summary>For the clock offset.</summary>
    public Pong Ping(long clientUs) => new(clientUs, Microseconds.FromInstant(time.GetUtcNow()));

    /// <summary>The hub object lives for one call and is let go once the answer is written: now frames may follow it.</summary>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _answered?.Release();
    }
}
