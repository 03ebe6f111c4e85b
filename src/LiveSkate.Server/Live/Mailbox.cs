namespace LiveSkate.Server.Live;

/// <summary>One viewer's one scope: at most the newest unsent post. Its viewer's lock guards it.</summary>
public sealed class Mailbox(string scope)
{
    private Post? _unsent;
    private long? _has;
    private long? _sentAt;

    public string Scope { get; } = scope;

    /// <summary>While Watch has not been answered yet: frames come after the answer.</summary>
    public bool Held { get; set; }

    /// <summary>The viewer says what it has. The answer to that waits for nothing, not even the pace.</summary>
    public void Greet(long? has, Post? post)
    {
        (_has, _unsent, _sentAt, Held) = (has, post, null, true);
    }

    /// <summary>True if a frame that was never sent has been displaced.</summary>
    public bool Put(Post post)
    {
        var displaced = _unsent is not null;
        _unsent = post;
        return displaced;
    }

    public bool HasMail => _unsent is not null && !Held;

    /// <summary>How long until there is something to send; MaxValue if nobody knows.</summary>
    public TimeSpan Wait(long now, TimeSpan pace, TimeProvider time)
    {
        if (!HasMail)
            return TimeSpan.MaxValue;
        var wait = _sentAt is { } sent ? pace - time.GetElapsedTime(sent, now) : TimeSpan.Zero;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    public (SharedMessage Message, Post Post) Take(long now)
    {
        var post = _unsent!;
        var message = post.For(_has);
        (_has, _unsent, _sentAt) = (post.Seq, null, now);
        return (message, post);
    }
}
