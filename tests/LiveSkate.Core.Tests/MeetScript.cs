using System.Collections.Immutable;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;
using Xunit;

namespace LiveSkate.Core.Tests;

/// <summary>A meet played by hand: what is said and read becomes facts, as the loop would write them down.</summary>
public sealed partial class MeetScript
{
    public const string MeetId = "m";
    public static readonly DateTimeOffset Noon = new(2022, 7, 9, 12, 0, 0, TimeSpan.Zero);

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private DateTimeOffset _gun = Noon;

    public MeetScript(MeetDocument document)
    {
        Record(MeetId, "office", new MeetPut(document));
    }

    public Venue Venue { get; private set; } = Venue.Empty;

    public List<Recorded> Journal { get; } = [];

    public Meet Meet => Venue.Meets[MeetId];

    public HeatStanding Heat(string heat) => HeatStandings.Of(Meet, Meet.Heats[heat]);

    public RoundStanding Round(int round = 0) => Advancement.Of(Meet, Meet.Document.Events[0], Meet.Document.Events[0].Rounds[round]);

    /// <param name="next">What becomes of rounds that have begun.</param>
    public MeetScript Do(Command command, string? next = null)
    {
        var decision = Office.Decide(Venue, MeetId, command, null, next);
        Assert.Null(decision.Refusal);
        if (decision.Fact is { } fact)
            Record(MeetId, "office", fact);
        return this;
    }

    /// <summary>The document once more, before a heat was armed.</summary>
    public MeetScript Put(MeetDocument document)
    {
        Record(MeetId, "office", (MeetPut)Office.Put(Venue, MeetId, document).Fact!);
        return this;
    }

    /// <summary>Whether it was taken.</summary>
    /// <param name="next">What becomes of rounds that have begun.</param>
    public bool Try(Command command, string? next = null)
    {
        var decision = Office.Decide(Venue, MeetId, command, null, next);
        if (decision.Fact is { } fact)
            Record(MeetId, "office", fact);
        return decision.Fact is not null;
    }

    public Refusal Refused(Command command, long? ifAt = null)
    {
        var decision = Office.Decide(Venue, MeetId, command, ifAt);
        Assert.NotNull(decision.Refusal);
        Assert.Contains(decision.Refusal.Code, RefusalCodes.All);
        return decision.Refusal;
    }

    /// <summary>Opens, arms and starts; ten minutes after the start before.</summary>
    public MeetScript Start(string heat)
    {
        _gun += TimeSpan.FromMinutes(10);
        return Do(new OpenHeat(heat)).Do(new ArmHeat(heat)).Gun(_gun);
    }

    public MeetScript Gun(DateTimeOffset time) => Hear(new SignalGiven { Source = "start-1", Kind = SignalKind.Gun, Time = time });

    public MeetScript Recall(double secondsAfterGun) =>
        Hear(new SignalGiven { Source = "start-1", Kind = SignalKind.Recall, Time = _gun + TimeSpan.FromSeconds(secondsAfterGun) });

    /// <summary>The first ankle of a bib crosses the line so many seconds after the last gun.</summary>
    public MeetScript Pass(string bib, double seconds, string ankle = "a") => Hear(Passing(bib, seconds, ankle));

    public PassingRead Passing(string bib, double seconds, string ankle = "a") =>
        new() { Source = "finish-1", Chip = bib + ankle, Time = _gun + TimeSpan.FromMicroseconds(Math.Round(seconds * 1_000_000)) };

    /// <summary>All laps evenly, both ankles, to that time in ms.</summary>
    public MeetScript Skate(string bib, long timeMs, int laps = 5)
    {
        for (var lap = 1; lap <= laps; lap++)
        {
            var at = timeMs * 1000L * lap / laps / 1_000_000.0;
            Pass(bib, at).Pass(bib, at + 0.02, "b");
        }
        return this;
    }

    public MeetScript Sign(string heat) => Do(new Publish(heat)).Do(new MakeOfficial(heat));

    /// <summary>As the loop does: a repeat is not written down again.</summary>
    public MeetScript Hear(TrackFact fact)
    {
        if (_keys.Add(fact.Key))
            Record(null, $"src/{fact.Source}", fact);
        return this;
    }

    private void Record(string? meet, string actor, Fact fact)
    {
        var recorded = new Recorded(Journal.Count + 1, Noon.AddYears(1).AddSeconds(Journal.Count), meet, actor, fact);
        Journal.Add(recorded);
        Venue = VenueFold.Apply(Venue, recorded);
    }

    /// <summary>A 1000 m on a 200 m track: heats of the first round by their bibs, then one heat of a final, or as given.</summary>
    public static MeetDocument Sprint(
        string[][] heats, AdvanceRule? advance = null, RoundDocument[]? later = null, decimal distanceM = 1000, decimal lapM = 200)
    {
        var bibs = heats.SelectMany(heat => heat).ToArray();
        var known = HeatPlan.Of([.. heats.Select((heat, i) => new HeatDocument($"h{i + 1}", i + 1, [.. heat]))]);
        var first = new RoundDocument("pre", "Preliminary round", known, advance, null);
        return new MeetDocument(
            "Test meet",
            new VenueDocument("Hall", "UTC", lapM),
            false,
            [new("finish-1", SourceRole.Finish, null), new("start-1", SourceRole.Start, null), new("split-1", SourceRole.Split, 100), new("photo", SourceRole.Finish, null)],
            [.. bibs.Select(bib => new SkaterDocument($"s{bib}", $"Family{bib}", "Given", "COL", [bib + "a", bib + "b"]))],
            [new("e", "Men's 1000 m", "sprint", distanceM, [.. bibs.Select(bib => new EntryDocument(bib, $"s{bib}"))], [first, .. later ?? []])]);
    }

    /// <summary>Any format on the same track; the event's name is the format's.</summary>
    public static MeetDocument Race(
        string format, string[][] heats, decimal distanceM, RuleDocument? rules = null, AdvanceRule? advance = null, RoundDocument[]? later = null,
        decimal lapM = 200)
    {
        var sprint = Sprint(heats, advance, later, distanceM, lapM);
        return sprint with { Events = [sprint.Events[0] with { Name = format, Format = format, Rules = rules }] };
    }

    public static RoundDocument Final(int heats = 1, string draw = Draw.DirectThenTime) =>
        new("final", "Final", HeatPlan.DrawnLater(heats), null, draw);

    public static long Ms(string time)
    {
        var parts = time.Split(':', '.');
        return long.Parse(parts[0]) * 60_000 + long.Parse(parts[1]) * 1000 + long.Parse(parts[2]);
    }
}
