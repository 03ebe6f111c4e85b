using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>What comes in without belonging to the race: ghosts, wrong chips and places, repeats, clocks in another year, loose cables.</summary>
internal static class AnyReading
{
    /// <summary>A transponder that nobody wears until the office says so.</summary>
    public const string Spare = "ghost";

    private static readonly DateTimeOffset[] Years = [Microseconds.ToInstant(Microseconds.Least), Microseconds.ToInstant(Microseconds.Most)];

    public static void Hear(Day day, Dice dice, Meet meet)
    {
        var sources = meet.Document.Sources;
        var source = dice.OneIn(20) ? "unplugged" : dice.Pick(sources).Id;
        var time = AnyTime(day, dice);
        switch (dice.Upto(10))
        {
            case 0:
                day.Report(new SourceReported { Source = source, Link = dice.OneOf("up", "lost"), SentAt = time, LastSeq = dice.Upto(100) });
                break;
            case 1 or 2:
                day.Hear(new SignalGiven { Source = source, Kind = dice.OneOf(SignalKind.Gun, SignalKind.Gate, SignalKind.Gate, SignalKind.Recall), Time = time, Sim = dice.OneIn(9) });
                break;
            case 3 when day.Journal.Select(row => row.Fact).OfType<TrackFact>().ToList() is { Count: > 0 } heard:
                // Once more, or under the same number with other content.
                var again = dice.Pick(heard);
                day.Hear(again is PassingRead read && dice.OneIn(2) ? read with { Chip = "other" } : again);
                break;
            default:
                day.Hear(new PassingRead { Source = source, Chip = AnyChip(dice, meet), Time = time, Sim = dice.OneIn(9), Replay = dice.OneIn(9), Hits = dice.Upto(40) });
                break;
        }
    }

    /// <summary>The camera's reading of a heat, right or wrong, whole or in part.</summary>
    public static void Photograph(Day day, Dice dice, Meet meet, Heat heat)
    {
        var revision = dice.Between(1, 4);
        var finishes = dice.Shuffled(heat.Bibs.Where(_ => !dice.OneIn(4))).Select((bib, i) => (bib, Time: day.Now.AddMilliseconds(i * dice.OneOf(0, 1, 700)))).ToList();
        var start = heat.Run.Armings is [.., var arming] && heat.Run.StartOf(arming) is { } gun && gun <= day.Now ? gun : day.Now.AddSeconds(-60);
        day.Hear(PhotoFinish(dice, heat, finishes, heat.Bibs.ToDictionary(bib => bib, _ => start), revision));
    }

    public static FinishRead PhotoFinish(
        Dice dice, Heat heat, List<(string Bib, DateTimeOffset Time)> finishes, Dictionary<string, DateTimeOffset> starts, int revision)
    {
        var order = finishes.GroupBy(finish => finish.Bib).Select(one => (Bib: one.Key, Time: one.Max(finish => finish.Time))).OrderBy(finish => finish.Time).ToList();
        var rows = ImmutableArray.CreateBuilder<FinishRow>();
        for (var i = 0; i < order.Count; i++)
        {
            var level = order.FindIndex(other => other.Time == order[i].Time) + 1;
            var elapsed = order[i].Time - starts[order[i].Bib];
            rows.Add(new FinishRow(
                order[i].Bib, dice.OneIn(20) ? null : level, dice.OneIn(12) || elapsed < TimeSpan.Zero ? null : elapsed, dice.OneIn(20) ? dice.OneOf("DNS", "DNF", "DSQ") : "OK"));
        }
        return new FinishRead { Source = "camera", Heat = heat.Id, Revision = revision, Rows = rows.ToImmutable() };
    }

    public static DateTimeOffset AnyTime(Day day, Dice dice) => dice.Upto(20) switch
    {
        0 => dice.Pick(Years),
        1 or 2 => Day.Noon.AddSeconds(dice.Between(-3600, 7200)),
        _ => day.Now.AddMilliseconds(dice.Between(-60_000, 60_000)),
    };

    private static string AnyChip(Dice dice, Meet meet) => dice.OneIn(4) || meet.Document.Skaters.All(skater => skater.Transponders.IsEmpty)
        ? dice.OneOf(Spare, "", "1a ")
        : dice.Pick([.. meet.Document.Skaters.SelectMany(skater => skater.Transponders)]);
}
