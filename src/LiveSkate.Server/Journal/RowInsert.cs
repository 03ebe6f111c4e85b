using System.Text;
using Microsoft.Data.Sqlite;

namespace LiveSkate.Server.Journal;

/// <summary>Prepared statements that add rows in one transaction.</summary>
internal sealed class RowInsert : IDisposable
{
    private static readonly string[] Names = ["$at", "$us", "$meet", "$kind", "$version", "$actor", "$data", "$key", "$content", "$hash"];

    private readonly SqliteCommand _begin, _insert, _commit, _rollback;

    public RowInsert(SqliteConnection connection)
    {
        _begin = Prepared(connection, "BEGIN IMMEDIATE");
        _insert = Prepared(connection, $"INSERT INTO journal ({RowReader.Columns}) VALUES ({string.Join(", ", Names)})");
        _commit = Prepared(connection, "COMMIT");
        _rollback = Prepared(connection, "ROLLBACK");
        foreach (var name in Names)
            _insert.Parameters.Add(new SqliteParameter { ParameterName = name });
    }

    public void Begin() => _begin.ExecuteNonQuery();

    public void Add(StoredRow row)
    {
        Set(0, row.At);
        Set(1, row.RecordedUs);
        Set(2, row.Meet);
        Set(3, row.Kind);
        Set(4, row.Version);
        Set(5, row.Actor);
        Set(6, Encoding.UTF8.GetString(row.Data.Span));
        Set(7, row.Key);
        Set(8, row.Content);
        Set(9, row.Hash.ToArray());
        _insert.ExecuteNonQuery();
    }

    public void Commit() => _commit.ExecuteNonQuery();

    /// <summary>SQLite itself rolls back on some errors; then there is nothing left to do.</summary>
    public void Rollback()
    {
        try
        {
            _rollback.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // No transaction is active any more.
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _insert.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
    }

    private void Set(int parameter, object? value) => _insert.Parameters[parameter].Value = value ?? DBNull.Value;

    private static SqliteCommand Prepared(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
