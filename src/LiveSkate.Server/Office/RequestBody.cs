using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;

namespace LiveSkate.Server.Office;

/// <summary>What the office sends, read or refused with the place of every fault.</summary>
internal static class RequestBody
{
    public const long MostBytes = 8 * 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };

    /// <returns>The JSON and its bytes, or the answer that says why not.</returns>
    public static async Task<(JsonElement Json, byte[] Bytes, IResult? Refusal)> ReadAsync(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0;)
        {
            if (bytes.Length + read > MostBytes)
                return (default, [], Problem.TooLarge(MostBytes));
            bytes.Write(buffer, 0, read);
        }
        try
        {
            using var document = JsonDocument.Parse(bytes.ToArray(), Strict);
            ReadText(document.RootElement);
            return (document.RootElement.Clone(), bytes.ToArray(), null);
        }
        catch (JsonException fault)
        {
            return (default, [], Problem.NotJson(fault.Message));
        }
        catch (InvalidOperationException fault)
        {
            return (default, [], Problem.NotJson(fault.Message));
        }
    }

    /// <summary>Half a character ("\ud800") parses as JSON and is no text; better told here than by whoever reads it first.</summary>
    /// <exception cref="InvalidOperationException">There is one.</exception>
    private static void ReadText(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String)
            _ = json.GetString();
        else if (json.ValueKind == JsonValueKind.Array)
            foreach (var item in json.EnumerateArray())
                ReadText(item);
        else if (json.ValueKind == JsonValueKind.Object)
            foreach (var member in json.EnumerateObject())
            {
                _ = member.Name;
                ReadText(member.Value);
            }
    }

    /// <returns>Null where there are faults: of its shape, and of what it says wherever that could be read.</returns>
    public static MeetDocument? ToDocument(JsonElement json, List<Fault> faults)
    {
        var mended = Shape.Check(json, OfficeJson.Default.MeetDocument, "$", faults);
        var isWhole = faults.Count == 0;
        var document = isWhole ? json.Deserialize(OfficeJson.Default.MeetDocument)! : mended.Deserialize(OfficeJson.Default.MeetDocument)!;
        var misshapen = faults.Select(fault => fault.Path).ToList();
        faults.AddRange(MeetCheck.Faults(document).Where(fault => !misshapen.Any(path => LiesIn(path, fault.Path))));
        return isWhole ? document : null;
    }

    private static bool LiesIn(string path, string place) =>
        place.StartsWith(path, StringComparison.Ordinal) && (place.Length == path.Length || place[path.Length] is '.' or '[');

    public static Asking? ToCommand(JsonElement json, List<Fault> faults)
    {
        var command = ToCommand(json, "$", faults);
        var asking = new Asking(command!, Member(json, "ifAt", faults), Word(json, "next", faults), Word(json, "judge", faults));
        if (asking.Next is not (null or "keep" or "redraw"))
            faults.Add(new Fault("$.next", "unknown-word", "next is keep or redraw."));
        if (asking.Judge is { } judge && (judge.Length is 0 or > 60 || judge.Any(char.IsControl)))
            faults.Add(new Fault("$.judge", "out-of-range", "A judge's name has 1 to 60 characters."));
        return faults.Count > 0 ? null : asking;
    }

    private static Command? ToCommand(JsonElement json, string path, List<Fault> faults)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
        {
            faults.Add(new Fault($"{path}.type", "missing", "A command is an object with a type."));
            return null;
        }
        if (Types.Value.GetValueOrDefault(type.GetString()!) is not { } known)
        {
            faults.Add(new Fault($"{path}.type", "unknown-type", $"\"{type.GetString()}\" is not one of {string.Join(", ", Types.Value.Keys)}."));
            return null;
        }
        Shape.Check(json, known, path, faults);
        // What stands in the place of what is undone is a command of its own.
        if (known.Type == typeof(Undo) && json.TryGetProperty("by", out var by) && by.ValueKind == JsonValueKind.Object)
            ToCommand(by, $"{path}.by", faults);
        return faults.Count > 0 ? null : json.Deserialize(OfficeJson.Default.Command);
    }

    private static long? Member(JsonElement json, string name, List<Fault> faults)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var at) || at.ValueKind == JsonValueKind.Null)
            return null;
        if (at.ValueKind == JsonValueKind.Number && at.TryGetInt64(out var seen))
            return seen;
        faults.Add(new Fault($"$.{name}", "wrong-type", $"{name} is a position in the journal: a whole number."));
        return null;
    }

    private static string? Word(JsonElement json, string name, List<Fault> faults)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var word) || word.ValueKind == JsonValueKind.Null)
            return null;
        if (word.ValueKind == JsonValueKind.String)
            return word.GetString();
        // A member of the command itself has been told already.
        if (!faults.Any(fault => fault.Path == $"$.{name}"))
            faults.Add(new Fault($"$.{name}", "wrong-type", $"{name} is a string."));
        return null;
    }

    private static readonly Lazy<Dictionary<string, JsonTypeInfo>> Types = new(() =>
        OfficeJson.Default.Command.PolymorphismOptions!.DerivedTypes.ToDictionary(
            derived => (string)derived.TypeDiscriminator!, derived => OfficeJson.Default.Options.GetTypeInfo(derived.DerivedType)));
}

/// <summary>A command, and what may stand beside it.</summary>
/// <param name="IfAt">The position that the asker saw, or null.</param>
/// <param name="Next">keep or redraw: what becomes of rounds that have begun (OFF-3).</param>
/// <param name="Judge">Who decides it, by name; null for the office as such.</param>
internal sealed record Asking(Command Command, long? IfAt, string? Next, string? Judge)
{
    public string Actor => Judge is null ? "office" : $"office/{Judge}";
}
