using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>
/// The laps at which something is decided in a long race, in laps to go: as the list's rules say, or made up. What is made up is written
/// into the meet document, so that the hub knows the same laps.
/// </summary>
/// <param name="Sprints">The intermediate sprints, the first first; the finish is not among them.</param>
/// <param name="Outs">One for each who goes out by the schedule, the first first; a double stands here twice.</param>
internal sealed record LongRules(ImmutableArray<int> Sprints, ImmutableArray<int> Outs)
{
    private const long FreeCm = 100_000, ShortRaceCm = 500_000, ShortFreeCm = 40_000;

    /// <param name="rules">Of the document; what is made up is added.</param>
    public static LongRules Of(string kind, Course course, ImmutableArray<PrintedRound> rounds, JsonObject rules)
    {
        var rows = rounds.SelectMany(round => round.Heats).SelectMany(heat => heat.Results).ToImmutableArray();
        ImmutableArray<int> sprints = [], outs = [];
        if (Kinds.HasPoints(kind))
        {
            sprints = rules["sprints"]?["atLapsToGo"] is JsonArray announced
                ? [.. announced.Select(lap => (int)lap!).Where(lap => lap > 0).OrderDescending()]
                : UsualSprints(kind, course, rows);
            rules["sprints"] ??= new JsonObject();
            rules["sprints"]!["atLapsToGo"] = new JsonArray([.. sprints.Append(0).Select(lap => JsonValue.Create(lap))]);
        }

        if (Kinds.Eliminates(kind))
        {
            rules["elimination"] ??= UsualElimination(kind, course, rows);
            outs = Schedule(rules["elimination"]!.AsObject(), rounds.SelectMany(round => round.Heats).Max(heat => heat.Results.Count(IsOut)));
        }

        return new(sprints, outs);
    }

    /// <summary>Every second lap after the free distance; every lap where the printed points ask for more.</summary>
    public static ImmutableArray<int> UsualSprints(string kind, Course course, ImmutableArray<PrintedRow> rows)
    {
        var free = course.DistanceCm <= ShortRaceCm ? ShortFreeCm : FreeCm;
        ImmutableArray<int> every = [.. Enumerable.Range(1, course.Crossings - 1).Where(lap => course.BehindCm(course.Crossings - 1 - lap) >= free).OrderDescending()];
        ImmutableArray<int> second = [.. every.Where(lap => lap % 2 == 0)];
        return kind == Kinds.Points && SprintShares.Wanted(rows).Values.Sum() > SprintShares.All(second.Length) ? every : second;
    }

    public static bool IsOut(PrintedRow row) => row is { Outcome: "EL", Cause: null };

    /// <summary>The last elimination where the list says it was; in a points-elimination between the sprints.</summary>
    private static JsonObject UsualElimination(string kind, Course course, ImmutableArray<PrintedRow> rows)
    {
        var last = rows.Where(IsOut).Select(row => course.Crossings - row.EliminatedAtLap).OfType<int>().DefaultIfEmpty(kind == Kinds.PointsElimination ? 1 : 2).Min();
        var every = last + 2 * (rows.Count(IsOut) - 1) < course.Crossings ? 2 : 1;
        return new() { ["everyLaps"] = every, ["last"] = last, ["survivors"] = rows.Count(row => row.Outcome is not ("EL" or "DNS")) };
    }

    private static ImmutableArray<int> Schedule(JsonObject said, int need)
    {
        var every = (int?)said["everyLaps"] ?? 2;
        var doubles = said["doubles"]?.AsArray().Select(lap => (int)lap!).ToHashSet() ?? [];
        var slots = new List<int>();
        // Counted back from the last, or on from the first that was announced.
        var lap = (int?)said["first"] ?? (int?)said["last"] ?? every;
        for (var step = said["first"] is null ? every : -every; slots.Count < need && lap > 0; lap += step)
            slots.AddRange(Enumerable.Repeat(lap, Math.Min(doubles.Contains(lap) ? 2 : 1, need - slots.Count)));
        if (slots.Count < need)
            throw new UnplayableFileException($"{need} go out, and the elimination laps take out {slots.Count}.");
        return [.. slots.OrderDescending()];
    }
}
