using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>What holds of a whole day, seen from its end.</summary>
internal static class Afterwards
{
    public static void Replayed(Day day)
    {
        var again = day.Journal.Aggregate(Venue.Empty, VenueFold.Apply);
        Same("the journal, replayed,", day.Venue, again, Checks.Publish);
    }

    private static void Same(string what, Venue expected, Venue actual, Func<Meet, string> seen)
    {
        foreach (var (id, meet) in expected.Meets)
            Same($"{what} {id}", seen(meet), seen(actual.Meets[id]));
    }

    private static void Same(string what, string expected, string actual)
    {
        if (expected == actual)
            return;
        var (a, b) = (expected.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Min(a.Length, b.Length)).FirstOrDefault(i => a[i] != b[i]);
        var at = Enumerable.Range(0, Math.Min(a[line].Length, b[line].Length)).FirstOrDefault(i => a[line][i] != b[line][i]);
        throw new Broken($"{what} differs: …{Around(a[line], at)}… is …{Around(b[line], at)}…");
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 160)..Math.Min(text.Length, at + 80)];
}
