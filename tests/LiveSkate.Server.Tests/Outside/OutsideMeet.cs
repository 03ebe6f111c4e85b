using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveSkate.Server.Tests.Ingest;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>
/// A meet of one's own on a shared server: what its office says, and what its track sends, in the contract's words. 400 m on a lap of
/// 200 m, so two crossings make a race; bib 1 wears the chips {meet}-1a and {meet}-1b.
/// </summary>
internal sealed class OutsideMeet
{
    /// <summary>2022-07-09 12:00 UTC, when the first heat starts.</summary>
    public const long Noon = 1_657_368_000_000_000;

    public const long Second = 1_000_000;

    private static int _made;

    private readonly ServerProcess _server;
    private long _gun = Noon;

    public OutsideMeet(ServerProcess server)
    {
        _server = server;
        Id = string.Create(CultureInfo.InvariantCulture, $"meet-{Interlocked.Increment(ref _made)}");
        Document = Paper(["1", "2", "3"], ["4", "5"]);
    }

    public string Id { get; }

    /// <summary>As it is put: two heats in "pre", then "final", drawn later.</summary>
    public JsonObject Document { get; private set; }

    public string Finish => $"{Id}-f";

    public string Start => $"{Id}-s";

    /// <summary>The first heat of the first round.</summary>
    public string Heat1 { get; } = "e-pre-1";

    public string Heat2 { get; } = "e-pre-2";

    /// <summary>When the newest heat was started.</summary>
    public long Gun => _gun;

    /// <summary>The same document with these heats in its first round.</summary>
    public static Action<JsonObject> Heats(params string[][] heats) => document =>
    {
        var id = document["sources"]![0]!["id"]!.GetValue<string>()[..^2];
        var paper = Paper(id, heats);
        (document["skaters"], document["events"]) = (paper["skaters"]!.DeepClone(), paper["events"]!.DeepClone());
    };

    /// <summary>The heats have one round only.</summary>
    public static void OneRound(JsonObject document)
    {
        var rounds = document["events"]![0]!["rounds"]!.AsArray();
        rounds.RemoveAt(1);
        rounds[0]!.AsObject().Remove("advance");
    }

    public string Chip(string bib) => $"{Id}-{bib}a";

    public async Task<long> DoAsync(string type, object? members = null)
    {
        var said = await TryAsync(type, members);
        Assert.True(said.Status == 200, $"{type}: {said.Status} {said.Body}");
        return said.Json!["at"]!.GetValue<long>();
    }

    /// <param name="key">Its Idempotency-Key.</param>
    public Task<Said> TryAsync(string type, object? members = null, string? key = null)
    {
        var command = members is null ? [] : JsonSerializer.SerializeToNode(members)!.AsObject();
        command["type"] = type;
        return Http.SendAsync(
            _server.Http, HttpMethod.Post, $"/api/meets/{Id}/commands", command.ToJsonString(), key is null ? [] : [("Idempotency-Key", key)]);
    }

    public Task<JsonNode> HeatAsync(string? heat = null) => _server.GetAsync($"/api/meets/{Id}/heats/{heat ?? Heat1}");

    public Task<JsonNode> ResultsAsync() => _server.GetAsync($"/api/meets/{Id}/events/e/results");

    public async Task<string> StateAsync(string? heat = null) => (await HeatAsync(heat))["state"]!.GetValue<string>();

    public async Task<JsonNode> RowAsync(string bib, string? heat = null) => Row(await HeatAsync(heat), bib);

    public static JsonNode Row(JsonNode heat, string bib) => heat["rows"]!.AsArray().First(row => row!["bib"]!.GetValue<string>() == bib)!;

    /// <summary>Opens it where it is not open, and arms it.</summary>
    public async Task ArmAsync(string? heat = null)
    {
        if (await StateAsync(heat) == "scheduled")
            await DoAsync("openHeat", new { heat = heat ?? Heat1 });
        await DoAsync("armHeat", new { heat = heat ?? Heat1 });
    }

    /// <summary>Opens, arms and starts it from the office, ten minutes after the heat before.</summary>
    public async Task StartAsync(string? heat = null)
    {
        await ArmAsync(heat);
        _gun += 600 * Second;
        await DoAsync("startHeat", new { heat = heat ?? Heat1, timeUs = _gun });
    }

    /// <summary>The office writes in both crossings.</summary>
    /// <param name="seconds">Of the finish; may be broken.</param>
    public async Task CrossAsync(string bib, double seconds, string? heat = null)
    {
        await DoAsync("addPassing", new { heat = heat ?? Heat1, bib, timeUs = _gun + (long)(seconds / 2 * Second) });
        await DoAsync("addPassing", new { heat = heat ?? Heat1, bib, timeUs = _gun + (long)(seconds * Second) });
    }

