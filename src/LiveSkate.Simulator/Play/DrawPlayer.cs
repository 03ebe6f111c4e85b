using System.Text.Json.Nodes;
using LiveSkate.Simulator.Compare;
using LiveSkate.Simulator.Planning;
using Microsoft.Extensions.Logging;

namespace LiveSkate.Simulator.Play;

/// <summary>What the office does between two rounds: the jury's decisions, the draw, and a look whether it is the file's.</summary>
internal sealed partial class DrawPlayer(Stage stage, PlannedRound done, PlannedRound next)
{
    public async Task PlayAsync(CancellationToken ct)
    {
        if ((await LookAsync(ct)).Heats.All(heat => heat.Rows.IsEmpty))
        {
            foreach (var bib in done.ByJury)
                await CommandAsync("advance", done.Id, ct, bib);
            foreach (var bib in done.Withdrawn)
                await CommandAsync("withdraw", done.Id, ct, bib);
            await CommandAsync("drawRound", next.Id, ct);
            await CommandAsync("confirmDraw", next.Id, ct, heats: next.DrawnByJury ? Heats() : null);
        }

        var differences = Comparison.Draw(next, await LookAsync(ct)).ToArray();
        if (differences.Length == 0)
            return;
        stage.Differences.AddRange(differences);
        foreach (var line in differences)
            Log.DrawDiffers(stage.Log, line);
        // The replay can only go on with the file's heats: the jury draws them itself.
        await CommandAsync("confirmDraw", next.Id, ct, heats: Heats());
        if (Comparison.Draw(next, await LookAsync(ct)).FirstOrDefault() is { } still)
            throw new ReplayException($"The replay cannot go on: {still}");
    }

    private JsonArray Heats() =>
        new([.. next.Heats.Select(heat => new JsonArray([.. heat.Starts.Select(start => JsonValue.Create(start.Bib))]))]);

    private async Task<RoundView> LookAsync(CancellationToken ct)
    {
        var results = await stage.Office.GetAsync($"/api/meets/{stage.Plan.Meet}/events/{stage.Plan.Event}/results", ct);
        return results.Read(OfficeJson.Default.EventView).Rounds.FirstOrDefault(round => round.Id == next.Id)
            ?? throw new ReplayException($"The results of {stage.Plan.Event} have no round {next.Id}.");
    }

    private async Task CommandAsync(string type, string round, CancellationToken ct, string? bib = null, JsonArray? heats = null)
    {
        var command = new JsonObject { ["type"] = type, ["event"] = stage.Plan.Event, ["round"] = round };
        if (bib is not null)
        {
            command["bib"] = bib;
            command["reason"] = "so in the printed list";
        }

        if (heats is not null)
            command["heats"] = heats;
        var key = $"{stage.Plan.Tag}-{round}-{type}{(bib is null ? "" : $"-{bib}")}{(heats is null ? "" : "-jury")}";
        var answer = await stage.Office.CommandAsync(stage.Plan.Meet, command, key, ct);
        if (!answer.IsGood)
            throw new ReplayException($"{type} of {round}: {answer.Refused()}");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Line}")]
        public static partial void DrawDiffers(ILogger log, string line);
    }
}
