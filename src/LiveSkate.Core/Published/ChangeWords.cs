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
        var place = was != now ? $"{was} → {now}"
            : change.Was.Rank == change.Now.Rank ? now
            : $"{now} ({Rank(change.Was)} → {Rank(change.Now)})";
        var time = change.Was.TimeMs == change.Now.TimeMs ? ""
            : change is { Was.TimeMs: { } before, Now.TimeMs: { } after } ? $" ({RaceTime.Format(before)} → {RaceTime.Format(after)})"
            : was == now ? $" ({Time(change.Was)} → {Time(change.Now)})"
            : "";
        var points = change.Was.Points != change.Now.Points ? $", {change.Was.Points ?? 0} → {change.Now.Points ?? 0} points" : "";
        var laps = change.Was.LapsDown != change.Now.LapsDown ? $", {change.Was.LapsDown} → {change.Now.LapsDown} laps down" : "";
        var remarks = string.Concat(Parts(change.Now).Except(Parts(change.Was)).Select(said => $", {said}")
            .Concat(Parts(change.Was).Except(Parts(change.Now)).Select(said => $", no more {said}")));
        return $"{name} {place}{time}{points}{laps}{remarks}";
    }

    private static string[] Parts(ShownRow row) => row.Remarks.Split(", ", StringSplitOptions.RemoveEmptyEntries);

    private static string Time(ShownRow row) => row.TimeMs is { } ms ? RaceTime.Format(ms) : "no time";

    private static string Place(ShownRow row) =>
        row.Status is { } status && status is not (Statuses.Ok or Statuses.Eliminated) ? status : Rank(row);

    private static string Rank(ShownRow row) => row.Rank is { } rank ? Words.Ordinal(rank) : "no place";

    /// <summary>"PROKOP loses, ROUMEC gains a place".</summary>
    public static string GoOn(Func<string, string> name, IEnumerable<string> lost, IEnumerable<string> gained)
    {
        var (less, more) = (All(lost.Select(name)), All(gained.Select(name)));
        return (less, more) switch
        {
            ("", _) => $"{more} {Verb(gained, "gain")} a place",
            (_, "") => $"{less} {Verb(lost, "lose")} a place",
            _ => $"{less} {Verb(lost, "lose")}, {more} {Verb(gained, "gain")} a place",
        };
    }

    /// <summary>"A, B and C".</summary>
    private static string All(IEnumerable<string> names) =>
        names.ToList() is [.. { Count: > 0 } first, var last] ? $"{string.Join(", ", first)} and {last}" : string.Concat(names);

    private static string Verb(IEnumerable<string> who, string verb) => who.Take(2).Count() == 1 ? $"{verb}s" : verb;
}
