using LiveSkate.Core.Timing;

namespace LiveSkate.Server.Ingest;

/// <summary>One range that is missing, and how often it has been asked for.</summary>
/// <param name="NextAsk">On the clock of the watch; null when it will not be asked for again.</param>
internal sealed record Hole(SeqRange Range, TimeSpan? NextAsk, int Asked);

/// <summary>The holes of one source: what is missing, since when, and when to ask again. Not for use from two threads.</summary>
internal sealed class HoleLedger
{
    /// <summary>Long enough for messages that merely overtook each other.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);

    private const int Times = 3, Named = 5;

    private Dictionary<string, List<Hole>> _holes = new(StringComparer.Ordinal);
    private string? _newest;

    /// <summary>Holes only ever shrink or split, so what is left of an old one keeps its count and its hour.</summary>
    public void Merge(SourceLog log, TimeSpan now)
    {
        _newest = log.NewestEpoch;
        if (!log.HasHoles)
        {
            _holes.Clear();
            return;
        }
        var merged = new Dictionary<string, List<Hole>>(StringComparer.Ordinal);
        foreach (var epoch in log.Ragged)
            merged[epoch] = Merge(_holes.GetValueOrDefault(epoch) ?? [], log.Holes(epoch), now);
        _holes = merged;
    }

    /// <param name="most">Ranges per run; the rest stays due.</param>
    public IReadOnlyList<(string Epoch, SeqRange[] Ranges)> Due(TimeSpan now, int most) =>
    [
        .. _holes.Select(run => (run.Key, run.Value.Where(hole => hole.NextAsk <= now).Take(most).Select(hole => hole.Range).ToArray()))
            .Where(run => run.Item2.Length > 0),
    ];

    public void Asked(string epoch, IReadOnlyList<SeqRange> ranges, TimeSpan now)
    {
        if (!_holes.TryGetValue(epoch, out var run))
            return;
        var asked = ranges.ToHashSet();
        for (var i = 0; i < run.Count; i++)
        {
            if (asked.Contains(run[i].Range))
                run[i] = run[i] with { Asked = run[i].Asked + 1, NextAsk = run[i].Asked + 1 < Times ? now + Again : null };
        }
    }

    /// <summary>What the operator reads; null while nothing has had to be asked for.</summary>
    public string? Alarm()
    {
        var runs = _holes.Select(run => (Epoch: run.Key, Holes: run.Value.Where(hole => hole.Asked > 0).ToArray()))
            .Where(run => run.Holes.Length > 0).OrderBy(run => run.Epoch != _newest).ToArray();
        return runs.Length == 0 ? null : string.Join("; ", runs.Take(2).Select(run => Alarm(run.Epoch, run.Holes)))
            + (runs.Length > 2 ? $"; and in {runs.Length - 2} other runs" : "");
    }

    private static List<Hole> Merge(List<Hole> before, IEnumerable<SeqRange> ranges, TimeSpan now)
    {
        var left = new List<Hole>();
        var at = 0;
        foreach (var range in ranges)
        {
            while (at < before.Count && before[at].Range.To < range.From)
                at++;
            left.Add(at < before.Count && before[at].Range.Contains(range)
                ? before[at] with { Range = range }
                : new Hole(range, now + First, 0));
        }
        return left;
    }

    private string Alarm(string epoch, Hole[] missing)
    {
        var names = string.Join(", ", missing.Take(Named).Select(hole => hole.Range));
        var more = missing.Length > Named ? $" and {missing.Length - Named} more ranges" : "";
        var run = epoch == _newest ? "" : $" of run {epoch}";
        var asked = missing.Min(hole => hole.Asked);
        return asked < Times
            ? $"missing {names}{more}{run}, asked for {asked} of {Times} times"
            : $"missing {names}{more}{run}, asked for in vain: read the decoder's memory";
    }
}
