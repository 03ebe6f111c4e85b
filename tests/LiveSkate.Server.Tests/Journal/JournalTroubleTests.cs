using System.Diagnostics;
using LiveSkate.Server.Journal;
using Microsoft.Data.Sqlite;
using Xunit;

namespace LiveSkate.Server.Tests.Journal;

/// <summary>Full, locked, out of reach: what goes away by itself, and what it says meanwhile.</summary>
public sealed class JournalTroubleTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_full_journal_rolls_the_append_back_says_so_and_goes_on_when_there_is_room()
    {
        using var journal = _folder.Open();
        journal.Append([JournalFolder.Passing(1)], JournalFolder.Now);
        Run(journal.Writer, "PRAGMA max_page_count = 20");

        FillUp(journal);

        Run(journal.Writer, "PRAGMA max_page_count = 1000000");
        GoesOn(journal);
    }

    [Fact]
    public void A_full_disk_rolls_the_append_back_says_so_and_goes_on_when_there_is_room() => OnSmallDisk(mount =>
    {
        var ballast = Ballast(mount, 64 * 1024);
        using var journal = _folder.Closed(path: Path.Combine(mount, "liveskate.db"));
        journal.Open(_ => { });
        journal.Append([JournalFolder.Passing(1)], JournalFolder.Now);

        FillUp(journal);

        File.Delete(ballast);
        GoesOn(journal);
    });

    [Fact]
    public void A_start_on_a_full_disk_says_so_and_harms_nothing() => OnSmallDisk(mount =>
    {
        using var journal = _folder.Closed(path: Path.Combine(mount, "liveskate.db"));
        journal.Open(_ => { });
        journal.Append([.. Enumerable.Range(1, 50).Select(JournalFolder.Passing)], JournalFolder.Now);
        journal.Dispose();
        var ballast = Ballast(mount, long.MaxValue);

        Assert.Contains("is full", Assert.Throws<JournalException>(() => journal.Open(_ => { })).Message, StringComparison.Ordinal);
        using var anew = _folder.Closed(path: Path.Combine(mount, "other.db"));
        Assert.Contains("is full", Assert.Throws<JournalException>(() => anew.Open(_ => { })).Message, StringComparison.Ordinal);

        File.Delete(ballast);
        journal.Open(_ => { });
        Assert.Equal(50, journal.LastAt);
    });

    [Fact]
    public void A_second_server_on_one_journal_is_told_so()
    {
        using var first = _folder.Open();

        var error = Assert.Throws<JournalException>(() => _folder.Open());

        Assert.Contains("Another LiveSkate has the journal", error.Message, StringComparison.Ordinal);
        Assert.Contains("Journal:Path", error.Message, StringComparison.Ordinal);
        first.Append([JournalFolder.Passing(1)], JournalFolder.Now);
        first.Dispose();
        using var second = _folder.Open();
        Assert.Equal(1, second.LastAt);
    }

    [Fact]
    public void A_link_to_a_journal_is_the_same_journal()
    {
        _folder.With(1);
        var link = Path.Combine(Path.GetDirectoryName(_folder.Path)!, "other-name.db");
        File.CreateSymbolicLink(link, _folder.Path);
        using var first = _folder.Open();
        using var second = _folder.Closed(path: link);
        Assert.Contains("Another LiveSkate", Assert.Throws<JournalException>(() => second.Open(_ => { })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_only_reads_is_welcome()
    {
        using var journal = _folder.Open();
        using var reader = new SqliteConnection($"Data Source={_folder.Path};Mode=ReadOnly;Pooling=False");
        reader.Open();
        Run(reader, "BEGIN; SELECT count(*) FROM journal");
        journal.Append([JournalFolder.Passing(1)], JournalFolder.Now);
        Assert.Equal(1, journal.LastAt);
    }

    [Fact]
    public void A_file_locked_by_another_program_fails_the_append_and_the_next_one_works()
    {
        using var journal = _folder.Open();
        using var other = new SqliteConnection($"Data Source={_folder.Path};Pooling=False");
        other.Open();
        Run(other, "BEGIN IMMEDIATE");

        var error = Assert.Throws<JournalException>(() => journal.Append([JournalFolder.Passing(1)], JournalFolder.Now));

        Assert.Contains("locked by another program", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, journal.LastAt);
        Run(other, "ROLLBACK");
        Assert.Equal(1, journal.Append([JournalFolder.Passing(1)], JournalFolder.Now)[0].At);
    }

    [Fact]
    public void A_journal_locked_at_the_start_is_not_called_damaged()
    {
        _folder.With(1);
        using var other = new SqliteConnection($"Data Source={_folder.Path};Pooling=False");
        other.Open();
        Run(other, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
        var error = Assert.Throws<JournalException>(() => _folder.Open());
        Assert.Contains("locked by another program", error.Message, StringComparison.Ordinal);
        Assert.Null(error.Damage);
    }

    [Fact]
    public void A_path_that_is_a_folder_or_lies_below_a_file_is_said_to_be_wrong()
    {
        _folder.With(1);
        foreach (var path in new[] { Path.GetDirectoryName(_folder.Path)!, Path.Combine(_folder.Path, "below", "liveskate.db") })
        {
            using var journal = _folder.Closed(path: path);
            Assert.Contains("Journal:Path", Assert.Throws<JournalException>(() => journal.Open(_ => { })).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rows_that_somebody_else_put_in_are_never_overwritten()
    {
        using var journal = _folder.Open();
        using (var other = new SqliteConnection($"Data Source={_folder.Path};Pooling=False"))
        {
            other.Open();
            Run(other, "INSERT INTO journal VALUES (1, 0, NULL, 'heat-armed', 1, 'x', '{}', NULL, NULL, x'00')");
        }
        Assert.Contains("there already", Assert.Throws<JournalException>(() => journal.Append([JournalFolder.Passing(1)], JournalFolder.Now)).Message, StringComparison.Ordinal);
    }

    private static void OnSmallDisk(Action<string> test)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounts a small file system, which only root may");
        var mount = Directory.CreateTempSubdirectory("liveskate-full-").FullName;
        Assert.SkipUnless(Start("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", mount) == 0, "mounting is not allowed here");
        try
        {
            test(mount);
        }
        finally
        {
            Start("umount", mount);
            Directory.Delete(mount);
        }
    }

    /// <summary>A file of this size, or of all that is left.</summary>
    private static string Ballast(string mount, long bytes)
    {
        var path = Path.Combine(mount, "ballast");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var written = 0; written < bytes; written += 4096)
                file.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Full, as it should be.
        }
        return path;
    }

    /// <summary>Appends until it is full: by then each append failed wholly, and says why.</summary>
    private static void FillUp(SqliteJournal journal)
    {
        JournalException? full = null;
        for (var number = 2; full is null && number < 100_000; number += 10)
        {
            var before = journal.LastAt;
            try
            {
                journal.Append([.. Enumerable.Range(number, 10).Select(JournalFolder.Passing)], JournalFolder.Now);
            }
            catch (JournalException error)
            {
                full = error;
                Assert.Equal(before, journal.LastAt);
            }
        }
        Assert.NotNull(full);
        Assert.Contains("is full: nothing was written", full.Message, StringComparison.Ordinal);
        Assert.Equal(journal.LastAt, journal.Read(1, null, null).Count());
        Assert.Throws<JournalException>(() => journal.Append([.. Enumerable.Range(200_000, 500).Select(JournalFolder.Passing)], JournalFolder.Now));
    }

    private static void GoesOn(SqliteJournal journal)
    {
        var before = journal.LastAt;
        Assert.Equal(before + 1, journal.Append([JournalFolder.Passing(500_000)], JournalFolder.Now)[0].At);
        journal.Dispose();
        journal.Open(_ => { });
        Assert.Equal(before + 1, journal.LastAt);
        journal.Dispose();
    }

    private static int Start(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
