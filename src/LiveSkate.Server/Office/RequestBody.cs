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

    /// <param name="ifAt">The position that the asker saw, or null.</param>
    public static Command? ToCommand(JsonElement json, List<Fault> faults, out long? ifAt)
    {
        ifAt = null;
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
        {
            faults.Add(new Fault("$.type", "missing", "A command is an object with a type."));
            return null;
        }
        if (Types.Value.GetValueOrDefault(type.GetString()!) is not { } known)
        {
            faults.Add(new Fault("$.type", "unknown-type", $"\"{type.GetString()}\" is not one of {string.Join(", ", Types.Value.Keys)}."));
            return null;
        }
        Shape.Check(json, known, "$", faults);
        if (json.TryGetProperty("ifAt", out var at) && at.ValueKind != JsonValueKind.Null)
        {
            if (at.ValueKind == JsonValueKind.Number && at.TryGetInt64(out var seen))
                ifAt = seen;
            else
                faults.Add(new Fault("$.ifAt", "wrong-type", "ifAt is a position in the journal: a whole number."));
        }
        if (faults.Count > 0)
            return null;
        return json.Deserialize(OfficeJson.Default.Command);
    }

    private static readonly Lazy<Dictionary<string, JsonTypeInfo>> Types = new(() =>
        OfficeJson.Default.Command.PolymorphismOptions!.DerivedTypes.ToDictionary(
            derived => (string)derived.TypeDiscriminator!, derived => OfficeJson.Default.Options.GetTypeInfo(derived.DerivedType)));
}
