using Microsoft.Data.Sqlite;

namespace LiveSkate.Server.Journal;

/// <summary>The SQLite file of a journal: how it is laid out and opened.</summary>
internal static class JournalFile
{
    /// <summary>Version of the layout, in the file's user_version.</summary>
    public const int Layout = 1;

    /// <summary>"LSKJ" in the file's application_id: a file of somebody else is never written to.</summary>
    private const int ApplicationId = 0x4C534B4A;

    private const int Corrupt = 11, NotADatabase = 26;

    public static SqliteConnection OpenToRead(string path) => Open(path, SqliteOpenMode.ReadOnly);

    /// <summary>Opens what is left of a file that is cut short, which SQLite otherwise refuses as a whole.</summary>
    public static SqliteConnection OpenDamaged(string path)
    {
        var connection = OpenToRead(path);
        Run(connection, "PRAGMA writable_schema = ON");
        return connection;
    }

    /// <exception cref="JournalException">Not a journal, or one of a newer LiveSkate.</exception>
    /// <exception cref="SqliteException">Damaged, locked, not to be opened.</exception>
    public static SqliteConnection OpenToWrite(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            Prepare(connection, path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The file itself is broken, as opposed to locked, out of reach, or full.</summary>
    public static bool IsDamage(SqliteException error) => error.SqliteErrorCode is Corrupt or NotADatabase;

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static long Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long number ? number : 0;
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        // Not pooled: a connection that lives on would keep the file open after the journal is closed.
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 1 };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            Run(connection, "PRAGMA busy_timeout = 2000");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Prepare(SqliteConnection connection, string path)
    {
        var application = Ask(connection, "PRAGMA application_id");
        var layout = Ask(connection, "PRAGMA user_version");
        var isNew = Ask(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!isNew && application != ApplicationId)
            throw new JournalException($"'{path}' is an SQLite file of another program. Give LiveSkate a file of its own with Journal:Path.");
        if (layout > Layout)
            throw new JournalException(
                $"The journal '{path}' was written by a newer LiveSkate (layout {layout}; this one knows up to {Layout}). Start that one, or use another Journal:Path.");
        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        if (isNew)
            Run(connection, Create);
    }

    private static readonly string Create = $"""
        BEGIN IMMEDIATE;
        CREATE TABLE journal (
          at INTEGER PRIMARY KEY,
          recorded_us INTEGER NOT NULL,
          meet TEXT,
          kind TEXT NOT NULL,
          version INTEGER NOT NULL,
          actor TEXT NOT NULL,
          data TEXT NOT NULL,
          key TEXT UNIQUE,
          content TEXT,
          hash BLOB NOT NULL
        ) STRICT;
        CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal BEGIN SELECT raise(ABORT, 'the journal is only added to'); END;
        CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal BEGIN SELECT raise(ABORT, 'the journal is only added to'); END;
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Layout};
        COMMIT;
        """;
}
