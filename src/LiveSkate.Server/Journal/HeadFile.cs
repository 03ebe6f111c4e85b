using System.Globalization;
using System.Text;

namespace LiveSkate.Server.Journal;

/// <summary>
/// The newest position, in a small file beside the journal. A chain of hashes cannot tell that its end was cut off; this can.
/// Written after the commit and not synced: it may lag behind the journal after a power cut, but is never ahead of it.
/// </summary>
internal sealed class HeadFile(string path) : IDisposable
{
    private const int Width = 20;
    private FileStream? _open;

    public string Path => path;

    /// <summary>Null where there is none, or where it is torn.</summary>
    public long? Read()
    {
        try
        {
            return long.TryParse(File.ReadAllText(path).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public void Write(long at)
    {
        try
        {
            _open ??= new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            RandomAccess.Write(_open.SafeFileHandle, Encoding.ASCII.GetBytes(at.ToString($"D{Width}", CultureInfo.InvariantCulture) + "\n"), 0);
        }
        catch (IOException)
        {
            // The row itself is durable. A head that lags only makes the next start less sharp-eyed.
        }
    }

    public void Dispose() => _open?.Dispose();
}
