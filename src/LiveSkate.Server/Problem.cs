using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;

namespace LiveSkate.Server;

/// <summary>Answers that say no, and why (contract section 3).</summary>
internal static class Problem
{
    public static IResult NotJson(string detail) => Of(400, "not-json", "The body is not JSON", detail);

    public static IResult NoKey() => Of(401, "no-key", "The office's key is needed", "Send Authorization: Bearer and the key that was printed at the first start.");

    public static IResult NotFound(string code, string detail) => Of(404, code, "Not found", detail);

    public static IResult TooLarge(long most) => Of(413, "too-large", "The body is too large", $"At most {most} bytes.");

    public static IResult Faults(IReadOnlyList<Fault> faults) =>
        Of(422, "faults", "The document has faults", $"{faults.Count} to mend; the first: {faults[0].Path}: {faults[0].Detail}", faults);

    public static IResult Unavailable(string detail) =>
        Of(503, "not-written", "Nothing was written", detail);

    /// <summary>What is not there is 404, everything else that stands against a command 409.</summary>
    public static IResult Refused(Refusal refusal) =>
        Of(refusal.Code == RefusalCodes.UnknownMeet ? 404 : 409, refusal.Code, "Refused", refusal.Detail, refusal: refusal);

    private static IResult Of(
        int status, string code, string title, string detail, IReadOnlyList<Fault>? faults = null, Refusal? refusal = null) =>
        Results.Json(
            new ProblemDocument($"urn:liveskate:problem:{code}", title, status, code, detail, faults, refusal?.State, refusal?.Allowed),
            ProblemJson.Relaxed.ProblemDocument, "application/problem+json", status);
}

/// <summary>RFC 9457, with a stable code.</summary>
/// <param name="Faults">With 422.</param>
/// <param name="State">With wrong-state: what the heat is in.</param>
/// <param name="Allowed">With wrong-state: the commands that are taken in it.</param>
public sealed record ProblemDocument(
    string Type, string Title, int Status, string Code, string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Fault>? Faults,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Allowed);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProblemDocument))]
internal sealed partial class ProblemJson : JsonSerializerContext
{
    public static ProblemJson Relaxed => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

/// <summary>Who may write: the bearer of the office's key.</summary>
public delegate bool HasOfficeKey(HttpContext context);
