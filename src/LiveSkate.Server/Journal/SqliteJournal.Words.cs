using Microsoft.Data.Sqlite;

namespace LiveSkate.Server.Journal;

/// <content>What the journal says when it cannot go on.</content>
public sealed partial class SqliteJournal
{
    private string Describe(JournalDamage damage)
    {
        var lost = damage.Lost switch
        {
            null => "an unknown number of rows from there on",
            0 => "no whole row",
            1 => "1 row",
            var count => $"{count} rows",
        };
        var other = settings.AcceptDamage is { } accepted ? $" (it is set to {accepted}, which is not where the damage is)" : "";
        return $"The journal '{_path}' is damaged at position {damage.At}: {damage.Reason}. {Good(damage.Good)} before it; {lost} would be lost. "
            + $"To go on without what is damaged, start once with Journal:AcceptDamage={damage.At}{other}; the old file is kept beside the new one.";
    }

    private static string Good(long rows) => rows switch
    {
        0 => "No row is good",
        1 => "1 row is good",
        _ => $"{rows} rows are good",
    };

    private string CannotOpen(Exception failed) => failed switch
    {
        SqliteException { SqliteErrorCode: Busy or Locked } =>
            $"The journal '{_path}' is locked by another program. Close that program, or use another Journal:Path.",
        _ when IsFull(failed) => $"The disk with the journal '{_path}' is full. Free some space, or use another Journal:Path.",
        _ => $"The journal '{_path}' cannot be opened: {failed.Message} Journal:Path must name a file that this user may write, in a folder that this user may write.",
    };

    private static bool IsFull(Exception failed) => failed switch
    {
        SqliteException error => error.SqliteErrorCode == Full || error.SqliteExtendedErrorCode == NoRoomForIndex,
        _ => (failed.HResult & 0xFFFF) is NoSpaceUnix or NoSpaceWindows,
    };

    private string CannotWrite(SqliteException failed) => failed.SqliteErrorCode switch
    {
        Full => $"The disk with the journal '{_path}' is full: nothing was written. Free some space; it goes on by itself.",
        Busy or Locked => $"The journal '{_path}' is locked by another program: nothing was written. Close that program; it goes on by itself.",
        Constraint => $"The journal '{_path}' refused a row whose position or key is there already: nothing was written. {failed.Message}",
        _ => $"The journal '{_path}' cannot be written: nothing was kept. {failed.Message}",
    };

    private const int Busy = 5, Locked = 6, Full = 13, Constraint = 19;

    /// <summary>SQLITE_IOERR_SHMSIZE: the shared index of the log does not fit; ENOSPC; ERROR_DISK_FULL.</summary>
    private const int NoRoomForIndex = 4874, NoSpaceUnix = 28, NoSpaceWindows = 112;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The journal {Path} is open and sound up to position {At}")]
        public static partial void Opened(ILogger log, string path, long at);

        [LoggerMessage(LogLevel.Warning, "Journal:AcceptDamage is {Accepted}, but the journal {Path} is sound: nothing was given up; take the setting away")]
        public static partial void NothingToAccept(ILogger log, long accepted, string path);

        [LoggerMessage(LogLevel.Warning,
            "The journal was damaged at position {At} ({Reason}): {Good} rows were kept, {Lost} given up as asked for; the old file is {Kept}")]
        public static partial void GivenUp(ILogger log, long at, string reason, long good, long? lost, string kept);
    }
}
