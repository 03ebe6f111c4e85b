using System.Text.Json;
using LiveSkate.Benchmarks.Ingest;
using LiveSkate.Core;
using LiveSkate.Core.Timing;
using LiveSkate.Server;
using LiveSkate.Server.Journal;
using LiveSkate.Server.Office;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveSkate.Benchmarks.Recovery;

/// <summary>
/// What the journal of a venue holds: meets of some 95,000 facts each, one after another, each with its office, its gun, its readings and
/// the health of its decoder. The decoder is the same in all of them, and every meet has skaters with chips of their own.
/// </summary>
internal static class Season
{
    private const int InOneCommit = 1000, BetweenReports = 50;

    /// <summary>Writes the first <paramref name="count"/> facts of a season.</summary>
    public static void Write(string path, int count)
    {
        using var journal = Open(path, static _ => { });
        var now = Microseconds.ToInstant(1_700_000_000_000_000);
        foreach (var some in Facts().Take(count).Chunk(InOneCommit))
            journal.Append(some, now += TimeSpan.FromSeconds(10));
    }

    public static SqliteJournal Open(string path, Action<ReplayedRow> replay)
    {
        var journal = New(path);
        journal.Open(replay);
        return journal;
    }

    public static SqliteJournal New(string path) => new(new JournalSettings(path), TimeProvider.System, NullLogger<SqliteJournal>.Instance);

    private static IEnumerable<JournalEntry> Facts() => Enumerable.Range(0, 1000).SelectMany(week => Facts(
        new BusyMeet($"meet-{week}", Events: 24, Heats: 8, Skaters: 16, Laps: 15, Week: week)));

    private static IEnumerable<JournalEntry> Facts(BusyMeet meet)
    {
        var document = RequestBody.ToDocument(JsonElement.Parse(meet.Document()), [])!;
        yield return Office(meet, new MeetPut(document));
        var heat = 0;
        foreach (var id in meet.HeatIds)
        {
            yield return Office(meet, new HeatOpened(id));
            yield return Office(meet, new HeatArmed(id));
            yield return Track(meet, new SignalGiven
            {
                Source = "start-1", Epoch = meet.Id, Seq = heat + 1, Kind = SignalKind.Gun, Time = Microseconds.ToInstant(meet.GunUs(heat)),
            });
            for (var n = heat * meet.PassingsOfHeat; n < (heat + 1) * meet.PassingsOfHeat; n++)
            {
                yield return Track(meet, Reading(meet, n));
                if (n % BetweenReports == 0)
                    yield return new JournalEntry(null, "src/finish-1", Report(n), null, null);
            }
            yield return Office(meet, new HeatPublished(id));
            yield return Office(meet, new HeatMadeOfficial(id));
            heat++;
        }
    }

    private static PassingRead Reading(BusyMeet meet, int n)
    {
        var (chip, timeUs) = meet.Passing(n);
        return new PassingRead
        {
            Source = "finish-1", Epoch = meet.Id, Seq = n + 1, Chip = chip, Time = Microseconds.ToInstant(timeUs), DeviceNo = 8857, Loop = "finish",
            Hits = 20 + n % 20, Strength = 100 + n % 50, Battery = "ok",
        };
    }

    private static SourceReported Report(int n) => new()
    {
        Source = "finish-1", Link = "up", LastSeq = n, Noise = 40 + n % 20, Volts = 12.1m, ClockOffsetUs = -1200,
    };

    private static JournalEntry Office(BusyMeet meet, Fact fact) => new(meet.Id, "office", fact, null, null);

    private static JournalEntry Track(BusyMeet meet, TrackFact fact) => new(meet.Id, $"src/{fact.Source}", fact, fact.Key, fact.Content);
}
