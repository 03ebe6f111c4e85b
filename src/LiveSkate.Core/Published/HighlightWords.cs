using System.Diagnostics;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Published;

/// <summary>Highlights as sentences.</summary>
public static class HighlightWords
{
    public static HighlightLine Line(Meet meet, Highlight highlight, long at) =>
        new(Kind(highlight), highlight.Heat, highlight.Bib, Text(meet, highlight), at);

    private static string Kind(Highlight highlight) => highlight switch
    {
        Started => "started",
        FalseStart => "false-start",
        LeadChanged => "lead",
        BestLap => "best-lap",
        LastLap => "last-lap",
        Won or WonOnPoints => "won",
        WentAhead => "lead",
        Timed => "timed",
        BestOfRound => "best-of-round",
        FirstUnder => "first-under",
        SprintSkated => "sprint",
        LeadsOnPoints => "points-lead",
        WentOut => "eliminated",
        LastToSurvive => "survived",
        WasLapped => "lapped",
        Through => "through",
        RankMoved => "moved",
        IntoQualifying => "into-place",
        OutOfQualifying => "out-of-place",
        RaceHeldUp => "held-up",
        TooClose => "too-close",
        PhotoFinishRead => "photo-finish",
        OnRecordPace => "record-pace",
        RecordSkated => "record",
        ResultOfficial => "official",
        UnderReview => "review",
        _ => throw new UnreachableException(highlight.GetType().Name),
    };

    private static string Text(Meet meet, Highlight highlight) => highlight switch
    {
        Started => "They are off.",
        FalseStart => "False start: recalled.",
        LeadChanged lead => $"New leader: {Who(meet, lead)} after lap {lead.Lap}.",
        BestLap best => $"Fastest lap of the {best.Of}: {RaceTime.Format(best.LapMs)} by {Who(meet, best)} on lap {best.Lap}.",
        LastLap last => $"Last lap; {Who(meet, last)} leads.",
        Won { TimeMs: { } time } won => $"{Who(meet, won)} first over the line in {RaceTime.Format(time)} (not official).",
        Won won => $"{Who(meet, won)} first over the line (not official).",
        WentAhead ahead => $"{Who(meet, ahead)} is ahead.",
        Timed timed => $"{Who(meet, timed)}: {RaceTime.Format(timed.TimeMs)}, {Words.Ordinal(timed.RoundRank)} of the round so far.",
        BestOfRound best => $"Best time of the round: {RaceTime.Format(best.TimeMs)} by {Who(meet, best)}, {RaceTime.Format(best.AheadMs)} ahead.",
        FirstUnder first => $"{Who(meet, first)} is the first under {first.Seconds} seconds.",
        WonOnPoints won => $"{Who(meet, won)} wins with {Points(won.Points)} (not official).",
        SprintSkated sprint => $"{Sprint(sprint.LapsToGo)}: {string.Join(", ", sprint.Scores.Select(score => $"{Who(meet, sprint.Heat, score.Bib)} {score.Points}"))}{(sprint.Judged ? " (judges)" : "")}.",
        LeadsOnPoints lead => $"{Who(meet, lead)} now leads with {Points(lead.Points)}.",
        WentOut { Cause: "rule" } gone => $"{Who(meet, gone)} is out: {Words.Ordinal(gone.Place)}.",
        WentOut gone => $"{Who(meet, gone)} is out ({gone.Cause.Replace('-', ' ')}): {Words.Ordinal(gone.Place)}.",
        LastToSurvive last => $"{last.Left} are left to skate for it; {Who(meet, last)} was the last of them.",
        WasLapped lapped => $"{Who(meet, lapped)} is lapped.",
        Through through => $"{Who(meet, through)} is through{(through.Mark == "Q" ? " by place" : " on time")}.",
        RankMoved moved => Moved(meet, moved),
        IntoQualifying { TimeRank: { } rank } into => $"{Who(meet, into)} moves into a qualifying place: {Words.Ordinal(rank)} of {into.Places} on time.",
        IntoQualifying into => $"{Who(meet, into)} moves into a qualifying place.",
        OutOfQualifying gone => $"{Who(meet, gone)} drops out of the qualifying places.",
        RaceHeldUp { Kind: { } kind } held => $"The race is {kind}: {held.Reason}.",
        RaceHeldUp => "The race goes on.",
        TooClose close => $"{Who(meet, close)} and {Who(meet, close.Heat, close.Other)} are too close to tell; the photo finish decides.",
        PhotoFinishRead { Bib: { } first, Other: { } second, MarginMs: { } margin } photo =>
            $"Photo finish: {Who(meet, photo.Heat, first)} before {Who(meet, photo.Heat, second)} by {RaceTime.Format(margin)}.",
        PhotoFinishRead => "The photo finish is read.",
        OnRecordPace pace => $"{Who(meet, pace)} is on {pace.Kind} pace: ≈ {RaceTime.Format(pace.ProjectedMs / 100 * 100)}.",
        RecordSkated { Equalled: true } record => $"{Who(meet, record)} equals the {record.Kind} (pending): {RaceTime.Format(record.TimeMs)}.",
        RecordSkated record => $"{Who(meet, record)} beats the {record.Kind} (pending): {RaceTime.Format(record.TimeMs)}.",
        ResultOfficial => "The result is official.",
        UnderReview { Reason: { Length: > 0 } reason } => $"Under review: {reason}.",
        UnderReview => "Under review.",
        _ => throw new UnreachableException(highlight.GetType().Name),
    };

    private static string Moved(Meet meet, RankMoved moved) => (moved.From, moved.To) switch
    {
        ({ } from, { } to) => $"{Who(meet, moved)}: {Words.Ordinal(from)} → {Words.Ordinal(to)}.",
        ({ } from, null) => $"{Who(meet, moved)}: {moved.Status}, was {Words.Ordinal(from)}.",
        (null, { } to) => $"{Who(meet, moved)}: now {Words.Ordinal(to)}.",
        _ => $"{Who(meet, moved)}: {moved.Status}.",
    };

    private static string Sprint(int lapsToGo) => lapsToGo switch
    {
        0 => "Last sprint",
        1 => "Sprint with one lap to go",
        _ => $"Sprint with {lapsToGo} laps to go",
    };

    private static string Points(int points) => points == 1 ? "1 point" : $"{points} points";

    private static string Who(Meet meet, Highlight highlight) => Who(meet, highlight.Heat, highlight.Bib!);

    private static string Who(Meet meet, string heat, string bib)
    {
        var who = meet.CompetitorOf(meet.Heats[heat], bib);
        return $"{who.Name} ({who.Nation})";
    }
}
