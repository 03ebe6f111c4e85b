using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LiveSkate.Server.Ops;

/// <summary>
/// The office's key (contract section 1): made and shown once at the first start, kept only as a salted hash in a file beside
/// the journal; or set, and then kept nowhere.
/// </summary>
public sealed class OfficeKey
{
    private const string Scheme = "Bearer ", Form = "sha256";
    private const int KeyBytes = 32, SaltBytes = 16;

    private readonly byte[] _salt, _hash;

    private OfficeKey(byte[] salt, byte[] hash) => (_salt, _hash) = (salt, hash);

    /// <param name="journal">The path of the journal.</param>
    /// <param name="show">Gets the new key, once, where one had to be made.</param>
    /// <exception cref="SettingsException">The file with the hash cannot be read or written.</exception>
    public static OfficeKey Load(OfficeSettings settings, string journal, Action<string> show)
    {
        if (settings.Key is { } given)
            return Of(given);
        var file = FileBeside(journal);
        try
        {
            return File.Exists(file) ? Parse(File.ReadAllText(file), file) : Make(file, show);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException("Office:Key", "not set", $"the file '{file}' that keeps its hash cannot be used ({failed.Message.TrimEnd('.')})",
                "a folder of the journal that this user may write, or a key of your own in Office:Key");
        }
    }

    public static string FileBeside(string journal) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(journal))!, "office-key");

    /// <summary>The request has this key, as <c>Authorization: Bearer …</c>.</summary>
    public bool IsIn(HttpContext context) =>
        context.Request.Headers.Authorization is [{ } header] && Fits(header);

    /// <param name="header">The value of the Authorization header.</param>
    public bool Fits(string header) =>
        header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(_hash, Hash(_salt, header.AsSpan(Scheme.Length).Trim().ToString()));

    private static OfficeKey Of(string key)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new OfficeKey(salt, Hash(salt, key));
    }

    private static OfficeKey Make(string file, Action<string> show)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        var made = Of(key);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // Written whole or not at all: half a hash would lock the office out.
        var unfinished = file + "-new";
        File.Delete(unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(unfinished, options))
        {
            stream.Write(Encoding.ASCII.GetBytes($"{Form}${Convert.ToBase64String(made._salt)}${Convert.ToBase64String(made._hash)}\n"));
            stream.Flush(flushToDisk: true);
        }
        File.Move(unfinished, file);
        show(key);
        return made;
    }

    private static OfficeKey Parse(string text, string file)
    {
        try
        {
            if (text.Trim().Split('$') is [Form, var salt, var hash] && Convert.FromBase64String(hash) is { Length: SHA256.HashSizeInBytes } bytes)
                return new OfficeKey(Convert.FromBase64String(salt), bytes);
        }
        catch (FormatException)
        {
            // Said below, with what to do about it.
        }
        throw new SettingsException("Office:Key", "not set", $"the file '{file}' that keeps its hash is damaged",
            "delete that file and start again to have a new key made, or set Office:Key");
    }

    /// <summary>One round is enough: the key has 256 random bits, or is the user's own and in plain text in the settings.</summary>
    private static byte[] Hash(byte[] salt, string key) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(key)]);
}
