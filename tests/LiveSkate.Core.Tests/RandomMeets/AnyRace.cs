using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>
/// What the track sends of one start of a heat, in the order in which it arrives: skaters of any pace who fall, stop, are lapped and finish
/// level; ankles that are not read; messages that are late, twice, or never come.
/// </summary>
internal static class AnyRace
{
    private sealed record Sent(TrackFact Fact, DateTimeOffset At);

    public static List<TrackFact> Of(Dice dice, Meet meet, Heat heat, DateTimeOffset now)
    {
        var race = Race.Of(meet, heat);
        var gun = now.AddSeconds(dice.Between(1, 40)).AddMicroseconds(dice.Upto(1000));
        var sent = new List<Sent>();
        // A coarse clock makes dead heats.
        var grain = dice.OneOf(1, 1, 1000, 500_000);
        var starts = Start(dice, meet, heat, race, gun, sent);
        var finishes = new List<(string Bib, DateTimeOffset Time)>();
        foreach (var bib in heat.Bibs)
            foreach (var member in meet.CompetitorOf(heat, bib).Members)
                if (!dice.OneIn(15) && Skate(dice, meet, race, bib, member, starts[bib], grain, sent) is { } finish)
                    finishes.Add((bib, finish));
        if (dice.OneIn(12))
            Add(meet, SourceRole.Start, source => Signal(source, SignalKind.Recall, gun.AddSeconds(dice.Between(0, 120))), sent);
        if (dice.OneIn(3) && finishes.Count > 0)
            sent.Add(new Sent(AnyReading.PhotoFinish(dice, heat, finishes, starts, 1), finishes.Max(finish => finish.Time).AddSeconds(5)));
        return Arriving(dice, sent);
    }

    /// <summary>When each starts, and what of it is read.</summary>
    private static Dictionary<string, DateTimeOffset> Start(Dice dice, Meet meet, Heat heat, Race race, DateTimeOffset gun, List<Sent> sent)
    {
        var starts = heat.Bibs.ToDictionary(bib => bib, _ => gun, StringComparer.Ordinal);
        if (!dice.OneIn(10))
            Add(meet, SourceRole.Start, source => source.Line is null ? Signal(source, SignalKind.Gun, gun) : null, sent);
        if (!heat.Run.Armings[^1].OwnClocks || dice.OneIn(4))
            return starts;
        for (var i = 0; i < heat.Bibs.Length; i++)
        {
            var (bib, at) = (heat.Bibs[i], gun.AddMilliseconds(i * dice.OneOf(0, 900, 30_000) + dice.Between(0, 4000)));
            starts[bib] = at;
            var line = race.LineOf(bib);
            if (!dice.OneIn(6))
                Add(meet, SourceRole.Start, source => source.Line == line ? Signal(source, SignalKind.Gate, at) : null, sent);
            if (dice.OneIn(3) && meet.CompetitorOf(heat, bib).Members[0].Transponders is [var chip, ..])
                Add(meet, SourceRole.Start, source => Read(source, chip, at.AddMilliseconds(40)), sent);
        }
        return starts;
    }

    /// <returns>When she finished; null where she did not.</returns>
    private static DateTimeOffset? Skate(Dice dice, Meet meet, Race race, string bib, SkaterDocument skater, DateTimeOffset start, int grain, List<Sent> sent)
    {
        var (course, pace) = (race.Course, dice.Between(8.0, 13.0));
        var stops = dice.OneIn(10) ? dice.Upto(course.Laps) : course.Laps + (dice.OneIn(8) ? 1 : 0);
        var (at, before) = (start, start);
        DateTimeOffset? finish = null;
        for (var lap = 1; lap <= stops; lap++)
        {
            var metres = (double)(lap == 1 ? course.FirstLapM : course.LapM);
            var seconds = metres / pace * dice.Between(0.97, 1.05) + (dice.OneIn(60) ? 40 : 0);
            (before, at) = (at, at.AddMicroseconds(Math.Ceiling(seconds * 1_000_000 / grain) * grain));
            var there = at;
            Cross(dice, meet, race, race.LineOf(bib), skater, there, sent);
            foreach (var source in meet.Document.Sources.Where(source => source.Role != SourceRole.Start))
                if (race.From(race.LineOf(bib), new Passing(0, source.Id, source.AtM, "", at) { Line = source.Line })?.AtM is { } atM)
                    Read(dice, meet, source, skater, before + (there - before) * (double)(atM / course.LapM), sent);
            finish = lap == course.Laps ? there : finish;
        }
        return finish;
    }

    private static void Cross(Dice dice, Meet meet, Race race, int? line, SkaterDocument skater, DateTimeOffset at, List<Sent> sent)
    {
        foreach (var source in meet.Document.Sources.Where(source => source.Role == SourceRole.Finish && (source.Line == line || source.Line is null)))
            if (source.Id is "beam" or "camera")
            {
                if (source.Id == "beam" && !dice.OneIn(6))
                    sent.Add(new Sent(Signal(source, SignalKind.Gate, at.AddMilliseconds(dice.Between(-30, 30))), at));
            }
            else
                Read(dice, meet, source, skater, at, sent);
    }

    private static void Read(Dice dice, Meet meet, SourceDocument source, SkaterDocument skater, DateTimeOffset at, List<Sent> sent)
    {
        foreach (var chip in meet.WearerOf(AnyReading.Spare, at) == skater.Id ? skater.Transponders.Add(AnyReading.Spare) : skater.Transponders)
            if (!dice.OneIn(9))
                sent.Add(new Sent(Read(source, chip, at.AddMicroseconds(dice.Upto(60_000))), at));
    }

    private static PassingRead Read(SourceDocument source, string chip, DateTimeOffset at) => new() { Source = source.Id, Chip = chip, Time = Whole(at) };

    /// <summary>In whole microseconds, as on the wire.</summary>
    private static DateTimeOffset Whole(DateTimeOffset time) => Microseconds.ToInstant(Microseconds.FromInstant(time));

    private static SignalGiven Signal(SourceDocument source, SignalKind kind, DateTimeOffset at) => new() { Source = source.Id, Kind = kind, Time = Whole(at) };

    private static void Add(Meet meet, SourceRole role, Func<SourceDocument, TrackFact?> fact, List<Sent> sent)
    {
        foreach (var source in meet.Document.Sources.Where(source => source.Role == role))
            if (fact(source) is { } said)
                sent.Add(new Sent(said, said switch { PassingRead read => read.Time, SignalGiven signal => signal.Time, _ => default }));
    }

    private static List<TrackFact> Arriving(Dice dice, List<Sent> sent)
    {
        var lost = dice.OneOf(0, 0, 0, 30, 8);
        var late = dice.OneOf(0, 10, 4);
        return sent
            .Where(_ => lost == 0 || !dice.OneIn(lost))
            .SelectMany(one => dice.OneIn(25) ? [one, one] : ImmutableArray.Create(one))
            .Select(one => (one.Fact, At: late == 0 || !dice.OneIn(late) ? one.At : one.At.AddSeconds(dice.OneOf(2, 20, 300))))
            .OrderBy(one => one.At)
            .Select(one => one.Fact)
            .ToList();
    }
}
