using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LiveSkate.Core;
using LiveSkate.Server.Journal;
using Xunit;

namespace LiveSkate.Server.Tests.Journal;

public sealed class SqliteJournalTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_appended_is_replayed_with_keys_in_order_after_a_restart()
    {
        var entries = FactSamples.Full.Concat(FactSamples.Sparse)
            .Select((fact, index) => fact is TrackFact track
                ? new JournalEntry(null, $"src/{track.Source}", fact, track.Key, track.Content)
                : new JournalEntry("m1", "office", fact, index % 2 == 0 ? $"key-{index}" : null, null)).ToList();
        List<Recorded> written;
        using (var journal = _folder.Open())
        {
            written = [.. journal.Append([.. entries.Take(5)], JournalFolder.Now), .. journal.Append([.. entries.Skip(5)], JournalFolder.Now.AddTicks(1_234_567))];
            Assert.Equal(entries.Count, journal.LastAt);
        }

        var rows = new List<ReplayedRow>();
        using var again = _folder.Open(replay: rows.Add);

        Assert.Equal(Enumerable.Range(1, entries.Count).Select(at => (long)at), written.Select(row => row.At));
        Assert.Equal(written.Select(Shape), rows.Select(row => Shape(row.Recorded)));
        Assert.Equal(entries.Select(entry => (entry.Key, entry.Content)), rows.Select(row => (row.Key, row.Content)));
        Assert.Equal(entries.Count, again.LastAt);
        Assert.Equal(entries.Count + 1, again.Append([JournalFolder.Passing(999)], JournalFolder.Now)[0].At);
    }

    [Fact]
    public void The_chain_can_be_recomputed_from_its_description_alone()
    {
        using var journal = _folder.Open();
        journal.Append([JournalFolder.Passing(1), JournalFolder.Office("m1", new HeatArmed("h"), "key-1")], JournalFolder.Now);

        var before = new byte[32];
        foreach (var row in journal.Read(1, null, null))
        {
            using var bytes = new MemoryStream();
            bytes.Write(before);
            foreach (var number in new long[] { row.At, row.RecordedUs, row.Version })
                bytes.Write([.. BitConverter.GetBytes(number).Reverse()]);
            foreach (var text in new[] { row.Meet, row.Kind, row.Actor, Encoding.UTF8.GetString(row.Data.Span), row.Key, row.Content })
            {
                bytes.Write([.. BitConverter.GetBytes(text is null ? -1 : Encoding.UTF8.GetByteCount(text)).Reverse()]);
                bytes.Write(Encoding.UTF8.GetBytes(text ?? ""));
            }
            before = SHA256.HashData(bytes.ToArray());
            Assert.Equal(Convert.ToHexString(before), Convert.ToHexString(row.Hash.Span));
        }
    }

    [Fact]
    public void Rows_are_read_by_position_and_by_meet_while_more_are_written()
    {
        using var journal = _folder.Open();
        foreach (var some in Enumerable.Range(1, 1_200).Chunk(100))
            journal.Append([.. some.Select(number => number % 3 == 0 ? JournalFolder.Office("m1", new HeatOpened("h")) : JournalFolder.Passing(number))], JournalFolder.Now);

        var seen = new List<long>();
        foreach (var row in journal.Read(1, null, null))
        {
            if (row.At % 400 == 0)
                journal.Append([JournalFolder.Passing(10_000 + (int)row.At)], JournalFolder.Now);
            seen.Add(row.At);
        }

        Assert.Equal(Enumerable.Range(1, 1_200).Select(at => (long)at), seen);
        Assert.Equal([5L, 6, 7], journal.Read(5, 7, null).Select(row => row.At));
        Assert.Equal([6L, 9], journal.Read(4, 10, "m1").Select(row => row.At));
        Assert.Empty(journal.Read(1, null, "no-such-meet"));
        Assert.Empty(journal.Read(5_000, null, null));
        Assert.Equal(1_203, journal.Read(-5, null, null).Count());
    }

    [Fact]
    public void A_reader_that_stopped_half_way_holds_nothing_up()
    {
        using var journal = _folder.Open();
        journal.Append([.. Enumerable.Range(1, 2_000).Select(JournalFolder.Passing)], JournalFolder.Now);
        using var slow = journal.Read(1, null, null).GetEnumerator();
        Assert.True(slow.MoveNext());

        using var checkpoint = journal.Writer.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        using var result = checkpoint.ExecuteReader();
        Assert.True(result.Read());
        Assert.Equal(0, result.GetInt64(0));
    }

    [Fact]
    public void A_line_of_the_journal_has_the_members_of_the_contract_and_is_one_line()
    {
        using var journal = _folder.Open();
        journal.Append([JournalFolder.Office("m1", new HeatReviewed("h", "line\none \"Jiménez\"")), JournalFolder.Passing(1)], JournalFolder.Now);

        var output = new System.Buffers.ArrayBufferWriter<byte>();
        foreach (var row in journal.Read(1, null, null))
            row.WriteLineTo(output);
        var lines = Encoding.UTF8.GetString(output.WrittenSpan).TrimEnd('\n').Split('\n');

        Assert.Equal(2, lines.Length);
        using var first = JsonDocument.Parse(lines[0]);
        Assert.Equal(["at", "recordedUs", "meet", "kind", "version", "actor", "data", "key", "content", "hash"], first.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(1_700_000_000_123_456, first.RootElement.GetProperty("recordedUs").GetInt64());
        Assert.Equal("line\none \"Jiménez\"", first.RootElement.GetProperty("data").GetProperty("reason").GetString());
        Assert.Equal(64, first.RootElement.GetProperty("hash").GetString()!.Length);
        using var second = JsonDocument.Parse(lines[1]);
        Assert.Equal(JsonValueKind.Null, second.RootElement.GetProperty("meet").ValueKind);
    }

    [Fact]
    public void A_taken_key_rolls_the_whole_append_back_and_the_next_one_works()
    {
        using var journal = _folder.Open();
        journal.Append([JournalFolder.Passing(1)], JournalFolder.Now);

        var error = Assert.Throws<JournalException>(() => journal.Append([JournalFolder.Passing(2), JournalFolder.Passing(1)], JournalFolder.Now));

        Assert.Contains("key", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, journal.LastAt);
        Assert.Equal(2, journal.Append([JournalFolder.Passing(2)], JournalFolder.Now)[0].At);
        Assert.Equal(2, journal.Read(1, null, null).Count());
    }

    [Fact]
    public void A_fact_without_json_fails_its_append_and_not_the_journal()
    {
        using var journal = _folder.Open();
        var impossible = new FinishRead { Source = "camera-1", Heat = "h", Revision = 1, Rows = default };

        var error = Assert.Throws<JournalException>(() =>
            journal.Append([JournalFolder.Passing(1), new JournalEntry(null, "src/camera-1", impossible, null, null)], JournalFolder.Now));

        Assert.Contains("finish-read", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, journal.Append([JournalFolder.Passing(1)], JournalFolder.Now)[0].At);
    }

    [Fact]
    public void An_empty_append_writes_nothing()
    {
        using var journal = _folder.Open();
        Assert.Empty(journal.Append([], JournalFolder.Now));
        Assert.Equal(0, journal.LastAt);
    }

    [Fact]
    public void Rows_can_be_neither_changed_nor_deleted()
    {
        _folder.With(3);
        using var journal = _folder.Open();
        foreach (var sql in new[] { "UPDATE journal SET meet = 'x' WHERE at = 1", "DELETE FROM journal WHERE at = 3" })
        {
            using var command = journal.Writer.CreateCommand();
            command.CommandText = sql;
            Assert.Contains("only added to", Assert.ThrowsAny<Exception>(() => command.ExecuteNonQuery()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void It_is_durable_before_append_returns()
    {
        using var journal = _folder.Open();
        foreach (var (pragma, expected) in new[] { ("journal_mode", "wal"), ("synchronous", "2") })
        {
            using var command = journal.Writer.CreateCommand();
            command.CommandText = $"PRAGMA {pragma}";
            Assert.Equal(expected, $"{command.ExecuteScalar()}");
        }
    }

    [Fact]
    public void Nothing_works_before_it_is_open()
    {
        using var journal = _folder.Closed();
        Assert.Throws<InvalidOperationException>(() => journal.Append([JournalFolder.Passing(1)], JournalFolder.Now));
        Assert.Equal(0, journal.LastAt);
    }

    private static string Shape(Recorded row) =>
        $"{row.At} {row.RecordedAt:O} {row.Meet} {row.Actor} {Encoding.UTF8.GetString(FactJson.KindOf(row.Fact).Write(row.Fact))}";
}
