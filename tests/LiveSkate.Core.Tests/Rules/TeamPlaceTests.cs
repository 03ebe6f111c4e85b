using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>REL-1, REL-3, FMT-13: rank and status are the team's.</summary>
public sealed class TeamPlaceTests
{
    private static string Ranks(MeetScript script) => string.Join(", ", script.Heat("h1").Rows.Select(row => $"{row.Bib} {row.Rank?.ToString() ?? "-"} {row.Status} {row.TimeMs}"));

    /// <summary>A 1:27.500, B 1:28.000, C 1:28.500. A changed outside of the zone, B pushed a team aside.</summary>
    [Fact]
    public void A_fault_of_one_is_the_last_place_of_the_team_or_none_REL_1_REL_3()
    {
        var script = new MeetScript(MeetScript.Teams("relay", [["A", "B", "C"]], 3, 1000)).Start("h1");
        for (var lap = 1; lap <= 5; lap++)
            script.Pass("A1", 17.5 * lap).Pass("B1", 17.6 * lap).Pass("C1", 17.7 * lap);
        script.Do(new Sanction("h1", "A", "DSQ-TF", "changed outside of the zone")).Do(new Sanction("h1", "B", "DSQ-SF", "pushed"));
        Assert.Equal("C 1 OK 88500, A 2 DSQ-TF , B - DSQ-SF ", Ranks(script));
    }

    /// <summary>Laps of 17.5 s; nobody of A is read on the second: 52.5 is as long as two, and is her second.</summary>
    [Fact]
    public void A_lap_of_a_team_that_nobody_was_read_on_is_flagged_and_not_made_up_REL_2_LAP_6()
    {
        var script = new MeetScript(MeetScript.Teams("relay", [["A", "B"]], 3, 1000)).Start("h1").Pass("A1", 17.5).Pass("B1", 17.6).Pass("B2", 35).Pass("A3", 52.5).Pass("B3", 52.6);
        Assert.Equal((2, true), (script.Heat("h1").Row("A").Crossings.Lap, script.Heat("h1").Row("A").MissedRead));
        Assert.False(script.Heat("h1").Row("B").MissedRead);
    }

    /// <summary>400 m, two laps, the third of three counts. A from gate 1 at 2.0: 36.0, 36.2, 36.5. B from gate 2 at 3.0: 36.1, 36.3, 36.6; the other's line is half a lap.</summary>
    [Fact]
    public void Two_teams_at_opposite_lines_are_each_timed_at_their_own_FMT_13_LAP_3()
    {
        var document = MeetScript.Teams("teamTimeTrial", [["A", "B"]], 3, 400) with { Sources = MeetScript.TimeTrial([["1"]]).Sources };
        var script = new MeetScript(document).Ready("h1").Gate("gate-1", 2).Gate("gate-2", 3);
        double[] behind = [0, 0.2, 0.5];
        for (var half = 1; half <= 4; half++)
            for (var member = 1; member <= 3; member++)
            {
                script.PassAt($"finish-{half % 2 + 1}", $"A{member}", 2 + 9 * half + behind[member - 1]);
                script.PassAt($"finish-{2 - half % 2}", $"B{member}", 3.1 + 9 * half + behind[member - 1]);
            }
        Assert.Equal("A 1 OK 36500, B 2 OK 36600", Ranks(script));
    }

    /// <summary>Of four two come home, and the third is the team's time: there is none, however fast the two were.</summary>
    [Fact]
    public void A_team_of_whom_too_few_come_home_has_not_finished_REL_4()
    {
        var script = new MeetScript(MeetScript.Teams("teamTimeTrial", [["A"]], 4, 400)).Ready("h1").Gate("start-1", 5);
        script.Pass("A1", 25).Pass("A2", 25).Pass("A3", 25.1).Pass("A1", 43).Pass("A2", 43).Do(new FinishHeat("h1"));
        Assert.Equal("A 1 DNF ", Ranks(script));
    }
}
