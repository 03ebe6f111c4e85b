using System.Diagnostics;
using System.Text.Json;

namespace LiveSkate.Benchmarks.Soak;

/// <summary>What one viewer holds of one scope, by the three lines of the contract that a client needs; and every way in which that can go wrong.</summary>
internal sealed class Followed(string scope)
{
    private static readonly TimeSpan MendedWithin = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, string> _records = new(StringComparer.Ordinal);
    private long _brokenSince;

    public string Scope => scope;

    public string? Epoch { get; private set; }

    public long? Seq { get; private set; }

    public int Frames { get; private set; }

    /// <summary>Frames that do not follow: seen, and mended by watching again.</summary>
    public int Breaks { get; private set; }

    /// <summary>A break after which no complete state came in time, or a state older than the one before.</summary>
    public int Failures { get; private set; }

    public IReadOnlyDictionary<string, string> Records => _records;

    /// <returns>False: watch again.</returns>
    public bool Take(JsonElement frame)
    {
        Frames++;
        var (epoch, seq) = (frame.GetProperty("epoch").GetString()!, frame.GetProperty("seq").GetInt64());
        var @base = frame.GetProperty("base");
        if (@base.ValueKind == JsonValueKind.Null)
        {
            CheckMended();
            if (epoch == Epoch && seq < Seq)
                Failures++;
            (_brokenSince, Epoch, Seq) = (0, epoch, seq);
            _records.Clear();
        }
        else if (epoch == Epoch && @base.GetInt64() == Seq && _brokenSince == 0)
            Seq = seq;
        else
        {
            if (_brokenSince != 0)
                return true;
            Breaks++;
            _brokenSince = Stopwatch.GetTimestamp();
            return false;
        }

        foreach (var gone in frame.GetProperty("removes").EnumerateArray())
            _records.Remove(gone.GetString()!);
        foreach (var put in frame.GetProperty("puts").EnumerateObject())
            _records[put.Name] = put.Value.GetRawText();
        return true;
    }

    /// <summary>At the end, and when a complete state comes: was it missing for too long?</summary>
    public void CheckMended()
    {
        if (_brokenSince != 0 && Stopwatch.GetElapsedTime(_brokenSince) > MendedWithin)
            Failures++;
    }

    public bool HoldsWhat(Followed other) =>
        Epoch == other.Epoch && _records.Count == other._records.Count
        && _records.All(record => other._records.TryGetValue(record.Key, out var same) && same == record.Value);
}
