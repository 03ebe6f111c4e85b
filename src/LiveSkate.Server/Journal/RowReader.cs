using System.Text;
using Microsoft.Data.Sqlite;

namespace LiveSkate.Server.Journal;

/// <summary>Rows out of SQLite. Text is read as bytes: read as text, it would end at the first NUL that a sender put in.</summary>
internal sealed class RowReader(SqliteDataReader rows)
{
    public const string Columns = "at, recorded_us, meet, kind, version, actor, data, key, content, hash";

    private string _kind = "", _actor = "";
    private string? _meet;

    public StoredRow Row() => new(
        rows.GetInt64(0),
        rows.GetInt64(1),
        _meet = Text(2, _meet),
        _kind = Text(3, _kind) ?? "",
        rows.GetInt32(4),
        _actor = Text(5, _actor) ?? "",
        rows.GetFieldValue<byte[]>(6),
        Text(7, null),
        Text(8, null),
        rows.GetFieldValue<byte[]>(9));

    /// <param name="last">What this column held in the row before; rows of one kind come in runs.</param>
    private string? Text(int column, string? last)
    {
        if (rows.IsDBNull(column))
            return null;
        var bytes = rows.GetFieldValue<byte[]>(column);
        return last is not null && Ascii.Equals(bytes, last) ? last : Encoding.UTF8.GetString(bytes);
    }
}
