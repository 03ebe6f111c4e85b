using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>
/// Safe and gone are promises (QUA-12): they hold whatever still happens, short of reopening a signed heat, of the jury's own word on
/// who goes on, and of what is taken back or drawn anew.
/// </summary>
internal sealed class Promises
{
    private readonly Dictionary<(string Meet, string Event, string Round, string Bib), Certainty> _given = [];

    public void Look(Meet meet, Fact fact)
    {
        if (IsGivenBack(fact))
            _given.Clear();
        foreach (var plan in meet.Document.Events)
            foreach (var round in plan.Rounds)
                if (round.Advance is not null)
                    foreach (var entrant in Advancement.Of(meet, plan, round).Entrants)
                        Look((meet.Id, plan.Id, round.Id, entrant.Skater.Bib), entrant);
    }

    private void Look((string, string, string Round, string Bib) who, Entrant entrant)
    {
        if (_given.TryGetValue(who, out var promised))
            Broken.Unless(
                entrant.Advances == (promised == Certainty.Safe), () => $"{who} was told {promised}, and is {entrant.Certainty} now ({entrant.Skater.Status}, heat {entrant.Heat.Heat.Id} {entrant.Heat.State})");
        if (entrant.Certainty is Certainty.Safe or Certainty.Gone)
            _given[who] = entrant.Certainty;
    }

    private static bool IsGivenBack(Fact fact) =>
        fact is HeatReviewed or ProtestFiled or HeatAnnulled or RoundFact or CommandUndone or NextRoundSettled or MeetPut;
}
