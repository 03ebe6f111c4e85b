using System.Collections.Immutable;
using System.Globalization;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>
/// A long race as a pack: a common pace, places in the pack that change from lap to lap, in front whoever wins the sprint, behind whoever
/// goes out. Finishing times are the printed ones; where the list has none they are made up in the order of the ranks.
/// </summary>
internal sealed class PackRace
{
    private const long LostInALapUs = 1_500_000;

    private readonly Course _course;
    private readonly string _seed, _heat;
    private readonly Dice _dice;
    private readonly PrintedRow[] _starters, _home;
    private readonly Dictionary<PrintedRow, long> _finishUs;
    private readonly Dictionary<PrintedRow, int> _lastCrossing = [];

    public PackRace(Course course, LongRules rules, string seed, string heat, ImmutableArray<PrintedRow> rows, long unitUs)
    {
        (_course, _seed, _heat) = (course, seed, heat);
        _dice = Dice.For(seed, heat, "pack");
        _starters = [.. rows.Where(row => row.Outcome != "DNS")];
        _home = [.. _starters.Where(row => row.Outcome is not ("EL" or "DNF")).OrderBy(row => row.Rank ?? int.MaxValue)];
        _finishUs = Times(Microseconds.Of(rows, seed, heat, unitUs));
        Outs = LeaveOneAfterAnother(rules);
        var last = _home.Where(row => row.LapsDown == 0).OrderBy(row => _finishUs[row]).Select(row => row.Name).ToArray();
        FinishOrder = [.. last];
        Sprints = rules.Sprints.IsEmpty ? [] : SprintShares.Of(
            [.. _starters], rules.Sprints, last, (name, lap) => IsIn(_starters.First(row => row.Name == name), Crossing(lap)), Dice.For(seed, heat, "sprints"));
        Splits = Skate();
    }

    /// <summary>Who goes out at which laps to go, in the order over the line.</summary>
    public IReadOnlyDictionary<int, List<PrintedRow>> Outs { get; }

    public IReadOnlyDictionary<int, (string First, string Second)> Sprints { get; }

    /// <summary>Names, of who has skated the whole distance.</summary>
    public ImmutableArray<string> FinishOrder { get; }

    public IReadOnlyDictionary<PrintedRow, ImmutableArray<long>> Splits { get; }

    public PlannedStart Start(PrintedRow row, string bib) =>
        Splits.TryGetValue(row, out var splits) ? new(bib, row, splits, _finishUs.ContainsKey(row), false) : new(bib, row, [], false, false);

    private int Crossing(int lapsToGo) => _course.Crossings - 1 - lapsToGo;

    private bool IsIn(PrintedRow row, int crossing) => row.LapsDown == 0 && crossing <= _lastCrossing.GetValueOrDefault(row, int.MaxValue);

    /// <summary>Between two printed times, or behind the last.</summary>
    private Dictionary<PrintedRow, long> Times(Dictionary<PrintedRow, long> printed)
    {
        var times = new Dictionary<PrintedRow, long>();
        var known = _home.Where(printed.ContainsKey).Select(row => printed[row]).ToArray();
        var before = known.Length > 0 ? 0 : _course.DistanceCm * 900 + _dice.Between(0, 5_000_000);
        for (var index = 0; index < _home.Length; index++)
        {
            if (printed.TryGetValue(_home[index], out var time))
                before = time;
            else
            {
                var next = Array.FindIndex(_home, index, printed.ContainsKey);
                before = next < 0 ? before + _dice.Between(300_000, 900_000) * (_home[index].LapsDown > 0 ? 5 : 1)
                    : before == 0 ? printed[_home[next]] - (next - index) * 400_000
                    : before + (printed[_home[next]] - before) / (next - index + 1);
            }

            times[_home[index]] = before;
        }

        return times;
    }

