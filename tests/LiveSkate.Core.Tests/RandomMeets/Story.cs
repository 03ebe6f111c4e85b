using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>
/// One whole meet out of one number: its documents, and steps that each look at how things stand and do something. Every step has dice of its
/// own, so that a step can be left out and the others still make a story: that is how a failure is made smaller.
/// </summary>
/// <param name="Steps">Those that are taken, by number; null: all of them.</param>
internal sealed record Story(ulong Seed, IReadOnlyList<int>? Steps = null)
{
    public const string MeetId = "m", OtherId = "other";

    public int Length => Dice.For(Seed, "length").OneOf(30, 60, 60, 100, 100, 150, 250);

    /// <summary>seed, or seed:step,step …</summary>
    public static Story Parse(string text) => text.Split(':') is [var seed, var steps]
        ? new Story(ulong.Parse(seed), [.. steps.Split(',').Select(int.Parse)])
        : new Story(ulong.Parse(text));

    public override string ToString() => Steps is null ? $"{Seed}" : $"{Seed}:{string.Join(',', Steps)}";

    public Day Play(Day day)
    {
        var dice = Dice.For(Seed, "document");
        day.Put(MeetId, AnyDocument.Of(dice));
        foreach (var source in day.Venue.Meets[MeetId].Document.Sources)
            if (dice.OneIn(3))
                day.Numbered.Add(source.Id);
        // Two meets at one track, most often with the same sources.
        if (dice.OneIn(12))
            day.Put(OtherId, AnyDocument.Of(dice));
        foreach (var step in Steps ?? [.. Enumerable.Range(0, Length)])
            Step(day, Dice.For(Seed, $"step {step}"));
        return day;
    }

    private void Step(Day day, Dice dice)
    {
        var id = day.Venue.Find(OtherId) is not null && dice.OneIn(4) ? OtherId : MeetId;
        var meet = day.Venue.Meets[id];
        switch (dice.Upto(100))
        {
            case < 64:
                Onwards(day, dice, meet);
                break;
            case < 70:
                AnyReading.Hear(day, dice, meet);
                break;
            case < 73 when !meet.Heats.IsEmpty:
                AnyReading.Photograph(day, dice, meet, dice.Pick(ByProgramme(meet)));
                break;
            case < 74:
                day.Put(id, dice.OneIn(2) ? meet.Document with { Name = "Any meet, mended" } : AnyDocument.Of(dice));
                break;
            default:
                var ifAt = dice.MaybeSome(10, () => (long)dice.Between(1, (int)day.Venue.At));
                Order(day, dice, id, new AnyCommand(day, dice, meet, dice.OneOf(5, 40)).Any(), ifAt);
                break;
        }
    }

    private static void Order(Day day, Dice dice, string id, Command command, long? ifAt)
    {
        var next = dice.OneOf(null, "keep", "redraw");
        if (!dice.OneIn(4))
        {
            day.Do(id, command, ifAt, next);
            return;
        }
        var before = day.Venue;
        var preview = Preview.Of(before, id, command, ifAt, next);
        ChangeChecks.As_previewed(before, id, preview, day.Do(id, command, ifAt, next), day.Venue);
    }

    /// <summary>As a meet goes that nothing happens to: the next thing that is due.</summary>
    private void Onwards(Day day, Dice dice, Meet meet)
    {
        var heats = ByProgramme(meet);
        var on = heats.Find(heat => heat.Run.Phase == Phase.Armed) ?? heats.Find(heat => heat.Run.Phase is not (Phase.Official or Phase.Cancelled) && !dice.OneIn(6));
        if (on is null)
            DrawNext(day, dice, meet);
        else if (on.Run.Phase > Phase.Open && dice.OneIn(6))
            Order(day, dice, meet.Id, new AnyCommand(day, dice, meet, 40, on).OfTheRace(), null);
        else
            Onwards(day, dice, meet, on);
    }

    private void Onwards(Day day, Dice dice, Meet meet, Heat heat)
    {
        switch (HeatStandings.StateOf(meet, heat))
        {
            case HeatStage.Scheduled:
                day.Do(meet.Id, new OpenHeat(heat.Id));
                break;
            case HeatStage.Open:
                day.Now = day.Now.AddSeconds(dice.Between(5, 90));
                if (day.Do(meet.Id, new ArmHeat(heat.Id)).Refusal?.Code == RefusalCodes.NoStarters)
                    day.Do(meet.Id, new CancelHeat(heat.Id, "nobody"));
                break;
            case HeatStage.Provisional:
                day.Do(meet.Id, new MakeOfficial(heat.Id));
                break;
            case HeatStage.Finished when day.Race(Seed, meet, heat).Count == 0 || dice.OneIn(4):
            case HeatStage.Review:
                day.Do(meet.Id, new Publish(heat.Id), next: dice.OneOf<string?>(null, "keep"));
                break;
            default:
                Race(day, dice, meet, heat);
                break;
        }
    }

    private void Race(Day day, Dice dice, Meet meet, Heat heat)
    {
        var race = day.Race(Seed, meet, heat);
        if (race.Count == 0)
            day.Do(meet.Id, HeatStandings.StateOf(meet, heat) == HeatStage.Armed ? new StartHeat(heat.Id, day.Now) : new FinishHeat(heat.Id));
        for (var left = dice.Between(1, 16); left > 0 && race.TryDequeue(out var fact); left--)
        {
            if (fact is PassingRead read && read.Time > day.Now)
                day.Now = read.Time;
            day.Hear(fact);
        }
    }

    private static void DrawNext(Day day, Dice dice, Meet meet)
    {
        if (dice.OneIn(4))
            Order(day, dice, meet.Id, new AnyCommand(day, dice, meet, 40).OfRound(), null);
        foreach (var plan in meet.Document.Events)
            foreach (var round in plan.Rounds)
                if (round.Heats.IsDrawnLater && meet.HeatsOf(plan.Id, round.Id).Count == 0)
                {
                    if (round.Draw is not null)
                        day.Do(meet.Id, new DrawRound(plan.Id, round.Id));
                    if (round.Draw is not null && !dice.OneIn(8))
                        day.Do(meet.Id, new ConfirmDraw(plan.Id, round.Id));
                    else
                        day.Do(meet.Id, new ConfirmDraw(plan.Id, round.Id, [[.. plan.Entries.Where(_ => !dice.OneIn(2)).Select(entry => entry.Bib)]]));
                }
    }

    /// <summary>Round by round, the events in turn.</summary>
    private static List<Heat> ByProgramme(Meet meet)
    {
        var (events, heats) = (meet.Document.Events, meet.Heats.Values.ToList());
        var order = heats.ToDictionary(heat => heat.Id, heat => (
            meet.EventOf(heat).Rounds.IndexOf(meet.Index.Round(heat.Event, heat.Round)!), events.IndexOf(meet.EventOf(heat)), heat.Number));
        heats.Sort((a, b) => order[a.Id].CompareTo(order[b.Id]));
        return heats;
    }
}
