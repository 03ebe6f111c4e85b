using System.Text;
using System.Text.Json;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>A story that breaks, made as short as it gets: with every step that can be left out left out.</summary>
internal static class Smaller
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static string Report(Story story)
    {
        var broken = new Play(story).Error();
        if (broken is null)
            return $"{story}: does not break when it is played again";
        var small = Of(story, Kind(broken));
        var play = new Play(small);
        var error = play.Error();
        var text = new StringBuilder();
        text.AppendLine($"Play it again with LIVESKATE_MEET={small} (whole: {story.Seed})");
        text.AppendLine(error is Broken ? error.Message : error?.ToString());
        foreach (var row in play.Journal.TakeLast(40))
            text.AppendLine($"  {row.At} {row.Meet} {row.Fact.GetType().Name} {Words(row.Fact)}");
        return text.ToString();
    }

    private static string Words(Fact fact) => fact switch
    {
        MeetPut put => JsonSerializer.Serialize(put.Document.Events),
        TrackFact track => $"{track.Source} {track.Content}",
        _ => JsonSerializer.Serialize(fact, fact.GetType()),
    };

    /// <summary>Halves, quarters … are left out for as long as it breaks in the same way.</summary>
    private static Story Of(Story story, string kind)
    {
        var until = DateTime.UtcNow + Patience;
        var steps = (story.Steps ?? [.. Enumerable.Range(0, story.Length)]).ToList();
        for (var size = Math.Max(1, steps.Count / 2); size > 0 && DateTime.UtcNow < until; size = size == 1 ? 0 : size / 2)
            for (var from = steps.Count - size; from > -size && DateTime.UtcNow < until; from -= size)
            {
                var start = Math.Max(0, from);
                var without = story with { Steps = [.. steps[..start], .. steps[Math.Min(steps.Count, start + size)..]] };
                if (new Play(without).Error() is { } error && Kind(error) == kind)
                    steps = [.. without.Steps];
            }
        return story with { Steps = steps };
    }

    /// <summary>The same failure is the same sentence, whoever it is about.</summary>
    public static string Kind(Exception error) => error is Broken
        ? new string([.. error.Message.TakeWhile(letter => letter != ':').Where(letter => !char.IsDigit(letter))])
        : $"{error.GetType().Name} {error.StackTrace?.Split('\n')[0]}";
}
