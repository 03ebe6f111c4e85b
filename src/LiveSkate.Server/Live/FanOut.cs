using System.Collections.Immutable;
using System.Threading.Channels;
using LiveSkate.Core.Published;
using LiveSkate.Core.Timing;

namespace LiveSkate.Server.Live;

/// <summary>
/// Brings the newest complete state of each watched scope to all who watch it. Knows nothing of rules, meets or heats.
/// One loop looks at what has changed, at once after an <see cref="Offer"/> but on average at most once in a pace, and puts the result into the
/// mailboxes; nothing here ever waits for a viewer.
/// </summary>
public sealed partial class FanOut(
    LiveSource source, LiveOptions options, LiveCounters counters, TimeProvider time, ILogger<FanOut> logger)
{
    /// <summary>Highlights kept for the next look; more than anyone could read, and they may be lost.</summary>
    private const int MostHighlights = 64;

    private readonly Channel<bool> _offered = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Lock _offering = new();
    private ImmutableArray<Highlighted> _highlights = [];
    private long _arrived;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Scope> _scopes = [];
    private readonly HashSet<Viewer> _viewers = [];

    /// <summary>Of one look; kept, because it is long.</summary>
    private readonly List<Viewer> _woken = [];

    /// <summary>Changes with each start of the server.</summary>
    public string Epoch { get; } = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");

    /// <summary>Something may have changed. Returns at once; call it after the new state can be projected.</summary>
    /// <param name="highlights">They go with the frame that this change makes; lost if it makes none.</param>
    /// <param name="arrived">Stopwatch ticks at which the oldest fact of the change arrived; 0 if it came from nowhere.</param>
    public void Offer(ImmutableArray<Highlighted> highlights = default, long arrived = 0)
    {
        lock (_offering)
        {
            if (!highlights.IsDefaultOrEmpty && _highlights.Length < MostHighlights)
                _highlights = _highlights.AddRange(highlights);
            if (arrived != 0 && (_arrived == 0 || arrived < _arrived))
                _arrived = arrived;
        }

        _offered.Writer.TryWrite(true);
    }

    /// <summary>A connection has come. It gets beats from now on, and frames of what it watches.</summary>
    /// <param name="send">See <see cref="Viewer"/>.</param>
    /// <param name="askedPace">Milliseconds, as the connection asked for them; null for the usual.</param>
    /// <param name="cut">Ends the connection of one who has read nothing for <see cref="LiveSetup.SendTimeout"/>.</param>
    public Viewer Open(Func<SharedMessage, ValueTask> send, string? askedPace, Action? cut = null)
    {
        var pace = options.PaceOf(askedPace);
        // The loop keeps its own pace already; only who wants fewer needs a clock of his own.
        var viewer = new Viewer(send, pace > options.Pace ? pace : TimeSpan.Zero, cut, counters, time, logger);
        lock (_gate)
            _viewers.Add(viewer);
        counters.CountViewers(1);
        return viewer;
    }

    public void Close(Viewer viewer)
    {
        lock (_gate)
        {
            if (!_viewers.Remove(viewer))
                return;
            foreach (var scope in _scopes.Values)
                Leave(scope, viewer);
        }

        counters.CountViewers(-1);
        viewer.Dispose();
    }

    public bool Knows(string name)
    {
        lock (_gate)
            return (_scopes.TryGetValue(name, out var scope) && scope.Watchers.Count > 0) || source.Project(name) is not null;
    }

    /// <summary>
    /// From now on the viewer gets the scope's frames: the complete state first, unless it has the newest already. Frames are held back
    /// until <see cref="Viewer.Release"/>. False if there is no such scope.
    /// </summary>
    public bool Watch(Viewer viewer, string name, string? epoch, long? seq)
    {
        lock (_gate)
        {
            if (!_viewers.Contains(viewer))
                return true;
            if (!_scopes.TryGetValue(name, out var scope) || scope.Watchers.Count == 0)
            {
                // Nobody was watching, so nobody has kept it up to date.
                if (source.Project(name) is not { } state)
                    return false;
                _scopes[name] = scope ??= new Scope(name, Epoch);
                scope.Change(state, [], NowUs(), 0);
            }

            var newest = epoch == Epoch && seq == scope.Seq;
            scope.Watchers[viewer] = viewer.Hold(name, newest ? seq : null, newest ? null : scope.Greeting(NowUs(), source.Said));
            return true;
        }
    }

    /// <summary>A frame that is on its way already may still arrive.</summary>
    public void Unwatch(Viewer viewer, string name)
    {
        lock (_gate)
        {
            if (_scopes.TryGetValue(name, out var scope))
                Leave(scope, viewer);
            viewer.Drop(name);
        }
    }

    private static void Leave(Scope scope, Viewer viewer)
    {
        if (scope.Watchers.Remove(viewer) && scope.Watchers.Count == 0)
            scope.Rest();
    }

    /// <summary>Puts a beat into every mailbox; serialized once. It goes with the next frame or with <see cref="Flush"/>: a wake-up costs more than a beat.</summary>
    public void PutBeat()
    {
        var beat = new SharedMessage("beat", null, LiveJson.Write(source.Beat()));
        foreach (var viewer in Everybody())
            viewer.PutBeat(beat);
    }

    /// <summary>Whatever still waits, and may go, goes now.</summary>
    public void Flush()
    {
        foreach (var viewer in Everybody())
            viewer.Kick();
    }

    private Viewer[] Everybody()
    {
        lock (_gate)
            return [.. _viewers];
    }

    public async Task RunAsync(CancellationToken stop)
    {
        var began = time.GetTimestamp();
        var due = TimeSpan.Zero;
        while (await _offered.Reader.WaitToReadAsync(stop))
        {
            // Taken before looking: an offer from now on asks for another look.
            _offered.Reader.TryRead(out _);
            var now = time.GetElapsedTime(began);
            if (!Look())
                continue;
            // Some may be saved up: changes that come in this very pace would else all wait, for as long as a few of them were ever late together.
            due = (now > due ? now : due) + options.Pace;
            if (due - options.MostSaved - time.GetElapsedTime(began) is { Ticks: > 0 } rest)
                await Task.Delay(rest, time, stop);
        }
    }

    /// <summary>True if anything was posted.</summary>
    private bool Look()
    {
        ImmutableArray<Highlighted> highlights;
        long arrived;
        lock (_offering)
        {
            (highlights, arrived) = (_highlights, _arrived);
            (_highlights, _arrived) = ([], 0);
        }

        lock (_gate)
        {
            foreach (var scope in _scopes.Values)
            {
                if (scope.Watchers.Count == 0 || Change(scope, highlights, arrived) is not { } post)
                    continue;
                foreach (var (viewer, box) in scope.Watchers)
                {
                    viewer.Put(box, post);
                    _woken.Add(viewer);
                }
            }
        }

        // Who watches several scopes is there several times: the first time sends all.
        foreach (var viewer in _woken)
            viewer.Kick();
        var any = _woken.Count > 0;
        _woken.Clear();
        return any;
    }

    private Post? Change(Scope scope, ImmutableArray<Highlighted> highlights, long arrived)
    {
        try
        {
            // A scope that is no more (its heat was taken out of the meet) is an empty one to those who are still there.
            var state = source.Project(scope.Name) ?? new ScopeState(ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty);
            ImmutableArray<HighlightLine> lines = [.. highlights.Where(h => h.Scopes.Contains(scope.Name)).Select(h => h.Line)];
            return scope.Change(state, lines, NowUs(), arrived);
        }
        catch (Exception bug)
        {
            // One scope that cannot be projected must not take the others with it.
            Log.NotProjected(logger, scope.Name, bug);
            return null;
        }
    }

    private long NowUs() => Microseconds.FromInstant(time.GetUtcNow());

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Scope {Scope} could not be projected; its viewers keep what they have")]
        public static partial void NotProjected(ILogger logger, string scope, Exception exception);
    }
}
