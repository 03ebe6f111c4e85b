using System.Globalization;
using System.Text;

namespace LiveSkate.Server.Journal;

/// <summary>One server per journal: an exclusive lock on a file beside it, gone with the process however that ends. Readers need none.</summary>
internal sealed class JournalLock : IDisposable
{
    private readonly FileStream _held;

    private JournalLock(FileStream held) => _held = held;

    /// <exception cref="JournalException">Another process has it.</exception>
    public static JournalLock Take(string journal)
    {
        var path = journal + "-lock";
        try
        {
            var held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            held.SetLength(0);
            held.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            return new JournalLock(held);
        }
        catch (IOException taken) when (taken is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            throw new JournalException(
                $"Another LiveSkate{Holder(path)} has the journal '{journal}' open. Stop that one, or give this one a journal of its own with Journal:Path.",
                taken);
        }
    }

    public void Dispose() => _held.Dispose();

    private static string Holder(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var text = new StreamReader(file);
            var process = text.ReadToEnd().Trim();
            return process.Length > 0 ? $" (process {process})" : "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
