using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>A day at the track: what is said and read becomes facts as the loop writes them down, and every fact is looked at.</summary>
internal sealed class Day
{
    public static readonly DateTimeOffset Noon = new(2022, 7, 9, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, string> _contents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<TrackFact>> _races = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _counters = new(StringComparer.Ordinal);

    public Venue Venue { get; private set; } = Venue.Empty;

    public List<Recorded> Journal { get; } = [];

    /// <summary>Time at the track, as far as it has come.</summary>
    public DateTimeOffset Now { get; set; } = Noon;

    /// <summary>Looks at each change.</summary>
    public Action<Venue, Venue, Recorded>? Look { get; init; }

    /// <summary>Who number their messages, and who only send them.</summary>
    public HashSet<string> Numbered { get; } = new(StringComparer.Ordinal);

    public void Put(string meet, MeetDocument document) => Act(meet, Office.Put(Venue, meet, document));

    public Decision Do(string meet, Command command, long? ifAt = null, string? next = null) =>
        Act(meet, Office.Decide(Venue, meet, command, ifAt, next));

    private Decision Act(string meet, Decision decision)
    {
        if (decision.Refusal is { } refusal)
            Broken.Unless(RefusalCodes.All.Contains(refusal.Code) && refusal.Detail.Length > 10, $"a refusal without code or sentence: {refusal}");
        if (decision.Fact is { } fact)
            Record(meet, "office", fact);
        return decision;
    }

    /// <summary>As the loop does: a repeat is not written down again, and what no meet can use is kept as rejected.</summary>
    public void Hear(TrackFact fact)
    {
        if (fact.Epoch is null && Numbered.Contains(fact.Source))
            fact = fact with { Epoch = "01J8ZQ4T3K9V5W7X2Y6Z8A1B3C", Seq = _counters[fact.Source] = _counters.GetValueOrDefault(fact.Source) + 1 };
        if (_contents.TryGetValue(fact.Key, out var known))
        {
            if (known != fact.Content)
                Reject(fact, "identity-conflict");
            return;
        }
        var hearing = Venue.Meets.Values.Where(meet => VenueFold.Hears(meet, fact)).ToList();
        if (hearing.Count == 0)
            Reject(fact, "unknown-source");
        else if (fact is FinishRead finish && !hearing.Exists(meet => meet.Heats.TryGetValue(finish.Heat, out var heat) && finish.Rows.All(row => heat.Has(row.Bib))))
            Reject(fact, "unknown-heat");
        else
        {
            _contents[fact.Key] = fact.Content;
            Record(hearing[0].Id, $"src/{fact.Source}", fact);
        }
    }

    public void Report(SourceReported report) => Record(null, $"src/{report.Source}", report);

    /// <summary>What is still to be read of this start of a heat; made when it is first asked for.</summary>
    public Queue<TrackFact> Race(ulong seed, Meet meet, Heat heat)
    {
        var key = $"{meet.Id}/{heat.Id}/{heat.RunNumber}/{heat.Run.Armings.Length}";
        return _races.TryGetValue(key, out var race) ? race : _races[key] = new(AnyRace.Of(Dice.For(seed, key), meet, heat, Now));
    }

    private void Reject(TrackFact fact, string reason) => Record(null, $"src/{fact.Source}", new MessageRejected
    {
        Topic = "ls/v1/venue/src", Source = fact.Source, Reason = reason, Detail = reason, Bytes = [1, 2, 3], Length = 3, Epoch = fact.Epoch, Seq = fact.Seq,
    });

    private void Record(string? meet, string actor, Fact fact)
    {
        var recorded = new Recorded(Journal.Count + 1, Noon.AddYears(1).AddSeconds(Journal.Count), meet, actor, fact);
        Journal.Add(recorded);
        var before = Venue;
        Venue = VenueFold.Apply(before, recorded);
        Look?.Invoke(before, Venue, recorded);
    }
}

/// <summary>Something that must always hold does not.</summary>
internal sealed class Broken(string what) : Exception(what)
{
    public static void Unless(bool holds, string what)
    {
        if (!holds)
            throw new Broken(what);
    }

    /// <summary>The sentence is made only where it is needed.</summary>
    public static void Unless(bool holds, Func<string> what)
    {
        if (!holds)
            throw new Broken(what());
    }
}
