using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>From a result list to a plan. No clock, no chance but <see cref="Dice"/>.</summary>
public sealed class Planner
{
    private readonly ResultFile _file;
    private readonly string _meet, _event, _tag;
    private readonly decimal _rate;
    private readonly Course _course;
    private readonly decimal _lapM;
    private readonly ImmutableArray<PrintedRound> _rounds;
    private readonly ImmutableArray<Starter> _starters;
    private readonly ImmutableDictionary<string, string> _bibOf;
    private readonly Dictionary<string, long> _lastSeq = [];

    private Planner(ResultFile file, string? meet, string? @event, ulong seed, decimal? speed)
    {
        _file = file;
        _meet = meet ?? (file.IsSeed ? "worldgames-2022" : Slug(file.Name));
        _event = @event ?? EventId(file.Event);
        _rate = speed ?? 1;
        _lapM = file.Event.TrackM ?? (file.Event.IsIce ? 111.12m : 200m);
        _course = Course.Of(file.Event.DistanceM, _lapM);
        _rounds = LostRows.Fill([.. file.Rounds.Select(InNumberOrder)]);
        _starters = StartList.Of(_rounds, _meet);
        _bibOf = _starters.ToImmutableDictionary(starter => starter.Name, starter => starter.Bib);
        _tag = Crockford.Text(Dice.Digest(_meet, _event, seed.ToString(CultureInfo.InvariantCulture), Fingerprint()))[..10];
    }

    /// <param name="meet">Id of the meet; null for one that is made from the file's name.</param>
    /// <param name="speed">What the meet document says as its rate; null (as fast as can be) is 1.</param>
    /// <exception cref="UnplayableFileException">A round with a skater twice, or more bibs than there can be.</exception>
    public static RacePlan Plan(ResultFile file, string? meet, string? @event, ulong seed, decimal? speed) =>
        new Planner(file, meet, @event, seed, speed).Plan();

