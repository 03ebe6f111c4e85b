using BenchmarkDotNet.Attributes;
using LiveSkate.Core;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Benchmarks.Micro;

/// <summary>One passing into a running heat of each format, and the heat's standing after it: twenty skaters, or five teams of four, 25 laps of 200 m.</summary>
[MemoryDiagnoser]
public class FormatBench
{
    private const int Skaters = 20, Laps = 25, Readings = Skaters * Laps * 2, Members = 4;

    private Meet _running = null!;
    private Recorded[] _race = [];
    private string _heat = "";

    [Params("sprint", "timeTrial", "massStart", "points", "elimination", "pointsElimination", "relay", "teamTimeTrial")]
    public string Format { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var ofTeams = Format is "relay" or "teamTimeTrial";
        var meet = new MadeUpMeet([ofTeams ? Skaters / Members : Skaters], 2, Laps, Format, ofTeams ? Members : 1);
        meet.Start(0, 0);
        _running = meet.Venue.Meets[MadeUpMeet.Id];
        var told = meet.Facts.Count;
        meet.Skate(0, 1, Laps);
        _race = [.. meet.Facts.Skip(told)];
        _heat = MadeUpMeet.HeatId(0, 0);
    }

    [Benchmark(OperationsPerInvoke = Readings)]
    public HeatStanding FoldAndRank() => FoldBench.FoldAndRank(_running, _race, _heat);
}
