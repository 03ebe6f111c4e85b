using System.Collections.Immutable;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules;

/// <param name="Points">Null while the event has no ranking yet, and for who was not in it.</param>
/// <param name="Status">In that event; null while it has no ranking, and for who was not in it.</param>
public sealed record CombinedPart(string Event, int? Rank, int? Points, string? Status);

/// <summary>One line of a combined ranking; no rank before a first result.</summary>
public sealed record CombinedPlace(int? Rank, string Bib, int Points, string Status, ImmutableArray<CombinedPart> Parts);

/// <summary>
/// FMT-16, FIN-6: place points added up over other events, from the number of starters for the winner down to 1, or the places themselves. It
/// goes on as each of them gets its ranking. DSQ-SF and DSQ-DF score nothing; who has equal points shares the place.
/// </summary>
public static class CombinedRanking
{
    /// <summary>Empty until the first of the events has a ranking.</summary>
    public static ImmutableArray<CombinedPlace> Of(Meet meet, EventDocument plan)
    {
        var profile = RaceRules.Of(plan).Profile(plan);
        var races = Races(meet, plan).Select(race => (Id: race.Id, Scores: Scores(meet, race, profile.SumsPlaces))).ToList();
        if (races.TrueForAll(race => race.Scores.Count == 0))
            return [];
        var places = plan.Entries.Select(entry => Place(meet, plan, entry.Bib, races, profile.DnsEndsCombined)).ToList();
        return
        [
            .. places
                .Select(place => place.Status == Statuses.Ok
                    ? place with { Rank = places.Count(other => other.Status == Statuses.Ok && IsBetter(other, place, profile.SumsPlaces)) + 1 }
                    : place)
                .OrderBy(place => place.Rank ?? int.MaxValue),
        ];
    }

    /// <summary>The events that count.</summary>
    public static IEnumerable<EventDocument> Races(Meet meet, EventDocument plan) => (plan.Rules?.Of ?? []).Select(meet.Index.Event).OfType<EventDocument>();

    private static CombinedPlace Place(
        Meet meet, EventDocument plan, string bib, List<(string Id, Dictionary<string, CombinedPart> Scores)> races, bool dnsEndsIt)
    {
        var skater = meet.Index.Competitor(plan.Id, bib)!.Members[0].Id;
        var parts = races.Select(race => race.Scores.GetValueOrDefault(skater) ?? new CombinedPart(race.Id, null, null, null)).ToImmutableArray();
        // Who has not started, or is disqualified, in all that was raced so far has no place among those who have.
        var status = parts.Any(part => part.Rank is not null) && !(dnsEndsIt && parts.Any(part => part is { Rank: null, Status: Statuses.Dns }))
            ? Statuses.Ok
            : parts.Select(part => part.Status).LastOrDefault(said => said is not null and not Statuses.Ok) ?? Statuses.Dns;
        return new CombinedPlace(null, bib, parts.Sum(part => part.Points ?? 0), status, parts);
    }

    /// <summary>Where places are added up the fewest win, but a race without a place is no place saved: who has more places is before who has fewer.</summary>
    private static bool IsBetter(CombinedPlace a, CombinedPlace b, bool sumsPlaces)
    {
        if (!sumsPlaces)
            return a.Points > b.Points;
        var (racesOfA, racesOfB) = (a.Parts.Count(part => part.Rank is not null), b.Parts.Count(part => part.Rank is not null));
        return racesOfA != racesOfB ? racesOfA > racesOfB : a.Points < b.Points;
    }

    /// <summary>By skater. N is who really started: without a first-round DNS and whoever was withdrawn.</summary>
    private static Dictionary<string, CombinedPart> Scores(Meet meet, EventDocument race, bool sumsPlaces)
    {
        var final = FinalRanking.Of([.. race.Rounds.Select(round => Advancement.Of(meet, race, round))]);
        var starters = final.Count(place => place.Rank is not null || place.Skater.Status is Statuses.SportFault or Statuses.DisciplinaryFault);
        return final
            .SelectMany(
                place => meet.Index.Competitor(race.Id, place.Skater.Bib)!.Members,
                (place, member) => (member.Id, Part: new CombinedPart(
                    race.Id, place.Rank, place.Rank is not { } rank ? 0 : sumsPlaces ? rank : starters - rank + 1, place.Skater.Status)))
            .ToDictionary(score => score.Id, score => score.Part, StringComparer.Ordinal);
    }
}
