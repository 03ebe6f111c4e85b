namespace LiveSkate.Server.Live;

/// <summary>
/// One connection: a mailbox for each scope it watches, a slot for the beat, and one pump that is running only while there is
/// something to send. Whoever posts never waits for it.
/// </summary>
/// <param name="send">
/// The way to this viewer, hub connection or stream of events: done when the transport has taken the message, waits while it is full.
/// Throws where the viewer is gone, and has then ended the connection itself.
/// </param>
/// <param name="pace">Least time between two frames of one scope.</param>
/// <param name="cut">Ends the connection; null where it ends by itself.</param>
public sealed partial class Viewer(
    Func<SharedMessage, ValueTask> send, TimeSpan pace, Action? cut, LiveCounters counters, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Mailbox> _boxes = [];
    private SharedMessage? _beat;
    private ITimer? _alarm;
    private int _next;
    private long _takenAt;
    private bool _sending, _closed, _beatWasLast;

    /// <summary>Nothing leaves the mailbox before <see cref="Release"/>.</summary>
    /// <param name="has">The seq that the viewer has already; null for nothing.</param>
    /// <param name="post">What it needs; null if it has the newest.</param>
    internal Mailbox Hold(string scope, long? has, Post? post)
    {
        lock (_gate)
        {
            var box = _boxes.Find(box => box.Scope == scope);
            if (box is null)
                _boxes.Add(box = new Mailbox(scope));
            box.Greet(has, post);
            return box;
        }
    }

    internal void Release()
    {
        lock (_gate)
            _boxes.ForEach(box => box.Held = false);
        Kick();
    }

    internal void Drop(string scope)
    {
        lock (_gate)
            _boxes.RemoveAll(box => box.Scope == scope);
    }

    internal void Put(Mailbox box, Post post)
    {
        lock (_gate)
        {
            if (box.Put(post))
                counters.CountDisplaced();
        }
    }

    /// <summary>Comes every second: the time to look who has not read for too long.</summary>
    internal void PutBeat(SharedMessage beat)
    {
        bool stuck;
        lock (_gate)
        {
            _beat = beat;
            stuck = _sending && !_closed && time.GetElapsedTime(_takenAt) > LiveSetup.SendTimeout;
        }

        if (stuck)
            cut?.Invoke();
    }

    /// <summary>Sends what there is to send, on this thread as far as the transport takes it at once, and never waits.</summary>
    internal void Kick()
    {
        (SharedMessage, Post?) first;
        lock (_gate)
        {
            if (_sending || _closed || Take() is not { } taken)
                return;
            (_sending, first) = (true, taken);
        }

        _ = PumpAsync(first);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _boxes.Clear();
            _alarm?.Dispose();
        }
    }

    private async Task PumpAsync((SharedMessage Message, Post? Post) next)
    {
        try
        {
            for ((SharedMessage Message, Post? Post)? taken = next; taken is var (message, post); taken = Continue())
            {
                await send(message).ConfigureAwait(false);
                if (post is not null)
                    counters.CountSent(post);
            }
        }
        catch (Exception gone)
        {
            Log.Gone(logger, gone);
            Dispose();
        }
    }

    private (SharedMessage Message, Post? Post)? Continue()
    {
        lock (_gate)
        {
            var next = _closed ? null : Take();
            _sending = next is not null;
            return next;
        }
    }

    /// <summary>The mailboxes in turn, and the beat before them but not twice in a row: nothing starves another.</summary>
    private (SharedMessage Message, Post? Post)? Take()
    {
        if (_beat is not null && !_beatWasLast)
            return TakeBeat();
        _beatWasLast = false;
        var soonest = TimeSpan.MaxValue;
        for (var i = 0; i < _boxes.Count; i++)
        {
            var box = _boxes[(_next + i) % _boxes.Count];
            if (!box.HasMail)
                continue;
            var now = time.GetTimestamp();
            var wait = box.Wait(now, pace, time);
            if (wait == TimeSpan.Zero)
            {
                (_next, _takenAt) = ((_next + i + 1) % _boxes.Count, now);
                return box.Take(now);
            }

            soonest = wait < soonest ? wait : soonest;
        }

        if (_beat is not null)
            return TakeBeat();
        if (soonest != TimeSpan.MaxValue)
            Alarm(soonest);
        return null;
    }

    private (SharedMessage Message, Post? Post) TakeBeat()
    {
        var beat = _beat!;
        (_beat, _beatWasLast, _takenAt) = (null, true, time.GetTimestamp());
        return (beat, null);
    }

    private void Alarm(TimeSpan due)
    {
        _alarm ??= time.CreateTimer(static viewer => ((Viewer)viewer!).Kick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _alarm.Change(due, Timeout.InfiniteTimeSpan);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "A viewer is gone while being sent to")]
        public static partial void Gone(ILogger logger, Exception exception);
    }
}
