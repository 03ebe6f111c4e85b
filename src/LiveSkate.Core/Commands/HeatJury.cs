using System.Diagnostics;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Commands;

/// <summary>What the jury says of a race: order, times, sanctions, who is out, who won a sprint.</summary>
internal static class HeatJury
{
    private static readonly string[] Codes = [.. Statuses.Sanctions, .. Statuses.Remarks], Causes = ["rule", "lapped", "fall", "gave-up", "fault"];

    public static Decision Decide(Meet meet, Heat heat, HeatCommand command) => command switch
    {
        SetFinishOrder order => SetOrder(heat, order),
        SetTime time => SetTime(heat, time),
        Sanction sanction => Give(meet, heat, sanction),
        LiftSanction lift => Lift(heat, lift),
        Eliminate gone => TakeOut(meet, heat, gone),
        Reinstate back => PutBack(heat, back),
        RatifyRecord ratify => Ratify(meet, heat, ratify),
        SetSprint sprint => Judge(meet, heat, sprint),
        _ => throw new UnreachableException(command.GetType().Name),
    };

    private static Decision SetOrder(Heat heat, SetFinishOrder command) =>
        Misnamed(heat, command.Bibs.SelectMany(group => group)) ?? new FinishOrderSet(heat.Id, [.. command.Bibs.Where(group => group.Length > 0)], command.Reason);

