using System.Diagnostics;

namespace LiveSkate.Server.Live;

/// <summary>A scope as it stands after one change: what goes into the mailboxes. Two shared byte arrays, whoever reads them.</summary>
/// <param name="Base">The seq that <paramref name="Delta"/> applies to.</param>
/// <param name="Delta">Null where the complete state is as good.</param>
/// <param name="Arrived">Stopwatch ticks at which the oldest fact in it arrived; 0 if unknown.</param>
public sealed record Post(long Seq, long Base, SharedMessage Complete, SharedMessage? Delta, long Arrived)
{
    private int _written;

    /// <summary>What a viewer needs who has <paramref name="seq"/> (null: nothing yet).</summary>
    public SharedMessage For(long? seq) => Delta is not null && seq == Base ? Delta : Complete;

    /// <summary>From the oldest fact's arrival to now, the first time this is asked; null ever after.</summary>
    public TimeSpan? FirstWrite() =>
        Arrived == 0 || Interlocked.Exchange(ref _written, 1) == 1 ? null : Stopwatch.GetElapsedTime(Arrived);
}
