using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Benchmarks.Micro;

/// <summary>One running heat, from what was read to its standing.</summary>
[MemoryDiagnoser]
public class StandingsBench
{
    private Meet _meet = null!;
    private Heat _heat = null!;

    [Params(8, 20, 60)]
    public int Skaters { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var meet = new MadeUpMeet([Skaters], 5);
        meet.RaceEvents(4);
        meet.Start(4, 0);
        meet.Skate(0, 1, 3);
        _meet = meet.Venue.Meets[MadeUpMeet.Id];
        _heat = _meet.Heats[MadeUpMeet.HeatId(4, 0)];
    }

    [Benchmark]
    public HeatStanding Standings() => HeatStandings.Of(MadeUpMeet.Unasked(_meet), _heat);
}

/// <summary>Who goes on from a round of 27 skaters in four heats, the last of them running; and the final ranking of the event before.</summary>
[MemoryDiagnoser]
public class RoundBench
{
    private Meet _meet = null!;
    private EventDocument _running = null!;
    private ImmutableArray<RoundStanding> _done = [];

    [GlobalSetup]
    public void Setup()
    {
        var meet = new MadeUpMeet([7, 7, 7, 6], 4);
        meet.RaceEvents(3);
        for (var heat = 0; heat < 3; heat++)
            meet.Race(3, heat);
        meet.Start(3, 3);
        meet.Skate(3, 1, 3);
        _meet = meet.Venue.Meets[MadeUpMeet.Id];
        _running = _meet.Document.Events[3];
        var official = _meet.Document.Events[2];
        // The first round as if it were the last: the same work, and no final has to be drawn.
        _done = [Advancement.Of(_meet, official, official.Rounds[0])];
    }

    [Benchmark]
    public RoundStanding Advance() => Advancement.Of(MadeUpMeet.Unasked(_meet), _running, _running.Rounds[0]);

    [Benchmark]
    public ImmutableArray<FinalPlace> Final() => FinalRanking.Of(_done);
}
