using System.Security.Cryptography;
using System.Text.Json;
using LiveSkate.Core.Meets;

namespace LiveSkate.Server.Office;

/// <summary>The office's calls: meets are put, commands are given (contract section 3).</summary>
internal static class OfficeEndpoints
{
    public static void MapOffice(this IEndpointRouteBuilder app, MeetLoop loop, HasOfficeKey hasKey)
    {
        app.MapPut("/api/meets/{meet}", (string meet, HttpContext context) =>
            hasKey(context) ? PutAsync(loop, meet, context) : Task.FromResult(Problem.NoKey()));
        app.MapPost("/api/meets/{meet}/commands", (string meet, HttpContext context) =>
            hasKey(context) ? CommandAsync(loop, meet, context) : Task.FromResult(Problem.NoKey()));
        app.MapPost("/api/meets/{meet}/preview", (string meet, HttpContext context) =>
            hasKey(context) ? PreviewAsync(loop, meet, context) : Task.FromResult(Problem.NoKey()));
    }

    private static async Task<IResult> PutAsync(MeetLoop loop, string meet, HttpContext context)
    {
        var faults = new List<Fault>();
        if (!MeetCheck.IsId(meet))
            faults.Add(new Fault("meet", "malformed-id", $"\"{meet}\" is not an id: 1 to 32 of a-z, 0-9 and -."));
        var (json, bytes, refusal) = await RequestBody.ReadAsync(context.Request);
        if (refusal is not null)
            return refusal;
        var document = RequestBody.ToDocument(json, faults);
        if (faults.Count > 0)
            return Problem.Faults(faults);

        var isNew = true;
        return await WriteAsync(
            loop, meet, context, bytes,
            venue =>
            {
                isNew = venue.Find(meet) is null;
                return Core.Commands.Office.Put(venue, meet, document!);
            },
            at => isNew
                ? Results.Json(new Accepted(at), OfficeJson.Relaxed.Accepted, statusCode: 201)
                : Results.Json(new Accepted(at), OfficeJson.Relaxed.Accepted));
    }

    private static async Task<IResult> CommandAsync(MeetLoop loop, string meet, HttpContext context)
    {
        var (asking, bytes, refusal) = await AskAsync(loop, meet, context);
        return asking is null
            ? refusal!
            : await WriteAsync(
                loop, meet, context, bytes,
                venue => Core.Commands.Office.Decide(venue, meet, asking.Command, asking.IfAt, asking.Next),
                at => Results.Json(new Accepted(at), OfficeJson.Relaxed.Accepted), asking.Actor);
    }

    /// <summary>What the command would change; nothing is written.</summary>
    private static async Task<IResult> PreviewAsync(MeetLoop loop, string meet, HttpContext context)
    {
        var (asking, _, refusal) = await AskAsync(loop, meet, context);
        return asking is null
            ? refusal!
            : Results.Json(
                Core.Published.Preview.Of(loop.Venue, meet, asking.Command, asking.IfAt, asking.Next), OfficeJson.Relaxed.PreviewAnswer);
    }

    private static async Task<(Asking? Asking, byte[] Bytes, IResult? Refusal)> AskAsync(MeetLoop loop, string meet, HttpContext context)
    {
        var (json, bytes, refusal) = await RequestBody.ReadAsync(context.Request);
        if (refusal is not null)
            return (null, bytes, refusal);
        if (loop.Venue.Find(meet) is null)
            return (null, bytes, Problem.NotFound(Core.Commands.RefusalCodes.UnknownMeet, $"There is no meet {meet}."));
        var faults = new List<Fault>();
        return RequestBody.ToCommand(json, faults) is { } asking ? (asking, bytes, null) : (null, bytes, Problem.Faults(faults));
    }

    private static async Task<IResult> WriteAsync(
        MeetLoop loop, string meet, HttpContext context, byte[] bytes, Func<Venue, Core.Commands.Decision> decide, Func<long, IResult> accepted,
        string actor = "office")
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > 200)
            return Problem.Faults([new Fault("Idempotency-Key", "too-long", "At most 200 characters.")]);
        try
        {
            var outcome = await loop.DecideAsync(
                meet, actor, decide, key.Length == 0 ? null : key, Convert.ToHexStringLower(SHA256.HashData(bytes)), context.RequestAborted);
            return outcome.Refusal is { } refusal ? Problem.Refused(refusal) : accepted(outcome.At!.Value);
        }
        catch (NotWrittenException cause)
        {
            return Problem.Unavailable(cause.Message);
        }
    }
}
