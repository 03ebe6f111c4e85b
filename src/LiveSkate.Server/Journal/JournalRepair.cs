using System.Globalization;
using Microsoft.Data.Sqlite;

namespace LiveSkate.Server.Journal;

/// <summary>
/// The explicit way on from a damaged journal: the old files are kept beside it, and a new one takes the rows before the damage.
/// Cut short at any point, it can be run again.
/// </summary>
internal static class JournalRepair
{
    /// <returns>Where the old journal is kept.</returns>
    public static string Run(string path, HeadFile head, JournalDamage damage, DateTimeOffset now)
    {
        var kept = Keep(path, head.Path, damage.At, now);
        var fresh = path + "-new";
        Delete(fresh);
        using (var connection = JournalFile.OpenToWrite(fresh))
        {
            if (damage.Good > 0)
                Copy(path, damage.At, connection);
        }
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
        File.Move(fresh, path, overwrite: true);
        head.Write(damage.Good);
        return kept;
    }

    private static string Keep(string path, string head, long at, DateTimeOffset now)
    {
        var kept = string.Create(CultureInfo.InvariantCulture, $"{path}.damaged-at-{at}-{now.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}");
        File.Copy(path, kept);
        foreach (var (from, to) in new[] { (path + "-wal", kept + "-wal"), (head, kept + "-head") })
        {
            if (File.Exists(from))
                File.Copy(from, to);
        }
        return kept;
    }

    private static void Copy(string path, long damagedAt, SqliteConnection fresh)
    {
        using var old = JournalFile.OpenDamaged(path);
        using var insert = new RowInsert(fresh);
        insert.Begin();
        new JournalScan(old).Run(null, (row, _) =>
        {
            if (row.At < damagedAt)
                insert.Add(row);
        });
        insert.Commit();
    }

    private static void Delete(string path)
    {
        foreach (var file in new[] { path, path + "-wal", path + "-shm" })
            File.Delete(file);
    }
}
