using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Rules;

/// <summary>
/// The two newest standings of one heat, each with all that it was made of: what is asked again with the same is not made again, and what is
/// asked with one reading more starts from the last. Always what <see cref="HeatStandings.Anew"/> says; a test holds it to that. Anybody may
/// ask at any time: two who ask at once make it twice.
/// </summary>
internal sealed class HeatMemory(Meet meet, Heat heat)
{
    private readonly ImmutableArray<string> _bibs = heat.Bibs;
    private readonly string[] _skaters = HeatReadings.SkatersOf(meet, heat);
    private volatile KnownStanding? _newest, _before;

    public HeatStanding Of(Meet meet, Heat heat)
    {
        var (newest, before) = (_newest, _before);
        if (newest?.IsOf(meet, heat, _skaters) == true)
            return newest.Standing;
        if (before?.IsOf(meet, heat, _skaters) == true)
            return before.Standing;
        // Somebody asks for a heat as it might be: with other skaters it has nothing in common with this one.
        if (heat.Bibs != _bibs)
            return HeatStandings.Anew(meet, heat);
        var known = HeatStandings.From(newest, meet, heat, HeatReadings.Of(meet, heat, _skaters));
        (_newest, _before) = (known, newest);
        return known.Standing;
    }
}

/// <summary>A standing with all that it was made of.</summary>
/// <param name="Read">Beside what was said of the heat itself, and given in the rounds before.</param>
/// <param name="Ways">In start order, each as if he were alone.</param>
/// <param name="Skaters">In start order, before the format lays its own over them.</param>
/// <param name="Scored">After that, and before the ranking.</param>
/// <param name="Rows">As ranked, in start order.</param>
internal sealed record KnownStanding(
    Heat Heat, HeatReadings Read, Crossings[] Ways, SkaterStanding[] Skaters, SkaterStanding[] Scored, SkaterStanding[] Rows, HeatStanding Standing)
{
    private volatile Seen? _seen;

    public bool IsOf(Meet meet, Heat heat, string[] skaters)
    {
        if (!ReferenceEquals(heat, Heat))
            return false;
        if (_seen is { } seen && ReferenceEquals(seen.Passings, meet.Passings) && ReferenceEquals(seen.Starts, meet.Era.Starts))
            return true;
        if (!Read.Are(meet, heat, skaters))
            return false;
        _seen = new Seen(meet.Passings, meet.Era.Starts);
        return true;
    }

    /// <summary>Where it was found that all of it is the same: whoever asks for the same meet again need not look at each skater.</summary>
    private sealed record Seen(object Passings, object Starts);
}

/// <summary>What was read of the skaters of a heat: their passings, and up to when they belong to it.</summary>
/// <param name="Passings">Of each skater in start order, of teams of each member.</param>
/// <param name="Until">Each one's next start, whichever heat it is in; null where there is none.</param>
internal sealed record HeatReadings(PassingLog[] Passings, DateTimeOffset?[] Until)
{
    public static string[] SkatersOf(Meet meet, Heat heat) =>
        [.. heat.Bibs.SelectMany(bib => meet.CompetitorOf(heat, bib).Members).Select(skater => skater.Id)];

    public static HeatReadings Of(Meet meet, Heat heat, string[] skaters)
    {
        var read = new HeatReadings(new PassingLog[skaters.Length], new DateTimeOffset?[skaters.Length]);
        for (var i = 0; i < skaters.Length; i++)
            (read.Passings[i], read.Until[i]) = (meet.PassingsOf(skaters[i]), UntilOf(meet, heat.Run, skaters[i]));
        return read;
    }

    public bool Are(Meet meet, Heat heat, string[] skaters)
    {
        for (var i = 0; i < skaters.Length; i++)
            if (!ReferenceEquals(Passings[i], meet.PassingsOf(skaters[i])) || Until[i] != UntilOf(meet, heat.Run, skaters[i]))
                return false;
        return true;
    }

    /// <summary>The same of one of the competitors: of a team, of all its members.</summary>
    public bool AreSame(HeatReadings other, int from, int count)
    {
        for (var i = from; i < from + count; i++)
            if (!ReferenceEquals(Passings[i], other.Passings[i]) || Until[i] != other.Until[i])
                return false;
        return true;
    }

    private static DateTimeOffset? UntilOf(Meet meet, HeatRun run, string skater) => run.Start is { } gun ? RacePassings.Until(meet, run, skater, gun) : null;
}
