using LiveSkate.Server.Journal;

namespace LiveSkate.Benchmarks.Recovery;

/// <summary>
/// What a replay cannot do without: every row read, its JSON parsed, its hash computed from the row before and compared. Nothing is folded
/// or remembered, and the file's structure is not checked.
/// </summary>
internal static class PlainReading
{
    /// <returns>The rows read.</returns>
    public static int Run(string path)
    {
        using var connection = JournalFile.OpenToRead(path);
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {RowReader.Columns} FROM journal ORDER BY at";
        using var rows = command.ExecuteReader();
        var reader = new RowReader(rows);
        var before = RowHash.Genesis;
        var count = 0;
        for (; rows.Read(); count++)
        {
            var row = reader.Row();
            if (!row.Hash.Span.SequenceEqual(RowHash.Of(before.Span, row)))
                throw new InvalidOperationException($"Row {row.At} is not what was written.");
            before = row.Hash;
            _ = row.ToRecorded();
        }
        return count;
    }
}
