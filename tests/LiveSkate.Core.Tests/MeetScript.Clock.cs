using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Tests;

/// <summary>Races against the clock: gates, beams and lines.</summary>
public sealed partial class MeetScript
{
    /// <summary>Opens and arms; ten minutes after the start before. Seconds count from here, for no gun is needed.</summary>
    public MeetScript Ready(string heat)
    {
        _gun += TimeSpan.FromMinutes(10);
        return Do(new OpenHeat(heat)).Do(new ArmHeat(heat));
    }

    public DateTimeOffset Time(double seconds) => _gun + TimeSpan.FromMicroseconds(Math.Round(seconds * 1_000_000));

    /// <summary>A start gate opens, or a beam at a line is broken.</summary>
    public MeetScript Gate(string source, double seconds) => Hear(GateAt(source, seconds));

    public SignalGiven GateAt(string source, double seconds) => new() { Source = source, Kind = SignalKind.Gate, Time = Time(seconds) };

    /// <summary>A chip is read at a source that is not the only finish.</summary>
    public MeetScript PassAt(string source, string bib, double seconds, string ankle = "a") =>
        Hear(Passing(bib, seconds, ankle) with { Source = source });

    /// <summary>Race against the clock: one line, or the two opposite ones of a dual time trial (LAP-3).</summary>
    public static MeetDocument TimeTrial(
        string[][] heats, decimal distanceM = 200, bool dual = true, AdvanceRule? advance = null, RoundDocument[]? later = null,
        decimal lapM = 200, RuleDocument? rules = null)
    {
        var document = Sprint(heats, advance, later, distanceM, lapM);
        return document with
        {
            Sources = dual
                ?
                [
                    new("start-1", SourceRole.Start, null), new("gate-1", SourceRole.Start, null, 1), new("gate-2", SourceRole.Start, null, 2),
                    new("finish-1", SourceRole.Finish, null, 1), new("finish-2", SourceRole.Finish, null, 2), new("photo", SourceRole.Finish, null),
                ]
                : document.Sources,
            Events = [document.Events[0] with { Format = "timeTrial", Rules = rules }],
        };
    }

    /// <summary>Teams by one letter, which is the bib; the members of A are A1, A2 …, each with two chips.</summary>
    public static MeetDocument Teams(string format, string[][] heats, int members, decimal distanceM, RuleDocument? rules = null)
    {
        var document = Sprint(heats, distanceM: distanceM);
        string[] Members(string team) => [.. Enumerable.Range(1, members).Select(i => $"{team}{i}")];
        var teams = heats.SelectMany(heat => heat).ToArray();
        return document with
        {
            Skaters = [.. teams.SelectMany(Members).Select(skater => new SkaterDocument(skater, skater, "Given", "COL", [skater + "a", skater + "b"]))],
            Events =
            [
                document.Events[0] with
                {
                    Format = format, Rules = rules,
                    Entries = [.. teams.Select(team => new EntryDocument(team, Team: new TeamDocument($"Team {team}", "COL", [.. Members(team)])))],
                },
            ],
        };
    }
}
