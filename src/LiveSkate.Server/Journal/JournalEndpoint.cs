using System.IO.Pipelines;
using LiveSkate.Core.Meets;

namespace LiveSkate.Server.Journal;

/// <summary>GET /api/journal: the one truth, a line each, for who has the key.</summary>
internal static class JournalEndpoint
{
    private const int FlushAfter = 64 * 1024;

    public static void MapJournal(this IEndpointRouteBuilder app, IJournal journal, HasOfficeKey hasKey) =>
        app.MapGet("/api/journal", (string? from, string? meet, HttpContext context) =>
            hasKey(context) ? Lines(journal, from, meet) : Problem.NoKey());

    private static IResult Lines(IJournal journal, string? from, string? meet)
    {
        long first = 1;
        if (from is not null && (!long.TryParse(from, out first) || first < 0))
            return Problem.Faults([new Fault("from", "wrong-type", $"\"{from}\" is not a position in the journal.")]);
        return Results.Stream(
            async stream =>
            {
                var writer = PipeWriter.Create(stream);
                foreach (var row in journal.Read(first, null, meet))
                {
                    row.WriteLineTo(writer);
                    if (writer.UnflushedBytes > FlushAfter)
                        await writer.FlushAsync();
                }
                await writer.CompleteAsync();
            },
            "application/x-ndjson");
    }
}
