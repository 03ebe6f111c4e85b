using System.Collections.Immutable;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules;

/// <summary>
/// The rules of one race format as data (rules.md section 18). Nothing here is a constant in a code path, so a
/// federation that decides otherwise needs another profile, not another program.
/// </summary>
public sealed record FormatProfile(string Format)
{
    /// <summary>LAP-5: nobody skates a legal lap faster than this, in metres a second.</summary>
    public decimal MaxSpeed { get; init; } = 15m;

    /// <summary>LAP-5: a crossing sooner than this share of the fastest legal lap is a duplicate.</summary>
    public decimal MinLapShare { get; init; } = 0.6m;

    /// <summary>LAP-5, REL-2: sooner than this nobody has been round; null: by the two above.</summary>
    public TimeSpan? LeastLap { get; init; }

    /// <summary>REL-2: what a lap is expected to take before any has been skated, in metres a second.</summary>
    public decimal UsualSpeed { get; init; } = 11.5m;

    /// <summary>REL-2: so long before it is said that somebody is in the race, she may have taken over.</summary>
    public TimeSpan HandOver { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>LAP-2: a rest of the distance shorter than this share of a lap is a measuring error, not a part lap.</summary>
    public decimal PartLapFrom { get; init; } = 0.02m;

    /// <summary>The event's own course where it is not the venue's lap: a road circuit beside the track, or a straight.</summary>
    public decimal? LapM { get; init; }

    /// <summary>LAP-3: 2 where the skaters start at opposite lines; null: as many as the venue has finishes.</summary>
    public int? Lines { get; init; }

    /// <summary>TIM-5: a light beam broken so close to a transponder's reading is the same crossing.</summary>
    public TimeSpan BeamWindow { get; init; } = TimeSpan.FromMilliseconds(80);

    /// <summary>TIM-6, TIM-7: a start gate that is heard again so soon is the same start.</summary>
    public TimeSpan GateRepeat { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>FMT-1: each starts in a lane of his own, in start order.</summary>
    public bool Lanes { get; init; }

    /// <summary>TIM-5: closer than this on transponders alone is shown as unresolved.</summary>
    public TimeSpan UnresolvedWindow { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>TIM-5: what a hand at a stopwatch cannot tell apart.</summary>
    public TimeSpan HandWindow { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>LAP-6: a lap this many times the median looks like a missed reading …</summary>
    public double MissedReadFrom { get; init; } = 1.7;

    /// <summary>… and from here on like a fall.</summary>
    public double MissedReadTo { get; init; } = 2.6;

    /// <summary>Overdue after this many times the median lap.</summary>
    public double OverdueAfter { get; init; } = 1.3;

    /// <summary>FIN-2, FIN-3: how those who went out in one round are ordered among each other.</summary>
    public BlockRank BlockRank { get; init; } = BlockRank.Time;

    /// <summary>FIN-4: a disqualification moves the blocks behind it up.</summary>
    public bool CompactAcrossRounds { get; init; }

    /// <summary>RNK-7: several DNF in one heat share the place; false: by laps, then time.</summary>
    public bool DnfShares { get; init; } = true;

    /// <summary>QUA-5: equal times at the cut all go through; false: none of them, until the jury says who.</summary>
    public bool TieAtCutAdvances { get; init; } = true;

    /// <summary>INC-2: false starts of one skater that are let go; the next is DSQ-TF.</summary>
    public int FalseStarts { get; init; } = 1;

    /// <summary>FMT-15: who is behind by laps has finished when she crosses the line after the winner; false: all skate the whole distance.</summary>
    public bool LappedFinish { get; init; }

    /// <summary>A change of the lead is said once in so many metres; null: each.</summary>
    public decimal? LeadEveryM { get; init; }

    /// <summary>TIM-1: decimals of a printed time. Times are kept and compared in thousandths all the same.</summary>
    public int TimeDigits { get; init; } = 3;

    /// <summary>INC-7: warnings for a sport fault before the next is DSQ-SF; 0 where there are none, as in all sprints.</summary>
    public int Warnings { get; init; }

    /// <summary>PTS-1, PTS-2; null where the format has no sprints for points.</summary>
    public SprintPlan? Sprints { get; init; }

    /// <summary>ELI-3; null where nobody goes out.</summary>
    public EliminationPlan? Elimination { get; init; }

    /// <summary>REL-4: the n-th skater of a team is the team's time; null: the format has no teams, or counts one passing for all.</summary>
    public int? Counts { get; init; }

    /// <summary>REC-1: no records where somebody skates for points or not to be the last.</summary>
    public bool HasRecords => Sprints is null && Elimination is null;

    /// <summary>FIN-6: who did not start in one of the events has no place in the combined; otherwise that one scores nothing.</summary>
    public bool DnsEndsCombined { get; init; }

    /// <summary>FIN-6: places are added up, in place of points for them.</summary>
    public bool SumsPlaces { get; init; }

    /// <summary>What the event's own document says goes before the format's defaults.</summary>
    public FormatProfile With(RuleDocument? rules) => rules is null ? this : this with
    {
        DnsEndsCombined = rules.DnsInCombined is { } dns ? dns == "out" : DnsEndsCombined,
        SumsPlaces = rules.Scoring is { } scoring ? scoring == "sumOfPlaces" : SumsPlaces,
        LeastLap = rules.LeastLapMs is { } least ? TimeSpan.FromMilliseconds(least) : LeastLap,
        LapM = rules.LapM ?? LapM,
        Lines = rules.Lines ?? Lines,
        UnresolvedWindow = rules.UnresolvedMs is { } ms ? TimeSpan.FromMilliseconds(ms) : UnresolvedWindow,
        BlockRank = rules.BlockRank switch { "time" => BlockRank.Time, "placeThenTime" => BlockRank.PlaceThenTime, "sharedPlace" => BlockRank.SharedPlace, _ => BlockRank },
        CompactAcrossRounds = rules.CompactAcrossRounds ?? CompactAcrossRounds,
        DnfShares = rules.DnfSameHeat is { } dnf ? dnf == "shared" : DnfShares,
        TieAtCutAdvances = rules.TieAtTimeCut is { } tie ? tie == "allAdvance" : TieAtCutAdvances,
        FalseStarts = rules.FalseStarts ?? FalseStarts,
        LappedFinish = rules.LappedFinish ?? LappedFinish,
        TimeDigits = rules.TimeDigits ?? TimeDigits,
        Warnings = rules.Warnings ?? Warnings,
        Counts = rules.Counts ?? Counts,
        Sprints = Sprints?.With(rules.Sprints),
        Elimination = Elimination?.With(rules.Elimination),
    };
}

/// <summary>FIN-2: by time over all heats, or by place and then time. FIN-3: one place for all with the same place in their heat.</summary>
public enum BlockRank { Time, PlaceThenTime, SharedPlace }

/// <summary>When points are given, and how many. Laps are laps to go.</summary>
public sealed record SprintPlan
{
    public int EveryLaps { get; init; } = 2;

    /// <summary>FMT-20.</summary>
    public decimal FromM { get; init; } = 1000;

    /// <summary>The announced laps; empty: by <see cref="EveryLaps"/>.</summary>
    public ImmutableArray<int> AtLapsToGo { get; init; } = [];

    public ImmutableArray<int> Points { get; init; } = [2, 1];
    public ImmutableArray<int> LastPoints { get; init; } = [3, 2, 1];

    public SprintPlan With(SprintsDocument? said) => said is null ? this : this with
    {
        EveryLaps = said.EveryLaps ?? EveryLaps,
        FromM = said.FromM ?? FromM,
        AtLapsToGo = said.AtLapsToGo ?? AtLapsToGo,
        Points = said.Points ?? Points,
        LastPoints = said.LastPoints ?? LastPoints,
    };
}

/// <summary>When somebody goes out. Laps are laps to go.</summary>
public sealed record EliminationPlan
{
    /// <summary>Null: as late as leaves the survivors.</summary>
    public int? First { get; init; }

    public int EveryLaps { get; init; } = 2;

    /// <summary>The last elimination, where <see cref="First"/> is not announced; null: one interval before the finish.</summary>
    public int? Last { get; init; }

    public ImmutableArray<int> Doubles { get; init; } = [];
    public int Survivors { get; init; } = 5;

    /// <summary>ELI-1, FMT-20.</summary>
    public decimal FromM { get; init; } = 1000;

    /// <summary>ELI-12: all who went out share one place.</summary>
    public bool Shared { get; init; }

    public EliminationPlan With(EliminationDocument? said) => said is null ? this : this with
    {
        First = said.First ?? First,
        EveryLaps = said.EveryLaps ?? EveryLaps,
        Last = said.Last ?? Last,
        Doubles = said.Doubles ?? Doubles,
        Survivors = said.Survivors ?? Survivors,
        FromM = said.FromM ?? FromM,
        Shared = said.Ranked is { } ranked ? ranked == "shared" : Shared,
    };
}

