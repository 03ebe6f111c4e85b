using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LiveSkate.Core.Published;

namespace LiveSkate.Server.Live;

/// <summary>
/// The newest records of one scope and their number; while nobody watches, the number alone. It remembers no more than that: a viewer who has missed anything gets everything.
/// Not safe for threads; <see cref="FanOut"/> holds its lock around every call.
/// </summary>
public sealed class Scope(string name, string epoch)
{
    /// <summary>Bytes up to which a complete state costs a viewer what a delta costs: one wake-up, one packet.</summary>
    private const int WorthADelta = 1400;

    /// <summary>In µs. How long a greeting may be given to the next who comes before its <c>serverUs</c> is too old.</summary>
    private const long GreetingLasts = 1_000_000;

    private IReadOnlyDictionary<string, ReadOnlyMemory<byte>> _records = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty;
    private byte[]? _digest;
    private Post? _greeting;
    private long _greetedAtUs;

    public string Name { get; } = name;

    /// <summary>0 before the first state; then one more with every real change, for as long as the server runs.</summary>
    public long Seq { get; private set; }

    public Dictionary<Viewer, Mailbox> Watchers { get; } = [];

    /// <summary>Takes the newest state. Null if it is what was there already.</summary>
    public Post? Change(ScopeState state, ImmutableArray<HighlightLine> highlights, long serverUs, long arrived)
    {
        if (IsWhatItWas(state))
            return null;
        var puts = state.Puts.Where(put => !_records.TryGetValue(put.Key, out var old) || !old.Span.SequenceEqual(put.Value.Span)).ToList();
        var removes = _records.Keys.Where(id => !state.Puts.ContainsKey(id)).ToList();
        if (Seq > 0 && puts.Count == 0 && removes.Count == 0)
            return null;

        _records = state.Puts;
        _greeting = null;
        var before = Seq++;
        var complete = Message(null, _records, [], highlights, serverUs);
        if (before == 0 || complete.Json.Length <= WorthADelta)
            return new Post(Seq, before, complete, null, arrived);

        var delta = Message(before, puts, removes, highlights, serverUs);
        return new Post(Seq, before, complete, delta.Json.Length < complete.Json.Length ? delta : null, arrived);
    }

    /// <summary>
    /// Nobody watches: a day has hundreds of heats, and most are watched once. The number must not come twice, so it stays, with what tells
    /// whether the state is still the one of that number.
    /// </summary>
    public void Rest() => (_digest, _records, _greeting) = (DigestOf(_records), ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty, null);

    private bool IsWhatItWas(ScopeState state)
    {
        var digest = _digest;
        _digest = null;
        if (digest is null || !digest.AsSpan().SequenceEqual(DigestOf(state.Puts)))
            return false;
        _records = state.Puts;
        return true;
    }

    private static byte[] DigestOf(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> records)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (id, record) in records.OrderBy(record => record.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(id));
            hash.AppendData([0]);
            hash.AppendData(record.Span);
        }
        return hash.GetHashAndReset();
    }

    /// <summary>
    /// The complete state for one who comes between two changes: with what was said of late, and with a fresh time.
    /// All who come within a second share it.
    /// </summary>
    /// <param name="said">Asked only where the greeting is made anew.</param>
    public Post Greeting(long serverUs, Func<string, ImmutableArray<HighlightLine>> said)
    {
        if (_greeting is null || serverUs - _greetedAtUs is < 0 or > GreetingLasts)
        {
            _greeting = new Post(Seq, Seq - 1, Message(null, _records, [], said(Name), serverUs), null, 0);
            _greetedAtUs = serverUs;
        }

        return _greeting;
    }

    private SharedMessage Message(
        long? @base, IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> puts, IReadOnlyList<string> removes,
        ImmutableArray<HighlightLine> highlights, long serverUs) =>
        new("frame", $"{epoch}:{Seq}", FrameJson.Write(Name, epoch, Seq, @base, puts, removes, highlights, serverUs));
}
