using System.Text.Json;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>rules.md section 16 and test vectors 1, 2 and 12: the World Games 2022, from what the track read to the last rank.</summary>
public sealed class SeedTests
{
    private static readonly string[][] Preliminaries =
    [
        ["1:23.633 Jiménez", "1:23.748 Marsili", "1:23.786 Bramante", "1:23.960 Martínez", "1:24.302 Paez", "1:26.674 Moncada", "1:32.871 Babu"],
        ["1:26.119 Zapata", "1:26.245 Ferrié", "1:27.054 Ku", "1:27.543 Reyes", "1:27.598 Kromoser", "1:27.725 Urrutia", "1:28.276 Sadler"],
        ["1:25.276 Sivilier", "1:25.406 Albrecht", "1:25.464 Kuo", "1:25.628 Peula", "1:25.637 Roumec", "1:28.446 Garcia", "1:31.308 Siles"],
        ["1:24.765 Swings", "1:24.866 Sarmiento", "1:25.132 Prokop", "1:25.151 Verdugo", "1:25.235 Ramirez", "1:25.936 Bühnemann"],
    ];

    private static readonly string[][] Semifinals =
    [
        ["1:24.449 Jiménez", "1:24.668 Marsili", "1:24.773 Albrecht", "1:24.935 Zapata", "1:24.970 Ramirez", "1:25.246 Roumec", "1:25.348 Paez", "1:25.499 Sarmiento"],
        ["1:23.931 Swings", "1:24.188 Bramante", "1:24.422 Peula", "1:24.499 Verdugo", "1:24.743 Sivilier", "1:25.053 Prokop", "1:25.476 Kuo", "1:25.595 Martínez"],
    ];

    private static readonly string[] Final =
    [
        "1:26.974 Marsili", "1:27.026 Verdugo", "1:27.200 Bramante", "1:27.339 Swings", "1:27.609 Albrecht", "1:27.887 Peula", "1:27.974 Jiménez",
        "1:27.999 Sivilier",
    ];

    private static string Who(string row) => row[9..];

    private static MeetScript Script(AdvanceRule? first = null) => new(MeetScript.Sprint(
        [.. Preliminaries.Select(heat => heat.Select(Who).ToArray())],
        first ?? new AdvanceRule(1, 12),
        [
            new("semi", "Semifinals", HeatPlan.DrawnLater(2), new AdvanceRule(1, 6), Draw.TwoPassSnake),
            MeetScript.Final(),
        ]));

    private static void Race(MeetScript script, string heat, IEnumerable<string> rows)
    {
        script.Start(heat);
        foreach (var row in rows)
            script.Skate(Who(row), MeetScript.Ms(row[..8]));
    }

    private static MeetScript AfterPreliminaries(AdvanceRule? rule = null)
    {
        var script = Script(rule);
        for (var i = 0; i < 4; i++)
        {
            Race(script, $"h{i + 1}", Preliminaries[i]);
            script.Sign($"h{i + 1}");
        }
        return script;
    }

    [Fact]
    public void Four_winners_and_the_twelve_fastest_go_through_and_the_marks_of_the_print_are_wrong()
    {
        var round = AfterPreliminaries().Round();
        Assert.Equal(["Jiménez", "Swings", "Sivilier", "Zapata"], round.Entrants.Where(e => e.Mark == "Q").Select(e => e.Skater.Bib));
        Assert.Equal(
            ["Marsili", "Bramante", "Martínez", "Paez", "Sarmiento", "Prokop", "Verdugo", "Ramirez", "Albrecht", "Kuo", "Peula", "Roumec"],
            round.Entrants.Where(e => e.Mark == "q").Select(e => e.Skater.Bib));
        Assert.Equal("Bühnemann", round.Entrants[16].Skater.Bib);
        Assert.Equal(Certainty.Gone, round.Entrants[16].Certainty);
        Assert.Equal(17, round.Entrants[16].TimeRank + 4);
    }

    [Fact]
    public void Sixteen_best_times_alone_would_have_put_Bühnemann_in_and_the_heat_winner_Zapata_out()
    {
        var round = AfterPreliminaries(new AdvanceRule(0, 16)).Round();
        Assert.Equal(16, round.Entrants.Count(e => e.Advances));
        Assert.True(round.Find("Bühnemann")!.Advances);
        Assert.False(round.Find("Zapata")!.Advances);
    }

