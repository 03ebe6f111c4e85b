using System.Diagnostics;
using System.Text.Json.Nodes;
using LiveSkate.Simulator.Planning;
using LiveSkate.Simulator.Play;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveSkate.Benchmarks.Soak;

/// <summary>Office and track of a whole day: every heat is opened, armed, raced over MQTT, published and signed, and each final drawn.</summary>
internal sealed class LongDay(SoakServer server, LongMeet meet, TimeSpan perHeat) : IAsyncDisposable
{
    /// <summary>Share of the readings that are lost on the way in a heat with a bad link; the hub asks for them.</summary>
    private const double Lost = 0.03;

    /// <summary>Share of a heat's time in which it is raced; the rest is the office's.</summary>
    private const double Racing = 0.6;

    private const int BadLinkEvery = 10, ReviewEvery = 7, RecallEvery = 9, NewGatewayEvery = 4;
    private const long Morning = 1_783_152_000_000_000, BetweenGunsUs = 180_000_000, RaceUs = 95_000_000;

    private readonly OfficeLink _office = new(server.Options, TimeProvider.System, NullLogger.Instance);
    private readonly string _epoch = "01J8ZQ4T3K9V5W7X2Y6Z8A1B3C";
    private TrackLink? _track;
    private long _readings, _signals;
    private int _raced, _commands;
    private volatile string _on = LongMeet.HeatId(0, 0);

    /// <summary>Heats that are official.</summary>
    public int Raced => _raced;

    public long Readings => _readings;

    /// <summary>Gateways that were started.</summary>
    public int Gateways { get; private set; }

    /// <summary>What is on, as a screen would ask.</summary>
    public string HeatOn => _on;

    public async Task PutAsync(CancellationToken cancel)
    {
        var put = await _office.PutAsync($"/api/meets/{LongMeet.Id}", meet.Document(), cancel);
        if (!put.IsGood)
            throw new ReplayException(put.Refused());
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        for (var e = 0; e < meet.Events; e++)
            for (var heat = 0; heat <= LongMeet.Heats; heat++)
            {
                if (heat == LongMeet.Heats)
                    await DrawAsync(e, cancel);
                await RaceAsync(e, heat, cancel);
                if (perHeat * _raced - Stopwatch.GetElapsedTime(began) is var early && early > TimeSpan.Zero)
                    await Task.Delay(early, cancel);
            }
    }

    public async ValueTask DisposeAsync()
    {
        if (_track is not null)
            await _track.DisposeAsync();
        _office.Dispose();
    }

    private async Task DrawAsync(int @event, CancellationToken cancel)
    {
        foreach (var type in (string[])["drawRound", "confirmDraw"])
            await CommandAsync(type, cancel, ("event", LongMeet.EventId(@event)), ("round", "final"));
    }

    private async Task RaceAsync(int @event, int heat, CancellationToken cancel)
    {
        var id = LongMeet.HeatId(@event, heat);
        var view = (await _office.GetAsync($"/api/meets/{LongMeet.Id}/heats/{id}", cancel)).Read(SoakJson.Default.HeatView);
        _on = id;
        await CommandAsync("openHeat", cancel, ("heat", id));
        if (_raced % NewGatewayEvery == 0)
            await NewGatewayAsync();
        if (_raced % RecallEvery == 1)
        {
            await CommandAsync("armHeat", cancel, ("heat", id));
            await CommandAsync("startHeat", cancel, ("heat", id), ("timeUs", GunUs - 30_000_000));
            await CommandAsync("recallHeat", cancel, ("heat", id), ("bib", view.Rows[0].Bib));
        }

        await CommandAsync("armHeat", cancel, ("heat", id));
        await SkateAsync(@event, [.. view.Rows.Select(row => row.Bib)], cancel);
        await CommandAsync("finishHeat", cancel, ("heat", id));
        await CommandAsync("publish", cancel, ("heat", id));
        if (_raced % ReviewEvery == 3)
        {
            await CommandAsync("review", cancel, ("heat", id), ("reason", "protest"));
            await CommandAsync("sanction", cancel, ("heat", id), ("bib", view.Rows[^1].Bib), ("code", "DSQ-TF"), ("reason", "pushed"));
            await CommandAsync("publish", cancel, ("heat", id));
        }

        await CommandAsync("makeOfficial", cancel, ("heat", id));
        _raced++;
    }

    private long GunUs => Morning + _raced * BetweenGunsUs;

    /// <summary>The gateway goes without a word, and another takes over with the same numbers.</summary>
    private async Task NewGatewayAsync()
    {
        if (_track is not null)
            await _track.DisposeAsync();
        _track = new TrackLink(server.Options, [(LongMeet.Finish, _epoch), (LongMeet.Start, _epoch)], TimeProvider.System, NullLogger.Instance);
        Gateways++;
    }

    private async Task SkateAsync(int @event, string[] bibs, CancellationToken cancel)
    {
        var track = _track!;
        await track.SendAsync(new Emission(GunUs, new TrackMessage(LongMeet.Start, _epoch, ++_signals, null, GunUs), false), cancel);
        var readings = Plan(@event, bibs).OrderBy(reading => reading.Us)
            .Select(reading => new TrackMessage(LongMeet.Finish, _epoch, ++_readings, reading.Chip, GunUs + reading.Us)).ToList();
        var speed = RaceUs / (perHeat * Racing).TotalMicroseconds;
        var hasBadLink = _raced % BadLinkEvery == 5;
        var began = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < readings.Count;)
        {
            var raceUs = Stopwatch.GetElapsedTime(began).TotalMicroseconds * speed;
            var due = readings.Skip(sent).TakeWhile(reading => reading.TimeUs - GunUs <= raceUs).ToList();
            if (hasBadLink)
                foreach (var reading in due)
                    await track.SendAsync(new Emission(reading.TimeUs, reading, reading.Seq != _readings && Dice.For("lost", $"{reading.Seq}").Chance(Lost)), cancel);
            else
                foreach (var batch in due.Chunk(TrackPayload.MostInBatch))
                    await track.SendAsync(batch, cancel);
            sent += due.Count;
            await Task.Delay(5, cancel);
        }

        await track.ReceiptAsync(LongMeet.Start, _signals, cancel);
        await track.ReceiptAsync(LongMeet.Finish, _readings, cancel);
    }

    private static IEnumerable<(string Chip, long Us)> Plan(int @event, string[] bibs)
    {
        foreach (var bib in bibs)
        {
            var dice = Dice.For("soak", $"{@event}", bib, $"{bibs.Length}");
            var us = 0L;
            for (var lap = 1; lap <= LongMeet.Laps; lap++)
            {
                us += dice.Between(15_500_000, 18_500_000);
                yield return (LongMeet.Chip(@event, bib, 'a'), us);
                yield return (LongMeet.Chip(@event, bib, 'b'), us + dice.Between(5_000, 60_000));
            }
        }
    }

    private async Task CommandAsync(string type, CancellationToken cancel, params (string Name, JsonNode? Value)[] members)
    {
        var command = new JsonObject { ["type"] = type };
        foreach (var (name, value) in members)
            command[name] = value;
        var answer = await _office.CommandAsync(LongMeet.Id, command, $"soak-{++_commands}", cancel);
        if (!answer.IsGood)
            throw new ReplayException($"{type}: {answer.Refused()}");
    }
}
