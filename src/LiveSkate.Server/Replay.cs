using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using LiveSkate.Core;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;
using LiveSkate.Server.Journal;

namespace LiveSkate.Server;

/// <summary>From the rows of the journal to how things stand. Rows are read and checked on one thread and folded on another.</summary>
internal sealed class Replay
{
    /// <summary>
    /// What was worth saying is told again of the newest facts alone: a heat or two, so that a race under way keeps what was said of it,
    /// and few: what stood in between has to be kept for it.
    /// </summary>
    private const int Retold = 1_000;

    private const int AtOnce = 256, MostAhead = 16;

    private readonly Standing _empty;
    private readonly ImmutableDictionary<string, SourceLog>.Builder _sources;
    private readonly Queue<(Venue Before, Venue After)> _newest = new(Retold);
    private Venue _venue;

    private Replay(Standing empty) => (_empty, _sources, _venue) = (empty, empty.Sources.ToBuilder(), empty.Venue);

    /// <exception cref="JournalException">See <see cref="IJournal.Open"/>.</exception>
    public static Standing Run(IJournal journal, Standing empty)
    {
        var replay = new Replay(empty);
        using var read = new BlockingCollection<List<ReplayedRow>>(MostAhead);
        var folding = Task.Run(() => replay.Fold(read));
        try
        {
            var some = new List<ReplayedRow>(AtOnce);
            journal.Open(row =>
            {
                some.Add(row);
                if (some.Count < AtOnce)
                    return;
                read.Add(some);
                some = new List<ReplayedRow>(AtOnce);
            });
            read.Add(some);
        }
        finally
        {
            read.CompleteAdding();
            folding.Wait();
        }
        folding.Result?.Throw();
        return replay.End();
    }

    /// <returns>A bug, if there is one; whoever reads must not wait for ever because of it.</returns>
    private ExceptionDispatchInfo? Fold(BlockingCollection<List<ReplayedRow>> read)
    {
        ExceptionDispatchInfo? bug = null;
        foreach (var rows in read.GetConsumingEnumerable())
        {
            try
            {
                if (bug is null)
                    rows.ForEach(Take);
            }
#pragma warning disable CA1031 // It is thrown where the reading ends.
            catch (Exception caught)
            {
                bug = ExceptionDispatchInfo.Capture(caught);
            }
#pragma warning restore CA1031
        }
        return bug;
    }

    private void Take(ReplayedRow row)
    {
        var before = _venue;
        _venue = VenueFold.Apply(before, row.Recorded);
        if (_newest.Count == Retold)
            _newest.Dequeue();
        _newest.Enqueue((before, _venue));
        if (row.Key is { } key)
            _empty.Keys[key] = new KnownKey(row.Content, row.Recorded.At);
        if (Draft.SenderOf(row.Recorded.Fact) is (var source, { } epoch, { } seq))
            _sources[source] = _sources.GetValueOrDefault(source, SourceLog.Empty).Add(epoch, seq);
    }

    private Standing End()
    {
        var highlights = _empty.Highlights.ToBuilder();
        foreach (var (before, after) in _newest)
            Standing.With(highlights, Noticed.SaidBetween(before, after, after.At));
        return _empty with { Venue = _venue, Sources = _sources.ToImmutable(), Highlights = highlights.ToImmutable() };
    }
}
