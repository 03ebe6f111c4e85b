using BenchmarkDotNet.Attributes;
using LiveSkate.Core;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Benchmarks.Micro;

/// <summary>One passing into a running heat of 20 skaters, against sorting the same 20 rows in place. One race of 200 readings, after four others.</summary>
[MemoryDiagnoser]
public class FoldBench
{
    private const int Skaters = 20, Laps = 5, Readings = Skaters * Laps * 2, Before = 4;

    private Meet _running = null!;
    private Recorded[] _race = [];
    private Row[] _rows = [];
    private (int Row, long Ticks)[] _crossings = [];
    private string _heat = "";

    [GlobalSetup]
    public void Setup()
    {
        var meet = new MadeUpMeet([Skaters, Skaters], 8, Laps);
        meet.RaceEvents(Before);
        meet.Start(Before, 0);
        _running = meet.Venue.Meets[MadeUpMeet.Id];
        var told = meet.Facts.Count;
        meet.Skate(0, 1, Laps);
        _race = [.. meet.Facts.Skip(told)];
        _heat = MadeUpMeet.HeatId(Before, 0);
        _rows = new Row[Skaters];
        var gun = HeatStandings.Of(_running, _running.Heats[_heat]).Gun!.Value;
        _crossings = [.. _race.Select(recorded => (PassingRead)recorded.Fact)
            .Select(passing => (int.Parse(passing.Chip[..^1], System.Globalization.CultureInfo.InvariantCulture) - 1, (passing.Time - gun).Ticks))];
    }

    /// <summary>What anybody would write: one row is changed, then all are sorted in place with a comparer.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Readings)]
    public Row Sort()
    {
        var rows = _rows;
        var bySkater = new Row[Skaters];
        for (var i = 0; i < Skaters; i++)
            bySkater[i] = rows[i] = new Row(i);
        foreach (var (row, at) in _crossings)
        {
            bySkater[row].Cross(at);
            Array.Sort(rows, Row.ByProgress);
        }
        return rows[0];
    }

    [Benchmark(OperationsPerInvoke = Readings)]
    public Meet Fold()
    {
        var meet = _running;
        foreach (var reading in _race)
            meet = MeetFold.Apply(meet, reading);
        return meet;
    }

    /// <summary>The fold, and after each passing the heat's standing, as the loop asks for it: from the one before.</summary>
    [Benchmark(OperationsPerInvoke = Readings)]
    public HeatStanding FoldAndRank() => FoldAndRank(_running, _race, _heat);

    internal static HeatStanding FoldAndRank(Meet meet, Recorded[] race, string heat)
    {
        HeatStanding? standing = null;
        foreach (var reading in race)
        {
            meet = MeetFold.Apply(meet, reading);
            standing = HeatStandings.Of(meet, meet.Heats[heat]);
        }
        return standing!;
    }

    public sealed class Row(int start)
    {
        public static IComparer<Row> ByProgress { get; } = Comparer<Row>.Create(static (a, b) =>
            a._lap != b._lap ? b._lap.CompareTo(a._lap) : a._at != b._at ? a._at.CompareTo(b._at) : a._start.CompareTo(b._start));

        private readonly int _start = start;
        private int _lap;
        private long _at;

        public void Cross(long at) => (_lap, _at) = (_lap + 1, at);
    }
}
