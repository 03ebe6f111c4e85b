using System.Security.Cryptography;

namespace LiveSkate.Server.Ingest;

/// <summary>
/// A gateway's password as the settings hold it: <c>pbkdf2-sha256$iterations$salt$hash</c>, salt and hash in base64,
/// the password in UTF-8.
/// </summary>
public sealed class PasswordHash
{
    public const string Form = "pbkdf2-sha256$iterations$salt$hash, salt (4 bytes or more) and hash (32) in base64";

    private const string Scheme = "pbkdf2-sha256";
    private const int Iterations = 210_000, MostIterations = 10_000_000, SaltBytes = 16, HashBytes = 32;

    private readonly int _iterations;
    private readonly byte[] _salt, _hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) => (_iterations, _salt, _hash) = (iterations, salt, hash);

    /// <returns>Null when the text is not of the <see cref="Form"/>.</returns>
    public static PasswordHash? TryParse(string text)
    {
        if (text.Split('$') is not [Scheme, var count, var salt64, var hash64]
            || !int.TryParse(count, System.Globalization.NumberStyles.None, null, out var _iterations) || _iterations is < 1 or > MostIterations)
            return null;
        byte[] _salt = new byte[salt64.Length], _hash = new byte[hash64.Length];
        return Convert.TryFromBase64String(salt64, _salt, out var saltLength) && saltLength >= 4
            && Convert.TryFromBase64String(hash64, _hash, out var hashLength) && hashLength == HashBytes
            ? new PasswordHash(_iterations, _salt[..saltLength], _hash[..hashLength])
            : null;
    }

    /// <summary>A new hash with a new salt, to be put into the settings.</summary>
    public static string Make(string password)
    {
        var _salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var _hash = Rfc2898DeriveBytes.Pbkdf2(password, _salt, Iterations, HashAlgorithmName.SHA256, HashBytes);
        return $"{Scheme}${Iterations}${Convert.ToBase64String(_salt)}${Convert.ToBase64String(_hash)}";
    }

    public bool Fits(ReadOnlySpan<byte> password) => CryptographicOperations.FixedTimeEquals(
        _hash, Rfc2898DeriveBytes.Pbkdf2(password, _salt, _iterations, HashAlgorithmName.SHA256, HashBytes));
}
