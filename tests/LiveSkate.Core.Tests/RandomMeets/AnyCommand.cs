using System.Collections.Immutable;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>Any command of the office, with arguments that fit or do not, whatever state the meet is in.</summary>
/// <param name="wild">One in so many arguments is of nothing that exists.</param>
/// <param name="on">The heat that it is about; null: any.</param>
internal sealed class AnyCommand(Day day, Dice dice, Meet meet, int wild, Heat? on = null)
{
    private static readonly string[] Codes = [.. Statuses.Sanctions, .. Statuses.Remarks, "DSQ-SF", "FS", "FS", "W1", "DNS"];
    private static readonly string[] Nobody = ["", "0", "nobody", "T99"];
    private static readonly int[] Laps = [-1, 0, 0, 1, 2, 3, 4, 5, 8, 10, 10_000, int.MaxValue];
    private static readonly long?[] Times = [null, 0, -1, 1, 86_400_000, 86_400_001, long.MaxValue];

    /// <summary>Of one heat most of the time, so that things come together.</summary>
    private readonly Heat? _heat = on is not null ? on
        : meet.Heats.IsEmpty || dice.OneIn(wild) ? null
        : meet.ArmedLast is { } armed && meet.Heats.TryGetValue(armed, out var last) && !dice.OneIn(3) ? last
        : dice.Pick([.. meet.Heats.Values.OrderBy(heat => heat.Id, StringComparer.Ordinal)]);

    private string Heat => _heat?.Id ?? dice.OneOf("no-heat", "", "E1-R1-1");

    public Command Any() => dice.Upto(10) switch
    {
        0 or 1 or 2 => Life(),
        3 => dice.OneIn(4) ? Worn() : OfRound(),
        4 or 5 => Evidence(),
        6 or 7 => Given(),
        8 => dice.OneOf(0, 1, 2) switch { 0 => Judged(), _ => Eliminated() },
        _ => Undo(),
    };

    /// <summary>What the jury of a race under way is likely to say.</summary>
    public Command OfTheRace() => meet.EventOf(_heat!).Format switch
    {
        "elimination" when !dice.OneIn(4) => Eliminated(),
        "points" when !dice.OneIn(4) => dice.OneIn(5) ? Eliminated() : Judged(),
        "massStart" when dice.OneIn(5) => Eliminated(),
        "pointsElimination" when !dice.OneIn(4) => dice.OneIn(2) ? Eliminated() : Judged(),
        "relay" or "teamTimeTrial" when !dice.OneIn(4) => dice.OneIn(2)
            ? new SetOnTrack(Heat, TeamOf(out var member), member, AnyReading.AnyTime(day, dice))
            : new AddPassing(Heat, TeamOf(out member), AnyReading.AnyTime(day, dice), member),
        _ => dice.Upto(8) switch { 0 => new PauseHeat(Heat, "stopped", Reason()), 1 => Record(), 2 or 3 => Given(), _ => Evidence() },
    };

    private string TeamOf(out string member)
    {
        var bib = Bib();
        member = meet.Index.Competitor(_heat!.Event, bib) is { } team ? dice.Pick(team.Members).Id : "nobody";
        return bib;
    }

    /// <summary>TIM-7: a transponder, or the spare that may be read, goes to somebody or to nobody.</summary>
    private AssignTransponder Worn()
    {
        var skaters = meet.Document.Skaters;
        var chips = skaters.SelectMany(skater => skater.Transponders).Append(AnyReading.Spare).ToList();
        return new AssignTransponder(
            dice.OneIn(wild) ? "" : dice.OneIn(2) ? AnyReading.Spare : dice.Pick(chips),
            dice.OneIn(6) ? null : dice.OneIn(wild) || skaters.IsEmpty ? "nobody" : dice.Pick(skaters).Id,
            dice.OneIn(2) ? null : AnyReading.AnyTime(day, dice));
    }

    /// <summary>REC-3: one that was set, where there is one.</summary>
    private RatifyRecord Record()
    {
        var standing = HeatStandings.Of(meet, _heat!);
        var marks = standing.Rows.SelectMany(row => Records.Of(meet, standing, row), (row, mark) => (row.Bib, mark.Kind)).ToList();
        var (bib, kind) = marks.Count == 0 || dice.OneIn(wild) ? (Bib(), "XX") : dice.Pick(marks);
        return new RatifyRecord(Heat, bib, kind);
    }

    /// <summary>How a heat goes on, or is stopped.</summary>
    private Command Life() => dice.Upto(17) switch
    {
        0 => new OpenHeat(Heat),
        1 => new ArmHeat(Heat),
        2 => new DisarmHeat(Heat),
        3 => new StartHeat(Heat, AnyReading.AnyTime(day, dice)),
        4 => new FinishHeat(Heat),
        5 => new RecallHeat(Heat, dice.OneIn(2) ? null : Bib()),
        6 or 7 => new Publish(Heat),
        8 or 9 => new MakeOfficial(Heat),
        10 => new Review(Heat, Reason()),
        11 => new Protest(Heat, dice.OneOf("ITA", ""), Reason()),
        12 => new AnnulHeat(Heat, Reason()),
        13 => dice.OneIn(3) ? new CancelHeat(Heat, Reason()) : new ResumeHeat(Heat),
        14 => new PauseHeat(Heat, dice.OneOf("neutralised", "stopped", "paused"), Reason()),
        15 => new ResumeHeat(Heat),
        _ => _heat is null ? new RatifyRecord(Heat, Bib(), "WR") : Record(),
    };

