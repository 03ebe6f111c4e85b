namespace LiveSkate.Server.Journal;

/// <summary>One server per journal: an exclusive lock on a file beside it, gone with the process however that ends. Readers need none.</summary>
internal sealed class JournalLock : IDisposable
{
    /// <summary>EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows: any other error is another trouble.</summary>
    private static readonly int[] Taken = [11, 35, 32];

    private readonly FileStream _held;

    private JournalLock(FileStream held) => _held = held;

    /// <exception cref="JournalException">Another process has it.</exception>
    public static JournalLock Of(string journal)
    {
        try
        {
            return new JournalLock(new FileStream(journal + "-lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException taken) when (Taken.Contains(taken.HResult & 0xFFFF))
        {
            throw new JournalException(
                $"Another LiveSkate has the journal '{journal}' open. Stop that one, or give this one a journal of its own with Journal:Path.", taken);
        }
    }

    public void Dispose() => _held.Dispose();
}
