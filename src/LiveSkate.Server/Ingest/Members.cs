using System.Text.Json;
using LiveSkate.Core.Timing;

namespace LiveSkate.Server.Ingest;

/// <summary>Why something was not taken.</summary>
/// <param name="Code">One of <see cref="RejectionCodes"/>.</param>
/// <param name="Detail">Names the member and its value.</param>
internal readonly record struct Fault(string Code, string Detail);

/// <summary>
/// Reads the members of one JSON object: strict on those that are asked for, blind to all others. The first thing that
/// is wrong is kept in <see cref="Fault"/>; what is read after that means nothing.
/// </summary>
internal sealed class Members
{
    private const int MostText = 64;
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _twice = new(StringComparer.Ordinal);
    private readonly string _path;

    /// <param name="path">Put before names in faults: "rows[3]."; empty for the message itself.</param>
    public Members(JsonElement element, string path = "")
    {
        _path = path;
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fail(RejectionCodes.WrongType, $"{(path.Length == 0 ? "the message" : path.TrimEnd('.'))} is {Show(element)}; it has to be an object");
            return;
        }
        foreach (var member in element.EnumerateObject())
        {
            if (!_values.TryAdd(member.Name, member.Value))
                _twice.Add(member.Name);
        }
    }

    public Fault? Fault { get; private set; }

    public bool Has(string name) => Optional(name) is not null;

    /// <summary>A text of 1 to 64 characters that can be part of a key: neither '|' nor control characters.</summary>
    public string? Word(string name, bool required = false)
    {
        if (Text(name, required) is not { } text)
            return null;
        if (text.Length is >= 1 and <= MostText && !text.Any(character => character == '|' || char.IsControl(character)))
            return text;
        OutOfRange(name, $"1 to {MostText} characters, none of them '|' or a control character");
        return null;
    }

    public string? Text(string name, bool required = false) => Typed(name, required, JsonValueKind.String, "a text")?.GetString();

    /// <summary>Absent and null are false.</summary>
    public bool Flag(string name)
    {
        var value = Optional(name);
        if (value is not null and not { ValueKind: JsonValueKind.True or JsonValueKind.False })
            WrongType(name, value.Value, "true or false");
        return value is { ValueKind: JsonValueKind.True };
    }

    public long? Whole(string name, long least, long most, bool required = false)
    {
        if (Typed(name, required, JsonValueKind.Number, "a whole number") is not { } value)
            return null;
        if (value.TryGetInt64(out var number))
        {
            if (number >= least && number <= most)
                return number;
        }
        else if (value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E'))
        {
            WrongType(name, value, "a whole number");
            return null;
        }
        OutOfRange(name, $"{least} to {most}");
        return null;
    }

    public int? Small(string name, int least = int.MinValue, int most = int.MaxValue) => (int?)Whole(name, least, most);

    public decimal? Amount(string name)
    {
        if (Typed(name, required: false, JsonValueKind.Number, "a number") is not { } value)
            return null;
        if (value.TryGetDecimal(out var number))
            return number;
        OutOfRange(name, "a number of ordinary size");
        return null;
    }

    public DateTimeOffset? Instant(string name, bool required = false) =>
        Whole(name, Microseconds.Least, Microseconds.Most, required) is { } us ? Microseconds.ToInstant(us) : null;

    public JsonElement? List(string name, bool required = false) => Typed(name, required, JsonValueKind.Array, "a list");

    /// <summary>The sender's run and counter: both, or neither.</summary>
    public (string? Epoch, long? Seq) Identity()
    {
        var (epoch, seq) = (Word("epoch"), Whole("seq", 1, long.MaxValue));
        if (Has("epoch") != Has("seq"))
            Fail(RejectionCodes.Missing, $"{(Has("epoch") ? "seq" : "epoch")} is missing: epoch and seq go together");
        return (epoch, seq);
    }

    public void OutOfRange(string name, string allowed) =>
        Fail(RejectionCodes.OutOfRange, $"{_path}{name} is {Show(_values[name])}; allowed: {allowed}");

    public void Fail(string code, string detail) => Fault ??= new Fault(code, detail);

    /// <summary>As it was written, cut to what fits a line.</summary>
    public static string Show(JsonElement element) => Show(element.GetRawText());

    public static string Show(string text)
    {
        const int most = 80;
        var cut = text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "…";
        return string.Create(cut.Length, cut, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
    }

    private JsonElement? Typed(string name, bool required, JsonValueKind kind, string inWords)
    {
        if (Optional(name) is not { } value)
        {
            if (required)
                Fail(RejectionCodes.Missing, $"{_path}{name} is {(_values.ContainsKey(name) ? "null" : "missing")}; it has to be {inWords}");
            return null;
        }
        if (value.ValueKind == kind)
            return value;
        WrongType(name, value, inWords);
        return null;
    }

    private void WrongType(string name, JsonElement value, string inWords) =>
        Fail(RejectionCodes.WrongType, $"{_path}{name} is {Show(value)}; it has to be {inWords}");

    /// <summary>Null is as good as absent.</summary>
    private JsonElement? Optional(string name)
    {
        if (_twice.Contains(name))
            Fail(RejectionCodes.Duplicate, $"{_path}{name} is there twice");
        return _values.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}
