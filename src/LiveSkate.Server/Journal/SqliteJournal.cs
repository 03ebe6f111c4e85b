using System.Text.Json;
using LiveSkate.Core;
using LiveSkate.Core.Timing;
using Microsoft.Data.Sqlite;

namespace LiveSkate.Server.Journal;

/// <summary>The journal of a venue in one SQLite file, in WAL with every commit synced.</summary>
public sealed partial class SqliteJournal(JournalSettings settings, TimeProvider time, ILogger<SqliteJournal> log) : IJournal
{
    /// <summary>Rows that <see cref="Read"/> takes at a time: no statement stays open while a slow client reads.</summary>
    private const int Page = 500;

    private readonly string _path = FullPath(settings.Path);
    private JournalLock? _lock;
    private HeadFile? _head;
    private SqliteConnection? _connection;
    private RowInsert? _insert;
    private ReadOnlyMemory<byte> _lastHash;
    private long _lastAt;

    public long LastAt => Volatile.Read(ref _lastAt);

    /// <summary>For the test that makes the file full.</summary>
    internal SqliteConnection Writer => _connection ?? throw NotOpen();

    public void Open(Action<ReplayedRow> replay)
    {
        if (_connection is not null)
            throw new InvalidOperationException("The journal is open already.");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            _lock = JournalLock.Of(_path);
            _head = new HeadFile(_path + "-head");
            Replay(replay, _head);
        }
        catch (Exception failed) when (failed is SqliteException or IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw new JournalException(CannotOpen(failed), failed);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<Recorded> Append(IReadOnlyList<JournalEntry> entries, DateTimeOffset now)
    {
        var insert = _insert ?? throw NotOpen();
        var rows = Chain(entries, Microseconds.FromInstant(now));
        if (rows.Count == 0)
            return [];
        try
        {
            insert.Begin();
            foreach (var row in rows)
                insert.Add(row);
            insert.Commit();
        }
        catch (SqliteException failed)
        {
            insert.Rollback();
            throw new JournalException(CannotWrite(failed), failed);
        }
        _lastHash = rows[^1].Hash;
        Volatile.Write(ref _lastAt, rows[^1].At);
        _head!.Write(_lastAt);
        return [.. rows.Zip(entries, (row, entry) =>
            new Recorded(row.At, Microseconds.ToInstant(row.RecordedUs), row.Meet, row.Actor, entry.Fact))];
    }

    public IEnumerable<StoredRow> Read(long from, long? upTo, string? meet)
    {
        var last = Math.Min(upTo ?? long.MaxValue, LastAt);
        if (from > last)
            yield break;
        using var connection = JournalFile.OpenToRead(_path);
        for (var page = ReadPage(connection, from, last, meet); page.Count > 0; page = ReadPage(connection, page[^1].At + 1, last, meet))
        {
            foreach (var row in page)
                yield return row;
            if (page.Count < Page)
                yield break;
        }
    }

    public void Dispose()
    {
        _insert?.Dispose();
        _connection?.Dispose();
        _head?.Dispose();
        _lock?.Dispose();
        (_insert, _connection, _head, _lock) = (null, null, null, null);
    }

    private void Replay(Action<ReplayedRow> replay, HeadFile head)
    {
        var handed = 0L;
        void Hand(StoredRow row, Recorded recorded)
        {
            // After a repair the rows come by a second time.
            if (row.At > handed)
                replay(new ReplayedRow(recorded, row.Key, row.Content));
            handed = Math.Max(handed, row.At);
        }

        // A missing file is a new beginning that somebody wanted; an empty one beside a head that knows better is not.
        var known = File.Exists(_path) ? head.Read() : null;
        if (Verify(known, Hand) is not { } damage)
        {
            if (settings.AcceptDamage is { } idle)
                Log.NothingToAccept(log, idle, _path);
        }
        else if (damage.At == settings.AcceptDamage)
        {
            Close();
            Log.GivenUp(log, damage.At, damage.Reason, damage.Good, damage.Lost, JournalRepair.Run(_path, head, damage, time.GetUtcNow()));
            if (Verify(damage.Good, Hand) is { } still)
                throw new JournalException(Describe(still), still);
        }
        else
        {
            throw new JournalException(Describe(damage), damage);
        }
        _insert = new RowInsert(_connection!);
        head.Write(_lastAt);
        Log.Opened(log, _path, _lastAt);
    }

    /// <returns>What is damaged; null when the journal is open and sound.</returns>
    private JournalDamage? Verify(long? head, Action<StoredRow, Recorded> good)
    {
        try
        {
            _connection = JournalFile.OpenToWrite(_path);
            var scan = new JournalScan(_connection);
            var damage = scan.Run(head, good);
            _lastHash = scan.LastHash;
            Volatile.Write(ref _lastAt, scan.LastAt);
            return damage;
        }
        catch (SqliteException broken) when (JournalFile.IsDamage(broken))
        {
            return JournalScan.OfRemains(_path, head, broken.Message);
        }
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private List<StoredRow> Chain(IReadOnlyList<JournalEntry> entries, long nowUs)
    {
        var rows = new List<StoredRow>(entries.Count);
        var before = _lastHash;
        foreach (var entry in entries)
        {
            var kind = FactJson.KindOf(entry.Fact);
            var row = new StoredRow(
                _lastAt + rows.Count + 1, nowUs, entry.Meet, kind.Name, kind.Version, entry.Actor, Json(kind, entry.Fact), entry.Key, entry.Content, default);
            before = RowHash.Of(before.Span, row);
            rows.Add(row with { Hash = before });
        }
        return rows;
    }

    /// <summary>A fact that has no JSON is a bug where it was made; it must not take the writer down.</summary>
    private static byte[] Json(FactKind kind, Fact fact)
    {
        try
        {
            return kind.Write(fact);
        }
        catch (Exception bug) when (bug is JsonException or InvalidOperationException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new JournalException($"A {kind.Name} cannot be written as JSON: nothing was written. {bug.Message}", bug);
        }
    }

    private static List<StoredRow> ReadPage(SqliteConnection connection, long from, long upTo, string? meet)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT {RowReader.Columns} FROM journal WHERE at BETWEEN $from AND $upTo AND ($meet IS NULL OR meet = $meet) ORDER BY at LIMIT {Page}";
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$upTo", upTo);
        command.Parameters.AddWithValue("$meet", (object?)meet ?? DBNull.Value);
        using var rows = command.ExecuteReader();
        var reader = new RowReader(rows);
        var page = new List<StoredRow>();
        while (rows.Read())
            page.Add(reader.Row());
        return page;
    }

    /// <summary>One file has one lock, whatever link it was reached by.</summary>
    private static string FullPath(string path)
    {
        var full = Path.GetFullPath(path);
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }

    private static InvalidOperationException NotOpen() => new("The journal is not open.");
}