    /// <summary>Who goes on, and how the next round is drawn.</summary>
    public Command OfRound()
    {
        var plan = dice.OneIn(wild) ? null : dice.Pick<EventDocument>(meet.Document.Events);
        var (@event, round) = (plan?.Id ?? "no-event", plan is null or { Rounds: [] } || dice.OneIn(wild) ? "no-round" : dice.Pick(plan.Rounds).Id);
        var bib = plan is null or { Entries: [] } || dice.OneIn(wild) ? dice.Pick(Nobody) : dice.Pick(plan.Entries).Bib;
        return dice.Upto(6) switch
        {
            0 or 1 => new DrawRound(@event, round),
            2 => new ConfirmDraw(@event, round),
            3 => new ConfirmDraw(@event, round, JurysDraw(plan, @event, round)),
            4 => new Advance(@event, round, bib, Reason()),
            _ => new Withdraw(@event, round, bib, Reason()),
        };
    }

    private ImmutableArray<ImmutableArray<string>>? JurysDraw(EventDocument? plan, string @event, string round)
    {
        var heats = dice.Between(0, 3);
        var lists = Enumerable.Range(0, heats).Select(_ => new List<string>()).ToList();
        if (heats > 0)
            foreach (var entry in (plan?.Entries ?? []).Where(_ => !dice.OneIn(3)))
                lists[dice.Upto(heats)].Add(entry.Bib);
        if (heats > 0 && dice.OneIn(wild))
            lists[0].Add(dice.Pick(Nobody));
        return dice.OneIn(3) ? null : [.. lists.Select(list => list.ToImmutableArray())];
    }

    /// <summary>What the office knows of the finish better than the loops.</summary>
    private Command Evidence() => dice.Upto(6) switch
    {
        0 or 1 => new AddPassing(Heat, Bib(), AnyReading.AnyTime(day, dice), dice.OneIn(2) ? Member() : null),
        2 => new VoidPassing(Heat, Passing()),
        3 => new SetOnTrack(Heat, Bib(), Member(), AnyReading.AnyTime(day, dice)),
        4 => new SetFinishOrder(Heat, Groups(20), dice.OneIn(2) ? null : Reason()),
        _ => new SetTime(Heat, Bib(), dice.OneIn(3) ? dice.Pick(Times) : 20_000 + dice.Upto(100_000), Reason()),
    };

    private Command Given() => dice.OneIn(4)
        ? new LiftSanction(Heat, Bib(), Code(), Reason())
        : new Sanction(
            Heat, Bib(), dice.Pick(Codes), Reason(), dice.OneIn(2) ? [.. Bibs().Take(dice.Between(1, 3))] : null,
            dice.OneOf<string?>(null, "J. Doe"), dice.OneOf<string?>(null, "165.b"));

    private Command Eliminated() => dice.OneIn(4)
        ? new Reinstate(Heat, _heat is { Run.Eliminations.IsEmpty: false } ? dice.Pick(_heat.Run.Eliminations).Bib : Bib(), Reason())
        : new Eliminate(
            Heat, [.. Bibs().Take(dice.OneOf(1, 1, 1, 2, 3, 0))], dice.OneIn(2) ? null : dice.Pick(Laps),
            dice.OneOf<string?>(null, null, "rule", "lapped", "fall", "gave-up", "fault", "rain"));

    private SetSprint Judged() => new(Heat, dice.Pick(Laps), Groups(4));

    private Undo Undo()
    {
        var at = dice.OneIn(wild) ? dice.OneOf(-1, 0, long.MaxValue)
            : dice.OneIn(3) || meet.Said.IsEmpty ? dice.Between(1, day.Journal.Count)
            : meet.Said[dice.OneIn(2) ? dice.Upto(meet.Said.Count) : Math.Max(0, meet.Said.Count - 1 - dice.Upto(6))].NewestAt;
        return new Undo(at, dice.OneIn(3) ? Any() : null);
    }

    private string Bib() => _heat is null or { Bibs: [] } || dice.OneIn(wild) ? dice.Pick(Nobody) : dice.Pick(_heat.Bibs);

    private IEnumerable<string> Bibs() => dice.Shuffled(_heat?.Bibs ?? []).Concat(dice.OneIn(wild) ? [dice.Pick(Nobody)] : []);

    private ImmutableArray<ImmutableArray<string>> Groups(int most)
    {
        var groups = new List<List<string>>();
        foreach (var bib in Bibs().Take(dice.Between(0, most)))
            if (groups.Count > 0 && dice.OneIn(6))
                groups[^1].Add(bib);
            else
                groups.Add([bib]);
        if (dice.OneIn(wild))
            groups.Add([]);
        return [.. groups.Select(group => group.ToImmutableArray())];
    }

    private string Member() => meet.Document.Skaters is [] || dice.OneIn(wild) ? "nobody"
        : _heat is { Bibs.IsEmpty: false } ? dice.Pick(meet.CompetitorOf(_heat, dice.Pick(_heat.Bibs)).Members).Id
        : dice.Pick(meet.Document.Skaters).Id;

    private long Passing() => _heat is not null && !dice.OneIn(wild) && HeatStandings.PassingsOf(meet, _heat) is { Count: > 0 } passings
        ? dice.Pick(passings).Passing.Passing.At
        : dice.Between(-1, day.Journal.Count + 1);

    private string Code() => _heat is { Run.Sanctions.IsEmpty: false } && !dice.OneIn(wild) ? dice.Pick(_heat.Run.Sanctions).Code : dice.Pick(Codes);

    private string Reason() => dice.OneOf("video", "", "was pushed – \"hard\"");
}
