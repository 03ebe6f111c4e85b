using System.Text.Json;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>What holds of a change, from before and after it.</summary>
internal static class ChangeChecks
{
    public static void Versions_only_go_up(Meet before, Heat heat)
    {
        if (before.Heats.TryGetValue(heat.Id, out var was))
            Broken.Unless(
                was.Versions.Count <= heat.Versions.Count && was.Versions.SequenceEqual(heat.Versions.Take(was.Versions.Count)), () => $"{heat.Id}: a version has gone");
    }

    /// <summary>Heats are sent out anew round by round, where one of the round was touched: no other may read differently.</summary>
    public static void No_screen_goes_stale(Meet before, Meet after, Fact fact)
    {
        var touched = after.Touched.Select(id => (after.Heats[id].Event, after.Heats[id].Round)).ToHashSet();
        foreach (var heat in after.Heats.Values)
            if (!touched.Contains((heat.Event, heat.Round)) && before.Heats.TryGetValue(heat.Id, out var was))
                Afterwards.Same($"{fact.GetType().Name} touched {string.Join(' ', after.Touched)}, and {heat.Id}", Shown(before, was), Shown(after, heat));
    }

    private static string Shown(Meet meet, Heat heat) => JsonSerializer.Serialize(HeatPublisher.State(meet, heat, []) with { At = 0 });

    /// <summary>rules.md section 20.</summary>
    public static void A_disqualification_makes_nobody_else_worse(Meet meet, Heat heat, Dice dice)
    {
        var before = HeatStandings.Of(meet, heat);
        if (before.State is not (HeatStage.Running or HeatStage.Finished or HeatStage.Review or HeatStage.Provisional) || heat.Bibs.IsEmpty)
            return;
        var (bib, code) = (dice.Pick(heat.Bibs), dice.OneOf(Statuses.TechnicalFault, Statuses.SportFault, Statuses.DisciplinaryFault));
        var given = new Recorded(meet.At + 1, default, meet.Id, "office", new SkaterSanctioned(heat.Id, bib, code, "pushed"));
        var after = MeetFold.Apply(meet, given);
        var ranks = before.Rows.ToDictionary(row => row.Bib, row => row.Rank, StringComparer.Ordinal);
        foreach (var row in HeatStandings.Of(after, after.Heats[heat.Id]).Rows)
            if (row.Bib != bib && (row.IsOk || row.Out is not null) && ranks[row.Bib] is { } was)
                Broken.Unless(row.Rank <= was, () => $"{before.Profile.Format}, {before.State}: {code} of {bib} takes {row.Bib} ({row.Status}) from {was} to {row.Rank}");
    }

    /// <summary>What is shown before a command is given is what comes of it.</summary>
    public static void As_previewed(Venue before, string id, PreviewAnswer preview, Decision decision, Venue after)
    {
        Broken.Unless(preview.Refused?.Code == decision.Refusal?.Code, () => $"previewed {preview.Refused}, and then {decision}");
        if (decision.Fact is null)
            return;
        var (was, now) = (before.Meets[id], after.Meets[id]);
        foreach (var heat in now.Heats.Values)
        {
            var changes = was.Heats.TryGetValue(heat.Id, out var old) ? HeatStandings.Of(now, heat).ChangesFrom(HeatStandings.Of(was, old)) : [];
            var shown = preview.Heats.FirstOrDefault(one => one.Heat == heat.Id)?.Rows ?? [];
            Broken.Unless(
                changes.Select(change => (change.Bib, change.Was, change.Now)).SequenceEqual(shown.Select(row => (row.Bib, row.Was, row.Now))),
                () => $"previewed of {heat.Id}: {JsonSerializer.Serialize(shown)}, and then: {JsonSerializer.Serialize(changes)}");
        }
    }
}