    [Fact]
    public void The_semifinals_are_a_two_pass_snake_SED_2()
    {
        var script = AfterPreliminaries().Do(new DrawRound("e", "semi"));
        var proposal = script.Meet.Proposals[("e", "semi")].Heats;
        Assert.Equal(["Jiménez", "Zapata", "Marsili", "Paez", "Sarmiento", "Ramirez", "Albrecht", "Roumec"], proposal[0]);
        Assert.Equal(["Swings", "Sivilier", "Bramante", "Martínez", "Prokop", "Verdugo", "Kuo", "Peula"], proposal[1]);
    }

    [Fact]
    public void The_final_loses_its_third_after_the_line_and_place_eight_stays_empty_FIN_4()
    {
        var script = AfterPreliminaries().Do(new DrawRound("e", "semi")).Do(new ConfirmDraw("e", "semi"));
        Race(script, "e-semi-1", Semifinals[0]);
        script.Sign("e-semi-1");
        Race(script, "e-semi-2", Semifinals[1]);
        script.Sign("e-semi-2").Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        Race(script, "e-final-1", Final);
        script.Do(new Publish("e-final-1"));
        Assert.Equal(["Marsili", "Verdugo", "Bramante", "Swings"], script.Heat("e-final-1").Rows.Take(4).Select(row => row.Bib));

        script.Do(new Sanction("e-final-1", "Bramante", "DSQ-SF", "pushed")).Do(new MakeOfficial("e-final-1"));
        Assert.Equal(["Marsili", "Verdugo", "Swings", "Albrecht"], script.Heat("e-final-1").Rows.Take(4).Select(row => row.Bib));
        Assert.Equal(3, script.Meet.Heats["e-final-1"].Version);

        var results = ResultsPublisher.Results(script.Meet, script.Meet.Document.Events[0]);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17], results.Final.Take(16).Select(row => row.Rank));
        Assert.Equal("Zapata", results.Final[7].Bib);
        Assert.Equal(26, results.Final.Single(row => row.Bib == "Siles").Rank);
        Assert.Equal((null, null, "DSQ-SF"), (results.Final[^1].Rank, results.Final[^1].TimeMs, results.Final[^1].Status));
        Assert.Equal("official", results.Rounds[2].Status);
        Assert.Equal(86974, results.Final[0].TimeMs);
    }

    /// <summary>OFF-2, OFF-3: what the jury's decisions of that day would have changed, said before they were given.</summary>
    [Fact]
    public void A_preview_says_who_moves_who_loses_and_gains_a_place_and_what_has_begun()
    {
        var script = AfterPreliminaries().Do(new DrawRound("e", "semi")).Do(new ConfirmDraw("e", "semi"));
        Race(script, "e-semi-2", Semifinals[1]);
        script.Sign("e-semi-2").Do(new Review("h4", "protest"));
        Assert.Equal(
            [
                "Preliminary round 4: FAMILYVERDUGO 4th → 3rd, FAMILYRAMIREZ 5th → 4th, FAMILYBÜHNEMANN 6th → 5th, FAMILYPROKOP 3rd → DSQ-SF.",
                "FAMILYPROKOP loses, FAMILYBÜHNEMANN gains a place in the Semifinals.",
                "Semifinals 2 has results: keep or redraw?",
            ],
            Sentences(script, new Sanction("h4", "Prokop", "DSQ-SF", "pushed")));

        script.Do(new Publish("h4")).Do(new MakeOfficial("h4"));
        Race(script, "e-semi-1", Semifinals[0]);
        script.Sign("e-semi-1").Do(new DrawRound("e", "final")).Do(new ConfirmDraw("e", "final"));
        Race(script, "e-final-1", Final);
        script.Do(new Publish("e-final-1"));
        Assert.StartsWith(
            "Final: FAMILYSWINGS 4th → 3rd, FAMILYALBRECHT 5th → 4th, FAMILYPEULA 6th → 5th, FAMILYJIMÉNEZ 7th → 6th, FAMILYSIVILIER 8th → 7th, FAMILYBRAMANTE 3rd → DSQ-SF.",
            Sentences(script, new Sanction("e-final-1", "Bramante", "DSQ-SF", "pushed"))[0], StringComparison.Ordinal);
    }

    private static string[] Sentences(MeetScript script, Command command)
    {
        // Marks come and go with the signatures of the other heats too; they are not what is looked at here.
        return [.. Preview.Of(script.Venue, MeetScript.MeetId, command).Sentences.Where(line => !line.Contains("no mark", StringComparison.Ordinal))];
    }
}
