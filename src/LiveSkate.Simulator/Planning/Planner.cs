using System.Collections.Immutable;
using System.Globalization;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>From result lists to a plan. No clock, no chance but <see cref="Dice"/>.</summary>
public static class Planner
{
    /// <param name="meet">Id of the meet; null for one that is made from the file's name.</param>
    /// <param name="speed">What the meet document says as its rate; null (as fast as can be) is 1.</param>
    /// <exception cref="UnplayableFileException">A round with a skater twice, or points that cannot be won.</exception>
    public static RacePlan Plan(ResultFile file, string? meet, string? @event, ulong seed, decimal? speed) =>
        Plan(Programme.Of(file), meet, @event, seed, speed).Races[0];

    /// <param name="event">Id of the event; only where there is one.</param>
    public static MeetPlan Plan(Programme programme, string? meet, string? @event, ulong seed, decimal? speed)
    {
        var id = meet ?? Slug(programme.Meet);
        var lapM = programme.TrackM ?? programme.Events[0].Event.LapM;
        var dM = programme.DM ?? Race.UsualDM;
        var hasTwoLines = programme.Events.Any(file => file.Event.IsDual);
        ImmutableArray<Race> races = [.. programme.Events.Select(file => Race.Of(file, programme.Events.Length == 1 ? @event : null, lapM, dM, hasTwoLines))];
        Check(races);
        var starters = StartList.Of(races, id);
        var tags = races.ToDictionary(race => race.Id, race => EventPlanner.TagOf(id, race, seed));
        var timetable = new Timetable(Afternoon(programme.Events[0].Event.Date), tags.Count == 1 ? tags.Values.Single() : Crockford.Text(Dice.Digest([.. tags.Values]))[..10]);
        ImmutableArray<EventPlanner> planners = [.. races.Select(race => new EventPlanner(id, race, tags[race.Id], [.. starters.Where(starter => IsIn(race, starter))], timetable))];
        foreach (var depth in Enumerable.Range(0, races.Max(race => race.Rounds.Length)))
            foreach (var planner in planners)
                planner.PlanRound(depth);
        ImmutableArray<RacePlan> planned = [.. planners.Select(planner => planner.Plan())];
        var document = MeetPaper.Write(programme, lapM, dM, speed ?? 1, starters, races, planned);
        return new(id, document, [.. planned.Select(race => race with { Document = document })]);
    }

    private static void Check(ImmutableArray<Race> races)
    {
        if (races.GroupBy(race => race.Id).FirstOrDefault(same => same.Count() > 1) is { } same)
            throw new UnplayableFileException($"Two events are called {same.Key}: give them ids.");
        foreach (var race in races)
            foreach (var round in race.Rounds)
                if (round.Heats.SelectMany(heat => heat.Results).GroupBy(row => row.Name).FirstOrDefault(rows => rows.Count() > 1) is { } twice)
                    throw new UnplayableFileException($"{race.File.Name}: {twice.Key} is in the round \"{round.Name}\" more than once.");
    }

    /// <summary>A combined is entered by those whom its ranking names.</summary>
    private static bool IsIn(Race race, Starter starter) => race.Kind == Kinds.Combined
        ? race.File.FinalRanking.Any(row => row.Name == starter.Printed)
        : race.Rounds.Where((_, index) => RoundTree.SourceOf(race.Rounds, index) is null).SelectMany(round => round.Heats).SelectMany(heat => heat.Results).Any(row => row.Name == starter.Printed);

    /// <summary>15:00 UTC of the day, or of the first day that the text leaves open.</summary>
    private static long Afternoon(string date)
    {
        var day = date.Length >= 10 && DateOnly.TryParseExact(date[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact) ? exact
            : date.Length >= 7 && DateOnly.TryParseExact(date[..7] + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month
            : new DateOnly(2020, 1, 1);
        return (long)(day.ToDateTime(new TimeOnly(15, 0), DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMicroseconds;
    }

    private static string Slug(string name)
    {
        var letters = name.ToLowerInvariant().Select(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) ? letter : '-');
        var slug = string.Concat(letters).Trim('-');
        return slug.Length == 0 ? "replay" : slug[..Math.Min(32, slug.Length)].TrimEnd('-');
    }
}

/// <summary>One heat after the other through the whole meet, and the numbers of each source.</summary>
internal sealed class Timetable(long clockUs, string tag)
{
    private readonly Dictionary<string, long> _lastSeq = [];

    public long NextGunUs => clockUs + TrackScript.BeforeGunUs;

    /// <summary>1, 2, 3 … for each source through the whole meet. The epoch is the same for the same plan, so that what is sent twice is known to be the same.</summary>
    public ImmutableArray<TrackMessage> Numbered(ImmutableArray<TrackMessage> messages)
    {
        clockUs = messages.Max(message => message.TimeUs) + TrackScript.BetweenHeatsUs;
        return
        [
            .. messages.Select(message => message with
            {
                Epoch = Crockford.Epoch(tag, message.Source),
                Seq = _lastSeq[message.Source] = _lastSeq.GetValueOrDefault(message.Source) + 1,
            }),
        ];
    }
}
