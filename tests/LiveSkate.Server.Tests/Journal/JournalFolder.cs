using LiveSkate.Core;
using LiveSkate.Core.Timing;
using LiveSkate.Server.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveSkate.Server.Tests.Journal;

/// <summary>A folder of its own for one test, with a real journal in it.</summary>
internal sealed class JournalFolder : IDisposable
{
    public static readonly DateTimeOffset Now = Microseconds.ToInstant(1_700_000_000_123_456);

    private readonly string _folder = Directory.CreateTempSubdirectory("liveskate-journal-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "sub", "liveskate.db");

    public IEnumerable<string> Files => Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(Path)!).Select(file => System.IO.Path.GetFileName(file)!);

    public SqliteJournal Closed(long? acceptDamage = null, string? path = null) =>
        new(new JournalSettings(path ?? Path, acceptDamage), TimeProvider.System, NullLogger<SqliteJournal>.Instance);

    public SqliteJournal Open(long? acceptDamage = null, Action<ReplayedRow>? replay = null)
    {
        var journal = Closed(acceptDamage);
        journal.Open(replay ?? (_ => { }));
        return journal;
    }

    /// <summary>A closed journal with this many passings.</summary>
    public JournalFolder With(int rows)
    {
        using var journal = Open();
        foreach (var some in Enumerable.Range(1, rows).Chunk(50))
            journal.Append([.. some.Select(Passing)], Now);
        return this;
    }

    /// <summary>The files of a journal that is open, as a power cut would leave them.</summary>
    public JournalFolder CopyAsAfterACrash()
    {
        var copy = new JournalFolder();
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy.Path)!);
        foreach (var end in new[] { "", "-wal", "-head" })
            File.Copy(Path + end, copy.Path + end);
        return copy;
    }

    public static JournalEntry Passing(int number)
    {
        var fact = new PassingRead { Source = "finish-1", Epoch = "E1", Seq = number, Chip = $"{1000 + (number % 8)}", Time = Now.AddMilliseconds(number), Loop = "finish" };
        return new JournalEntry(null, "src/finish-1", fact, fact.Key, fact.Content);
    }

    public static JournalEntry Office(string meet, OfficeFact fact, string? key = null) => new(meet, "office", fact, key, key is null ? null : "{}");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
