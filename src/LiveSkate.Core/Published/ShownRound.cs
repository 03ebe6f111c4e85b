using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Published;

/// <summary>
/// A round's table with all that it was made of, so that the next one takes over the rows of everybody of whom nothing has changed: a passing
/// moves some of one heat, and a round may have ten.
/// </summary>
public sealed class ShownRound
{
    private readonly MeetIndex _index;
    private readonly RoundStanding _round;
    private readonly Dictionary<string, (Entrant Entrant, AdvancementRow Row)> _rows = new(StringComparer.Ordinal);

    private ShownRound(Meet meet, RoundStanding round, ShownRound? before)
    {
        (_index, _round) = (meet.Index, round);
        // What a row says follows from these three and the entrant.
        var sameRound = before is not null && ReferenceEquals(before._index, _index) && ReferenceEquals(before._round.Round, round.Round)
            && before._round.HeatsLeft == round.HeatsLeft;
        var rows = ImmutableArray.CreateBuilder<AdvancementRow>(round.Entrants.Length);
        foreach (var entrant in round.Entrants)
        {
            var row = sameRound && before!._rows.TryGetValue(entrant.Skater.Bib, out var known) && known.Entrant == entrant
                ? known.Row
                : ResultsPublisher.AdvancementLine(meet, entrant, round);
            rows.Add(row);
            _rows.TryAdd(entrant.Skater.Bib, (entrant, row));
        }
        Table = ResultsPublisher.Table(meet, round, rows.MoveToImmutable());
    }

    public RoundTable Table { get; }

    /// <param name="before">Of the same round; null where there is none.</param>
    public static ShownRound Of(Meet meet, RoundStanding round, ShownRound? before) => new(meet, round, before);
}
