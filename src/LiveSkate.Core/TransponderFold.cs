using LiveSkate.Core.Meets;

namespace LiveSkate.Core;

/// <summary>TIM-7: who wears which transponder is data of the day.</summary>
internal static class TransponderFold
{
    public static Meet Apply(Meet meet, TransponderAssigned fact, Recorded recorded)
    {
        var words = meet.Worn.GetValueOrDefault(fact.Transponder, []);
        var after = Passings.Worn(meet, fact.Transponder, words.Add(new Worn(fact.Skater, fact.From, recorded.At)));
        foreach (var id in Passings.WearersOf(after, fact.Transponder).SelectMany(skater => meet.HeatsOfSkater.GetValueOrDefault(skater, [])).Distinct())
            if (meet.Heats[id] is { Run: { Start: not null, SealedAt: null } } heat)
                after = after.With(heat with { Record = heat.Record.Add(recorded) });
        return after;
    }

    /// <summary>As the document has it.</summary>
    public static Meet Unsaid(Meet meet) => meet.Worn.Keys.Aggregate(meet, (sofar, chip) => Passings.Worn(sofar, chip, []));
}