    /// <summary>Started and skated to its end: all are in, in this order, a second apart.</summary>
    /// <param name="from">Seconds of the winner.</param>
    public async Task SkateAsync(string heat, double from, params string[] bibs)
    {
        await StartAsync(heat);
        for (var i = 0; i < bibs.Length; i++)
            await CrossAsync(bibs[i], from + i, heat);
    }

    /// <summary>Brings a heat that is scheduled into a state of the contract.</summary>
    public async Task BringAsync(string heat, string state)
    {
        string[] way = ["openHeat", "armHeat", "startHeat", "finishHeat", "publish", "makeOfficial", "review"];
        var steps = state switch { "scheduled" => 0, "open" => 1, "armed" => 2, "running" => 3, "finished" => 4, "provisional" => 5, "official" => 6, _ => 7 };
        foreach (var step in way.Take(steps))
            await DoAsync(step, step switch
            {
                "startHeat" => new { heat, timeUs = _gun += 600 * Second },
                "review" => new { heat, reason = "protest" },
                _ => new { heat },
            });
        Assert.Equal(state, await StateAsync(heat));
    }

    /// <summary>Nothing armed, nothing running.</summary>
    public async Task LeaveTrackAsync()
    {
        if (_server.HasExited)
            return;
        var meet = await Http.SendAsync(_server.Http, HttpMethod.Get, $"/api/meets/{Id}", null, []);
        if (meet.Status != 200)
            return;
        foreach (var heat in meet.Json!["events"]!.AsArray().SelectMany(plan => plan!["rounds"]!.AsArray())
            .Where(round => round!["heats"] is JsonArray).SelectMany(round => round!["heats"]!.AsArray()))
            if (heat!["state"]!.GetValue<string>() is "armed" or "running")
                await DoAsync("annulHeat", new { heat = heat["id"]!.GetValue<string>(), reason = "the test is over" });
    }

    public string Passing(string bib, double seconds, string? epoch = null, long? seq = null, string more = "") =>
        PassingAt(bib, _gun + (long)(seconds * Second), epoch, seq, more);

    public string PassingAt(string bib, long timeUs, string? epoch = null, long? seq = null, string more = "") => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"chip":"{{Chip(bib)}}","timeUs":{{timeUs}}{{Numbered(epoch, seq)}}{{more}}}""");

    public static string Signal(string kind, long timeUs) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"kind":"{{kind}}","timeUs":{{timeUs}}}""");

    public static string Numbered(string? epoch, long? seq) =>
        epoch is null ? "" : string.Create(CultureInfo.InvariantCulture, $$""","epoch":"{{epoch}}","seq":{{seq}}""");

    /// <summary>Fires the gun over MQTT, ten minutes after the heat before.</summary>
    public Task FireAsync(TrackClient track) => track.PublishAsync($"src/{Start}/signal", Signal("gun", _gun += 600 * Second));

    private JsonObject Paper(params string[][] heats) => Paper(Id, heats);

    private static JsonObject Paper(string id, string[][] heats)
    {
        var bibs = heats.SelectMany(heat => heat).ToArray();
        return JsonSerializer.SerializeToNode(new
        {
            name = $"Meet {id}",
            venue = new { name = "Oval", timeZone = "Europe/Rome", lapM = 200 },
            rehearsal = false,
            sources = new[] { new { id = $"{id}-f", role = "finish" }, new { id = $"{id}-s", role = "start" } },
            skaters = bibs.Select(bib => new
            {
                id = $"s{bib}", familyName = $"Jiménez{bib}", givenName = "Andrés", nation = "COL", transponders = new[] { $"{id}-{bib}a", $"{id}-{bib}b" },
            }),
            events = new[]
            {
                new
                {
                    id = "e", name = "400 m sprint", format = "sprint", distanceM = 400,
                    entries = bibs.Select(bib => new { bib, skater = $"s{bib}" }),
                    rounds = new object[]
                    {
                        new
                        {
                            id = "pre", name = "Preliminary round", advance = new { perHeat = 1, fastest = 1 },
                            heats = heats.Select((heat, i) => new { id = $"e-pre-{i + 1}", number = i + 1, bibs = heat }),
                        },
                        new { id = "final", name = "Final", heats = 1, draw = "directThenTime" },
                    },
                },
            },
        })!.AsObject();
    }
}