    private Dictionary<int, List<PrintedRow>> LeaveOneAfterAnother(LongRules rules)
    {
        var outs = new Dictionary<int, List<PrintedRow>>();
        // ELI-6: the first one out has the highest place. Who was made up goes before who is named.
        var byRule = _starters.Where(LongRules.IsOut).OrderByDescending(row => row.Rank ?? int.MaxValue).ThenBy(row => row.EliminatedAtLap ?? 0).ToArray();
        var laps = rules.Outs[^byRule.Length..];
        for (var index = 0; index < byRule.Length; index++)
        {
            _lastCrossing[byRule[index]] = Crossing(laps[index]);
            outs.TryAdd(laps[index], []);
            // ELI-5: of two at one lap, the one with the better place crosses first.
            outs[laps[index]].Insert(0, byRule[index]);
        }

        foreach (var row in _starters.Where(row => row.Outcome == "DNF" || row is { Outcome: "EL", Cause: not null }))
        {
            var crossing = row.EliminatedAtLap - 1 ?? _dice.Between(_course.Crossings / 4, _course.Crossings / 2);
            _lastCrossing[row] = (int)Math.Clamp(crossing, 0, _course.Crossings - 2);
        }

        return outs;
    }

    private Dictionary<PrintedRow, ImmutableArray<long>> Skate()
    {
        var winnerUs = _home.Min(row => _finishUs[row]);
        var leader = Planning.Splits.MadeUp(_course, winnerUs, Dice.For(_seed, _heat, "pace"), Dice.For(_seed, _heat, "leader"));
        var skated = _starters.Where(row => row.LapsDown == 0).ToDictionary(row => row, _ => new List<long>());
        var order = skated.Keys.ToArray();
        _dice.Shuffle<PrintedRow>(order);
        for (var crossing = 0; crossing < _course.Crossings; crossing++)
        {
            order = Order([.. order.Where(row => IsIn(row, crossing))], crossing);
            var at = leader[crossing];
            foreach (var row in order)
            {
                if (crossing == _course.Crossings - 1)
                    skated[row].Add(_finishUs[row]);
                else
                    skated[row].Add(Math.Max(at, leader[crossing] + Lost(row, winnerUs, crossing)));
                at += _dice.Between(60_000, 320_000) + (IsLastHere(row, order, crossing) ? 400_000 : 0);
            }
        }

        foreach (var lapped in _starters.Where(row => row.LapsDown > 0))
            skated[lapped] = [.. Lapped(_finishUs[lapped], _course.Crossings - lapped.LapsDown)];
        return skated.ToDictionary(row => row.Key, row => row.Value.ToImmutableArray());
    }

    private bool IsLastHere(PrintedRow row, PrintedRow[] order, int crossing) =>
        Outs.TryGetValue(_course.Crossings - 1 - crossing, out var outs) && Array.IndexOf(order, row) == order.Length - outs.Count - 1;

    /// <summary>Who comes in late has lost the pack over the last laps.</summary>
    private long Lost(PrintedRow row, long winnerUs, int crossing) =>
        _finishUs.TryGetValue(row, out var finish) ? finish - winnerUs - (_course.Crossings - 1 - crossing) * LostInALapUs : 0;

    /// <summary>Slower all the way round, so that the winner has come past.</summary>
    private static IEnumerable<long> Lapped(long finishUs, int crossings) =>
        Enumerable.Range(1, crossings).Select(crossing => finishUs * crossing / crossings);

    private PrintedRow[] Order(List<PrintedRow> order, int crossing)
    {
        for (var swap = 0; swap < order.Count / 2; swap++)
        {
            var place = (int)_dice.Between(0, order.Count - 2);
            (order[place], order[place + 1]) = (order[place + 1], order[place]);
        }

        var lap = _course.Crossings - 1 - crossing;
        if (Sprints.TryGetValue(lap, out var sprint))
            order = [.. order.OrderBy(row => row.Name == sprint.First ? 0 : row.Name == sprint.Second ? 1 : 2)];
        if (Outs.TryGetValue(lap, out var outs))
            order = [.. order.Except(outs), .. outs];
        return [.. order];
    }
}
