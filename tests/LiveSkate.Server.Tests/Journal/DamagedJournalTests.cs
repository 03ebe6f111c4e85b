using LiveSkate.Server.Journal;
using Microsoft.Data.Sqlite;
using Xunit;

namespace LiveSkate.Server.Tests.Journal;

public sealed class DamagedJournalTests : IDisposable
{
    private const int Rows = 300;
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("UPDATE journal SET data = replace(data, '1', '2') WHERE at = 120")]
    [InlineData("UPDATE journal SET recorded_us = recorded_us + 1 WHERE at = 120")]
    [InlineData("UPDATE journal SET meet = '' WHERE at = 120")]
    [InlineData("UPDATE journal SET kind = 'signal-given' WHERE at = 120")]
    [InlineData("UPDATE journal SET version = 2 WHERE at = 120")]
    [InlineData("UPDATE journal SET actor = 'office' WHERE at = 120")]
    [InlineData("UPDATE journal SET key = NULL WHERE at = 120")]
    [InlineData("UPDATE journal SET content = key WHERE at = 120")]
    [InlineData("UPDATE journal SET hash = zeroblob(32) WHERE at = 120")]
    [InlineData("UPDATE journal SET hash = x'' WHERE at = 120")]
    [InlineData("UPDATE journal SET data = CAST(x'FF00' AS TEXT) WHERE at = 120")]
    [InlineData("DELETE FROM journal WHERE at = 120")]
    public void A_changed_row_stops_the_start_and_the_message_says_what_is_good_and_what_is_lost(string tampering)
    {
        _folder.With(Rows);
        Tamper(tampering);

        var error = Refused();

        Assert.Equal(120, error.Damage!.At);
        Assert.Equal(119, error.Damage.Good);
        Assert.Contains("damaged at position 120", error.Message, StringComparison.Ordinal);
        Assert.Contains("119 rows are good before it", error.Message, StringComparison.Ordinal);
        Assert.Contains("181 rows would be lost", error.Message, StringComparison.Ordinal);
        Assert.Contains("Journal:AcceptDamage=120", error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_changed_places_break_the_chain()
    {
        _folder.With(Rows);
        Tamper("UPDATE journal SET at = -1 WHERE at = 7; UPDATE journal SET at = 7 WHERE at = 8; UPDATE journal SET at = 8 WHERE at = -1");
        Assert.Equal(7, Refused().Damage!.At);
    }

    [Fact]
    public void Rows_missing_at_the_end_are_noticed()
    {
        _folder.With(Rows);
        Tamper("DELETE FROM journal WHERE at > 290");

        var error = Refused();

        Assert.Equal((291, 10), (error.Damage!.At, error.Damage.Lost));
        Assert.Contains("the end of the file is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_an_unknown_kind_is_told_from_a_broken_one()
    {
        // A kind of tomorrow, with a chain that is sound: written as today's and renamed, then hashed anew.
        _folder.With(3);
        using (var journal = _folder.Open())
        {
            var last = journal.Read(3, 3, null).Single() with { Kind = "heat-teleported" };
            var before = journal.Read(2, 2, null).Single().Hash;
            Unlock(journal.Writer);
            Run(journal.Writer, $"UPDATE journal SET kind = 'heat-teleported', hash = x'{Convert.ToHexString(RowHash.Of(before.Span, last))}' WHERE at = 3");
        }

        var error = Refused();

        Assert.Equal(3, error.Damage!.At);
        Assert.Contains("a newer LiveSkate wrote it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Garbage_in_the_middle_of_the_file_is_noticed_before_anything_is_written()
    {
        _folder.With(Rows);
        var before = Overwrite(from: 20_000, bytes: 9_000);

        var error = Refused();

        Assert.InRange(error.Damage!.Good, 1, Rows - 1);
        Assert.Equal(before, File.ReadAllBytes(_folder.Path));
    }

    [Fact]
    public void A_broken_index_of_keys_is_noticed_and_mended_without_losing_a_row()
    {
        _folder.With(Rows);
        using (var connection = new SqliteConnection($"Data Source={_folder.Path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_journal_1'";
            Overwrite(from: ((int)(long)command.ExecuteScalar()! - 1) * 4096, bytes: 4096);
        }

        var error = Refused();

        Assert.Equal((Rows + 1, 0), (error.Damage!.At, error.Damage.Lost));
        using var mended = _folder.Open(acceptDamage: Rows + 1);
        Assert.Equal(Rows, mended.LastAt);
        Assert.Throws<JournalException>(() => mended.Append([JournalFolder.Passing(5)], JournalFolder.Now));
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.5)]
    public void A_file_cut_short_stops_the_start_and_what_is_left_can_be_had(double part)
    {
        _folder.With(Rows);
        using (var file = File.Open(_folder.Path, FileMode.Open))
            file.SetLength((long)(file.Length * part));

        var error = Refused();

        var damage = error.Damage!;
        Assert.InRange(damage.Good, 10, Rows - 1);
        Assert.Equal(Rows - damage.Good, damage.Lost);
        using var repaired = _folder.Open(acceptDamage: damage.At);
        Assert.Equal(damage.Good, repaired.LastAt);
    }

    [Theory]
    [InlineData("Dear diary, this is not a database at all, whatever its name says.")]
    [InlineData("SQLite format 3\0and then nothing that makes sense, for at least one hundred bytes, so that the header is there but wrong in all it says")]
    public void Something_that_is_no_database_stops_the_start(string content)
    {
        _folder.With(5);
        File.WriteAllText(_folder.Path, content);

        var error = Refused();

        Assert.Equal((1, 5), (error.Damage!.At, error.Damage.Lost));
        Assert.Equal(content, File.ReadAllText(_folder.Path));
    }

    [Fact]
    public void An_emptied_file_is_not_taken_for_a_new_one()
    {
        _folder.With(5);
        File.WriteAllBytes(_folder.Path, []);
        Assert.Equal((1, 5), (Refused().Damage!.At, Refused().Damage!.Lost));
    }

    [Fact]
    public void A_file_that_was_taken_away_is_a_new_beginning()
    {
        _folder.With(5);
        File.Delete(_folder.Path);
        using var journal = _folder.Open();
        Assert.Equal(0, journal.LastAt);
        Assert.Equal(1, journal.Append([JournalFolder.Passing(1)], JournalFolder.Now)[0].At);
    }

    [Fact]
    public void A_log_torn_by_a_power_cut_loses_nothing_silently()
    {
        using (var running = _folder.Open())
        {
            for (var number = 1; number <= 20; number++)
                running.Append([JournalFolder.Passing(number)], JournalFolder.Now);
            using var crashed = _folder.CopyAsAfterACrash();

            // As the power cut leaves it: everything that was acknowledged is there.
            using (var sound = crashed.Open())
                Assert.Equal(20, sound.LastAt);
        }
        using (var running = _folder.Open())
        {
            for (var number = 21; number <= 40; number++)
                running.Append([JournalFolder.Passing(number)], JournalFolder.Now);
            using var torn = _folder.CopyAsAfterACrash();
            using (var log = File.Open(torn.Path + "-wal", FileMode.Open))
                log.SetLength(log.Length / 2);

            // A disk that lost what it had promised to keep.
            var error = Assert.Throws<JournalException>(() => torn.Open());
            Assert.InRange(error.Damage!.Good, 20, 39);
            Assert.Equal(40 - error.Damage.Good, error.Damage.Lost);
        }
    }

    [Fact]
    public void Accepted_damage_gives_up_what_was_named_keeps_the_old_file_and_goes_on()
    {
        _folder.With(Rows);
        Tamper("UPDATE journal SET actor = 'nobody' WHERE at = 120");
        var old = File.ReadAllBytes(_folder.Path);

        var replayed = new List<long>();
        using (var journal = _folder.Open(acceptDamage: 120, replay: row => replayed.Add(row.Recorded.At)))
        {
            Assert.Equal(119, journal.LastAt);
            Assert.Equal(120, journal.Append([JournalFolder.Passing(5_000)], JournalFolder.Now)[0].At);
        }

        Assert.Equal(Enumerable.Range(1, 119).Select(at => (long)at), replayed);
        var kept = Assert.Single(_folder.Files, file => file.Contains("damaged-at-120", StringComparison.Ordinal) && !file.EndsWith("-head", StringComparison.Ordinal));
        Assert.Equal(old, File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(_folder.Path)!, kept)));

        // The setting was left where it was: sound rows are never given up.
        using var again = _folder.Open(acceptDamage: 120);
        Assert.Equal(120, again.LastAt);
        Assert.Single(_folder.Files, file => file.Contains("damaged-at", StringComparison.Ordinal) && !file.EndsWith("-head", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(119)]
    [InlineData(121)]
    public void Damage_is_accepted_only_where_it_is(long accepted)
    {
        _folder.With(Rows);
        Tamper("UPDATE journal SET actor = 'nobody' WHERE at = 120");

        var error = Assert.Throws<JournalException>(() => _folder.Open(acceptDamage: accepted));

        Assert.Contains($"set to {accepted}, which is not where the damage is", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Files, file => file.Contains("damaged-at", StringComparison.Ordinal));
    }

    [Fact]
    public void A_repair_of_what_is_no_database_starts_anew_beside_the_old_file()
    {
        _folder.With(5);
        File.WriteAllText(_folder.Path, "rubbish, rubbish, rubbish");
        using var journal = _folder.Open(acceptDamage: 1);
        Assert.Equal(1, journal.Append([JournalFolder.Passing(1)], JournalFolder.Now)[0].At);
    }

    [Fact]
    public void A_journal_of_a_newer_layout_is_left_alone()
    {
        _folder.With(2);
        Tamper("PRAGMA user_version = 9");
        var error = Refused(acceptDamage: 1);
        Assert.Contains("written by a newer LiveSkate (layout 9", error.Message, StringComparison.Ordinal);
        Assert.Null(error.Damage);
    }

    [Fact]
    public void A_database_of_another_program_is_left_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Path)!);
        using (var other = new SqliteConnection($"Data Source={_folder.Path};Pooling=False"))
        {
            other.Open();
            Run(other, "CREATE TABLE bookmarks (url TEXT)");
        }
        var before = File.ReadAllBytes(_folder.Path);
        Assert.Contains("another program", Refused(acceptDamage: 1).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder.Path));
    }

    private JournalException Refused(long? acceptDamage = null) => Assert.Throws<JournalException>(() => _folder.Open(acceptDamage));

    private void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.Path};Pooling=False");
        connection.Open();
        Unlock(connection);
        Run(connection, sql);
    }

    private byte[] Overwrite(int from, int bytes)
    {
        using (var file = File.OpenWrite(_folder.Path))
        {
            file.Position = from;
            file.Write([.. Enumerable.Range(0, bytes).Select(index => (byte)(index * 31))]);
        }
        return File.ReadAllBytes(_folder.Path);
    }

    private static void Unlock(SqliteConnection connection) => Run(connection, "DROP TRIGGER journal_is_never_changed; DROP TRIGGER journal_is_never_cut");

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
