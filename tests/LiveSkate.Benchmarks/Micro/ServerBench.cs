using System.Text;
using BenchmarkDotNet.Attributes;
using LiveSkate.Core;
using LiveSkate.Core.Meets;
using LiveSkate.Server;
using LiveSkate.Server.Ingest;
using LiveSkate.Server.Live;

namespace LiveSkate.Benchmarks.Micro;

/// <summary>From how things stand to the bytes of a heat's frame, each one passing later: projection, comparison with the frame before, complete and delta.</summary>
[MemoryDiagnoser]
public class FrameBench
{
    private readonly string _scope = $"heat/{MadeUpMeet.Id}/{MadeUpMeet.HeatId(0, 0)}";
    private Venue[] _venues = [];
    private Scope _frames = null!;
    private int _turn;

    [Params(8, 20)]
    public int Skaters { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var meet = new MadeUpMeet([Skaters, Skaters], 2);
        meet.Start(0, 0);
        meet.Skate(0, 1, 4);
        // A lap: a skater's two readings, then the next one's.
        _venues = meet.Newest(Skaters * 2);
        _frames = new Scope(_scope, "epoch");
        Frame();
    }

    [Benchmark]
    public Post? Frame()
    {
        var puts = Projection.Of(_venues[_turn = (_turn + 1) % _venues.Length], _scope)!;
        return _frames.Change(new ScopeState(puts), [], 0, 0);
    }
}

/// <summary>The evening of a long day: 300 heats of 200 skaters, the last of them running. What one passing costs, and what is watched most.</summary>
[MemoryDiagnoser]
public class EveningBench
{
    public const int Lap = 40;
    private const int Events = 30, Heats = 10;
    private Venue[] _venues = [];
    private JournalEntry[] _lap = [];
    private int _turn;

    /// <summary>As whoever watches holds it.</summary>
    private object? _shown;

    [GlobalSetup]
    public void Setup()
    {
        var meet = new MadeUpMeet([.. Enumerable.Repeat(20, Heats)], Events);
        meet.RaceEvents(Events - 1);
        for (var heat = 0; heat < Heats - 1; heat++)
            meet.Race(Events - 1, heat);
        meet.Start(Events - 1, Heats - 1);
        meet.Skate(Heats - 1, 1, 4);
        _venues = meet.Newest(Lap);
        _lap = [.. meet.Facts.TakeLast(Lap).Select(recorded => new JournalEntry(null, recorded.Actor, recorded.Fact, null, null))];
    }

    /// <summary>Fold, the highlights between before and after, and which heats may read differently now: a lap of 20 skaters, read twice each.</summary>
    [Benchmark(OperationsPerInvoke = Lap)]
    public Venue TakeIn()
    {
        var draft = new Draft(Standing.Empty() with { Venue = _venues[0] }, DateTimeOffset.UnixEpoch);
        foreach (var entry in _lap)
            draft.Add(entry);
        return draft.Venue;
    }

    [Benchmark]
    public object? Now() => _shown = Projection.Of(_venues[_turn = (_turn + 1) % _venues.Length], "now");

    [Benchmark]
    public object? Meet() => _shown = Projection.Of(_venues[_turn = (_turn + 1) % _venues.Length], $"meet/{MadeUpMeet.Id}");

    /// <summary>All standings from scratch.</summary>
    [Benchmark]
    public object? NowAnew() => _shown = Projection.Of(MadeUpMeet.Unasked(_venues[0]), "now");
}

/// <summary>From the bytes of one passing, and of a batch of 50, to facts.</summary>
[MemoryDiagnoser]
public class PayloadBench
{
    private const int Batch = 50;
    private const string Topic = "ls/v1/venue/src/finish-1/passing";

    private readonly PayloadReader _reader = new("venue");
    private readonly byte[] _one = Encoding.UTF8.GetBytes(Passing(42));
    private readonly byte[] _batch = Encoding.UTF8.GetBytes($"{{\"batch\":[{string.Join(',', Enumerable.Range(1, Batch).Select(Passing))}]}}");

    [GlobalSetup]
    public void Check()
    {
        if (_reader.Read(Topic, _one) is not [{ Fact: PassingRead }] || _reader.Read(Topic, _batch).Count(item => item.Fact is PassingRead) != Batch)
            throw new InvalidOperationException("The payloads are not what they are taken for.");
    }

    [Benchmark]
    public IReadOnlyList<TrackItem> One() => _reader.Read(Topic, _one);

    [Benchmark(OperationsPerInvoke = Batch)]
    public IReadOnlyList<TrackItem> OneOfABatch() => _reader.Read(Topic, _batch);

    private static string Passing(int seq) =>
        $$"""{"chip":"102758186","timeUs":{{1657386323633120 + seq}},"epoch":"01J8ZQ4T3K9V5W7X2Y6Z8A1B3C","seq":{{seq}},"deviceNo":8857,"loop":"finish","hits":29,"strength":133}""";
}

/// <summary>What the fold alone takes of a start: 100,000 facts of a meet of 600 skaters and 17 events.</summary>
[MemoryDiagnoser]
public class ReplayBench
{
    public const int Count = 100_000;
    private Recorded[] _facts = [];

    [GlobalSetup]
    public void Setup()
    {
        var meet = new MadeUpMeet([.. Enumerable.Repeat(20, 30)], 17);
        meet.RaceEvents(17);
        _facts = [.. meet.Facts.Take(Count)];
        if (_facts.Length < Count)
            throw new InvalidOperationException($"The meet has {_facts.Length} facts only.");
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public Venue Replay()
    {
        var venue = Venue.Empty;
        foreach (var fact in _facts)
            venue = VenueFold.Apply(venue, fact);
        return venue;
    }
}
