using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>Where a finish came from, the most trusted last (TIM-5).</summary>
public enum Evidence { None, Hand, Transponder, Photocell, PhotoFinish, Jury }

/// <summary>One skater of a heat as the facts have it.</summary>
public sealed record SkaterStanding
{
    public required string Bib { get; init; }

    /// <summary>0 for the first of the start list.</summary>
    public required int Start { get; init; }

    /// <summary>null while nothing is decided; OK WDR DNS DNF EL DSQ-TF DSQ-SF DSQ-DF.</summary>
    public required string? Status { get; init; }

    /// <summary>What the order is taken by: never shown, for it may be finer than a thousandth.</summary>
    public required TimeSpan? Finish { get; init; }

    /// <summary>The official time in ms; null for a place without a time.</summary>
    public required long? TimeMs { get; init; }

    public required Evidence Evidence { get; init; }

    /// <summary>What the time was taken by, where the jury's order says the place.</summary>
    public Evidence TimedBy { get; init; }

    public required Crossings Crossings { get; init; }

    /// <summary>RNK-1 to RNK-3; while the heat runs, the live order.</summary>
    public int? Rank { get; init; }

    /// <summary>Won at sprints so far; null where the format gives none.</summary>
    public int? Points { get; init; }

    /// <summary>PTS-5: how many of them the judges have not said yet; null where the format gives none.</summary>
    public int? PointsUnjudged { get; init; }

    /// <summary>LAP-4: place on the track, where the rank goes by something else; null otherwise, and for who is not racing any more.</summary>
    public int? OnTrack { get; init; }

    /// <summary>Taken out of an elimination; null for who is still in.</summary>
    public OutOfRace? Out { get; init; }

    /// <summary>Whole laps behind the leader.</summary>
    public int LapsDown { get; init; }

    /// <summary>Would go out at the next elimination as things stand. A transponder proposes, the judge decides (ELI-2).</summary>
    public bool InDanger { get; init; }

    /// <summary>Was the last at an elimination lap, as the transponders have it; the judges have not said so yet.</summary>
    public bool ProposedOut { get; init; }

    /// <summary>INC-6, TIM-8: what was measured, where the official time is another; null where they agree.</summary>
    public long? MeasuredMs { get; init; }

    /// <summary>INC-5: the time is another skater's, by RR.</summary>
    public bool Swapped { get; init; }

    /// <summary>What the rules would have the jury give, and did not give yet: DSQ-SF after too many warnings (R26 169). Never a status.</summary>
    public string? Proposed { get; init; }

    /// <summary>TIM-6: where his own clock began; null where all run from one gun, or he has not started.</summary>
    public DateTimeOffset? OwnStart { get; init; }

    /// <summary>LAP-4, against the clock: his time at the last split that all who are still skating have passed.</summary>
    public TimeSpan? AtCommonSplit { get; init; }

    /// <summary>Lane, or which of two opposite lines (LAP-3); null where all start together.</summary>
    public int? Lane { get; init; }

    public bool Unresolved { get; init; }

    /// <summary>By how much he should have been at the line before the last reading of anybody; null while he is in time.</summary>
    public long? OverdueMs { get; init; }

    public bool MissedRead { get; init; }

    public bool IsOk => Status == Statuses.Ok;
}

/// <summary>ELI-6: places are given from the back.</summary>
/// <param name="Place">In the heat.</param>
/// <param name="LapsToGo">Of the leader when she went out; null where nobody said.</param>
public sealed record OutOfRace(int Place, int? LapsToGo, string Cause);

/// <summary>The codes of rules.md section 6, as contract section 4 writes them.</summary>
public static class Statuses
{
    public const string Ok = "OK", Withdrawn = "WDR", Dns = "DNS", Dnf = "DNF", TechnicalFault = "DSQ-TF", SportFault = "DSQ-SF", DisciplinaryFault = "DSQ-DF";

    /// <summary>By the rule of an elimination, or taken out of it by the judges.</summary>
    public const string Eliminated = "EL";

    /// <summary>Remarks: no status (rules.md section 6).</summary>
    public const string FirstWarning = "W1", SecondWarning = "W2", FalseStart = "FS", Reduced = "RR";

    /// <summary>What the office may sanction with, from the mildest to the hardest; the hardest given is the status.</summary>
    public static IReadOnlyList<string> Sanctions { get; } = [Withdrawn, Dns, Dnf, TechnicalFault, SportFault, DisciplinaryFault];

    /// <summary>What the office may give beside a status.</summary>
    public static IReadOnlyList<string> Remarks { get; } = [FirstWarning, SecondWarning, FalseStart, Reduced];

    /// <summary>Remarks that stay with a skater through the rounds of an event.</summary>
    public static bool Carries(string code) => code is FirstWarning or SecondWarning or FalseStart;

    public static bool IsWarning(string code) => code is FirstWarning or SecondWarning;

    public static bool IsDisqualified(string? status) => status is TechnicalFault or SportFault or DisciplinaryFault;

    /// <summary>No starter of the race (STL-4).</summary>
    public static bool IsAbsent(string? status) => status is Dns or Withdrawn;

    /// <summary>RNK-2, RNK-3: whether this status shares the last place, or has none.</summary>
    public static bool SharesLastPlace(string? status, bool firstRound) =>
        status is Dnf or TechnicalFault || (status is Dns && !firstRound);
}
