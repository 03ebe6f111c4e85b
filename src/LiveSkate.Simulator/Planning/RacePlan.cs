using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>
/// All that will be said to the hub, fixed before the first word: a function of the result lists, the names and the
/// seed, so that a player that starts again says the same.
/// </summary>
/// <param name="Document">What is put as the meet (contract section 3).</param>
/// <param name="Races">As the programme has them; a combined has no rounds.</param>
public sealed record MeetPlan(string Meet, JsonObject Document, ImmutableArray<RacePlan> Races)
{
    public IEnumerable<PlannedHeat> Heats => Races.SelectMany(race => race.Rounds).SelectMany(round => round.Heats);

    /// <summary>As they are skated: the first rounds of all events, then the second, as the hub's programme lists them too.</summary>
    public IEnumerable<(RacePlan Race, PlannedRound Round)> InTurn =>
        Enumerable.Range(0, Races.Max(race => race.Rounds.Length)).SelectMany(
            depth => Races.Where(race => depth < race.Rounds.Length), (depth, race) => (race, race.Rounds[depth]));

    /// <summary>Everything that stands at the track.</summary>
    public IEnumerable<string> Sources => Document["sources"]!.AsArray().Select(source => (string)source!["id"]!);
}

/// <summary>What will be said of one event of a meet.</summary>
/// <param name="Kind">The format, one of <see cref="Kinds"/>.</param>
/// <param name="Tag">Stands for everything the plan was made from; part of every Idempotency-Key.</param>
/// <param name="Document">Of the whole meet.</param>
/// <param name="BibOf">Bib by the name that is printed in the file.</param>
public sealed record RacePlan(
    string Meet,
    string Event,
    string Kind,
    string Tag,
    JsonObject Document,
    ImmutableArray<PlannedRound> Rounds,
    ImmutableDictionary<string, string> BibOf,
    ImmutableArray<PrintedRow> FinalRanking)
{
    /// <summary>The decoder at the finish line, and the start device; and those at the opposite line (LAP-3).</summary>
    public const string FinishSource = "finish-1", StartSource = "start-1", OppositeFinish = "finish-2", OppositeStart = "start-2";

    /// <summary>Times are printed in whole seconds: the thousandths are not compared.</summary>
    public bool InSeconds { get; init; }

    public IEnumerable<PlannedRound> After(PlannedRound round) => Rounds.Where(next => next.From == round.Id);
}

/// <param name="From">Id of the round whose skaters it takes; null: its heats are in the document.</param>
/// <param name="PerHeat">How many of each heat advance by place; null where nobody does.</param>
/// <param name="ByJury">Bibs that the jury sends on (INC-10).</param>
/// <param name="Withdrawn">Bibs that qualified and are not in the next round (QUA-7).</param>
/// <param name="DrawnByJury">The heats of this round are the file's, whatever the rules would draw.</param>
public sealed record PlannedRound(
    string Id,
    string Name,
    string? From,
    int? PerHeat,
    bool DrawnByJury,
    ImmutableArray<PlannedHeat> Heats,
    ImmutableArray<string> ByJury,
    ImmutableArray<string> Withdrawn)
{
    /// <summary>A B final: for who missed the A final.</summary>
    public bool IsForTheRest { get; init; }
}

/// <param name="GunUs">Microseconds since 1970 UTC; against the clock the first gate.</param>
/// <param name="Starts">In start order.</param>
/// <param name="Messages">Of the track, in the order in which things happen.</param>
/// <param name="FinishOrder">The order that the jury enters, where times alone do not give it; otherwise null.</param>
public sealed record PlannedHeat(
    string Id,
    int Number,
    long GunUs,
    ImmutableArray<PlannedStart> Starts,
    ImmutableArray<TrackMessage> Messages,
    ImmutableArray<ImmutableArray<string>>? FinishOrder)
{
    /// <summary>What judges say while it is skated, in the order in which they say it.</summary>
    public ImmutableArray<PlannedAct> Acts { get; init; } = [];

    public IEnumerable<string> Sources => Messages.Select(message => message.Source).Distinct();

    public long LastSeq(string source) =>
        Messages.LastOrDefault(message => message.Source == source)?.Seq ?? 0;
}

/// <param name="SplitsUs">Since the gun, or since his own start, at each crossing of the finish line; empty for who does not start.</param>
/// <param name="Finishes">The last split is the finish.</param>
/// <param name="TimeTakenAway">Crosses the line, but has no official time (TIM-9).</param>
public sealed record PlannedStart(
    string Bib, PrintedRow Printed, ImmutableArray<long> SplitsUs, bool Finishes, bool TimeTakenAway)
{
    /// <summary>TIM-6: his own clock begins so long after the heat's.</summary>
    public long StartUs { get; init; }

    /// <summary>LAP-3: starts and finishes at the opposite line.</summary>
    public bool IsOpposite { get; init; }

    /// <summary>Of a team: which member crosses at each split; empty: the first.</summary>
    public ImmutableArray<int> Legs { get; init; } = [];

    /// <summary>What else is read of him or of his team.</summary>
    public ImmutableArray<SideReading> Beside { get; init; } = [];

    public long? ElapsedUs => Finishes ? SplitsUs[^1] : null;

    public bool IsDone => Finishes || Printed.Outcome is "DNS" or "EL";
}

/// <param name="Member">Of a team, the first is 0.</param>
/// <param name="AtUs">Since the gun, or since the team's own start.</param>
public sealed record SideReading(string Source, int Member, long AtUs);

/// <summary>One message of one source.</summary>
/// <param name="Chip">Null for the gun, and for a gate.</param>
/// <param name="TimeUs">Microseconds since 1970 UTC.</param>
public sealed record TrackMessage(string Source, string Epoch, long Seq, string? Chip, long TimeUs, bool IsGate = false);

/// <summary>A judge's word while the race runs: who won a sprint, who is out, who is in the race for a team.</summary>
/// <param name="AtUs">Microseconds since 1970 UTC.</param>
/// <param name="Key">Tells it from the others of its heat.</param>
/// <param name="Command">All but the heat.</param>
public sealed record PlannedAct(long AtUs, string Key, JsonObject Command);
