using LiveSkate.Core;

namespace LiveSkate.Server.Journal;

/// <summary>
/// The one truth of a venue: facts in one order, only ever added to. SQLite today; PostgreSQL where a hot standby is wanted.
/// </summary>
public interface IJournal : IDisposable
{
    /// <summary>Position of the newest durable row; 0 for an empty journal. May be read from any thread.</summary>
    long LastAt { get; }

    /// <summary>
    /// Takes the journal for this process, verifies every row and hands each over, in order, in one pass.
    /// </summary>
    /// <exception cref="JournalException">It cannot be used as it is; the message says why and how to go on. Rows before the damage have been handed over by then.</exception>
    void Open(Action<ReplayedRow> replay);

    /// <summary>
    /// Makes all of <paramref name="entries"/> durable in one transaction, or none of them. For one thread only.
    /// </summary>
    /// <param name="now">Written into the rows, cut to whole microseconds.</param>
    /// <exception cref="JournalException">Nothing was written: disk full, file locked, key already taken. The next call works once the cause has gone.</exception>
    IReadOnlyList<Recorded> Append(IReadOnlyList<JournalEntry> entries, DateTimeOffset now);

    /// <summary>
    /// Rows from position <paramref name="from"/> to <paramref name="upTo"/> (null: the newest as of the first row asked for), both included;
    /// of one meet, or of everything where <paramref name="meet"/> is null. Any thread, also while rows are appended; a slow reader holds nothing up.
    /// </summary>
    IEnumerable<StoredRow> Read(long from, long? upTo, string? meet);
}

/// <summary>One verified row at the start of the server.</summary>
/// <param name="Key">As in <see cref="JournalEntry"/>.</param>
/// <param name="Content">As in <see cref="JournalEntry"/>.</param>
public sealed record ReplayedRow(Recorded Recorded, string? Key, string? Content);
