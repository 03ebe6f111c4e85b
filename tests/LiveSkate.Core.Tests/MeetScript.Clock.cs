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
}
