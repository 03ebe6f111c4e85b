using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Published;

/// <summary>From standings to what the public reads of a heat.</summary>
public static class HeatPublisher
{
    public static HeatState State(Meet meet, Heat heat, ImmutableArray<HighlightLine> highlights) =>
        State(meet, HeatStandings.Of(meet, heat), RoundOf(meet, heat), highlights);

    public static HeatState State(Meet meet, HeatStanding standing, RoundStanding round, ImmutableArray<HighlightLine> highlights)
    {
        var header = Header(meet, standing);
        return new HeatState
        {
            Meet = header.Meet, At = header.At, Event = header.Event, EventName = header.EventName, Round = header.Round,
            RoundName = header.RoundName, Id = header.Id, Number = header.Number, Of = header.Of, Run = header.Run, State = header.State,
            Version = header.Version, Correction = header.Correction,
            JuryOrder = header.JuryOrder, ProtestUntilUs = header.ProtestUntilUs,
            StartListDoubt = header.StartListDoubt, Reason = header.Reason, DistanceM = header.DistanceM, Laps = header.Laps, LapsToGo = header.LapsToGo,
            Format = header.Format, Bell = header.Bell, NextSprint = header.NextSprint, NextElimination = header.NextElimination,
            GoOut = header.GoOut, StillIn = header.StillIn, Proposed = header.Proposed, LastSprint = header.LastSprint,
            Paused = header.Paused, CommonLap = header.CommonLap, Records = header.Records,
            OrderAt = header.OrderAt, Clock = header.Clock, Rehearsal = header.Rehearsal,
            Rows = Rows(meet, standing, round),
            Sprints = standing.Sprints,
            Eliminations = standing.Ahead.Eliminations,
            Highlights = highlights,
        };
    }

    public static RoundStanding RoundOf(Meet meet, Heat heat) =>
        Advancement.Of(meet, meet.EventOf(heat), meet.Index.Round(heat.Event, heat.Round)!);

    public static HeatHeader Header(Meet meet, HeatStanding standing)
    {
        var heat = standing.Heat;
        var plan = meet.EventOf(heat);
        var leader = standing.Leader?.Crossings;
        var ahead = new WhileRunning(standing, plan);
        return new HeatHeader
        {
            Meet = meet.Id,
            At = heat.TouchedAt,
            Event = plan.Id,
            EventName = plan.Name,
            Round = heat.Round,
            RoundName = meet.Index.Round(plan.Id, heat.Round)!.Name,
            Id = heat.Id,
            Number = heat.Number,
            Of = meet.HeatsOf(plan.Id, heat.Round).Count,
            Run = heat.RunNumber,
            State = Words.Of(standing.State),
            Version = heat.Version,
            Correction = VersionLine.Correction(meet, heat),
            JuryOrder = JuryOrder.Of(meet, standing),
            ProtestUntilUs = ProtestUntil(plan, standing),
            StartListDoubt = StartListDoubt(meet, plan, heat),
            Reason = heat.Run.Reason,
            DistanceM = plan.DistanceM,
            Laps = standing.Course.Laps,
            LapsToGo = LapsToGo(standing),
            Format = plan.Format,
            Bell = LapsToGo(standing) is { } toGo && standing.State == HeatStage.Running
                && (toGo == 1 || standing.Ahead.NextSprint == toGo - 1 || standing.Ahead.NextElimination == toGo - 1) && standing.Course.Laps > 1,
            NextSprint = standing.Ahead.NextSprint,
            NextElimination = standing.Ahead.NextElimination,
            GoOut = standing.Ahead.GoOut,
            StillIn = standing.Ahead.StillIn,
            Proposed = standing.Ahead.Proposed,
            LastSprint = standing.Sprints.LastOrDefault(),
            Paused = standing.State == HeatStage.Running ? heat.Run.Paused?.How : null,
            CommonLap = ahead.CommonLap,
            Records = ahead.Marks,
            OrderAt = leader?.Last is { } last ? new OrderAt(last.Lap, last.AtM) : null,
            Clock = Clock(meet, standing),
            Rehearsal = meet.Document.Rehearsal,
        };
    }

