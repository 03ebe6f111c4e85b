using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>
/// All that will be said to the hub, fixed before the first word: a function of the result file, the names and the
/// seed, so that a player that starts again says the same.
/// </summary>
/// <param name="Tag">Stands for everything the plan was made from; part of every Idempotency-Key.</param>
/// <param name="Document">What is put as the meet (contract section 3).</param>
/// <param name="BibOf">Bib by the name that is printed in the file.</param>
public sealed record RacePlan(
    string Meet,
    string Event,
    string Tag,
    JsonObject Document,
    ImmutableArray<PlannedRound> Rounds,
    ImmutableDictionary<string, string> BibOf,
    ImmutableArray<PrintedRow> FinalRanking)
{
    /// <summary>The decoder at the finish line, and the start device.</summary>
    public const string FinishSource = "finish-1", StartSource = "start-1";
}

/// <param name="PerHeat">How many of each heat advance by place; null in the last round.</param>
/// <param name="ByJury">Bibs that the jury sends on (INC-10).</param>
/// <param name="Withdrawn">Bibs that qualified and are not in the next round (QUA-7).</param>
/// <param name="DrawnByJury">The heats of this round are the file's, whatever the rules would draw.</param>
public sealed record PlannedRound(
    string Id,
    string Name,
    int? PerHeat,
    bool DrawnByJury,
    ImmutableArray<PlannedHeat> Heats,
    ImmutableArray<string> ByJury,
    ImmutableArray<string> Withdrawn);

/// <param name="GunUs">Microseconds since 1970 UTC.</param>
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
    public long LastSeq(string source) =>
        Messages.LastOrDefault(message => message.Source == source)?.Seq ?? 0;
}

/// <param name="SplitsUs">Since the gun, at each crossing of the finish line; empty for who does not start.</param>
/// <param name="Finishes">The last split is the finish.</param>
/// <param name="TimeTakenAway">Crosses the line, but has no official time (TIM-9).</param>
public sealed record PlannedStart(
    string Bib, PrintedRow Printed, ImmutableArray<long> SplitsUs, bool Finishes, bool TimeTakenAway)
{
    public long? ElapsedUs => Finishes ? SplitsUs[^1] : null;
}

/// <summary>One message of one source.</summary>
/// <param name="Chip">Null for the gun.</param>
/// <param name="TimeUs">Microseconds since 1970 UTC.</param>
public sealed record TrackMessage(string Source, string Epoch, long Seq, string? Chip, long TimeUs);
