using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using LiveSkate.Simulator.Compare;
using LiveSkate.Simulator.Planning;
using LiveSkate.Simulator.Results;
using Microsoft.Extensions.Logging;

namespace LiveSkate.Simulator.Play;

/// <summary>
/// Plays result lists as a meet: the track over MQTT, the office over HTTP, nothing else. Started again with the same
/// lists and options it goes on where it, or the hub, stopped.
/// </summary>
public sealed partial class MeetPlayer(Programme programme, PlayerOptions options, TimeProvider time, ILogger log)
{
    public MeetPlayer(ResultFile file, PlayerOptions options, TimeProvider time, ILogger log)
        : this(Programme.Of(file), options, time, log) { }

    /// <exception cref="UnplayableFileException">The lists cannot be a meet.</exception>
    /// <exception cref="ReplayException">The hub refuses, or does not come; the message says what.</exception>
    public async Task<ReplayReport> PlayAsync(CancellationToken ct)
    {
        var plan = Planner.Plan(programme, options.Meet, options.Event, options.Seed, options.Speed);
        var sources = plan.Heats.SelectMany(heat => heat.Messages).Select(message => (message.Source, message.Epoch)).Distinct().ToArray();
        using var office = new OfficeLink(options, time, log);
        await using var track = new TrackLink(options, sources, time, log);
        var stage = new Stage(plan.Races[0], options, office, track, new Pace(options.Speed, time), time, log);

        await PutMeetAsync(stage, ct);
        foreach (var (race, round) in plan.InTurn)
            await PlayAsync(stage with { Plan = race }, round, ct);

        // A combined goes on until the last of its events is signed.
        foreach (var race in plan.Races)
        {
            var results = (await office.GetAsync($"/api/meets/{plan.Meet}/events/{race.Event}/results", ct)).Read(OfficeJson.Default.EventView);
            stage.Differences.AddRange(Comparison.Of(race, results));
        }

        return new(
            plan.Meet, string.Join(' ', plan.Races.Select(race => race.Event)), plan.Heats.Count(), plan.Heats.Sum(heat => heat.Messages.Length), track.Sent, track.Resent,
            [.. stage.Differences]);
    }

    /// <summary>A heat of another meet that is armed or running, in words; null where the track is free. Whoever left it so has to end it.</summary>
    public async Task<string?> InTheWayAsync(CancellationToken ct)
    {
        using var office = new OfficeLink(options, time, log);
        var meets = JsonNode.Parse((await office.GetAsync("/api/meets", ct)).Body)!["meets"]!.AsArray();
        foreach (var id in meets.Select(meet => (string)meet!["id"]!).Where(id => id != options.Meet))
        {
            var document = JsonNode.Parse((await office.GetAsync($"/api/meets/{id}", ct)).Body)!;
            var heats = document["events"]!.AsArray().SelectMany(plan => plan!["rounds"]!.AsArray()).SelectMany(round => round!["heats"] as JsonArray ?? []);
            if (heats.FirstOrDefault(heat => (string?)heat!["state"] is "armed" or "running") is { } heat)
                return $"heat {heat["id"]} of meet {id} is {heat["state"]}";
        }

        return null;
    }

    private static async Task PlayAsync(Stage stage, PlannedRound round, CancellationToken ct)
    {
        foreach (var heat in round.Heats)
        {
            Log.Heat(stage.Log, heat.Id);
            await new HeatPlayer(stage, heat).PlayAsync(ct);
        }

        foreach (var next in stage.Plan.After(round))
            await new DrawPlayer(stage, round, next).PlayAsync(ct);
    }

    private async Task PutMeetAsync(Stage stage, CancellationToken ct)
    {
        var path = $"/api/meets/{stage.Plan.Meet}";
        var there = await stage.Office.GetAsync(path, ct);
        var same = false;
        if (there.IsGood)
        {
            var known = JsonNode.Parse(there.Body)!.AsObject();
            same = Outline(known) == Outline(stage.Plan.Document);
            if (same && (decimal?)known["rate"] == (decimal?)stage.Plan.Document["rate"])
                return;
        }
        else if (there.Status != HttpStatusCode.NotFound)
            throw new ReplayException(there.Refused());

        var put = await stage.Office.PutAsync(path, stage.Plan.Document, ct);
        if (put.IsGood)
            Log.Put(log, stage.Plan.Meet);
        else if (put.Problem.Code == "meet-started" && same)
            Log.GoesOn(log, stage.Plan.Meet);
        else if (put.Problem.Code == "meet-started")
            throw new ReplayException($"There is another meet \"{stage.Plan.Meet}\" and it has started: take another id with --meet.");
        else
            throw new ReplayException(put.Refused());
    }

    /// <summary>What makes it the same meet: who enters, and who starts in the first round.</summary>
    private static string Outline(JsonObject document) => string.Join('\n', document["events"]!.AsArray().Select(@event =>
        $"{@event!["id"]}|"
        + string.Join(',', @event["entries"]!.AsArray().Select(entry => $"{entry!["bib"]}={entry["skater"]}"))
        + $"|{string.Join(',', @event["rounds"]!.AsArray().Select(round => round!["id"]))}|"
        + ((@event["rounds"]!.AsArray().FirstOrDefault()?["heats"]) is JsonArray heats
            ? string.Join(';', heats.Select(heat => string.Join(',', heat!["bibs"]?.AsArray().Select(bib => (string?)bib) ?? [])))
            : "")));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Meet {Meet} is put; it is a rehearsal")]
        public static partial void Put(ILogger log, string meet);

        [LoggerMessage(2, LogLevel.Information, "Meet {Meet} has started before: going on with it at the speed it says")]
        public static partial void GoesOn(ILogger log, string meet);

        [LoggerMessage(3, LogLevel.Information, "Heat {Heat}")]
        public static partial void Heat(ILogger log, string heat);
    }
}

/// <summary>What came of a replay.</summary>
/// <param name="Messages">Readings and signals that were planned.</param>
/// <param name="Sent">MQTT messages sent, repeats and status included.</param>
/// <param name="Resent">Messages that the hub had to ask for.</param>
/// <param name="Differences">One line each; empty when the hub came to the printed result.</param>
public sealed record ReplayReport(
    string Meet, string Event, int Heats, int Messages, int Sent, int Resent, ImmutableArray<string> Differences);
