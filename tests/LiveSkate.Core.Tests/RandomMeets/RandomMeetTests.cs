using System.Collections.Concurrent;
using Xunit;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>
/// Whole meets that nobody thought of. LIVESKATE_MEETS says how many are played (3,000 when it is not set) and LIVESKATE_MEETS_FROM the first seed;
/// LIVESKATE_MEET plays one again, as the failure names it.
/// </summary>
public sealed class RandomMeetTests
{
    [Fact]
    public void Whatever_happens_at_a_meet_every_rule_holds()
    {
        if (Environment.GetEnvironmentVariable("LIVESKATE_MEET") is { Length: > 0 } one)
        {
            new Play(Story.Parse(one)).Whole();
            return;
        }
        var (first, count) = (Number("LIVESKATE_MEETS_FROM", 1), Number("LIVESKATE_MEETS", 3000));
        var facts = 0L;
        var broken = new ConcurrentQueue<(Story Story, string Kind)>();
        Parallel.For(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            var play = new Play(new Story((ulong)seed));
            if (play.Error() is { } error)
                broken.Enqueue((play.Story, Smaller.Kind(error)));
            Interlocked.Add(ref facts, play.Facts);
        });
        var summary = $"{count} meets from seed {first}, {facts} facts, {broken.Count} broken";
        TestContext.Current.TestOutputHelper?.WriteLine(summary);
        Assert.True(broken.IsEmpty, $"{summary}\n\n{string.Join("\n\n", broken.GroupBy(one => one.Kind).OrderByDescending(kind => kind.Count()).Take(6).Select(Report))}");
    }

    private static string Report(IGrouping<string, (Story Story, string Kind)> kind)
    {
        var seeds = kind.Select(one => one.Story.Seed).Order().ToList();
        return $"{kind.Count()} times, with {string.Join(' ', seeds.Take(12))}: {Smaller.Report(new Story(seeds[0]))}";
    }

    private static long Number(string variable, long otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? long.Parse(set) : otherwise;
}
