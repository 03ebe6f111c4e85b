using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Published;

/// <summary>What stands behind a row: the codes of rules.md section 6 that are no status, and what the timing cannot say yet.</summary>
internal static class Remarks
{
    private const string Barred = "DNS2", ByPhoto = "PF", NotSeparated = "unresolved", Missed = "missed-read";

    public static ImmutableArray<string> Of(Meet meet, HeatStanding standing, SkaterStanding row)
    {
        var remarks = ImmutableArray.CreateBuilder<string>();
        if (standing.State < HeatStage.Running && IsBarred(meet, standing.Heat, row.Bib))
            remarks.Add(Barred);
        foreach (var given in SanctionSheet.Carried(meet, standing.Heat, row.Bib).Concat(standing.Heat.Run.Sanctions))
            if (given.Bib == row.Bib && Statuses.Remarks.Contains(given.Code) && !remarks.Contains(given.Code))
                remarks.Add(given.Code);
        if (row is { IsOk: true, Evidence: Evidence.PhotoFinish })
            remarks.Add(ByPhoto);
        foreach (var mark in Records.Of(meet, standing, row))
            remarks.Add(mark.ToString());
        if (row.Unresolved)
            remarks.Add(NotSeparated);
        if (row.MissedRead)
            remarks.Add(Missed);
        return remarks.ToImmutable();
    }

    /// <summary>
    /// R26 125, 126: who did not start in a first round is barred from the race that follows for him. It is a flag for the jury and no
    /// status: the delegate may report a special case, and then the sanction is WDR in place of DNS.
    /// </summary>
    private static bool IsBarred(Meet meet, Heat heat, string bib)
    {
        var skater = meet.CompetitorOf(heat, bib).Members[0].Id;
        var heats = meet.HeatsOfSkater.GetValueOrDefault(skater, []).Select(id => meet.Heats[id]).ToList();
        foreach (var missed in heats.Where(other => other.Event != heat.Event))
        {
            var standing = HeatStandings.Of(meet, missed);
            if (!standing.FirstRound || !standing.IsOver || RowOf(meet, standing, skater)?.Status != Statuses.Dns)
                continue;
            var following = heats
                .Where(other => other.Event != missed.Event && (GunOf(other) is not { } gun || gun > GunOf(missed)))
                .OrderBy(other => GunOf(other) ?? DateTimeOffset.MaxValue)
                .ThenBy(other => meet.Document.Events.IndexOf(meet.EventOf(other)))
                .FirstOrDefault();
            if (following?.Id == heat.Id)
                return true;
        }
        return false;
    }

    private static DateTimeOffset? GunOf(Heat heat) => heat.Run.Start;

    private static SkaterStanding? RowOf(Meet meet, HeatStanding standing, string skater) =>
        standing.Rows.FirstOrDefault(row => meet.CompetitorOf(standing.Heat, row.Bib).Members.Any(member => member.Id == skater));
}