    private static long? ProtestUntil(EventDocument plan, HeatStanding standing) =>
        standing.State == HeatStage.Provisional && plan.Rules?.ProtestMinutes is { } minutes
        && standing.Heat.Versions.FindLast(version => version.State == HeatStage.Provisional && version.Changes.IsEmpty) is { } posted
            ? Microseconds.FromInstant(posted.On.AddMinutes(minutes))
            : null;

    private static string? StartListDoubt(Meet meet, EventDocument plan, Heat heat) =>
        Cascade.Of(meet, plan, meet.Index.Round(plan.Id, heat.Round)!) is { } stale
            ? $"{stale.From.Name} has changed since the draw: {ChangeWords.GoOn(bib => meet.Index.Competitor(plan.Id, bib)!.ShortName, stale.Lost, stale.Gained)}."
            : null;

    private static int? LapsToGo(HeatStanding standing) =>
        standing.Gun is null ? null : standing.IsOver ? 0 : standing.Course.Laps - (standing.Leader?.Crossings.Lap ?? 0);

    private static RaceClock? Clock(Meet meet, HeatStanding standing)
    {
        if (standing.Gun is null || standing.Heat.StartOnServer is not { } start)
            return null;
        // Where points rank, the clock stops all the same with the first over the line.
        var winner = standing.Rows.FirstOrDefault(row => row is { IsOk: true, TimeMs: not null, OnTrack: 1 })
            ?? standing.Rows.FirstOrDefault(row => row is { IsOk: true, TimeMs: not null });
        return new RaceClock(
            Microseconds.FromInstant(start), Microseconds.FromInstant(standing.Heat.TouchedOn), meet.Document.Rate,
            standing.State == HeatStage.Running, standing.State == HeatStage.Running ? null : winner?.TimeMs);
    }

    public static ImmutableArray<HeatRow> Rows(Meet meet, HeatStanding standing, RoundStanding round)
    {
        var from = standing.State < HeatStage.Running && round.Event.SourceOf(round.Round) is { } source
            ? Advancement.Of(meet, round.Event, source)
            : null;
        var ahead = new WhileRunning(standing, round.Event);
        return [.. standing.Rows.Select((row, order) => Row(meet, standing, round, ahead, row, order) with { From = CameFrom(from, row.Bib) })];
    }

    private static CameFrom? CameFrom(RoundStanding? from, string bib) =>
        from?.Find(bib) is not { Skater: var was } entrant ? null
        : new CameFrom(
            from.Round.Id, was.Rank, entrant.Mark, Words.Of(entrant.By), was.TimeMs, was.TimeMs is { } ms ? RaceTime.Format(ms) : null,
            TimeBy(was), was.MeasuredMs is not null);

    /// <summary>RR for a swapped time, else the evidence.</summary>
    internal static string? TimeBy(SkaterStanding row) => row.TimeMs is null ? null : row.Swapped ? Statuses.Reduced : Words.Of(row.TimedBy);

