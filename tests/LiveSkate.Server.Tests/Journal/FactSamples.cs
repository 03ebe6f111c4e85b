using System.Collections.Immutable;
using LiveSkate.Core;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Server.Tests.Journal;

/// <summary>Every case of <see cref="Fact"/>, with every member set; a few again with less, or more, in them.</summary>
internal static class FactSamples
{
    private static readonly DateTimeOffset Time = Microseconds.ToInstant(1_657_386_323_633_120);

    private static readonly MeetDocument Document = new(
        "The World Games 2022",
        new VenueDocument("Birmingham CrossPlex", "America/Chicago", 111.12m),
        Rehearsal: true,
        [new("start-1", SourceRole.Start, null), new("finish-1", SourceRole.Finish, null), new("split-1", SourceRole.Split, 55.5m)],
        [new("s1", "Jiménez", "Andrés", "COL", ["1001", "1002"])],
        [
            new("m1000", "Men's 1000 m sprint", "sprint", 1000, [new("11", "s1")],
            [
                new("pre", "Preliminary round", HeatPlan.Of([new("m1000-pre-1", 1, ["11", "12"])]), new AdvanceRule(1, 12), null),
                new("semi", "Semifinals", HeatPlan.DrawnLater(2), new AdvanceRule(1, 6), "twoPassSnake"),
            ]),
        ]) { Rate = 20 };

    /// <summary>A document with all that a format may have: it is kept for as long as the journal.</summary>
    private static MeetDocument EveryFormat => Document with
    {
        Venue = Document.Venue with { DM = 12.5m },
        Sources = [new("finish-2", SourceRole.Finish, null, 2)],
        Skaters = [new("s1", "Jiménez", "Andrés", "COL", ["1001"], Unnamed: true)],
        Events =
        [
            new("pe", "Points-elimination", "pointsElimination", 10_000, [new("1", null, new TeamDocument("Team A", "ITA", ["s1"]), 1000, 1001)],
                [new("b", "B final", HeatPlan.DrawnLater(1), new AdvanceRule(1, 2, 4), "reversedSnake", "pre", RoundDocument.TakesRest, 6)],
                new RuleDocument
                {
                    PlusD = true, LapM = 200.5m, LeastLapMs = 12_000, Lines = 2, UnresolvedMs = 3, Counts = 3, DnfSameHeat = "shared",
                    Sprints = new(2, 1000m, [4, 2], [2, 1], [3, 2, 1]), Elimination = new(20, 2, [4], 5, 1000m, "shared", 1),
                    BlockRank = "sharedPlace", CompactAcrossRounds = true, TieAtTimeCut = "none", FalseStarts = 1, LappedFinish = true,
                    TimeDigits = 0, Warnings = 2, DnsInCombined = "out", Scoring = "sumOfPlaces", ProtestMinutes = 15, Of = ["m1000"],
                },
                ["ITA", "COL"], [new MarkDocument("CR", 83_000, "Somebody", ["ITA"])]),
        ],
    };

    private static readonly ImmutableArray<ImmutableArray<string>> Lists = [["11", "12"], ["13"]];

