using LiveSkate.Core;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Benchmarks.Micro;

/// <summary>
/// A meet in memory, as facts: several events of the same skaters, each a preliminary round and a final, on a lap of 200 m. Everybody
/// wears two chips and every crossing is read twice. The same numbers give the same facts.
/// </summary>
public sealed class MadeUpMeet
{
    public const string Id = "m";
    private static readonly DateTimeOffset Morning = new(2026, 7, 4, 8, 0, 0, TimeSpan.Zero);

    private readonly int[] _heatSizes;
    private readonly int _laps;
    private readonly string _format;
    private readonly int _members;
    private readonly List<Recorded> _facts = [];
    private DateTimeOffset _gun = Morning;

    /// <summary>The same meet as if the office had just said something of each heat: nothing that was computed of it is known any more.</summary>
    public static Meet Unasked(Meet meet) => meet with { Heats = meet.Heats };

    public static Venue Unasked(Venue venue) => venue with { Meets = venue.Meets.SetItem(Id, Unasked(venue.Meets[Id])) };

    /// <param name="heatSizes">Skaters, or teams, in each heat of every event's first round.</param>
    /// <param name="members">Skaters of a team; 1 where there are no teams.</param>
    public MadeUpMeet(int[] heatSizes, int events, int laps = 5, string format = "sprint", int members = 1)
    {
        (_heatSizes, _laps, _format, _members) = (heatSizes, laps, format, members);
        var bibs = Enumerable.Range(1, heatSizes.Sum()).Select(bib => $"{bib}").ToArray();
        var skaters = Enumerable.Range(1, heatSizes.Sum() * members);
        var document = new MeetDocument(
            "Made up", new VenueDocument("Oval", "UTC", 200), false,
            [new("finish-1", SourceRole.Finish, null), new("start-1", SourceRole.Start, null)],
            [.. skaters.Select(n => new SkaterDocument($"s{n}", $"Family{n}", "Given", "COL", [$"{n}a", $"{n}b"]))],
            [.. Enumerable.Range(0, events).Select(e => Event(e, bibs))]);
        Say(new MeetPut(document));
    }

    public IReadOnlyList<Recorded> Facts => _facts;

    /// <summary>How things stand after all that was said and read so far.</summary>
    public Venue Venue => _facts.Aggregate(Venue.Empty, VenueFold.Apply);

    public static string HeatId(int @event, int heat) => $"e{@event}-pre-{heat + 1}";

    public void Start(int @event, int heat)
    {
        _gun += TimeSpan.FromMinutes(10);
        var id = HeatId(@event, heat);
        Say(new HeatOpened(id));
        Say(new HeatArmed(id));
        Hear(new SignalGiven { Source = "start-1", Kind = SignalKind.Gun, Time = _gun });
    }

    /// <summary>Readings of the heat that was started last, from one lap to another, in order of time.</summary>
    public void Skate(int heat, int fromLap, int toLap)
    {
        var first = _heatSizes.Take(heat).Sum() * _members + 1;
        var read = Enumerable.Range(first, _heatSizes[heat] * _members).SelectMany(bib => Enumerable.Range(fromLap, toLap - fromLap + 1), (bib, lap) => (bib, lap))
            .SelectMany(x => new[] { (Chip: $"{x.bib}a", Us: Us(x.bib, x.lap)), (Chip: $"{x.bib}b", Us: Us(x.bib, x.lap) + 24_000) })
            .OrderBy(x => x.Us);
        foreach (var (chip, us) in read)
            Hear(new PassingRead { Source = "finish-1", Chip = chip, Time = _gun.AddTicks(us * TimeSpan.TicksPerMicrosecond) });
    }

    public void Race(int @event, int heat)
    {
        Start(@event, heat);
        Skate(heat, 1, _laps);
        Say(new HeatPublished(HeatId(@event, heat)));
        Say(new HeatMadeOfficial(HeatId(@event, heat)));
    }

    public void RaceEvents(int events)
    {
        for (var e = 0; e < events; e++)
            for (var heat = 0; heat < _heatSizes.Length; heat++)
                Race(e, heat);
    }

    /// <summary>How things stood before and after each of the newest facts; while they are asked in turn, each is one passing later than the one before.</summary>
    public Venue[] Newest(int facts)
    {
        var venues = new Venue[facts + 1];
        venues[0] = _facts.SkipLast(facts).Aggregate(Venue.Empty, VenueFold.Apply);
        for (var i = 0; i < facts; i++)
            venues[i + 1] = VenueFold.Apply(venues[i], _facts[_facts.Count - facts + i]);
        return venues;
    }

    public void Say(OfficeFact fact) => Record(Id, "office", fact);

    /// <summary>Laps of 15.5 to 17.5 s that change from lap to lap, so that the order does too.</summary>
    private static long Us(int bib, int lap) => Enumerable.Range(1, lap).Sum(l => 15_500_000L + (bib * 7919 + l * 104_729) % 2_000_000);

    private void Hear(TrackFact fact) => Record(null, $"src/{fact.Source}", fact);

    private void Record(string? meet, string actor, Fact fact) =>
        _facts.Add(new Recorded(_facts.Count + 1, Morning.AddSeconds(_facts.Count), meet, actor, fact));

    private EntryDocument Entry(string bib, int i) => _members == 1
        ? new EntryDocument(bib, $"s{bib}")
        : new EntryDocument(bib, Team: new TeamDocument($"Team {bib}", "COL", [.. Enumerable.Range(i * _members + 1, _members).Select(n => $"s{n}")]));

    private EventDocument Event(int number, string[] bibs)
    {
        var (heats, next) = (new List<HeatDocument>(), 0);
        foreach (var size in _heatSizes)
        {
            heats.Add(new HeatDocument(HeatId(number, heats.Count), heats.Count + 1, [.. bibs[next..(next + size)]]));
            next += size;
        }
        return new EventDocument(
            $"e{number}", $"Event {number}", _format, _laps * 200, [.. bibs.Select(Entry)],
            [
                new RoundDocument("pre", "Preliminary round", HeatPlan.Of([.. heats]), new AdvanceRule(1, 4), null),
                new RoundDocument("final", "Final", HeatPlan.DrawnLater(1), null, Draw.DirectThenTime),
            ]);
    }
}
