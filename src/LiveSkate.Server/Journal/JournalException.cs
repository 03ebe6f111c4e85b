namespace LiveSkate.Server.Journal;

/// <summary>The journal cannot be used or written; the message is a sentence for the person who runs the meet.</summary>
public sealed class JournalException : Exception
{
    public JournalException(string message) : base(message) { }

    public JournalException(string message, Exception? cause) : base(message, cause) { }

    public JournalException(string message, JournalDamage damage) : base(message) => Damage = damage;

    /// <summary>What is damaged, where that is the trouble; null otherwise.</summary>
    public JournalDamage? Damage { get; }
}

/// <param name="At">The first position that is not as it was written.</param>
/// <param name="Reason">What is wrong there.</param>
/// <param name="Lost">Rows from <paramref name="At"/> on that would be given up; null where they cannot be counted.</param>
public sealed record JournalDamage(long At, string Reason, long? Lost)
{
    /// <summary>Rows before the damage.</summary>
    public long Good => At - 1;
}
