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

    /// <summary>Only heats that a fact concerns are sent out anew: no other may read differently.</summary>
    public static void No_screen_goes_stale(Meet before, Meet after, Fact fact)
    {
        var concerned = Concerned.By(before, after).Select(heat => heat.Id).ToHashSet();
        foreach (var heat in after.Heats.Values)
            if (!concerned.Contains(heat.Id) && before.Heats.TryGetValue(heat.Id, out var was))
                Afterwards.Same($"{fact.GetType().Name} touched {string.Join(' ', after.Touched)}, and {heat.Id}", Shown(before, was), Shown(after, heat));
    }

    /// <summary>What is remembered from one passing to the next is what would be made from scratch.</summary>
    public static void Remembered(Meet meet)
    {
        var forgotten = meet with { Heats = meet.Heats };
        foreach (var heat in meet.Heats.Values)
            Afterwards.Same($"what is remembered of {heat.Id}", Text(HeatStandings.Of(forgotten, heat)), Text(HeatStandings.Of(meet, heat)));
    }

    private static string Text(HeatStanding standing) => JsonSerializer.Serialize(
        new { standing.State, standing.Gun, standing.FirstRound, standing.Rows, standing.Sprints, standing.Ahead });

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
                Broken.Unless(row.Rank <= was, () => $"{before.Profile.Format}, {before.State}: {code} of {bib} takes {row.Bib} ({row.Status}) from {was} to {row.Rank}: {Rows(before)} → {Rows(HeatStandings.Of(after, after.Heats[heat.Id]))}; given {string.Join(", ", heat.Run.Sanctions)}");
    }

    private static string Rows(HeatStanding heat) => string.Join(
        " | ", heat.Rows.Select(row => $"{row.Rank} {row.Bib} {row.Status} {row.Finish} lap {row.Crossings.Lap} down {row.LapsDown} {row.Points}p {row.Evidence}"));

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
            var told = preview.Heats.FirstOrDefault(one => one.Heat == heat.Id);
            Broken.Unless(
                (old is null || !old.Bibs.SequenceEqual(heat.Bibs) ? heat.Bibs : []).SequenceEqual(told?.Starts ?? []),
                () => $"previewed of {heat.Id} the start list {JsonSerializer.Serialize(told?.Starts)}, and it is {string.Join(' ', heat.Bibs)}");
            var shown = told?.Rows ?? [];
            Broken.Unless(
                changes.Select(change => (change.Bib, change.Was, change.Now)).SequenceEqual(shown.Select(row => (row.Bib, row.Was, row.Now))),
                () => $"previewed of {heat.Id}: {JsonSerializer.Serialize(shown)}, and then: {JsonSerializer.Serialize(changes)}");
        }
    }
}