    /// <summary>Null where each bib is in the heat and stands there once.</summary>
    private static Decision? Misnamed(Heat heat, IEnumerable<string> bibs)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var bib in bibs)
        {
            if (!heat.Has(bib))
                return HeatOffice.UnknownBib(heat, bib);
            if (!seen.Add(bib))
                return Decision.Refused(RefusalCodes.DuplicateBib, $"Bib {bib} stands in the order twice.");
        }
        return null;
    }

    private static Decision SetTime(Heat heat, SetTime command) =>
        !heat.Has(command.Bib) ? HeatOffice.UnknownBib(heat, command.Bib)
        : command.TimeMs is <= 0 or > 86_400_000
            ? Decision.Refused(RefusalCodes.OutOfRange, $"{command.TimeMs} ms is not a time between 1 ms and a day.")
        : new TimeSet(heat.Id, command.Bib, command.TimeMs, command.Reason);

    private static Decision Give(Meet meet, Heat heat, Sanction command) =>
        !heat.Has(command.Bib) ? HeatOffice.UnknownBib(heat, command.Bib)
        : !Codes.Contains(command.Code)
            ? Decision.Refused(RefusalCodes.UnknownCode, $"{command.Code} is not one of {string.Join(", ", Codes)}.")
        // INC-7: in a sprint a sport fault is nothing, RR or DSQ-SF.
        : Statuses.IsWarning(command.Code) && Race.Of(meet, heat).Profile.Warnings == 0
            ? Decision.Refused(RefusalCodes.NotInThisFormat, $"There are no warnings in {heat.Id}: a sport fault is RR or DSQ-SF, or nothing.")
        : command.Code == Statuses.Reduced ? Reduce(heat, command)
        : new SkaterSanctioned(heat.Id, command.Bib, command.Code, command.Reason, null, command.Judge, command.Article);

    /// <summary>INC-5: without the affected skaters there is nobody to swap with.</summary>
    private static Decision Reduce(Heat heat, Sanction command) =>
        command.With is not { IsDefaultOrEmpty: false } affected
            ? Decision.Refused(RefusalCodes.NobodyAffected, $"RR needs who was affected (with), in the order in which they arrived.")
        : affected.Contains(command.Bib, StringComparer.Ordinal)
            ? Decision.Refused(RefusalCodes.DuplicateBib, $"Bib {command.Bib} cannot be affected by its own fault.")
        : Misnamed(heat, affected)
            ?? new SkaterSanctioned(heat.Id, command.Bib, command.Code, command.Reason, affected, command.Judge, command.Article);

    private static Decision Lift(Heat heat, LiftSanction command) =>
        !heat.Has(command.Bib) ? HeatOffice.UnknownBib(heat, command.Bib)
        : heat.Run.Sanctions.Any(given => given.Bib == command.Bib && given.Code == command.Code)
            ? new SanctionLifted(heat.Id, command.Bib, command.Code, command.Reason)
            : Decision.Refused(RefusalCodes.NotSanctioned, $"Bib {command.Bib} has no {command.Code} in {heat.Id}.");

    private static Decision TakeOut(Meet meet, Heat heat, Eliminate command)
    {
        if (Misnamed(heat, command.Bibs) is { } wrong)
            return wrong;
        var cause = command.Cause ?? Causes[0];
        if (!Causes.Contains(cause))
            return Decision.Refused(RefusalCodes.UnknownCode, $"{cause} is not one of {string.Join(", ", Causes)}.");
        if (command.Bibs.FirstOrDefault(bib => heat.Run.Eliminations.Any(gone => gone.Bib == bib)) is { } already)
            return Decision.Refused(RefusalCodes.AlreadyOut, $"Bib {already} is out of {heat.Id} already; reinstate puts her back.");
        var race = Race.Of(meet, heat);
        return !race.Rule.TakesOut
            ? Decision.Refused(RefusalCodes.NotInThisFormat, $"Nobody is eliminated in {heat.Id}: it is no elimination. A sanction takes somebody out.")
            : race.Profile.Elimination is null && cause == Causes[0]
                ? Decision.Refused(RefusalCodes.NotInThisFormat, $"Nobody goes out of {heat.Id} by rule: it is no elimination. Say why: {string.Join(", ", Causes[1..])}.")
            : command.Bibs.IsEmpty ? Decision.Refused(RefusalCodes.UnknownBib, "Nobody is named.")
            : command.LapsToGo is { } toGo && (toGo < 0 || toGo >= race.Course.Laps)
                ? Decision.Refused(RefusalCodes.OutOfRange, $"{toGo} is not between 0 and {race.Course.Laps - 1} laps to go.")
            : new SkatersEliminated(heat.Id, command.Bibs, command.LapsToGo, cause);
    }

    private static Decision PutBack(Heat heat, Reinstate command) =>
        !heat.Has(command.Bib) ? HeatOffice.UnknownBib(heat, command.Bib)
        : heat.Run.Eliminations.Any(gone => gone.Bib == command.Bib) ? new SkaterReinstated(heat.Id, command.Bib, command.Reason)
        : Decision.Refused(RefusalCodes.NotOut, $"Bib {command.Bib} is not out of {heat.Id}.");

    private static Decision Judge(Meet meet, Heat heat, SetSprint command)
    {
        var race = Race.Of(meet, heat);
        if (race.Profile.Sprints is null)
            return Decision.Refused(RefusalCodes.NotInThisFormat, $"There are no points in {heat.Id}.");
        return command.LapsToGo < 0 || command.LapsToGo >= race.Course.Laps
            ? Decision.Refused(RefusalCodes.OutOfRange, $"{command.LapsToGo} is not between 0 and {race.Course.Laps - 1} laps to go.")
            : Misnamed(heat, command.Bibs.SelectMany(group => group))
                ?? new SprintJudged(heat.Id, command.LapsToGo, [.. command.Bibs.Where(group => group.Length > 0)]);
    }

    /// <summary>REC-3.</summary>
    private static Decision Ratify(Meet meet, Heat heat, RatifyRecord command)
    {
        if (!heat.Has(command.Bib))
            return HeatOffice.UnknownBib(heat, command.Bib);
        var standing = HeatStandings.Of(meet, heat);
        var mark = Records.Of(meet, standing, standing.Row(command.Bib)).FirstOrDefault(mark => mark.Kind == command.Kind);
        return mark is null ? Decision.Refused(RefusalCodes.NoRecord, $"Bib {command.Bib} has set no {command.Kind} in {heat.Id}.")
            : mark.Pending ? new RecordRatified(heat.Id, command.Bib, command.Kind)
            : Decision.Nothing;
    }
}
