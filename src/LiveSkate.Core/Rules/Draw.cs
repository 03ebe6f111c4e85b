using System.Collections.Immutable;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules;

/// <summary>Who starts in which heat of a round, and where (SED-1 to SED-6). A proposal: the jury confirms it (SED-7).</summary>
public static class Draw
{
    public const string TwoPassSnake = "twoPassSnake", DirectThenTime = "directThenTime", Bracket = "bracket", ByNation = "byNation";

    /// <summary>The draws that a meet document may name.</summary>
    public static IReadOnlyList<string> Names { get; } = [TwoPassSnake, DirectThenTime, Bracket, ByNation, .. TimeDraw.Names];

    /// <param name="from">The round that it is drawn from; null: the first is drawn from the entries.</param>
    /// <returns>The bibs of heat 1, 2 … in start order.</returns>
    public static ImmutableArray<ImmutableArray<string>> Propose(Meet meet, EventDocument plan, RoundDocument round, RoundStanding? from) =>
        from is null ? FirstRound(meet, plan, round.Heats.Count)
        : round.IsForTheRest() ? Rest(from, round)
        : TimeDraw.Names.Contains(round.Draw!) ? TimeDraw.Propose(from, round.Draw!, round.Heats.Count, Race.LinesOf(meet, plan))
        : Propose(from, round.Draw!, round.Heats.Count);

    /// <summary>
    /// SED-1: nations as the previous competition ranked them, those without a rank behind them by their codes. Dealt in turn, so that the
    /// skaters of one nation are spread as evenly as can be.
    /// </summary>
    private static ImmutableArray<ImmutableArray<string>> FirstRound(Meet meet, EventDocument plan, int heats)
    {
        var ranking = plan.NationRanking ?? [];
        var deal = new Deal(heats, plan.Entries.Length);
        deal.InTurn(plan.Entries
            .Select(entry => meet.Index.Competitor(plan.Id, entry.Bib)!)
            .OrderBy(who => ranking.IndexOf(who.Nation) is var place && place >= 0 ? place : int.MaxValue)
            .ThenBy(who => who.Nation, StringComparer.Ordinal)
            .Select(who => who.Bib));
        return deal.Heats;
    }

    /// <summary>FIN-5: a B final is for those who finished and did not go on, the best of them first. QUA-7: who withdraws is not replaced here either.</summary>
    private static ImmutableArray<ImmutableArray<string>> Rest(RoundStanding from, RoundDocument round)
    {
        var rest = from.Entrants
            .Where(entrant => entrant is { Advances: false, GaveUpPlace: false } && entrant.Skater is { IsOk: true } or { Out: not null })
            .ToList();
        var most = Math.Min(round.Most ?? int.MaxValue, rest.Count);
        // QUA-5: who is level with the last of them comes too.
        while (most < rest.Count && rest[most].Skater.TimeMs is { } time && time == rest[most - 1].Skater.TimeMs)
            most++;
        rest = [.. rest.Take(most).Where(entrant => !entrant.Withdrawn)];
        var deal = new Deal(round.Heats.Count, rest.Count);
        deal.Snake(rest);
        return deal.Heats;
    }

    private static ImmutableArray<ImmutableArray<string>> Propose(RoundStanding from, string name, int heats)
    {
        var through = from.Entrants.Where(entrant => entrant.Advances).ToList();
        var direct = through.Where(entrant => entrant.By == AdvancedBy.Place).ToList();
        var byTime = through.Where(entrant => entrant.By == AdvancedBy.Time).ToList();
        var places = Math.Min(byTime.Count, from.Round.Advance?.Fastest ?? 0);
        // QUA-5: more than places on time after a tie, and whom the jury sends on, go one each into heat 1, 2, 3 …
        var extras = byTime.Skip(places).Concat(through.Where(entrant => entrant.By == AdvancedBy.Jury));

        var deal = new Deal(heats, through.Count);
        if (name == Bracket)
        {
            deal.Bracket(direct, [.. from.Heats.Select(heat => heat.Heat.Id)]);
            deal.Fill(byTime.Take(places));
        }
        else if (name == TwoPassSnake)
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

        /// <summary>1, 2, … k, 1, 2, … k.</summary>
        public void InTurn(IEnumerable<string> bibs)
        {
            var i = 0;
            foreach (var bib in bibs)
                _lists[i++ % heats].Add(bib);
        }

        /// <summary>
        /// SED-3: who comes from heat i meets who comes from heat N + 1 - i. With other numbers of heats they are folded on; who finds a heat
        /// full after a dead heat goes into the emptiest. SED-5: they start by time.
        /// </summary>
        public void Bracket(IEnumerable<Entrant> entrants, ImmutableArray<string> from)
        {
            foreach (var entrant in entrants)
            {
                var meant = Turn(from.IndexOf(entrant.Heat.Heat.Id));
                (HasRoom(meant) ? _lists[meant] : _lists.MinBy(list => list.Count)!).Add(entrant.Skater.Bib);
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
