using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LiveSkate.Simulator.Compare;
using LiveSkate.Simulator.Planning;
using LiveSkate.Simulator.Results;
using Microsoft.Extensions.Logging;

namespace LiveSkate.Simulator.Play;

/// <summary>
/// Takes one heat from wherever the hub says it is to official. It asks before every step and remembers nothing that
/// matters, so that it goes on after a crash of either side, and beside an operator who is quicker.
/// </summary>
internal sealed partial class HeatPlayer(Stage stage, PlannedHeat heat)
{
    private const long ArmBeforeGunUs = 20_000_000;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200), RetainedWithin = TimeSpan.FromSeconds(1), FinishesWithin = TimeSpan.FromSeconds(5);

    private readonly ImmutableArray<Emission> _emissions = stage.Options.Faults.Schedule(heat.Messages, stage.Plan.Tag + stage.Options.Seed);
    private readonly string _path = $"/api/meets/{stage.Plan.Meet}/heats/{heat.Id}";
    private int _next, _nextAct;
    private bool _underWay;
    private int _sameState;
    private string? _refusal;

    public async Task PlayAsync(CancellationToken ct)
    {
        var state = "";
        var since = stage.Time.GetTimestamp();
        while (true)
        {
            var view = await LookAsync(ct);
            if (!_underWay && view.State is "finished" or "provisional" or "review" or "official")
                await CatchUpAsync(ct);
            if (view.State == "official")
                return;
            if (view.Run > 1)
                throw new ReplayException($"Heat {heat.Id} was annulled and is in run {view.Run}: the file knows only one run.");
            if (view.State != state)
                (state, _sameState, since) = (view.State, 0, stage.Time.GetTimestamp());
            else if (stage.Time.GetElapsedTime(since) > stage.Options.Patience && state is not ("armed" or "running" or "review"))
                throw new ReplayException($"Heat {heat.Id} stays {state}." + (_refusal is null ? "" : $" {_refusal}"));
            await StepAsync(view, ct);
            _sameState++;
        }
    }

    /// <summary>The race is over, but a player before this one may have died with its last readings in hand: they are still owed.</summary>
    private async Task CatchUpAsync(CancellationToken ct)
    {
        (_underWay, _next) = (true, _emissions.Length);
        await stage.Track.ConnectAsync(ct);
        foreach (var read in heat.Messages.GroupBy(message => message.Source))
        {
            var spool = stage.Track.Spool(read.Key);
            await spool.NextReceiptAsync(heat.LastSeq(read.Key), RetainedWithin, stage.Time, ct);
            foreach (var owed in read.Where(message => message.Seq > spool.Acked))
                await stage.Track.SendAsync(new Emission(owed.TimeUs, owed, false), ct);
            await stage.Track.ReceiptAsync(read.Key, heat.LastSeq(read.Key), ct);
        }
    }

    private Task StepAsync(HeatView view, CancellationToken ct) => view.State switch
    {
        "scheduled" => CommandAsync("openHeat", ct),
        "open" => ArmAsync(view, ct),
        "armed" or "running" => RaceAsync(ct),
        "finished" => PublishAsync(ct),
        "provisional" => MakeOfficialAsync(view, ct),
        "review" => WaitForOfficeAsync(ct),
        _ => throw new ReplayException($"Heat {heat.Id} is \"{view.State}\", which is no state of the contract."),
    };

    private async Task ArmAsync(HeatView view, CancellationToken ct)
    {
        foreach (var absent in heat.Starts.Where(start => start.Printed.Outcome == "DNS" && HasNot(view, start, "DNS")))
            await SanctionAsync(absent.Bib, "DNS", "did not answer the call", ct);
        await EmitAsync(heat.GunUs - ArmBeforeGunUs, ct);
        await CommandAsync("armHeat", ct);
    }

    private async Task RaceAsync(CancellationToken ct)
    {
        if (!_underWay)
        {
            // A player that starts again learns from the retained receipts where it stopped.
            await stage.Track.ConnectAsync(ct);
            await stage.Track.Spool(RacePlan.FinishSource).NextReceiptAsync(heat.LastSeq(RacePlan.FinishSource), RetainedWithin, stage.Time, ct);
        }

        await EmitAsync(long.MaxValue, ct);
        foreach (var source in heat.Sources)
            await stage.Track.ReceiptAsync(source, heat.LastSeq(source), ct);
        await JudgeAsync(long.MaxValue, ct);
        if (_sameState > 0)
            await SettleAsync(ct);
    }

    /// <summary>Everything is in the journal. Either all have finished and the hub says so, or the office ends the wait.</summary>
    private async Task SettleAsync(CancellationToken ct)
    {
        var allFinish = heat.Starts.All(start => start.IsDone);
        var since = stage.Time.GetTimestamp();
        while (true)
        {
            var state = (await LookAsync(ct)).State;
            if (state is not ("armed" or "running"))
                return;
            if (state == "running" && !allFinish)
                break;
            if (stage.Time.GetElapsedTime(since) > FinishesWithin)
            {
                if (state == "armed")
                    throw new ReplayException($"Heat {heat.Id} is still armed although its gun is in the journal.");
                stage.Differences.Add($"heat {heat.Id}: running although all have finished");
                break;
            }

            await Task.Delay(Glance, stage.Time, ct);
        }

        await CommandAsync("finishHeat", ct);
    }

    private async Task PublishAsync(CancellationToken ct)
    {
        await stage.Pace.ForAsync(10, ct);
        await JudgeAsync(long.MaxValue, ct);
        if (heat.FinishOrder is { } order)
        {
            var bibs = new JsonArray([.. order.Select(place => new JsonArray([.. place.Select(bib => JsonValue.Create(bib))]))]);
            await CommandAsync("setFinishOrder", ct, ("bibs", bibs));
        }

        foreach (var start in heat.Starts.Where(start => start.TimeTakenAway))
        {
            await CommandAsync(
                "setTime", ct, ("bib", start.Bib), ("timeMs", null), ("reason", "placed without an official time"));
        }

        await CommandAsync("publish", ct);
    }

    private async Task MakeOfficialAsync(HeatView view, CancellationToken ct)
    {
        var disqualified = heat.Starts.Where(start => start.Printed.IsDisqualified).ToArray();
        // Of other formats the order over the line is not the order of the result.
        if (stage.Plan.Kind == Kinds.Sprint && view.Rows.All(row => row.Status is null or "OK" or "DNS" or "DNF"))
            stage.Differences.AddRange(Comparison.Provisional(heat, view).Where(line => !stage.Differences.Contains(line)));
        await stage.Pace.ForAsync(disqualified.Length > 0 ? 60 : 20, ct);
        foreach (var start in disqualified.Where(start => HasNot(view, start, start.Printed.Outcome)))
            await SanctionAsync(start.Bib, start.Printed.Outcome, $"printed as {start.Printed.Status}", ct);
        await stage.Pace.ForAsync(disqualified.Length > 0 ? 30 : 0, ct);
        await CommandAsync("makeOfficial", ct);
    }

    private static bool HasNot(HeatView view, PlannedStart start, string status) =>
        view.Rows.All(row => row.Bib != start.Bib || row.Status != status);

    private Task WaitForOfficeAsync(CancellationToken ct)
    {
        if (_sameState == 0)
            Log.UnderReview(stage.Log, heat.Id);
        return Task.Delay(TimeSpan.FromSeconds(1), stage.Time, ct);
    }

    /// <summary>Sends what is due before this moment of the race; what the hub already has is passed over without waiting.</summary>
    private async Task EmitAsync(long untilUs, CancellationToken ct)
    {
        if (!_underWay)
        {
            _underWay = true;
            while (_next < _emissions.Length && IsConfirmed(_emissions[_next]))
                _next++;
            if (_next < _emissions.Length)
                stage.Pace.StartAt(_emissions[_next].AtUs);
        }

        for (; _next < _emissions.Length && _emissions[_next].AtUs < untilUs; _next++)
        {
            var emission = _emissions[_next];
            await JudgeAsync(emission.AtUs, ct);
            await stage.Pace.UntilAsync(emission.AtUs, ct);
            await stage.Track.SendAsync(emission, ct);
        }

        if (untilUs != long.MaxValue)
            await stage.Pace.UntilAsync(untilUs, ct);
        else
            await JudgeAsync(long.MaxValue, ct);
    }

    /// <summary>
    /// What judges say before this moment. They look at the line and not at the transponders, so it is right whatever was lost or is late;
    /// said again after a restart it has the same key and changes nothing.
    /// </summary>
    private async Task JudgeAsync(long untilUs, CancellationToken ct)
    {
        for (; _nextAct < heat.Acts.Length && heat.Acts[_nextAct].AtUs < untilUs; _nextAct++)
        {
            var act = heat.Acts[_nextAct];
            await stage.Pace.UntilAsync(act.AtUs, ct);
            var command = act.Command.DeepClone().AsObject();
            command["heat"] = heat.Id;
            // Where the gun has not come yet, the hub takes no word of the race: it is said again when more has been read.
            if (!await SayAsync(command, $"{stage.Plan.Tag}-{heat.Id}-{act.Key}", ct))
                return;
        }
    }

    private bool IsConfirmed(Emission emission) =>
        emission.Message.Seq <= stage.Track.Spool(emission.Message.Source).Acked;

    private async Task<HeatView> LookAsync(CancellationToken ct) =>
        (await stage.Office.GetAsync(_path, ct)).Read(OfficeJson.Default.HeatView);

    private Task SanctionAsync(string bib, string code, string reason, CancellationToken ct) =>
        CommandAsync("sanction", ct, ("bib", bib), ("code", code), ("reason", reason));

    private async Task CommandAsync(string type, CancellationToken ct, params (string Name, JsonNode? Value)[] members)
    {
        var command = new JsonObject { ["type"] = type, ["heat"] = heat.Id };
        foreach (var (name, value) in members)
            command[name] = value;
        var subject = members.FirstOrDefault(member => member.Name == "bib").Value is { } bib ? $"-{bib}" : "";
        var key = $"{stage.Plan.Tag}-{heat.Id}-{type}{subject}{(_sameState > 0 ? $"-{_sameState}" : "")}";
        await SayAsync(command, key, ct);
    }

    /// <returns>False where the hub was not ready for it.</returns>
    private async Task<bool> SayAsync(JsonObject command, string key, CancellationToken ct)
    {
        var type = (string)command["type"]!;
        var answer = await stage.Office.CommandAsync(stage.Plan.Meet, command, key, ct);
        if (answer.IsGood)
            return true;
        // Where another race is waited for, once is enough.
        var refusal = answer.Refused();
        if (refusal != _refusal)
            Log.Refused(stage.Log, type, heat.Id, refusal);
        _refusal = refusal;
        switch (answer.Problem.Code)
        {
            case "wrong-state" or "stale":
                return false;
            case "another-armed" or "another-meet":
                await Task.Delay(TimeSpan.FromSeconds(1), stage.Time, ct);
                return false;
            default:
                throw new ReplayException($"{type} of {heat.Id}: {refusal}");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Type} of {Heat}: {Answer}")]
        public static partial void Refused(ILogger log, string type, string heat, string answer);

        [LoggerMessage(2, LogLevel.Information, "{Heat} is under review: waiting for the office")]
        public static partial void UnderReview(ILogger log, string heat);
    }
}
