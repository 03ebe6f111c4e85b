using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Published;

/// <summary>What changed, as sentences.</summary>
public static class ChangeWords
{
    /// <summary>"SWINGS 4th → 3rd", "BRAMANTE 3rd → DSQ-SF", "KUO 1st (1:25.464 → 1:25.460)".</summary>
    public static string Row(string name, RowChange change)
    {
        var (was, now) = (Place(change.Was), Place(change.Now));
        var place = was == now ? now : $"{was} → {now}";
        var time = change.Was.TimeMs is { } before && change.Now.TimeMs is { } after && before != after
            ? $" ({RaceTime.Format(before)} → {RaceTime.Format(after)})"
            : "";
        var points = change.Was.Points != change.Now.Points ? $", {change.Was.Points ?? 0} → {change.Now.Points ?? 0} points" : "";
        var laps = change.Was.LapsDown != change.Now.LapsDown ? $", {change.Was.LapsDown} → {change.Now.LapsDown} laps down" : "";
        return $"{name} {place}{time}{points}{laps}";
    }

    private static string Place(ShownRow row) =>
        row.Status is { } status && status is not (Statuses.Ok or Statuses.Eliminated) ? status
        : row.Rank is { } rank ? Words.Ordinal(rank)
        : "no place";

    /// <summary>"PROKOP loses, ROUMEC gains a place".</summary>
    public static string GoOn(Func<string, string> name, IEnumerable<string> lost, IEnumerable<string> gained)
    {
        var (less, more) = (string.Join(" and ", lost.Select(name)), string.Join(" and ", gained.Select(name)));
        return (less, more) switch
        {
            ("", _) => $"{more} {Verb(gained, "gain")} a place",
            (_, "") => $"{less} {Verb(lost, "lose")} a place",
            _ => $"{less} {Verb(lost, "lose")}, {more} {Verb(gained, "gain")} a place",
        };
    }

    private static string Verb(IEnumerable<string> who, string verb) => who.Take(2).Count() == 1 ? $"{verb}s" : verb;
}
