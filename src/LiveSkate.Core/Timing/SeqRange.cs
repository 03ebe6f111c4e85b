namespace LiveSkate.Core.Timing;

/// <summary>Consecutive numbers of one sender, both ends included; <paramref name="From"/> is at least 1.</summary>
public readonly record struct SeqRange(long From, long To)
{
    public bool Contains(SeqRange other) => From <= other.From && other.To <= To;

    public override string ToString() => From == To ? $"{From}" : $"{From}-{To}";
}
