using System.Text.Json;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>What holds of a whole day, seen from its end.</summary>
internal static class Afterwards
{
    public static void Look(Day day, Dice dice)
    {
        Same("the journal, replayed,", day.Venue, Replayed(day.Journal), Checks.Publish);
        if (dice.OneIn(2))
            Same("what arrived in another order", day.Venue, Replayed(Shuffled.Of(dice, day.Venue, day.Journal)), WithoutTrace);
        if (dice.OneIn(8))
            Undone.Everything(day, Story.MeetId);
    }

    private static Venue Replayed(IEnumerable<Recorded> journal) => journal.Aggregate(Venue.Empty, VenueFold.Apply);

    /// <summary>Results and heats, without what tells when they came about.</summary>
    public static string WithoutTrace(Meet meet) => string.Join('\n', (string[])
    [
        .. meet.Document.Events.Select(plan => ResultsPublisher.Results(meet, plan)).Select(results => JsonSerializer.Serialize(results with
        {
            At = 0, Rounds = [.. results.Rounds.Select(round => round with { Heats = [.. round.Heats.Select(heat => heat with { Version = 0, Versions = [] })] })],
        })),
        .. meet.Heats.Values.OrderBy(heat => heat.Id, StringComparer.Ordinal).Select(heat => HeatPublisher.State(meet, heat, [])).Select(state => JsonSerializer.Serialize(state with
        {
            At = 0, Version = 0, Correction = null, ProtestUntilUs = null, Clock = state.Clock is { } clock ? clock with { StartUs = 0, ServerUs = 0 } : null,
        })),
    ]);

    private static void Same(string what, Venue expected, Venue actual, Func<Meet, string> seen)
    {
        foreach (var (id, meet) in expected.Meets)
            Same($"{what} {id}", seen(meet), seen(actual.Meets[id]));
    }

    public static void Same(string what, string expected, string actual)
    {
        if (expected == actual)
            return;
        var (a, b) = (expected.Split('\n'), actual.Split('\n'));
        if (a.Length != b.Length)
            throw new Broken($"{what} differs: {a.Length} and {b.Length} lines");
        var line = Enumerable.Range(0, a.Length).First(i => a[i] != b[i]);
        var at = Enumerable.Range(0, Math.Min(a[line].Length, b[line].Length)).FirstOrDefault(i => a[line][i] != b[line][i]);
        throw new Broken($"{what} differs: …{Around(a[line], at)}… is …{Around(b[line], at)}…");
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 160)..Math.Min(text.Length, at + 80)];
}
