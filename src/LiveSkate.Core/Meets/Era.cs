using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Meets;

/// <summary>
/// From one word of the office or the starter to the next: what follows from all that was said so far, whatever is read meanwhile. Looked up
/// once and kept here, for a passing comes a thousand times as often as a word. A <see cref="Meet"/> begins a new one with every change of
/// what this is made of, so nothing here is ever out of date.
/// </summary>
internal sealed class Era
{
    /// <summary>Heats whose standings are remembered: some rounds; a day has hundreds.</summary>
    private const int MostStandings = 64;

    private readonly ConcurrentDictionary<string, ImmutableArray<RaceStart>> _starts;
    private readonly ConcurrentDictionary<string, HeatMemory> _standings;
    private FrozenDictionary<(string Event, string Round), ImmutableArray<string>>? _heats;

    public Era() : this(new(StringComparer.Ordinal), new(StringComparer.Ordinal))
    {
    }

    private Era(ConcurrentDictionary<string, ImmutableArray<RaceStart>> starts, ConcurrentDictionary<string, HeatMemory> standings) =>
        (_starts, _standings) = (starts, standings);

    /// <summary>Every start of a race that this skater was entered in, the first first.</summary>
    public ImmutableArray<RaceStart> StartsOf(Meet meet, string skater) =>
        _starts.TryGetValue(skater, out var known) ? known : _starts.GetOrAdd(skater, RaceStart.All(meet, skater));

    /// <summary>Heats (by id) of a round, by number.</summary>
    public ImmutableArray<string> HeatsOf(Meet meet, string @event, string round)
    {
        _heats ??= meet.Heats.Values
            .GroupBy(heat => (heat.Event, heat.Round))
            .ToFrozenDictionary(heats => heats.Key, heats => heats.OrderBy(heat => heat.Number).Select(heat => heat.Id).ToImmutableArray());
        return _heats.GetValueOrDefault((@event, round), []);
    }

    /// <summary>The same object for as long as nobody starts: who has seen it need not ask for each start.</summary>
    public object Starts => _starts;

    public HeatMemory StandingsOf(Meet meet, Heat heat)
    {
        if (_standings.TryGetValue(heat.Id, out var known))
            return known;
        if (_standings.Count >= MostStandings)
            _standings.Clear();
        return _standings.GetOrAdd(heat.Id, new HeatMemory(meet, heat));
    }

    /// <summary>The one that begins where this heat takes the place of the same one, and all others stay as they are.</summary>
    /// <param name="before">The meet of this era.</param>
    public Era With(Meet before, Heat heat)
    {
        if (!before.Heats.TryGetValue(heat.Id, out var was) || was.Bibs != heat.Bibs || (was.Event, was.Round, was.Number) != (heat.Event, heat.Round, heat.Number))
            return new Era();
        if (was.Runs == heat.Runs)
            return this;
        var sameStarts = RaceStart.Of(was).SequenceEqual(RaceStart.Of(heat));
        // What was given in a heat goes along to the next rounds.
        var sameSanctions = was.Run.Sanctions == heat.Run.Sanctions;
        return sameStarts && sameSanctions ? this
            : new Era(sameStarts ? _starts : StartsWithout(before, heat), sameSanctions ? _standings : new(StringComparer.Ordinal)) { _heats = _heats };
    }

    private ConcurrentDictionary<string, ImmutableArray<RaceStart>> StartsWithout(Meet meet, Heat heat)
    {
        var others = new ConcurrentDictionary<string, ImmutableArray<RaceStart>>(_starts, StringComparer.Ordinal);
        foreach (var bib in heat.Bibs)
            foreach (var skater in meet.CompetitorOf(heat, bib).Members)
                others.TryRemove(skater.Id, out _);
        return others;
    }
}

/// <param name="Heat">Null where that draw was given up.</param>
internal readonly record struct RaceStart(DateTimeOffset At, string? Heat)
{
    public static ImmutableArray<RaceStart> All(Meet meet, string skater)
    {
        var starts = new List<RaceStart>();
        foreach (var id in meet.HeatsOfSkater.GetValueOrDefault(skater, []))
            foreach (var start in Of(meet.Heats[id]))
                starts.Add(new RaceStart(start, id));
        // What was read in a race that is skated again belongs to no other.
        foreach (var (_, heat) in meet.Former)
            if (heat.Bibs.Any(bib => meet.CompetitorOf(heat, bib).Members.Any(member => member.Id == skater)))
                foreach (var start in Of(heat))
                    starts.Add(new RaceStart(start, null));
        return [.. starts.OrderBy(start => start.At)];
    }

    public static IReadOnlyList<DateTimeOffset> Of(Heat heat)
    {
        if (heat.Runs is [{ Armings: [] }])
            return [];
        var starts = new List<DateTimeOffset>(1);
        foreach (var run in heat.Runs)
            foreach (var arming in run.Armings)
                if (run.StartOf(arming) is { } start)
                    starts.Add(start);
        return starts;
    }
}
