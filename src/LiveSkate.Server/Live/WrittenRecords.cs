using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LiveSkate.Server.Live;

/// <summary>
/// The records of a scope by id, each with its finished bytes. A record that says what it said in the state before keeps the bytes of then: a
/// passing changes a row or two, and writing a row costs more than making and comparing it.
/// </summary>
internal sealed class WrittenRecords(WrittenRecords? before) : IReadOnlyDictionary<string, ReadOnlyMemory<byte>>
{
    private readonly Dictionary<string, (object Record, ReadOnlyMemory<byte> Json, object? MadeOf)> _byId = new(before?.Count ?? 0, StringComparer.Ordinal);

    /// <summary>Let go when all are put: else each state would hold all that were before it.</summary>
    private WrittenRecords? _before = before;
    private int _kept;

    /// <param name="madeOf">See <see cref="MadeOf"/>.</param>
    public void Put<T>(string id, T record, JsonTypeInfo<T> type, object? madeOf = null) where T : class
    {
        var same = _before is not null && _before._byId.TryGetValue(id, out var known) && record.Equals(known.Record) ? known.Json : default(ReadOnlyMemory<byte>?);
        _kept += same is null ? 0 : 1;
        _byId[id] = (record, same ?? JsonSerializer.SerializeToUtf8Bytes(record, type), madeOf);
    }

    /// <summary>What the record in the state before was made of, if that was said with it.</summary>
    public object? MadeOf(string id) => _before?._byId.TryGetValue(id, out var known) == true ? known.MadeOf : null;

    /// <summary>All are put.</summary>
    /// <returns>The state before itself, where nothing has changed.</returns>
    public WrittenRecords Done()
    {
        var before = _before;
        _before = null;
        return before is not null && _kept == Count && Count == before.Count ? before : this;
    }

    public int Count => _byId.Count;

    public ReadOnlyMemory<byte> this[string key] => _byId[key].Json;

    public IEnumerable<string> Keys => _byId.Keys;

    public IEnumerable<ReadOnlyMemory<byte>> Values => _byId.Values.Select(known => known.Json);

    public bool ContainsKey(string key) => _byId.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out ReadOnlyMemory<byte> value)
    {
        var isKnown = _byId.TryGetValue(key, out var known);
        value = known.Json;
        return isKnown;
    }

    public IEnumerator<KeyValuePair<string, ReadOnlyMemory<byte>>> GetEnumerator() =>
        _byId.Select(known => KeyValuePair.Create(known.Key, known.Value.Json)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
