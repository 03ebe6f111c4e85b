namespace LiveSkate.Server.Journal;

/// <summary>One server per journal: an exclusive lock on a file beside it, gone with the process however that ends. Readers need none.</summary>
internal sealed class JournalLock : IDisposable
{
    private readonly FileStream _held;

    private JournalLock(FileStream held) => _held = held;

    /// <exception cref="JournalException">Another process has it.</exception>
    public static JournalLock Take(string journal)
    {
        try
        {
            return new JournalLock(new FileStream(journal + "-lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException taken) when (taken.GetType() == typeof(IOException))
        {
            throw new JournalException(
                $"Another LiveSkate has the journal '{journal}' open. Stop that one, or give this one a journal of its own with Journal:Path.", taken);
        }
    }

    public void Dispose() => _held.Dispose();
}
