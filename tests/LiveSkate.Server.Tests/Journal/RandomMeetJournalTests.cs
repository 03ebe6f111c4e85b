using System.Text.Json;
using LiveSkate.Core;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Tests.RandomMeets;
using LiveSkate.Server.Journal;
using LiveSkate.Server.Live;
using Xunit;

namespace LiveSkate.Server.Tests.Journal;

/// <summary>Meets that nobody thought of, written down, read again and shown. One of them again: LIVESKATE_MEET, as the failure names it.</summary>
public sealed class RandomMeetJournalTests
{
    [Fact]
    public void A_journal_that_is_read_again_makes_the_same_meet() => Each(60, story =>
    {
        var day = story.Play(new Day());
        using var folder = new JournalFolder();
        Standing live;
        using (var journal = folder.Open())
            live = Written(journal, day);
        using var again = folder.Closed();
        var replayed = Replay.Run(again, Standing.Empty());
        Assert.Equal(day.Journal.Count, again.LastAt);
        Assert.Equal(Seen(live), Seen(replayed));
        Assert.Equal(live.Sources.Keys.Order(), replayed.Sources.Keys.Order());
    });

    [Fact]
    public void Whatever_stands_in_a_meet_can_be_shown_in_every_scope() => Each(150, story =>
    {
        var dice = Dice.For(story.Seed, "shown");
        story.Play(new Day
        {
            Look = (_, venue, _) =>
            {
                if (dice.OneIn(25))
                    Show(venue);
            },
        });
    });

    private static void Each(int count, Action<Story> test)
    {
        Story[] stories = Environment.GetEnvironmentVariable("LIVESKATE_MEET") is { Length: > 0 } one
            ? [Story.Parse(one)]
            : [.. Enumerable.Range(1, count).Select(seed => new Story((ulong)seed))];
        foreach (var story in stories)
        {
            var broken = Record.Exception(() => test(story));
            Assert.True(broken is null, $"LIVESKATE_MEET={story}: {broken}");
        }
    }

    /// <summary>As the loop writes: some at once, each batch on what stood before it.</summary>
    private static Standing Written(SqliteJournal journal, Day day)
    {
        var standing = Standing.Empty();
        foreach (var rows in day.Journal.Chunk(50))
        {
            var draft = new Draft(standing, rows[^1].RecordedAt);
            foreach (var row in rows)
                draft.Add(new JournalEntry(row.Meet, row.Actor, row.Fact, (row.Fact as TrackFact)?.Key, (row.Fact as TrackFact)?.Content));
            journal.Append(draft.Entries, rows[^1].RecordedAt);
            standing = standing.With(draft, draft.ToCommit(0).Highlights);
        }
        return standing;
    }

    private static string Seen(Standing standing) =>
        string.Join('\n', standing.Venue.Meets.Values.OrderBy(meet => meet.Id, StringComparer.Ordinal).Select(Checks.Publish));

    private static void Show(Venue venue)
    {
        foreach (var scope in venue.Meets.Values.SelectMany(Scopes).Append("now"))
        {
            var records = Projection.Of(venue, scope);
            Assert.NotNull(records);
            foreach (var record in records.Values)
                JsonDocument.Parse(record).Dispose();
        }
    }

    private static IEnumerable<string> Scopes(Meet meet) =>
    [
        $"meet/{meet.Id}", .. meet.Document.Events.Select(plan => $"event/{meet.Id}/{plan.Id}"), .. meet.Heats.Keys.Select(heat => $"heat/{meet.Id}/{heat}"),
    ];
}
