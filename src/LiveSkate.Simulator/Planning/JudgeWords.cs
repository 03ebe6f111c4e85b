using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>What judges say of a long race while it is skated: PTS-5, ELI-2. Transponders only propose.</summary>
internal static class JudgeWords
{
    private const long ReadsThePictureUs = 5_000_000;

    public static ImmutableArray<PlannedAct> Of(PackRace race, Course course, long gunUs, ImmutableArray<PlannedStart> starts)
    {
        var bibOf = starts.ToDictionary(start => start.Printed.Name, start => start.Bib);
        var acts = new List<PlannedAct>();
        foreach (var (lap, (first, second)) in race.Sprints)
            acts.Add(Sprint(lap, [first, second]));
        if (race.Sprints.Count > 0)
            acts.Add(Sprint(0, race.FinishOrder[..Math.Min(3, race.FinishOrder.Length)]));
        foreach (var (lap, outs) in race.Outs)
            acts.Add(Out(lap, [.. outs], null, course.Crossings - 1 - lap));
        foreach (var start in starts.Where(start => start.Printed is { Outcome: "EL", Cause: not null }))
            acts.Add(Out(Math.Max(0, course.Crossings - start.SplitsUs.Length), [start.Printed], start.Printed.Cause, start.SplitsUs.Length - 1));
        foreach (var start in starts)
            acts.AddRange((start.Printed.Remarks ?? []).Select((code, index) => Remark(start, code, index)));
        return [.. acts.OrderBy(act => act.AtUs).ThenBy(act => act.Key, StringComparer.Ordinal)];

        PlannedAct Sprint(int lap, ImmutableArray<string> names) => new(
            gunUs + At(names, course.Crossings - 1 - lap) + ReadsThePictureUs, Text($"sprint-{lap}"),
            new()
            {
                ["type"] = "setSprint", ["lapsToGo"] = lap,
                ["bibs"] = new JsonArray([.. names.Select(name => new JsonArray(JsonValue.Create(bibOf[name])))]),
            });

        PlannedAct Out(int lap, ImmutableArray<PrintedRow> rows, string? cause, int crossing) => new(
            gunUs + At([.. rows.Select(row => row.Name)], crossing) + ReadsThePictureUs, Text($"out-{lap}-{bibOf[rows[0].Name]}"),
            new()
            {
                ["type"] = "eliminate", ["lapsToGo"] = lap, ["bibs"] = new JsonArray([.. rows.Select(row => JsonValue.Create(bibOf[row.Name]))]), ["cause"] = cause,
            });

        long At(ImmutableArray<string> names, int crossing) =>
            starts.Where(start => names.Contains(start.Printed.Name)).Max(start => start.SplitsUs[Math.Min(crossing, start.SplitsUs.Length - 1)]);

        PlannedAct Remark(PlannedStart start, string code, int index) => new(
            gunUs + start.SplitsUs[Math.Min(start.SplitsUs.Length - 1, start.SplitsUs.Length / 2 + index)] + ReadsThePictureUs, Text($"{code}-{start.Bib}"),
            new() { ["type"] = "sanction", ["bib"] = start.Bib, ["code"] = code, ["reason"] = "as printed" });
    }

    internal static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
