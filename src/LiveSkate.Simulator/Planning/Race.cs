using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>One printed event, made ready to be skated: with everybody who was lost in the copy, in heats as they are raced.</summary>
/// <param name="Rules">What the meet document says of the event's rules; null: nothing.</param>
public sealed record Race(ResultFile File, string Id, string Kind, Course Course, ImmutableArray<PrintedRound> Rounds, JsonObject? Rules)
{
    /// <summary>A usual D (FMT-17), where nobody wrote down the venue's.</summary>
    public const decimal UsualDM = 20;

    internal LongRules? Long { get; init; }

    /// <summary>LAP-3: how many lines its skaters start from.</summary>
    public int Lines => File.Event.IsDual ? 2 : 1;

    /// <param name="venueLapM">The lap of the venue.</param>
    /// <param name="hasTwoLines">The venue has an opposite line, whether or not this event uses it.</param>
    public static Race Of(ResultFile file, string? id, decimal venueLapM, decimal dM, bool hasTwoLines)
    {
        var kind = file.Event.Kind!;
        var lapM = file.Event.LapM;
        var course = Course.Of(file.Event.DistanceM + (file.Event.PlusD ? dM : 0), lapM);
        ImmutableArray<PrintedRound> rounds = [.. file.Rounds.Select(InNumberOrder)];
        rounds = Kinds.HasOwnClocks(kind) ? Pairs.Of(rounds, file.Event.IsDual ? 2 : 1) : LostRows.Fill(rounds);
        var rules = file.Event.Rules?.DeepClone().AsObject() ?? [];
        if (lapM != venueLapM)
            rules["lapM"] = lapM;
        if (file.Event.PlusD)
            rules["plusD"] = true;
        if (hasTwoLines && Kinds.HasOwnClocks(kind) && !file.Event.IsDual)
            rules["lines"] = 1;
        if (InWholeSeconds(file))
            rules["timeDigits"] = 0;
        var race = new Race(file, id ?? file.Event.Id ?? EventId(file.Event), kind, course, rounds, null);
        if (Kinds.IsLong(kind))
        {
            rounds = [.. rounds.Select(round => PartialField.Fill(round, kind, course))];
            race = race with { Rounds = rounds, Long = LongRules.Of(kind, course, rounds, rules) };
        }

        return race with { Rules = rules.Count > 0 ? rules : null };
    }

    /// <summary>TIM-1: long road races are printed so.</summary>
    public static bool InWholeSeconds(ResultFile file)
    {
        var times = file.Rounds.SelectMany(round => round.Heats).SelectMany(heat => heat.Results).Select(row => row.TimeMs).OfType<long>().ToArray();
        return file.Event.Kind == Kinds.MassStart && times.Length > 1 && Array.TrueForAll(times, time => time % 1_000 == 0);
    }

    private static PrintedRound InNumberOrder(PrintedRound round) => round with
    {
        // STL-3: the seed prints 1, 3, 2, 4.
        Heats = [.. round.Heats.OrderBy(heat => int.TryParse(heat.Name.Split(' ')[^1], CultureInfo.InvariantCulture, out var n) ? n : 0)],
    };

    private static string EventId(PrintedEvent printed)
    {
        var who = printed.Name.Contains("women", StringComparison.OrdinalIgnoreCase) ? "w"
            : printed.Name.Contains("men", StringComparison.OrdinalIgnoreCase) ? "m" : "e";
        return string.Create(CultureInfo.InvariantCulture, $"{who}{printed.DistanceM:0}");
    }
}
