using System.Text.Json;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>Looks at every change of a day.</summary>
/// <param name="dice">Which of the changes are looked at with everything there is.</param>
internal sealed class Checks(Dice dice)
{
    private readonly Promises _promises = new();

    /// <summary>Of some meets every change is looked at, of the others all that the office says and some of what is read.</summary>
    private readonly int _readings = dice.OneIn(8) ? 1 : 5, _published = dice.OneIn(8) ? 5 : 40;

    public void Look(Venue before, Venue after, Recorded recorded)
    {
        if (recorded.Fact is TrackFact && !dice.OneIn(_readings))
            return;
        foreach (var meet in after.Meets.Values.OrderBy(meet => meet.Id, StringComparer.Ordinal))
            if (before.Find(meet.Id) is { } was && !ReferenceEquals(was, meet))
                Look(was, meet, recorded);
        if (dice.OneIn(_published))
            foreach (var meet in after.Meets.Values)
                _ = Publish(meet);
    }

    private void Look(Meet before, Meet after, Recorded recorded)
    {
        foreach (var id in after.Touched)
        {
            HeatChecks.Of(after, HeatStandings.Of(after, after.Heats[id]));
            foreach (var highlight in Highlights.Between(before, after, id))
                Broken.Unless(HighlightWords.Line(after, highlight, recorded.At).Text.Length > 0, () => $"{highlight} has no words");
            ChangeChecks.Versions_only_go_up(before, after.Heats[id]);
            if (dice.OneIn(10))
                ChangeChecks.A_disqualification_makes_nobody_else_worse(after, after.Heats[id], dice);
        }
        foreach (var plan in after.Document.Events)
            if (after.Touched.Any(id => after.Heats[id].Event == plan.Id) || plan.Rounds.IsEmpty)
                EventChecks.Of(after, plan);
        if (dice.OneIn(recorded.Fact is OfficeFact ? 3 : 10))
            ChangeChecks.No_screen_goes_stale(before, after, recorded.Fact);
        if (dice.OneIn(20))
            ChangeChecks.Remembered(after);
        _promises.Look(after, recorded.Fact);
        Broken.Unless(recorded.Fact is OfficeFact || after.OfficeAt == before.OfficeAt, "the track is taken for the office");
    }

    /// <summary>All that is public of a meet, as JSON.</summary>
    public static string Publish(Meet meet)
    {
        var all = new List<string> { Json(MeetPublisher.Header(meet)), Json(MeetPublisher.Programme(meet)), Json(MeetPublisher.Next(meet, MeetPublisher.HeatOn(meet))) };
        foreach (var plan in meet.Document.Events)
        {
            var rounds = ResultsPublisher.Rounds(meet, plan);
            all.Add(Json(ResultsPublisher.Results(meet, plan)));
            all.AddRange(rounds.Select(round => Json(ResultsPublisher.Table(meet, round))));
            if (rounds.Count > 0 || plan.Rounds.IsEmpty)
                all.Add(Json(ResultsPublisher.FinalTable(meet, plan, rounds)));
        }
        foreach (var heat in meet.Heats.Values.OrderBy(heat => heat.Id, StringComparer.Ordinal))
        {
            var state = HeatPublisher.State(meet, heat, []);
            Shown_laps_add_up(meet, state);
            all.Add(Json(state));
            _ = HeatStandings.PassingsOf(meet, heat);
        }
        return string.Join('\n', all);
    }

    /// <summary>rules.md section 20, TIM-3: the laps that were shown one after the other are the time at the line, and at the end the official one.</summary>
    private static void Shown_laps_add_up(Meet meet, HeatState state)
    {
        foreach (var row in HeatStandings.Of(meet, meet.Heats[state.Id]).Rows)
            if (state.Rows.First(shown => shown.Bib == row.Bib) is { LapMs: { } lapMs } shown && row.Crossings.Laps is [.., var last])
            {
                var before = row.Crossings.Laps.Length > 1 ? RaceTime.CutToMilliseconds(row.Crossings.Laps[^2].Elapsed) : 0;
                var official = row.Swapped ? shown.MeasuredMs : shown.TimeMs;
                // A time before that of the lap before is the jury's slip of the pen, and makes no lap.
                var total = row.Crossings.Finished && official > before ? official : RaceTime.CutToMilliseconds(last.Elapsed);
                Broken.Unless(before + lapMs == total, () => $"{state.Id} {row.Bib}: a last lap of {lapMs} after {before} is not {last.Elapsed} or {official}");
            }
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);
}
