using System.Collections.Immutable;
using System.Text.Json;
using LiveSkate.Core;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Microsoft.Net.Http.Headers;

namespace LiveSkate.Server.Office;

/// <summary>What everybody may read.</summary>
internal static class ReadingEndpoints
{
    public static void MapReading(this IEndpointRouteBuilder app, MeetLoop loop, History history, HasOfficeKey hasKey)
    {
        app.MapGet("/api/meets", () => Results.Json(
            new MeetList([.. loop.Venue.Meets.Values.OrderBy(meet => meet.Id).Select(
                meet => new MeetLine(meet.Id, meet.Document.Name, MeetPublisher.Status(meet)))]),
            OfficeJson.Relaxed.MeetList));
        app.MapGet("/api/meets/{meet}", (string meet, HttpContext context) =>
            WithMeet(loop, meet, found => Results.Json(PublicMeet.Of(found, hasKey(context)), OfficeJson.Relaxed.PublicMeet)));
        app.MapGet("/api/meets/{meet}/events/{event}/results", async (string meet, string @event, string? at, HttpContext context) =>
            await history.FindAsync(meet, at, context.RequestAborted) is var (found, problem) && problem is not null
                ? problem
                : EventAnswer(found, meet, @event, context));
        app.MapGet("/api/meets/{meet}/heats/{heat}", (string meet, string heat) =>
            WithMeet(loop, meet, found => found.Heats.TryGetValue(heat, out var known)
                ? Results.Json(PublicHeat.From(found, known, loop.Standing.HighlightsOf(meet, heat)), OfficeJson.Relaxed.PublicHeat)
                : Problem.NotFound(RefusalCodes.UnknownHeat, $"There is no heat {heat} in {meet}.")));
        app.MapGet("/api/meets/{meet}/advancement/{round}", (string meet, string round, string? @event) =>
            WithMeet(loop, meet, found => RoundAnswer(found, round, @event)));
        app.MapGet("/api/meets/{meet}/unused", (string meet, HttpContext context) =>
            hasKey(context)
                ? WithMeet(loop, meet, found => Results.Json(Unused.Of(found, loop.Venue), OfficeJson.Relaxed.Unused))
                : Problem.NoKey());
        app.MapGet("/api/meets/{meet}/record", (string meet, HttpContext context) =>
            hasKey(context)
                ? WithMeet(loop, meet, found => Results.Json(PublicRecord.Of(found), OfficeJson.Relaxed.PublicRecord))
                : Problem.NoKey());
        app.MapFallback("/api/{**path}", (HttpContext context) =>
            Problem.NotFound("unknown-address", $"There is nothing to {context.Request.Method} at {context.Request.Path}."));
    }

    private static IResult WithMeet(MeetLoop loop, string meet, Func<Meet, IResult> answer) =>
        loop.Venue.Find(meet) is { } found ? answer(found) : Problem.NotFound(RefusalCodes.UnknownMeet, $"There is no meet {meet}.");

    /// <summary>The ETag is strong: the same position gives the same bytes.</summary>
    private static IResult EventAnswer(Meet? meet, string id, string @event, HttpContext context)
    {
        if (meet is null)
            return Problem.NotFound(RefusalCodes.UnknownMeet, $"There is no meet {id}.");
        if (meet.Index.Event(@event) is not { } plan)
            return Problem.NotFound(RefusalCodes.UnknownEvent, $"There is no event {@event} in {id}.");
        var body = JsonSerializer.SerializeToUtf8Bytes(ResultsPublisher.Results(meet, plan), OfficeJson.Relaxed.EventResults);
        var tag = $"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body))[..32]}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "no-cache";
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Tag == tag)
            ? Results.StatusCode(304)
            : Results.Bytes(body, "application/json");
    }

    /// <summary>Rounds of several events may share an id; then the event is named, or the round as {event}-{round}.</summary>
    private static IResult RoundAnswer(Meet meet, string round, string? @event)
    {
        var found = meet.Document.Events
            .Where(plan => @event is null || plan.Id == @event)
            .SelectMany(plan => plan.Rounds, (plan, known) => (plan, known))
            .Where(x => x.known.Id == round || $"{x.plan.Id}-{x.known.Id}" == round)
            .ToList();
        return found switch
        {
            [var (plan, known)] => Results.Json(
                PublicRound.Of(meet, Core.Rules.Advancement.Of(meet, plan, known)), OfficeJson.Relaxed.PublicRound),
            [] => Problem.NotFound(RefusalCodes.UnknownRound, $"There is no round {round} in {meet.Id}."),
            _ => Problem.NotFound(
                RefusalCodes.UnknownRound, $"Several events of {meet.Id} have a round {round}; say {found[0].plan.Id}-{round}, or add ?event=."),
        };
    }
}