    private RacePlan Plan()
    {
        foreach (var round in _rounds)
        {
            if (round.Heats.SelectMany(heat => heat.Results).GroupBy(row => row.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
                throw new UnplayableFileException($"{_file.Name}: {twice.Key} is in the round \"{round.Name}\" more than once.");
        }

        var rounds = ImmutableArray.CreateBuilder<PlannedRound>();
        var ids = _rounds.Select((round, index) => RoundId(round.Name, index)).ToArray();
        var clockUs = Afternoon(_file.Event.Date);
        for (var index = 0; index < _rounds.Length; index++)
            rounds.Add(Round(index, ids[index], ref clockUs));
        var planned = rounds.ToImmutable();
        return new(
            _meet, _event, _tag,
            MeetPaper.Write(_file, _event, _lapM, _rate, _starters, planned, _rounds),
            planned, _bibOf, _file.FinalRanking);
    }

    private PlannedRound Round(int index, string id, ref long clockUs)
    {
        var printed = _rounds[index];
        var heats = ImmutableArray.CreateBuilder<PlannedHeat>();
        for (var number = 1; number <= printed.Heats.Length; number++)
            heats.Add(Heat(printed.Heats[number - 1], $"{_event}-{id}-{number}", number, ref clockUs));

        if (index == _rounds.Length - 1)
            return new(id, printed.Name, null, _file.Event.IsIce, heats.ToImmutable(), [], []);
        var next = _rounds[index + 1].Heats.SelectMany(heat => heat.Results).Select(row => row.Name).ToHashSet();
        var rows = printed.Heats.SelectMany(heat => heat.Results).ToArray();
        var byTime = printed.Advancement?.Fastest is > 0;
        var perHeat = printed.Advancement?.WinnersPerHeat ?? (byTime ? 0 : PlacesThatAdvance(rows, next));
        // Where nobody goes on by time, whoever goes on without the place was sent on.
        var byJury = rows.Where(row => next.Contains(row.Name) && (row.AdvancedByJury || (!byTime && (row.Rank ?? int.MaxValue) > perHeat)));
        var withdrawn = rows.Where(row => row.Rank <= perHeat && !next.Contains(row.Name));
        return new(
            id, printed.Name, perHeat, _file.Event.IsIce, heats.ToImmutable(),
            [.. byJury.Select(row => _bibOf[row.Name])], [.. withdrawn.Select(row => _bibOf[row.Name])]);
    }

    /// <summary>For a list that does not say its rule: as many places as advanced in every heat, and one at least.</summary>
    private static int PlacesThatAdvance(PrintedRow[] rows, HashSet<string> next)
    {
        var stayed = rows.Where(row => row.Rank is not null && !next.Contains(row.Name)).Select(row => row.Rank!.Value);
        return Math.Max(1, stayed.DefaultIfEmpty(rows.Max(row => row.Rank ?? 1) + 1).Min() - 1);
    }

    private PlannedHeat Heat(PrintedHeat printed, string id, int number, ref long clockUs)
    {
        var finishes = new Finishes(_course, _tag, id, printed.Results);
        var starts = printed.Results.Select(row => finishes.Plan(row, _bibOf[row.Name])).ToArray();
        // The list is in the order of the finish; nobody starts in that order.
        Dice.For("start order", id, _file.Name).Shuffle<PlannedStart>(starts);
        var inStartOrder = starts.OrderBy(start => start.Printed.StartPosition ?? int.MaxValue).ToImmutableArray();

        var gunUs = clockUs + TrackScript.BeforeGunUs;
        var script = new TrackScript(_course, _tag, _starters.ToImmutableDictionary(starter => starter.Bib, starter => starter.Chips));
        var messages = Numbered(script.Heat(id, gunUs, inStartOrder));
        clockUs = messages.Max(message => message.TimeUs) + TrackScript.BetweenHeatsUs;
        return new(id, number, gunUs, inStartOrder, messages, JuryOrder.Of(inStartOrder));
    }

    /// <summary>1, 2, 3 … for each source through the whole meet.</summary>
    private ImmutableArray<TrackMessage> Numbered(ImmutableArray<TrackMessage> messages) =>
    [
        .. messages.Select(message => message with
        {
            Epoch = Epoch(message.Source),
            Seq = _lastSeq[message.Source] = _lastSeq.GetValueOrDefault(message.Source) + 1,
        }),
    ];

    /// <summary>Of the form of a ULID; the same for the same plan, so that what is sent twice is known to be the same.</summary>
    private string Epoch(string source) => Crockford.Epoch(_tag, source);

    /// <summary>Everything of the file that the plan is made from.</summary>
    private string Fingerprint()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{_file.Name}|{_file.Event}|");
        foreach (var row in _rounds.SelectMany(round => round.Heats).SelectMany(heat => heat.Results))
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Rank},{row.Name},{row.Time},{row.Status},{row.Bib};");
            foreach (var lap in row.Laps ?? [])
                text.Append(CultureInfo.InvariantCulture, $"{lap.LapTime},{lap.Elapsed};");
        }

        return text.ToString();
    }

    private static PrintedRound InNumberOrder(PrintedRound round) => round with
    {
        // STL-3: the seed prints 1, 3, 2, 4.
        Heats = [.. round.Heats.OrderBy(heat => int.TryParse(heat.Name.Split(' ')[^1], CultureInfo.InvariantCulture, out var n) ? n : 0)],
    };

    private static string RoundId(string name, int index) => name.ToLowerInvariant() switch
    {
        var it when it.StartsWith("prelim", StringComparison.Ordinal) => "pre",
        var it when it.StartsWith("quarter", StringComparison.Ordinal) => "quarter",
        var it when it.StartsWith("semi", StringComparison.Ordinal) => "semi",
        "final" => "final",
        "heats" => "heats",
        _ => string.Create(CultureInfo.InvariantCulture, $"r{index + 1}"),
    };

    private static string EventId(PrintedEvent printed)
    {
        var who = printed.Name.Contains("women", StringComparison.OrdinalIgnoreCase) ? "w"
            : printed.Name.Contains("men", StringComparison.OrdinalIgnoreCase) ? "m" : "e";
        return string.Create(CultureInfo.InvariantCulture, $"{who}{printed.DistanceM:0}");
    }

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
