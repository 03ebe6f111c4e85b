using System.Collections.Immutable;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core;

/// <summary>What was read at the loops, by who wears the chip.</summary>
internal static class Passings
{
    public static Meet Read(Meet meet, PassingRead fact, Recorded recorded)
    {
        var passing = Placed(meet, fact, recorded);
        if (Skater(meet, passing) is not { } skater || meet.HeatOnTrack(skater, passing.Time) is not { } id)
            return Keep(meet, passing) with { At = recorded.At, Touched = [] };
        // All in one copy: this is what happens all day. Nothing is said with it, so the era goes on.
        var heat = meet.Heats[id];
        var after = meet with
        {
            At = recorded.At,
            Touched = heat.Alone,
            Passings = meet.Passings.SetItem(skater, meet.PassingsOf(skater).Add(passing)),
            Heats = meet.Heats.SetItem(id, Trace.Touched(heat, meet.Document.Rate, recorded, passing.Time)),
            Era = meet.Era,
        };
        return Trace.WithVersion(meet, after, id, recorded);
    }

    /// <summary>After the document was put again: the chips may have other wearers now.</summary>
    public static Meet KeepAgain(Meet meet, Passing passing) => Keep(meet, Placed(meet, passing));

    public static Passing Placed(Meet meet, PassingRead fact, Recorded recorded) =>
        Placed(meet, new Passing(recorded.At, fact.Source, null, fact.Chip, fact.Time));

    /// <summary>With where its source stands.</summary>
    public static Passing Placed(Meet meet, Passing passing)
    {
        if (meet.Index.Source(passing.Source) is not { } source)
            return passing;
        var atM = source.Role == SourceRole.Split ? source.AtM : null;
        // At the one line of all, as nearly every passing is, it is placed already.
        return passing.AtM == atM && passing.Line == source.Line ? passing : passing with { AtM = atM, Line = source.Line };
    }

    /// <summary>With whoever wears the chip, in order of time; a loop that times nothing and a chip that nobody wears make a stray.</summary>
    private static Meet Keep(Meet meet, Passing passing) =>
        Skater(meet, passing) is { } skater
            ? meet with { Passings = meet.Passings.SetItem(skater, meet.PassingsOf(skater).Add(passing)) }
            : meet with { StrayPassings = meet.StrayPassings.Add(passing) };

    private static string? Skater(Meet meet, Passing passing) =>
        meet.Index.Source(passing.Source) is null or { Role: SourceRole.Start } ? null : meet.WearerOf(passing.Chip, passing.Time);

    /// <summary>TIM-7: who (by id) wears a transponder or has worn it, as the document or the office said.</summary>
    public static IEnumerable<string> WearersOf(Meet meet, string chip) =>
        meet.Worn.GetValueOrDefault(chip, []).Select(word => word.Skater).Append(meet.Index.SkaterOfChip(chip)).OfType<string>().Distinct();

    /// <summary>All that a transponder has read, in order of arrival.</summary>
    public static IEnumerable<Passing> Of(Meet meet, string chip) =>
        WearersOf(meet, chip).SelectMany(meet.PassingsOf).Concat(meet.StrayPassings)
            .Where(passing => passing.Chip == chip)
            .OrderBy(passing => passing.At);

    /// <summary>TIM-7: with another word on who wears a transponder; what it has read goes to whoever wears it then.</summary>
    public static Meet Worn(Meet meet, string chip, ImmutableArray<Worn> words)
    {
        var read = Of(meet, chip).ToList();
        var wearers = read.Select(passing => Skater(meet, passing)).OfType<string>().Distinct();
        var rest = meet with
        {
            Worn = words.IsEmpty ? meet.Worn.Remove(chip) : meet.Worn.SetItem(chip, words),
            Passings = wearers.Aggregate(meet.Passings, (logs, skater) => Without(logs, skater, chip)),
            StrayPassings = ArrivalLog.Of(meet.StrayPassings.Where(passing => passing.Chip != chip)),
        };
        // What is his by a word of after a signature was not there to be signed.
        var late = read.Select(passing => rest.WordOn(chip, passing.Time)?.At is { } at && at > passing.At ? passing with { Since = at } : passing with { Since = 0 });
        return late.Aggregate(rest, Keep);
    }

    private static ImmutableDictionary<string, PassingLog> Without(ImmutableDictionary<string, PassingLog> logs, string skater, string chip)
    {
        var rest = PassingLog.Of(logs[skater].Where(passing => passing.Chip != chip));
        return rest.Count == 0 ? logs.Remove(skater) : logs.SetItem(skater, rest);
    }

    /// <summary>Of everybody in a heat, by id, the next start after this one; who has none is not there.</summary>
    public static ImmutableDictionary<string, DateTimeOffset> NextStarts(Meet meet, Heat heat) =>
        heat.Run.Start is { } gun
            ? heat.Bibs.SelectMany(bib => meet.CompetitorOf(heat, bib).Members)
                .Select(skater => (skater.Id, Next: meet.NextStart(skater.Id, gun)))
                .Where(next => next.Next is not null)
                .ToImmutableDictionary(next => next.Id, next => next.Next!.Value)
            : ImmutableDictionary<string, DateTimeOffset>.Empty;
}