    public static ImmutableArray<Fact> Full { get; } =
    [
        new PassingRead
        {
            Source = "finish-1", Epoch = "01J8ZQ4T3K9V5W7X2Y6Z8A1B3C", Seq = 42, Sim = true, Chip = "102758186", Time = Time,
            DeviceNo = 8857, Loop = "finish", Hits = 29, Strength = 133, Battery = "low", Replay = true,
        },
        new SignalGiven { Source = "start-1", Epoch = "E1", Seq = 1, Sim = true, Kind = SignalKind.Gun, Time = Time },
        new FinishRead
        {
            Source = "camera-1", Epoch = "E1", Seq = 2, Sim = true, Heat = "m1000-pre-1", Revision = 3,
            Rows = [new("11", 1, TimeSpan.FromMicroseconds(83_633_120), "OK"), new("12", null, null, "DNF")],
        },
        new SourceReported
        {
            Source = "finish-1", Link = "up", SentAt = Time, LastSeq = 42, Noise = 53, Volts = 12.1m, ClockOffsetUs = -1200, Alarms = ["hot", "noisy"],
        },
        new MessageRejected
        {
            Topic = "ls/v1/venue/src/finish-1/passing", Source = "finish-1", Reason = "not-json", Detail = "byte 3 is <, \"é\"",
            Bytes = [0, 1, 254, 255], Length = 4, Epoch = "E1", Seq = 7,
        },
        new MeetPut(Document),
        new NextRoundSettled(new SanctionLifted("m1000-pre-1", "12", "DSQ-TF", "video"), "keep", [new("m1000", "semi", ["11", "12"])]),
        new CommandUndone(17, new SkaterSanctioned("m1000-pre-1", "12", "DSQ-TF", "pushed")),
        new HeatOpened("m1000-pre-1"),
        new HeatArmed("m1000-pre-1"),
        new HeatDisarmed("m1000-pre-1"),
        new HeatStarted("m1000-pre-1", Time),
        new HeatFinished("m1000-pre-1"),
        new HeatRecalled("m1000-pre-1", "11"),
        new HeatPublished("m1000-pre-1"),
        new HeatMadeOfficial("m1000-pre-1"),
        new HeatReviewed("m1000-pre-1", "protest of COL"),
        new HeatAnnulled("m1000-pre-1", "power cut"),
        new PassingAdded("m1000-pre-1", "11", Time, "s1"),
        new SkaterOnTrack("m1000-pre-1", "11", "s1", Time),
        new PassingVoided("m1000-pre-1", 17),
        new FinishOrderSet("m1000-pre-1", Lists, "photo"),
        new ProtestFiled("m1000-pre-1", "COL", "was pushed"),
        new TimeSet("m1000-pre-1", "11", 83_633, "photo"),
        new SkaterSanctioned("m1000-pre-1", "11", "RR", "hindered 12", ["12"], "bend 2", "170.4"),
        new HeatPaused("m1000-pre-1", "neutralised", "a fall in bend 2"),
        new HeatResumed("m1000-pre-1"),
        new RecordRatified("m1000-pre-1", "11", "WR"),
        new HeatCancelled("m1000-pre-1", "rain"),
        new SkatersEliminated("m1000-pre-1", ["11", "12"], 8, "rule"),
        new SkaterReinstated("m1000-pre-1", "11", "the judges had the wrong number"),
        new SprintJudged("m1000-pre-1", 4, [["11"], ["12", "13"]]),
        new SanctionLifted("m1000-pre-1", "11", "DSQ-TF", "video"),
        new DrawProposed("m1000", "semi", Lists),
        new DrawConfirmed("m1000", "semi", Lists, ByJury: true, ["11", "12"]),
        new SkaterAdvanced("m1000", "pre", "11", "was hindered"),
        new SkaterWithdrawn("m1000", "pre", "11", "ill"),
        new TransponderAssigned("4711", "s11", Time),
    ];

    public static ImmutableArray<Fact> Sparse { get; } =
    [
        new PassingRead { Source = "finish-1", Chip = "a\0b", Time = Time },
        new SignalGiven { Source = "start-1", Kind = SignalKind.Recall, Time = Time },
        new SignalGiven { Source = "start-1", Kind = SignalKind.Gate, Time = Time },
        new FinishRead { Source = "camera-1", Heat = "h", Revision = 1, Rows = [] },
        new SourceReported { Source = "finish-1", Link = "lost" },
        new MeetPut(EveryFormat),
        new MessageRejected { Topic = "?", Reason = "unknown-topic", Detail = "", Bytes = [], Length = 0 },
        new CommandUndone(17, null),
        new NextRoundSettled(new CommandUndone(17, null), "redraw", []),
        new HeatRecalled("h", null),
        new FinishOrderSet("h", []),
        new TimeSet("h", "11", null, "no time"),
    ];
}
