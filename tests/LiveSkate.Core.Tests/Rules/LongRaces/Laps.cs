using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Tests.Rules.LongRaces;

/// <summary>Races of many laps, told as one tells them: who crossed the line in which order. Laps of 20 s, skaters half a second apart.</summary>
internal static class Laps
{
    public const double Seconds = 20, Apart = 0.5;

    /// <summary>Lap n, from 1, of all those named ("B A C").</summary>
    public static MeetScript Lap(this MeetScript script, int lap, string bibs)
    {
        var at = lap * Seconds;
        foreach (var bib in bibs.Split(' '))
        {
            script.Pass(bib, at);
            at += Apart;
        }
        return script;
    }

    public static MeetScript EachLap(this MeetScript script, int from, int to, string bibs)
    {
        for (var lap = from; lap <= to; lap++)
            script.Lap(lap, bibs);
        return script;
    }

    public static MeetScript Out(this MeetScript script, int lapsToGo, params string[] bibs) => script.Do(new Eliminate("h1", [.. bibs], lapsToGo));

    public static MeetScript Sprint(this MeetScript script, int lapsToGo, string bibs) =>
        script.Do(new SetSprint("h1", lapsToGo, [.. bibs.Split(' ').Select(group => System.Collections.Immutable.ImmutableArray.Create(group.Split('=')))]));

    /// <summary>"1 B OK 5p" for each row: rank, bib, status, points.</summary>
    public static string[] Ranks(this MeetScript script, string heat = "h1") =>
        [.. script.Heat(heat).Rows.Select(row => $"{row.Rank?.ToString() ?? "-"} {row.Bib} {row.Status ?? "racing"}{(row.Points is { } points ? $" {points}p" : "")}{(row.LapsDown > 0 ? $" -{row.LapsDown}" : "")}")];

    public static string[] Bibs(string bibs) => bibs.Split(' ');

    public static RuleDocument Eliminate(int survivors, int everyLaps = 1, int[]? doubles = null, string? ranked = null, int? first = null, decimal? fromM = null) =>
        new() { Elimination = new EliminationDocument(first, everyLaps, doubles is null ? null : [.. doubles], survivors, fromM, ranked) };

    public static SkaterStanding Row(this MeetScript script, string bib) => script.Heat("h1").Row(bib);
}
