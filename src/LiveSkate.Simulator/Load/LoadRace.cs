using System.Globalization;
using System.Text.Json.Nodes;
using LiveSkate.Simulator.Planning;
using LiveSkate.Simulator.Play;
using Microsoft.Extensions.Logging;

namespace LiveSkate.Simulator.Load;

/// <summary>
/// A rehearsal meet with one heat that is as long as is needed: each passing is a lap, so each makes a frame. The heat is
/// ended afterwards, so that the venue is free again.
/// </summary>
internal sealed class LoadRace(LoadRequest request, TimeProvider time, ILogger log) : IAsyncDisposable
{
    private const int Skaters = 8;
    private const long LapUs = 16_000_000, GunUs = 1_700_000_000_000_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly string _meet = string.Create(CultureInfo.InvariantCulture, $"load-{time.GetUtcNow().ToUnixTimeSeconds()}");
    private readonly OfficeLink _office = new(request.Options, time, log);
    private TrackLink? _track;
    private bool _armed;

    /// <exception cref="ReplayException">The hub does not take the meet, or another heat is under way.</exception>
    public async Task StartAsync(CancellationToken ct)
    {
        var put = await _office.PutAsync($"/api/meets/{_meet}", Document(), ct);
        if (!put.IsGood)
            throw new ReplayException(put.Refused());
        await CommandAsync("openHeat", ct);
        await CommandAsync("armHeat", ct);
        _armed = true;
        _track = new TrackLink(
            request.Options,
            [(RacePlan.FinishSource, Crockford.Epoch(_meet, RacePlan.FinishSource)), (RacePlan.StartSource, Crockford.Epoch(_meet, RacePlan.StartSource))],
            time, log);
        await _track.SendAsync(new Emission(GunUs, new(RacePlan.StartSource, _track.Spool(RacePlan.StartSource).Epoch, 1, null, GunUs), false), ct);
        await _track.ReceiptAsync(RacePlan.StartSource, 1, ct);
    }

    /// <summary>Sends passings at the rate that was asked for, until all are sent.</summary>
    /// <returns>How many were sent.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var all = request.PassingsPerSecond * request.Seconds;
        var epoch = _track!.Spool(RacePlan.FinishSource).Epoch;
        var began = time.GetTimestamp();
        for (var sent = 0; sent < all;)
        {
            var due = Math.Min(all, (int)(time.GetElapsedTime(began).TotalSeconds * request.PassingsPerSecond) + 1);
            if (due > sent)
            {
                // Behind: what waits goes together, as a gateway does it.
                var batch = Enumerable.Range(sent, Math.Min(due - sent, TrackPayload.MostInBatch)).Select(number => Passing(number, epoch)).ToArray();
                await _track.SendAsync(batch, ct);
                sent += batch.Length;
            }
            else
                await Task.Delay(TimeSpan.FromSeconds((double)sent / request.PassingsPerSecond) - time.GetElapsedTime(began) + Tick, time, ct);
        }

        await _track.ReceiptAsync(RacePlan.FinishSource, all, ct);
        return all;
    }

    public async ValueTask DisposeAsync()
    {
        if (_armed)
        {
            await CommandAsync("finishHeat", CancellationToken.None);
            await CommandAsync("publish", CancellationToken.None);
        }

        if (_track is not null)
            await _track.DisposeAsync();
        _office.Dispose();
    }

    private TrackMessage Passing(int number, string epoch)
    {
        var (lap, skater) = Math.DivRem(number, Skaters);
        return new(RacePlan.FinishSource, epoch, number + 1, Chip(skater), GunUs + (lap + 1) * LapUs + skater * 400_000);
    }

    private async Task CommandAsync(string type, CancellationToken ct)
    {
        var answer = await _office.CommandAsync(_meet, new JsonObject { ["type"] = type, ["heat"] = "load-only-1" }, $"{_meet}-{type}", ct);
        if (!answer.IsGood)
            throw new ReplayException($"{type}: {answer.Refused()}");
    }

    private string Chip(int skater) => string.Create(CultureInfo.InvariantCulture, $"{_meet}-{skater}");

    private static string Bib(int skater) => (11 + skater).ToString(CultureInfo.InvariantCulture);

    private JsonObject Document()
    {
        var everybody = Enumerable.Range(0, Skaters).ToArray();
        // Nobody may finish before the end.
        var laps = request.PassingsPerSecond * request.Seconds / Skaters + 10;
        return new()
        {
            ["name"] = "Load rehearsal",
            ["venue"] = new JsonObject { ["name"] = "Nowhere", ["timeZone"] = "Etc/UTC", ["lapM"] = 200 },
            ["rehearsal"] = true,
            ["sources"] = new JsonArray(
                new JsonObject { ["id"] = RacePlan.FinishSource, ["role"] = "finish" },
                new JsonObject { ["id"] = RacePlan.StartSource, ["role"] = "start" }),
            ["skaters"] = new JsonArray([.. everybody.Select(skater => new JsonObject
            {
                ["id"] = $"s{Bib(skater)}", ["familyName"] = $"Skater {Bib(skater)}", ["givenName"] = "Load", ["nation"] = "XXX",
                ["transponders"] = new JsonArray(JsonValue.Create(Chip(skater))),
            })]),
            ["events"] = new JsonArray(new JsonObject
            {
                ["id"] = "load", ["name"] = "Load", ["format"] = "sprint", ["distanceM"] = laps * 200,
                ["entries"] = new JsonArray([.. everybody.Select(skater => new JsonObject { ["bib"] = Bib(skater), ["skater"] = $"s{Bib(skater)}" })]),
                ["rounds"] = new JsonArray(new JsonObject
                {
                    ["id"] = "only", ["name"] = "Load",
                    ["heats"] = new JsonArray(new JsonObject
                    {
                        ["id"] = "load-only-1", ["number"] = 1, ["bibs"] = new JsonArray([.. everybody.Select(skater => JsonValue.Create(Bib(skater)))]),
                    }),
                }),
            }),
        };
    }
}
