using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules;

/// <summary>
/// What the judges gave one skater, what came along from earlier rounds of the event, and what follows from both. A status is never
/// stored: it is the hardest code that stands, the jury's or the one that the rules make of too many false starts (COD-4, INC-2).
/// </summary>
internal static class SanctionSheet
{
    /// <summary>Null where nothing was given that changes a status.</summary>
    public static string? StatusOf(Race race, string bib)
    {
        if (race.Run.Sanctions.IsEmpty)
            return null;
        var hardest = -1;
        var falseStarts = 0;
        foreach (var given in race.Run.Sanctions)
            if (given.Bib == bib)
            {
                hardest = Math.Max(hardest, Hardness(given.Code));
                falseStarts += given.Code == Statuses.FalseStart ? 1 : 0;
            }
        if (falseStarts > 0 && IsOneTooMany(race, bib, falseStarts))
            hardest = Math.Max(hardest, Hardness(Statuses.TechnicalFault));
        return hardest < 0 ? null : Statuses.Sanctions[hardest];
    }

    /// <summary>R26 169, 171.2: a further warning leads to DSQ-SF; the jury says so, the rules only propose.</summary>
    public static string? ProposalFor(Race race, string bib)
    {
        if (race.Run.Sanctions.IsEmpty)
            return null;
        var warnings = race.Run.Sanctions.Count(given => given.Bib == bib && Statuses.IsWarning(given.Code));
        return warnings > 0 && warnings + Carried(race.Meet, race.Heat, bib).Count(given => Statuses.IsWarning(given.Code)) > race.Profile.Warnings
            ? Statuses.SportFault
            : null;
    }

    /// <summary>W1, W2 and FS of earlier rounds of the event, oldest first; of a signed heat, those that it was signed with.</summary>
    public static IEnumerable<Sanctioned> Carried(Meet meet, Heat heat, string bib) =>
        heat.Run.Phase == Phase.Official ? heat.Run.SignedWith.GetValueOrDefault(bib, [])
        : Earlier(meet, heat, bib).SelectMany(earlier => earlier.Run.Sanctions.Where(given => given.Bib == bib && Statuses.Carries(given.Code)));

    /// <summary>INC-2: the profile lets some go; the next is a technical fault in the heat in which it was made.</summary>
    public static bool IsOneTooMany(Race race, string bib, int here) =>
        here + Carried(race.Meet, race.Heat, bib).Count(given => given.Code == Statuses.FalseStart) > race.Profile.FalseStarts;

    private static IEnumerable<Heat> Earlier(Meet meet, Heat heat, string bib)
    {
        var rounds = meet.EventOf(heat).Rounds;
        foreach (var round in rounds)
        {
            if (round.Id == heat.Round)
                yield break;
            foreach (var id in meet.HeatsOfSkater.GetValueOrDefault(meet.CompetitorOf(heat, bib).Members[0].Id, []))
                if (meet.Heats[id] is var other && other.Event == heat.Event && other.Round == round.Id)
                    yield return other;
        }
    }

    private static int Hardness(string code)
    {
        for (var i = 0; i < Statuses.Sanctions.Count; i++)
            if (Statuses.Sanctions[i] == code)
                return i;
        return -1;
    }
}