    private static HeatRow Row(Meet meet, HeatStanding standing, RoundStanding round, WhileRunning ahead, SkaterStanding row, int order)
    {
        var who = meet.CompetitorOf(standing.Heat, row.Bib);
        var entrant = round.Find(row.Bib);
        var projection = Projection.Of(standing, row);
        return new HeatRow
        {
            Order = order,
            Rank = row.Rank,
            Bib = row.Bib,
            Name = who.Name,
            ShortName = who.ShortName,
            Nation = who.Nation,
            TimeMs = row.TimeMs,
            Time = row.TimeMs is { } ms ? RaceTime.Format(ms, standing.Profile.TimeDigits) : null,
            Status = row.Status,
            Mark = entrant?.Mark,
            Remarks = Remarks.Of(meet, standing, row),
            Lap = row.Crossings.Lap,
            ElapsedMs = row.TimeMs ?? (row.Crossings.Last is { } last ? RaceTime.CutToMilliseconds(last.Elapsed) : null),
            GapMs = RoundClock.Counts(round) ? RoundClock.GapMs(round, row) : Gaps.Of(standing, row),
            LapMs = LapOf(row),
            Lane = row.Lane,
            StartMs = row.OwnStart is { } own && standing.Gun is { } zero ? RaceTime.CutToMilliseconds(own - zero) : null,
            RoundRank = RoundClock.Rank(round, row),
            AheadMs = RoundClock.AheadMs(round, row),
            Members = Members(who),
            Skater = InRace(meet, standing, row, who),
            Points = row.Points,
            PointsUnjudged = row.PointsUnjudged,
            OnTrack = row.OnTrack,
            LapsDown = row.LapsDown,
            InDanger = row.InDanger,
            TimeBy = TimeBy(row),
            MeasuredMs = row.MeasuredMs,
            From = null,
            Proposed = row.Proposed,
            ProposedOut = row.ProposedOut,
            Out = row.Out,
            Overdue = row.OverdueMs is not null,
            OverdueMs = row.OverdueMs,
            DueMs = projection?.DueMs,
            ProjectedMs = row.OverdueMs is null ? projection?.FinishMs : null,
            ProjectedRestMs = row.OverdueMs is null ? projection?.RestMs : null,
            CommonMs = ahead.CommonMs(row),
            RecordLapMs = ahead.RecordLapMs(row, who.Nation),
            Unresolved = row.Unresolved,
            Certainty = entrant is null ? null : Words.Of(entrant.Certainty),
            NeededMs = entrant?.NeededMs,
            Words = entrant is null ? null : Words.Sentence(meet, entrant, round),
        };
    }

    private static string? InRace(Meet meet, HeatStanding standing, SkaterStanding row, Competitor who)
    {
        if (!who.IsTeam)
            return null;
        var word = standing.Heat.Run.OnTrack.Where(said => said.Bib == row.Bib).MaxBy(said => said.Time);
        var last = row.Crossings.Last?.Passing;
        var id = word is not null && !(last?.Time >= word.Time) ? word.Skater : last is null ? null : last.Skater ?? meet.WearerOf(last.Chip, last.Time);
        return who.Members.FirstOrDefault(member => member.Id == id) is { } skater ? Competitor.FullName(skater) : null;
    }

    internal static ImmutableArray<string> Members(Competitor who) => who.IsTeam ? [.. who.Members.Select(Competitor.FullName)] : [];

    /// <summary>TIM-3: the difference of the two cut times, so that the laps add up to the total on the board: the last one to his official time.</summary>
    private static long? LapOf(SkaterStanding row)
    {
        if (row.Crossings.Laps is not [.., var last])
            return null;
        var before = row.Crossings.Laps is [.., var one, _] ? RaceTime.CutToMilliseconds(one.Elapsed) : 0;
        var official = row.Crossings.Finished ? row.Swapped ? row.MeasuredMs : row.TimeMs : null;
        return (official > before ? official.Value : RaceTime.CutToMilliseconds(last.Elapsed)) - before;
    }
}

/// <summary>How far behind the best at the same point of the race, of those who are still in it.</summary>
internal static class Gaps
{
    public static long? Of(HeatStanding standing, SkaterStanding row)
    {
        if (row.TimeMs is { } time)
            return standing.Rows.Where(other => other.IsOk).Min(other => other.TimeMs) is { } best ? time - best : null;
        if (row.IsOk || row.Crossings.Last is not { } last)
            return null;
        TimeSpan? bestThere = null;
        foreach (var other in standing.Rows.Where(other => other.Status is null || other.IsOk))
            if (other.Crossings.At(last) is { } there && (bestThere is null || there < bestThere))
                bestThere = there;
        return bestThere is { } least ? RaceTime.CutToMilliseconds(last.Elapsed) - RaceTime.CutToMilliseconds(least) : null;
    }
}
