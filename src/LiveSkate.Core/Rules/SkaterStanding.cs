using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>Where a finish came from, the most trusted last (TIM-5).</summary>
public enum Evidence { None, Transponder, PhotoFinish, Jury }

/// <summary>One skater of a heat as the facts have it.</summary>
public sealed record SkaterStanding
{
    public required string Bib { get; init; }

    /// <summary>0 for the first of the start list.</summary>
    public required int Start { get; init; }

    /// <summary>null while nothing is decided; OK DNS DNF DSQ-TF DSQ-SF DSQ-DF.</summary>
    public required string? Status { get; init; }

    /// <summary>What the order is taken by: never shown, for it may be finer than a thousandth.</summary>
    public required TimeSpan? Finish { get; init; }

    /// <summary>The official time in ms; null for a place without a time.</summary>
    public required long? TimeMs { get; init; }

    public required Evidence Evidence { get; init; }
    public required Crossings Crossings { get; init; }

    /// <summary>RNK-1 to RNK-3; while the heat runs, the live order.</summary>
    public int? Rank { get; init; }

    public bool Unresolved { get; init; }
    public bool Overdue { get; init; }
    public bool MissedRead { get; init; }

    public bool IsOk => Status == Statuses.Ok;
}

/// <summary>The codes of rules.md section 6, as contract section 4 writes them.</summary>
public static class Statuses
{
    public const string Ok = "OK", Dns = "DNS", Dnf = "DNF", TechnicalFault = "DSQ-TF", SportFault = "DSQ-SF", DisciplinaryFault = "DSQ-DF";

    /// <summary>What the office may sanction with, from the mildest to the hardest; the hardest given is the status.</summary>
    public static IReadOnlyList<string> Sanctions { get; } = [Dns, Dnf, TechnicalFault, SportFault, DisciplinaryFault];

    /// <summary>RNK-2, RNK-3: whether this status shares the last place, or has none.</summary>
    public static bool SharesLastPlace(string? status, bool firstRound) =>
        status is Dnf or TechnicalFault || (status is Dns && !firstRound);
}
