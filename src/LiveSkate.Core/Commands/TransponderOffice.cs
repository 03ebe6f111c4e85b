using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Commands;

/// <summary>TIM-7: a transponder goes from one skater to another. What was signed stays as it was signed.</summary>
internal static class TransponderOffice
{
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);

    public static Decision Decide(Meet meet, AssignTransponder command)
    {
        var (chip, skater) = (command.Transponder, command.Skater);
        if (string.IsNullOrWhiteSpace(chip))
            return Decision.Refused(RefusalCodes.OutOfRange, "A transponder has a number.");
        if (skater is not null && meet.Index.Skater(skater) is null)
            return Decision.Refused(RefusalCodes.UnknownSkater, $"There is no skater {skater} in {meet.Id}.");
        var from = command.From ?? Since(meet, chip, skater);
        if (Signed(meet, chip, skater, from) is var (heat, last))
            return Decision.Refused(
                RefusalCodes.OutOfRange, $"{heat} is signed, and counts what {chip} read until {Timing.Microseconds.FromInstant(last)}; fromUs has to be later.");
        return IsWorn(meet, chip, skater, from) ? Decision.Nothing : new TransponderAssigned(chip, skater, from);
    }

    /// <summary>Where nothing was said: the start of the race that he is in, else from now on. What nobody wears was his as long as it was nobody's.</summary>
    private static DateTimeOffset? Since(Meet meet, string chip, string? skater)
    {
        if (meet.WearerOf(chip, DateTimeOffset.MaxValue) is null)
            return meet.WordOn(chip, DateTimeOffset.MaxValue)?.From;
        var started = skater is null ? null : meet.HeatsOfSkater.GetValueOrDefault(skater, [])
            .Select(id => meet.Heats[id].Run)
            .Where(run => run.SealedAt is null && run.Phase != Phase.Cancelled)
            .Max(run => run.Start);
        return started ?? Passings.Of(meet, chip).Max(passing => (DateTimeOffset?)passing.Time) + Microsecond;
    }

    private static bool IsWorn(Meet meet, string chip, string? skater, DateTimeOffset? from) =>
        meet.WearerOf(chip, DateTimeOffset.MaxValue) == skater
            && (meet.WordOn(chip, DateTimeOffset.MaxValue) is not { From: { } since } || since <= from);

    /// <summary>The last reading of a signed heat that would be taken from whoever wore it.</summary>
    private static (string Heat, DateTimeOffset Last)? Signed(Meet meet, string chip, string? skater, DateTimeOffset? from)
    {
        foreach (var passing in Passings.Of(meet, chip).Where(passing => !(passing.Time < from)).OrderByDescending(passing => passing.Time))
            if (meet.WearerOf(chip, passing.Time) is { } wearer && wearer != skater && meet.HeatOnTrack(wearer, passing.Time) is { } heat
                && meet.Heats[heat].Run is { SealedAt: not null } run && Rules.RacePassings.Counts(run, passing))
                return (heat, passing.Time);
        return null;
    }
}
