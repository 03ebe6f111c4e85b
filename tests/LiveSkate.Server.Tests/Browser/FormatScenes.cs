using System.Collections.Immutable;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;

namespace LiveSkate.Server.Tests.Browser;

/// <summary>Races that ask more of a screen than eight skaters and a gap, with the names that break screens.</summary>
internal static class FormatScenes
{
    private static readonly ImmutableArray<HeatRow> Eight = Scene.Of("running").Rows;

    public static readonly ImmutableDictionary<string, Scene> All = new Dictionary<string, Scene>
    {
        ["points-elimination of 27"] = PointsElimination(27), ["points-elimination of 8"] = PointsElimination(8),
        ["against the clock"] = AgainstTheClock(), ["an estimate beside a slowest time"] = Estimated(), ["relay"] = Relay(), ["marks"] = Marked(),
        ["leader of a relay is in"] = LeaderIsIn(Relay()), ["leader of a points race is in"] = LeaderIsIn(PointsElimination(8)),
        ["neutralised"] = Neutralised(), ["under review"] = Marked("review"),
    }.ToImmutableDictionary();

    public static readonly Scene Combined = Scene.Of("official") with
    {
        Round = null,
        Final = new FinalTable(
            "combined", "Women's combined", "official",
            [
                new FinalRow(1, "11", "María Fernanda GUZMÁN ECHEVERRY", "COL", null, "OK", 21, [], [])
                {
                    Parts = [Part("Women's 100 m sprint", 1, 8), Part("Women's 3000 m points", 3, 6), Part("Women's 3000 m elimination", 2, 7)],
                },
            ],
            0),
    };

    private static FinalPart Part(string name, int rank, int points) => new(name, name, rank, points, "OK");

    private static Scene PointsElimination(int field)
    {
        var scene = Scene.Of("running");
        var rows = Enumerable.Range(0, field).Select(order => Eight[order % 8] with
        {
            Order = order, Rank = order + 1, Bib = $"{101 + order}", Points = field - order, PointsUnjudged = order < 2 ? 2 - order : 0, Certainty = null,
            NeededMs = null, Words = null, Overdue = order == 3, LapsDown = order == 4 ? 1 : 0, InDanger = order == field - 2, ProposedOut = order == field - 1,
        });
        return scene with
        {
            Round = null,
            Heat = scene.Heat with
            {
                Format = "pointsElimination", Of = 1, Laps = 50, LapsToGo = 14, Bell = true, NextSprint = 13, NextElimination = 12, GoOut = 1, StillIn = field,
                LastSprint = new SprintStanding(15, false, false, true, [new SprintScore("101", 1, 2), new SprintScore("102", 2, 1)]),
                Proposed = [new ProposedOut(14, [$"{100 + field}"], true)],
            },
            Rows = [.. rows],
        };
    }

    private static Scene AgainstTheClock()
    {
        var scene = Scene.Of("running");
        var rows = scene.Rows.Take(2).Select((row, order) => row with
        {
            Lane = order + 1, RoundRank = 3 + order, ProjectedMs = 86_190, ProjectedRestMs = 17_000, Certainty = null, NeededMs = null, Words = null,
        });
        var final = scene.Rows.Select((row, order) => new FinalRow(order + 1, $"{201 + order}", row.Name, row.Nation, 18_105 + (order * 237), "OK", null, [], []));
        return new Scene(
            scene.Heat with { Format = "timeTrial", Number = 5, Of = 12, DistanceM = 200, Laps = 1, LapsToGo = 1, OrderAt = new OrderAt(0, 100) }, [.. rows], null,
            new FinalTable("m1000", "Men's 1000 m sprint", "scheduled", [.. final], 7));
    }

    private static Scene Estimated()
    {
        var scene = Scene.Of("running");
        return scene with { Rows = [.. scene.Rows.Select((row, order) => row with { ProjectedMs = 86_190 + (order * 400), ProjectedRestMs = 34_000, LapsDown = order == 6 ? 1 : 0 })] };
    }

    private static Scene Relay()
    {
        var scene = Scene.Of("running");
        string[] members = ["María Fernanda GUZMÁN ECHEVERRY", "Annelies VAN DER BERGHE-JANSSENS", "Алексей ЙЁЛКИН"];
        return scene with
        {
            Round = null, Heat = scene.Heat with { Format = "relay", Of = 1 },
            Rows = [.. scene.Rows.Take(3).Select((row, order) => row with { Members = [.. members], Skater = members[order], Certainty = null, NeededMs = null, Words = null })],
        };
    }

    private static Scene LeaderIsIn(Scene scene) => scene with
    {
        Heat = scene.Heat with { LapsToGo = 0, Bell = false, NextSprint = null, NextElimination = null, OrderAt = new OrderAt(scene.Heat.Laps, null) },
        Rows = [.. scene.Rows.Select((row, order) => order == 0
            ? row with { Lap = scene.Heat.Laps, Time = "1:46.310", TimeMs = 106_310, Status = "OK" }
            : row with { Lap = scene.Heat.Laps - 1, GapMs = 9_432 + (order * 1_000) })],
    };

    private static Scene Neutralised()
    {
        var scene = PointsElimination(27);
        return scene with { Heat = scene.Heat with { Paused = "neutralised" } };
    }

    private static Scene Marked(string state = "provisional")
    {
        var scene = Scene.Of(state);
        return scene with { Rows = scene.Rows.SetItem(0, scene.Rows[0] with { Remarks = ["FS", "WR (pending)"], Unresolved = true }).SetItem(2, scene.Rows[2] with { Remarks = ["RR"], Mark = "Q" }) };
    }
}
