using System.Collections.Immutable;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules;

/// <summary>Who starts in which heat of the next round, and where (SED-2, SED-5). A proposal: the jury confirms it.</summary>
public static class Draw
{
    public const string TwoPassSnake = "twoPassSnake", DirectThenTime = "directThenTime";

    /// <summary>The draws that a meet document may name.</summary>
    public static IReadOnlyList<string> Names { get; } = [TwoPassSnake, DirectThenTime];

    /// <returns>The bibs of heat 1, 2 … in start order.</returns>
    public static ImmutableArray<ImmutableArray<string>> Propose(RoundStanding from, string name, int heats)
    {
        var through = from.Entrants.Where(entrant => entrant.Advances).ToList();
        var direct = through.Where(entrant => entrant.By == AdvancedBy.Place).ToList();
        var byTime = through.Where(entrant => entrant.By == AdvancedBy.Time).ToList();
        var places = Math.Min(byTime.Count, from.Round.Advance?.Fastest ?? 0);
        // QUA-5: more than places on time after a tie, and whom the jury sends on, go one each into heat 1, 2, 3 …
        var extras = byTime.Skip(places).Concat(through.Where(entrant => entrant.By == AdvancedBy.Jury));

        var deal = new Deal(heats, through.Count);
        if (name == TwoPassSnake)
        {
            deal.Snake(direct);
            deal.Snake(byTime.Take(places));
        }
        else
            deal.Snake(direct.Concat(byTime.Take(places)));
        deal.Fill(extras);
        return deal.Heats;
    }

    /// <summary>Heats while they are filled. Their sizes never differ by more than one, however the passes end.</summary>
    private sealed class Deal(int heats, int total)
    {
        private readonly List<string>[] _lists = [.. Enumerable.Range(0, heats).Select(_ => new List<string>())];

        public ImmutableArray<ImmutableArray<string>> Heats => [.. _lists.Select(list => list.ToImmutableArray())];

        /// <summary>1, 2, … k, k, … 2, 1: the best two meet as late as possible.</summary>
        public void Snake(IEnumerable<Entrant> entrants)
        {
            var i = 0;
            foreach (var entrant in entrants)
            {
                while (!HasRoom(Turn(i)))
                    i++;
                _lists[Turn(i++)].Add(entrant.Skater.Bib);
            }
        }

        /// <summary>One each into the heats with the fewest, the first of them first.</summary>
        public void Fill(IEnumerable<Entrant> entrants)
        {
            foreach (var entrant in entrants)
                _lists.MinBy(list => list.Count)!.Add(entrant.Skater.Bib);
        }

        private int Turn(int i)
        {
            var (turn, place) = Math.DivRem(i, heats);
            return turn % 2 == 0 ? place : heats - 1 - place;
        }

        private bool HasRoom(int heat)
        {
            var (least, rest) = Math.DivRem(total, heats);
            return _lists[heat].Count < least || (_lists[heat].Count == least && _lists.Count(list => list.Count > least) < rest);
        }
    }
}
