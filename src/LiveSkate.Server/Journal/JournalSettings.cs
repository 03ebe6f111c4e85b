namespace LiveSkate.Server.Journal;

/// <param name="Path">The SQLite file; its folder is made where it is missing.</param>
/// <param name="AcceptDamage">The position named by the message about a damaged journal: rows from there on are given up. Null: never.</param>
public sealed record JournalSettings(string Path, long? AcceptDamage = null);
