using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core;

/// <summary>
/// What a change leaves behind, whatever is taken back later: when a heat changed last, the versions of its result, and when its clock
/// stood at zero on the server.
/// </summary>
internal static class Trace
{
    /// <summary>Marks every heat of which something else is said than before.</summary>
    public static Meet Of(Meet before, Meet after, Recorded recorded)
    {
        foreach (var heat in HeatsOf(before, after, recorded.Fact))
            if (before.Heats.TryGetValue(heat.Id, out var was) && ReferenceEquals(was, heat))
                continue;
            else if (was is null || !was.Bibs.SequenceEqual(heat.Bibs))
                after = after.With(heat with { TouchedAt = recorded.At, TouchedOn = recorded.RecordedAt });
            else if (!was.Record.SequenceEqual(heat.Record))
                after = WithVersion(
                    before, after.With(Touched(heat, after.Document.Rate, recorded, HeardOf(recorded.Fact))), heat.Id, recorded);
        return after;
    }

    /// <summary>The heats that a fact can have changed: most are about one, and a day has hundreds.</summary>
    public static IEnumerable<Heat> HeatsOf(Meet before, Meet after, Fact fact)
    {
        var one = fact switch { HeatFact { Heat: var id } => id, SignalGiven => before.ArmedLast ?? "", _ => null };
        return one is null ? after.Heats.Values : after.Heats.TryGetValue(one, out var heat) ? [heat] : [];
    }

    private static DateTimeOffset? HeardOf(Fact fact) => fact switch { SignalGiven signal => signal.Time, PassingRead passing => passing.Time, _ => null };

    /// <param name="heardOf">When the message says that it happened, where it tells how late the start can have been.</param>
    public static Heat Touched(Heat heat, decimal rate, Recorded recorded, DateTimeOffset? heardOf) => heat with
    {
        TouchedAt = recorded.At, TouchedOn = recorded.RecordedAt, StartsOnServer = WithStart(heat, recorded, heardOf, rate),
    };

    private static bool IsPublic(Heat heat) => heat.Run.IsPublished || heat.Run.Phase == Phase.Cancelled;

    /// <summary>Counts one where the public could see the heat before or can now, and reads it differently.</summary>
    public static Meet WithVersion(Meet before, Meet after, string heatId, Recorded recorded)
    {
        var (was, heat) = (before.Heats[heatId], after.Heats[heatId]);
        if (!IsPublic(was) && !IsPublic(heat))
            return after;
        var (old, now) = (HeatStandings.Of(before, was), HeatStandings.Of(after, heat));
        // A run of its own is no change of the one before.
        var changes = was.RunNumber == heat.RunNumber && was.Version > 0 ? now.ChangesFrom(old) : [];
        var isNew = Unwrapped(recorded.Fact) is HeatPublished or HeatMadeOfficial or HeatCancelled
            || (heat.Version == 0 ? IsPublic(heat) : old.State != now.State || !changes.IsEmpty);
        return !isNew ? after : after.With(heat with
        {
            Versions = heat.Versions.Add(new ResultVersion(
                heat.RunNumber, heat.Version + 1, recorded.At, recorded.RecordedAt, recorded.Actor, ReasonOf(recorded.Fact), now.State, changes)),
        });
    }

    private static Fact? Unwrapped(Fact fact) => fact is NextRoundSettled settled ? settled.Said : fact;

    private static string? ReasonOf(Fact fact) => fact switch
    {
        HeatReviewed review => review.Reason,
        TimeSet time => time.Reason,
        FinishOrderSet order => order.Reason,
        ProtestFiled protest => $"Protest of {protest.From}: {protest.Reason}",
        SkaterSanctioned given => given.Reason,
        SanctionLifted lifted => lifted.Reason,
        SkaterReinstated back => back.Reason,
        HeatCancelled cancelled => cancelled.Reason,
        CommandUndone { By: { } by } => ReasonOf(by),
        NextRoundSettled { Said: { } said } => ReasonOf(said),
        _ => null,
    };

    /// <summary>
    /// A message cannot come before it happened, so every message of a start says how late the clock's zero can be at
    /// most; the earliest wins. A reading more than five seconds off is a decoder with a wrong clock, and is left out.
    /// </summary>
    private static ImmutableDictionary<DateTimeOffset, DateTimeOffset> WithStart(
        Heat heat, Recorded recorded, DateTimeOffset? heardOf, decimal rate)
    {
        if (heat.Run.Armings is not [.., var arming] || heat.Run.StartOf(arming) is not { } start)
            return heat.StartsOnServer;
        var isKnown = heat.StartsOnServer.TryGetValue(start, out var known);
        if (Unwrapped(recorded.Fact) is CommandUndone or PassingVoided)
            return isKnown ? heat.StartsOnServer : heat.StartsOnServer.SetItem(start, Zero(heat.Record, start, rate) ?? recorded.RecordedAt);
        if (heardOf is not { } time)
            return isKnown || Unwrapped(recorded.Fact) is not HeatStarted ? heat.StartsOnServer : heat.StartsOnServer.SetItem(start, recorded.RecordedAt);
        if (time < start || Zero(recorded.RecordedAt, time - start, rate) is not { } zero)
            return heat.StartsOnServer;
        return isKnown && (zero >= known || known - zero > TimeSpan.FromSeconds(5)) ? heat.StartsOnServer : heat.StartsOnServer.SetItem(start, zero);
    }

    /// <summary>A start that is heard only now, because what stood against it is taken back.</summary>
    private static DateTimeOffset? Zero(IEnumerable<Recorded> record, DateTimeOffset start, decimal rate) => record
        .Where(heard => HeardOf(heard.Fact) >= start)
        .Select(heard => Zero(heard.RecordedAt, HeardOf(heard.Fact)!.Value - start, rate))
        .Min();

    /// <summary>Null where a clock in another millennium says it.</summary>
    private static DateTimeOffset? Zero(DateTimeOffset recordedAt, TimeSpan since, decimal rate) =>
        since.Ticks / rate is var ticks && ticks < recordedAt.Ticks ? recordedAt - TimeSpan.FromTicks((long)ticks) : null;
}
