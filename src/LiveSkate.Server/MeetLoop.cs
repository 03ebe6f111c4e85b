using System.Threading.Channels;
using LiveSkate.Core;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;
using LiveSkate.Server.Journal;

namespace LiveSkate.Server;

/// <summary>
/// The single writer. Takes all that waits, writes it in one transaction, and only then shows it: the published
/// <see cref="Standing"/> is swapped, senders get their receipts, and screens are offered the change.
/// </summary>
public sealed partial class MeetLoop : IAsyncDisposable
{
    private const int MostWaiting = 8192, MostInOneCommit = 1024;

    private readonly IJournal _journal;
    private readonly TimeProvider _clock;
    private readonly ILogger<MeetLoop> _logger;

    /// <summary>Whoever brings work wakes the writer himself; by way of the thread pool it would be two threads to be woken.</summary>
    private readonly Channel<Work> _waiting = Channel.CreateBounded<Work>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait, AllowSynchronousContinuations = true });

    private readonly Thread _writer;

    // Written by the writer's thread only; read by anybody.
    private volatile Standing _standing = Standing.Empty();

    public MeetLoop(IJournal journal, TimeProvider clock, ILogger<MeetLoop> logger)
    {
        (_journal, _clock, _logger) = (journal, clock, logger);
        _writer = new Thread(Write) { Name = "meet loop", IsBackground = true };
    }

    /// <summary>After each commit, on the writer's thread: must return at once.</summary>
    public event Action<Commit>? Committed;

    public Standing Standing => _standing;

    public Venue Venue => _standing.Venue;

    /// <summary>Messages and commands that wait to be written.</summary>
    public int Waiting => _waiting.Reader.Count;

    /// <summary>Rebuilds everything from the journal, then begins to write.</summary>
    public void Start()
    {
        _standing = Replay.Run(_journal, _standing);
        Log.Replayed(_logger, Venue.At, Venue.Meets.Count);
        _writer.Start();
    }

    /// <returns>Completes when all of it is in the journal.</returns>
    /// <exception cref="NotWrittenException">It could not be written; nothing of it was.</exception>
    public async Task RecordAsync(IReadOnlyList<TrackItem> items, CancellationToken cancel)
    {
        var work = new TrackWork(items);
        await _waiting.Writer.WriteAsync(work, cancel);
        await work.Done;
    }

    /// <exception cref="NotWrittenException">It could not be written.</exception>
    public async Task<CommandOutcome> DecideAsync(
        string meet, string actor, Func<Venue, Decision> decide, string? idempotencyKey, string? content, CancellationToken cancel)
    {
        var work = new OfficeWork(meet, actor, decide, idempotencyKey, content);
        await _waiting.Writer.WriteAsync(work, cancel);
        await work.Done;
        return work.Outcome!;
    }

    /// <summary>Writes what still waits, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_waiting.Writer.TryComplete() && _writer.IsAlive)
            await Task.Run(_writer.Join);
    }

    private void Write()
    {
        var batch = new List<Work>(MostInOneCommit);
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < MostInOneCommit && _waiting.Reader.TryRead(out var work))
                batch.Add(work);
            TryWrite(batch);
            batch.Clear();
        }
    }

    /// <summary>Whatever goes wrong, in here or in who is told of a commit: those who wait are told, and the writer lives on.</summary>
    private void TryWrite(List<Work> batch)
    {
#pragma warning disable CA1031 // The timing must not stop for a bug.
        try
        {
            Write(batch);
        }
        catch (Exception bug)
        {
            Log.Bug(_logger, bug, "commit");
            batch.ForEach(work => work.Fail(bug));
        }
#pragma warning restore CA1031
    }

    private void Write(List<Work> batch)
    {
        var now = ToMicroseconds(_clock.GetUtcNow());
        var draft = new Draft(_standing, now);
        var entered = new List<Work>(batch.Count);
        foreach (var work in batch)
            if (TryEnter(work, draft))
                entered.Add(work);
        try
        {
            if (draft.Entries.Count > 0)
                _journal.Append(draft.Entries, now);
        }
        catch (JournalException cause)
        {
            Log.NotWritten(_logger, cause, entered.Count);
            entered.ForEach(work => work.Fail(new NotWrittenException(cause.Message, cause)));
            return;
        }
        foreach (var (key, known) in draft.NewKeys)
            _standing.Keys[key] = known;
        var commit = draft.ToCommit(batch.Min(work => work.ArrivedAt));
        _standing = _standing.With(draft, commit.Highlights);
        Say(commit);
        entered.ForEach(work => work.Complete());
        Committed?.Invoke(commit);
    }

    /// <summary>A bug in a rule must not stop the timing: that one message fails, loudly, and everything else goes on.</summary>
    private bool TryEnter(Work work, Draft draft)
    {
#pragma warning disable CA1031 // Whatever it is, the writer must live.
        try
        {
            work.Enter(draft);
            return true;
        }
        catch (Exception bug)
        {
            Log.Bug(_logger, bug, work.GetType().Name);
            work.Fail(bug);
            return false;
        }
#pragma warning restore CA1031
    }

    /// <summary>As the journal keeps it, so that a replay gives the very same state.</summary>
    private static DateTimeOffset ToMicroseconds(DateTimeOffset time) => Microseconds.ToInstant(Microseconds.FromInstant(time));

    private void Say(Commit commit)
    {
        foreach (var row in commit.Rows)
            if (row.Fact is HeatFact heat)
                Log.Heat(_logger, heat.GetType().Name, row.Meet!, heat.Heat, row.At);
            else if (row.Fact is OfficeFact)
                Log.Office(_logger, row.Fact.GetType().Name, row.Meet!, row.At);
            else if (row.Fact is MessageRejected rejected)
                Log.Rejected(_logger, rejected.Reason, rejected.Topic, rejected.Detail, row.At);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Journal replayed up to {At}: {Meets} meets")]
        public static partial void Replayed(ILogger logger, long at, int meets);

        [LoggerMessage(2, LogLevel.Error, "Nothing of {Count} messages and commands was written; their senders keep them")]
        public static partial void NotWritten(ILogger logger, Exception cause, int count);

        [LoggerMessage(3, LogLevel.Critical, "A bug: {Work} could not be taken in")]
        public static partial void Bug(ILogger logger, Exception cause, string work);

        [LoggerMessage(4, LogLevel.Information, "{Fact} {Meet} {Heat} at {At}")]
        public static partial void Heat(ILogger logger, string fact, string meet, string heat, long at);

        [LoggerMessage(5, LogLevel.Information, "{Fact} {Meet} at {At}")]
        public static partial void Office(ILogger logger, string fact, string meet, long at);

        [LoggerMessage(6, LogLevel.Warning, "Rejected ({Reason}) on {Topic}: {Detail} at {At}")]
        public static partial void Rejected(ILogger logger, string reason, string topic, string detail, long at);
    }
}
