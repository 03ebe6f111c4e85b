using System.Text.Json;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;

namespace LiveSkate.Core.Tests;

/// <summary>All that can be seen of a meet, but for what an undo leaves behind: positions and versions.</summary>
internal static class PublicState
{
    public static string Of(Meet meet) => string.Join('\n', (string[])
    [
        .. meet.Document.Events.Select(plan => Results(ResultsPublisher.Results(meet, plan))),
        .. meet.Heats.Values.OrderBy(heat => heat.Id, StringComparer.Ordinal).Select(heat => State(HeatPublisher.State(meet, heat, []))),
        .. meet.Proposals.OrderBy(entry => entry.Key.Round, StringComparer.Ordinal).Select(entry => JsonSerializer.Serialize(entry.Value.Heats)),
        $"armed {meet.ArmedLast}, started {meet.HasStarted}, strays {string.Join(' ', meet.StraySignals.Select(signal => signal.At))}",
        MeetPublisher.Status(meet),
    ]);

    private static string Results(EventResults results) => JsonSerializer.Serialize(results with
    {
        At = 0, Rounds = [.. results.Rounds.Select(round => round with { Heats = [.. round.Heats.Select(heat => heat with { Version = 0, Versions = [] })] })],
    });

    private static string State(HeatState state) => JsonSerializer.Serialize(state with
    {
        At = 0, Version = 0, Correction = null, Clock = state.Clock is { } clock ? clock with { StartUs = 0, ServerUs = 0 } : null,
    });
}
