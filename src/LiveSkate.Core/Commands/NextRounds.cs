using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Commands;

/// <summary>
/// OFF-3: whoever changes who goes on from a round, while the next has begun, says what becomes of it. Never silently.
/// </summary>
internal static class NextRounds
{
    public const string Keep = "keep", Redraw = "redraw";

    public static Decision Ask(Meet meet, Decision decision, string? next)
    {
        if (decision.Fact is not OfficeFact fact || Changed(meet, fact) is not [var first, ..] changed)
            return decision;
        if (next is Keep or Redraw)
            return new NextRoundSettled(fact, next, [.. changed.Select(change => new SettledRound(change.Event.Id, change.Round.Id, change.Due))]);
        return Decision.Refused(
            RefusalCodes.NextRoundBegun,
            $"That changes who goes on from {first.From.Name} ({Words(first)}), and {string.Join(", ", first.Begun)} "
                + $"{(first.Begun.Length == 1 ? "has" : "have")} begun. Say \"next\":\"keep\" or \"next\":\"redraw\".");
    }

    private static string Words(Change change) => Published.ChangeWords.GoOn(
        bib => $"bib {bib}", change.Was.Except(change.Due), change.Due.Except(change.Was));

    private sealed record Change(
        EventDocument Event, RoundDocument Round, RoundDocument From, ImmutableSortedSet<string> Was, ImmutableArray<string> Due, ImmutableArray<string> Begun);

    private static List<Change> Changed(Meet meet, OfficeFact fact)
    {
        var changes = new List<Change>();
        if (fact is DrawProposed or DrawConfirmed)
            return changes;
        Meet? after = null;
        foreach (var plan in meet.Document.Events)
            foreach (var round in plan.Rounds)
            {
                if (!round.Heats.IsDrawnLater || plan.SourceOf(round) is not { } from || !Concerns(meet, fact, plan, from)
                    || Cascade.Begun(meet, plan, round) is not { IsEmpty: false } begun)
                    continue;
                after ??= MeetFold.Apply(meet, new Recorded(meet.At + 1, default, meet.Id, "office", fact));
                var (was, due) = (Cascade.Due(meet, plan, round, from), Cascade.Due(after, plan, round, from));
                if (!was.SetEquals(due) && Cascade.Of(after, plan, round) is { Begun.IsEmpty: false })
                    changes.Add(new Change(plan, round, from, was, [.. due], begun));
            }
        return changes;
    }

    private static bool Concerns(Meet meet, OfficeFact fact, EventDocument plan, RoundDocument from) => fact switch
    {
        HeatFact heat => meet.Heats.TryGetValue(heat.Heat, out var known) && known.Event == plan.Id && known.Round == from.Id,
        RoundFact round => round.Event == plan.Id && round.Round == from.Id,
        _ => true,
    };

    /// <summary>A heat is not opened by a start list that the round before has overtaken.</summary>
    public static Decision? Overtaken(Meet meet, Heat heat)
    {
        var plan = meet.EventOf(heat);
        return Cascade.Of(meet, plan, meet.Index.Round(heat.Event, heat.Round)!) is { Begun.IsEmpty: true } stale
            ? Decision.Refused(
                RefusalCodes.DrawChanged,
                $"{stale.From.Name} has changed since {stale.Round.Name} was drawn: {Published.ChangeWords.GoOn(bib => $"bib {bib}", stale.Lost, stale.Gained)}. "
                    + "confirmDraw takes the new draw; confirmDraw with heats keeps the old one.")
            : null;
    }
}
