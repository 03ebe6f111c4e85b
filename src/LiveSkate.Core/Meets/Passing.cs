namespace LiveSkate.Core.Meets;

/// <summary>One crossing of one loop by one transponder, or written in by the office.</summary>
/// <param name="At">Position in the journal: its id.</param>
/// <param name="AtM">Metres after the line for a split; null at the line.</param>
/// <param name="Chip">Empty where the office wrote it in, and of a light beam, which knows no names.</param>
public sealed record Passing(long At, string Source, decimal? AtM, string Chip, DateTimeOffset Time)
{
    /// <summary>The source of what the office wrote in.</summary>
    public const string Office = "office";

    /// <summary>LAP-3: which of two opposite lines was crossed; null where there is one.</summary>
    public int? Line { get; init; }

    /// <summary>Of a team: which member, by id, where the office wrote it in and said so.</summary>
    public string? Skater { get; init; }

    /// <summary>TIM-7: position of the word that made it his, where that is later than the reading; otherwise 0.</summary>
    public long Since { get; init; }

    /// <summary>TIM-5: the least trusted evidence, good for what nothing else has read.</summary>
    public bool IsByHand => Chip.Length == 0 && Source == Office;

    /// <summary>By time, then by what was read, so that the order of arrival decides nothing.</summary>
    public static IComparer<Passing> ByTime { get; } = Comparer<Passing>.Create(static (a, b) =>
        a.Time != b.Time ? a.Time.CompareTo(b.Time)
        : a.Chip != b.Chip ? string.CompareOrdinal(a.Chip, b.Chip)
        : a.Source != b.Source ? string.CompareOrdinal(a.Source, b.Source)
        : a.At.CompareTo(b.At));
}

/// <summary>TIM-7: a word on who wears a transponder.</summary>
/// <param name="Skater">By id; null: nobody.</param>
/// <param name="From">Null: always.</param>
/// <param name="At">Position of the word.</param>
public sealed record Worn(string? Skater, DateTimeOffset? From, long At);

/// <summary>A gun, gate or recall that nobody waited for.</summary>
public sealed record StraySignal(long At, string Source, SignalKind Kind, DateTimeOffset Time);
