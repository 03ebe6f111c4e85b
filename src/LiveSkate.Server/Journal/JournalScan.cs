using System.Text.Json;
using LiveSkate.Core;
using Microsoft.Data.Sqlite;

namespace LiveSkate.Server.Journal;

/// <summary>Reads a whole journal from its first row and checks each: position, chain, JSON.</summary>
internal sealed class JournalScan(SqliteConnection connection)
{
    /// <summary>Position of the last good row.</summary>
    public long LastAt { get; private set; }

    public ReadOnlyMemory<byte> LastHash { get; private set; } = RowHash.Genesis;

    /// <param name="head">Where the journal is known to have been; null where that is not known.</param>
    /// <param name="good">Gets every good row, in order.</param>
    /// <returns>What is damaged first; null for a sound journal.</returns>
    public JournalDamage? Run(long? head, Action<StoredRow, Recorded> good)
    {
        string? wrong;
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT {RowReader.Columns} FROM journal ORDER BY at";
            using var rows = command.ExecuteReader();
            wrong = Read(rows, good) ?? Structure();
        }
        catch (SqliteException broken) when (JournalFile.IsDamage(broken))
        {
            wrong = $"the file is damaged there ({broken.Message})";
        }
        if (wrong is null && head > LastAt)
            wrong = "the end of the file is missing";
        return wrong is null ? null : new JournalDamage(LastAt + 1, wrong, Lost(head));
    }

    /// <summary>What can still be read of a file that does not open.</summary>
    /// <param name="refusal">Why it does not.</param>
    public static JournalDamage OfRemains(string path, long? head, string refusal)
    {
        try
        {
            using var connection = JournalFile.OpenDamaged(path);
            var scan = new JournalScan(connection);
            return scan.Run(head, static (_, _) => { }) ?? new JournalDamage(scan.LastAt + 1, $"the file does not open ({refusal})", 0);
        }
        catch (SqliteException)
        {
            return new JournalDamage(1, $"it is not a database any more ({refusal})", head);
        }
    }

    private string? Read(SqliteDataReader rows, Action<StoredRow, Recorded> good)
    {
        var reader = new RowReader(rows);
        while (rows.Read())
        {
            if (rows.GetInt64(0) != LastAt + 1)
                return $"the next position in the file is {rows.GetInt64(0)}";
            if (Check(reader, out var row, out var recorded) is { } wrong)
                return wrong;
            LastAt = row.At;
            LastHash = row.Hash;
            good(row, recorded);
        }
        return null;
    }

    /// <summary>All rows may be sound and the index of keys broken: then the next append would fail, in the middle of a race.</summary>
    private string? Structure()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        return command.ExecuteScalar() is "ok" ? null : "all rows there can be read, but the file around them is damaged";
    }

    private string? Check(RowReader reader, out StoredRow row, out Recorded recorded)
    {
        row = null!;
        recorded = null!;
        try
        {
            row = reader.Row();
            if (!row.Hash.Span.SequenceEqual(RowHash.Of(LastHash.Span, row)))
                return "the row or the chain of hashes was changed";
            recorded = row.ToRecorded();
            return null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidCastException or OverflowException or ArgumentException)
        {
            return $"the row cannot be read: {unreadable.Message}";
        }
    }

    private long? Lost(long? head)
    {
        long? known = head > LastAt ? head - LastAt : null;
        try
        {
            var there = JournalFile.Ask(connection, $"SELECT count(*) FROM journal WHERE at > {LastAt} OR at < 1");
            return Math.Max(there, known ?? 0);
        }
        catch (SqliteException)
        {
            return known;
        }
    }
}
