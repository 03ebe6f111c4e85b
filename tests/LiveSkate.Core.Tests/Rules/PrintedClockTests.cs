using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>Printed results of races against the clock and of teams, skated again; test vectors 5, 7 and 10. The files are not part of the repository.</summary>
public sealed class PrintedClockTests
{
    private sealed record Printed(int? Rank, string Name, long? Ms, string Status);

    private static JsonElement File(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "shared", "data", name)))
            folder = folder.Parent;
        Assert.SkipWhen(folder is null, $"The result lists are not here: no shared/data/{name} in a folder above.");
        return JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(folder!.FullName, "shared", "data", name))).RootElement;
    }

    private static Printed[] Rows(string name) => [.. File(name).GetProperty("rounds")[0].GetProperty("heats")[0].GetProperty("results").EnumerateArray().Select(row => new Printed(
        row.GetProperty("rank").ValueKind == JsonValueKind.Null ? null : row.GetProperty("rank").GetInt32(), row.GetProperty("name").GetString()!,
        row.GetProperty("time").GetString() is { } time ? MeetScript.Ms(time) : null, row.GetProperty("status").GetString()!))];

    private static (string, int?, long?)[] Final(MeetScript script) =>
        [.. ResultsPublisher.Results(script.Meet, script.Meet.Document.Events[0]).Final.Select(row => (row.Bib, row.Rank, row.TimeMs))];

    private static IEnumerable<(string, int?, long?)> Expected(Printed[] rows) => rows.Select(row => (row.Name, row.Rank, row.Ms));

    /// <summary>Pairs from the slowest on, the fastest last; each from his own gate at his own line.</summary>
    [Theory]
    [InlineData("worldgames-2022-men-200m-dtt.json"), InlineData("worldgames-2025-men-200m-dtt.json")]
    [InlineData("panam-2023-men-200m-dtt.json"), InlineData("panamchamps-2022-men-200m-dtt.json")]
    public void A_printed_dual_time_trial_comes_out_as_printed_FMT_2(string file)
    {
        var rows = Rows(file);
        var heats = rows.Reverse().Chunk(2).ToArray();
        var script = new MeetScript(MeetScript.TimeTrial([.. heats.Select(heat => heat.Select(row => row.Name).ToArray())]));
        for (var i = 0; i < heats.Length; i++)
        {
            script.Ready($"h{i + 1}");
            for (var line = 1; line <= heats[i].Length; line++)
            {
                var (name, ms, gate) = (heats[i][line - 1].Name, heats[i][line - 1].Ms!.Value, 1.0 + 0.37 * line);
                script.Gate($"gate-{line}", gate).PassAt($"finish-{3 - line}", name, gate + ms / 1900.0);
                script.PassAt($"finish-{line}", name, gate + ms / 1000.0).PassAt($"finish-{line}", name, gate + ms / 1000.0 + 0.025, "b");
            }
            script.Sign($"h{i + 1}");
        }
        Assert.Equal(Expected(rows), Final(script));
    }

    [Fact]
    public void A_printed_time_trial_over_300_metres_comes_out_as_printed_FMT_3()
    {
        var rows = Rows("asiangames-2010-men-300m-tt.json");
        var script = new MeetScript(MeetScript.TimeTrial([.. rows.Reverse().Select(row => new[] { row.Name })], 300, dual: false));
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[^(i + 1)];
            script.Ready($"h{i + 1}").Gate("start-1", 3).Pass(row.Name, 3 + row.Ms!.Value / 2700.0).Pass(row.Name, 3 + row.Ms!.Value / 1000.0).Sign($"h{i + 1}");
        }
        Assert.Equal(Expected(rows), Final(script));
    }

    [Fact]
    public void A_printed_final_over_100_metres_comes_out_as_printed_FMT_1()
    {
        var rows = Rows("worldgames-2022-women-100m-road.json");
        var script = new MeetScript(MeetScript.Sprint([[.. rows.Select(row => row.Name)]], distanceM: 100, lapM: 100)).Start("h1");
        foreach (var row in rows)
            script.Pass(row.Name, row.Ms!.Value / 1000.0);
        Assert.Equal(Expected(rows), Final(script.Sign("h1")));
    }

    [Fact]
    public void Vector_5_a_fallen_skater_is_third_and_the_disqualified_one_has_no_rank_RNK_6()
    {
        var rows = Rows("panam-2023-men-500m-plus-d.json");
        var document = MeetScript.Sprint([[.. rows.Select(row => row.Name)]], distanceM: 500);
        var script = new MeetScript(document with
        {
            Venue = document.Venue with { DM = 20 }, Events = [document.Events[0] with { Rules = new RuleDocument { PlusD = true } }],
        }).Start("h1");
        foreach (var row in rows)
            script.Skate(row.Name, row.Ms ?? 43_900, 3);
        script.Do(new Publish("h1"));
        foreach (var row in rows.Where(row => row.Status == "DSQ"))
            script.Do(new Sanction("h1", row.Name, Statuses.SportFault, "pushed a rival"));
        Assert.Equal(Expected(rows), Final(script.Do(new MakeOfficial("h1"))));
    }

    /// <summary>Fifteen laps, a change every lap; who has just handed over crosses the loop again inside, eight seconds later. Two teams were placed without a time.</summary>
    [Fact]
    public void A_printed_relay_comes_out_as_printed_with_places_without_a_time_FMT_12_TIM_9()
    {
        var rows = Rows("asiangames-2022-women-3000m-relay.json");
        var teams = rows.Select((_, i) => $"{(char)('A' + i)}").ToArray();
        var script = new MeetScript(MeetScript.Teams("relay", [teams], 3, 3000)).Start("h1");
        for (var i = 0; i < rows.Length; i++)
            if (rows[i].Ms is { } ms)
                for (var lap = 1; lap <= 15; lap++)
                    script.Pass($"{teams[i]}{lap % 3 + 1}", ms * lap / 15_000.0).Pass($"{teams[i]}{lap % 3 + 1}", ms * lap / 15_000.0 + 8);
        script.Hear(new FinishRead
        {
            Source = "photo", Heat = "h1", Revision = 1,
            Rows = [.. rows.Select((row, i) => new FinishRow(teams[i], row.Rank, row.Ms is { } ms ? TimeSpan.FromMilliseconds(ms) : null, "OK"))],
        });
        Assert.All(rows.Select((row, i) => (row, i)).Where(x => x.row.Ms is not null), x =>
            Assert.Equal((15, (double)x.row.Ms!), (script.Heat("h1").Row(teams[x.i]).Crossings.Lap, script.Heat("h1").Row(teams[x.i]).Crossings.FinishTime!.Value.TotalMilliseconds), new Near()));
        Assert.Equal(rows.Select((row, i) => (teams[i], row.Rank, row.Ms)), Final(script.Sign("h1")));
    }

    private sealed class Near : IEqualityComparer<(int, double)>
    {
        public bool Equals((int, double) x, (int, double) y) => x.Item1 == y.Item1 && Math.Abs(x.Item2 - y.Item2) < 0.01;

        public int GetHashCode((int, double) obj) => obj.Item1;
    }

    [Fact]
    public void Vector_7_the_combined_of_fourteen_has_the_printed_points()
    {
        var printed = File("yog-2018-boys-combined.json").GetProperty("final_ranking").EnumerateArray()
            .Where(row => row.TryGetProperty("points", out _)).Select(row => (row.GetProperty("rank").GetInt32(), row.GetProperty("points").GetInt32())).ToArray();
        Assert.Equal(4, printed.Length);
        Assert.Equal(printed, CombinedTests.Played().Final.Take(4).Select(row => (row.Rank!.Value, row.Points!.Value)));
    }

    /// <summary>
    /// Vector 10: every loop of a lap of 400 m, the beam at the line, the photo finish. The beam goes before the transponder and the photo
    /// finish before the beam (TIM-5); times are cut and laps are differences of cut times (TIM-2, TIM-3), as the display did it.
    /// </summary>
    [Fact]
    public void Vector_10_the_photo_finish_gives_the_time_and_the_beam_the_laps()
    {
        var skaters = File("longtrack-ec2020-women-1000m-pair4-passings.json").GetProperty("rounds")[0].GetProperty("heats")[0].GetProperty("results").EnumerateArray().ToArray();
        var script = new MeetScript(Recorded(skaters)).Start("h1");
        foreach (var skater in skaters)
            foreach (var passing in skater.GetProperty("passings").EnumerateArray())
                Hear(script, Text(skater, "name"), passing);
        // 78.5077 and 79.2483 on the beam; the transponders had 78.5046 and 79.2479.
        Assert.Equal(
            [("Ellia Smeding", 78_507L, Evidence.Photocell), ("Andzelika Wójcik", 79_248L, Evidence.Photocell)],
            script.Heat("h1").Rows.Select(row => (row.Bib, row.TimeMs!.Value, row.Evidence)));
        foreach (var skater in skaters)
        {
            var laps = script.Heat("h1").Row(Text(skater, "name")).Crossings.Laps;
            Assert.All(laps, lap => Assert.True(lap.ByBeam));
            var shown = skater.GetProperty("shown_laps").EnumerateArray().Take(2).Select(lap => Text(lap, "shown_lap_time_s")).ToArray();
            var hundredths = laps.Select(lap => lap.Elapsed.Ticks / (TimeSpan.TicksPerMillisecond * 10)).ToArray();
            Assert.Equal(shown, new[] { hundredths[0], hundredths[1] - hundredths[0] }.Select(time => $"{time / 100}.{time % 100:00}"));
        }
        script.Hear(new FinishRead
        {
            Source = "photo", Heat = "h1", Revision = 1,
            Rows = [.. skaters.Select((skater, i) => new FinishRow(Text(skater, "name"), i + 1, TimeSpan.FromSeconds((double)Seconds(skater, "official_time_s")), "OK"))],
        });
        Assert.Equal(
            [("Ellia Smeding", 78_508L, Evidence.PhotoFinish), ("Andzelika Wójcik", 79_248L, Evidence.PhotoFinish)],
            script.Heat("h1").Rows.Select(row => (row.Bib, row.TimeMs!.Value, row.Evidence)));
    }

    /// <summary>1000 m from the opposite side: the line is crossed after 200, 600 and 1000 m, so a loop at 243.66 m lies 43.66 m after it.</summary>
    private static MeetDocument Recorded(JsonElement[] skaters)
    {
        var document = MeetScript.TimeTrial([[.. skaters.Select(skater => Text(skater, "name"))]], 1000, dual: false, lapM: 400);
        var loops = skaters.SelectMany(skater => skater.GetProperty("passings").EnumerateArray())
            .Where(passing => Text(passing, "source") == "Transponder")
            .GroupBy(passing => passing.GetProperty("loop").GetInt32(), passing => (passing.GetProperty("at_m").GetDecimal() + 200) % 400)
            .Where(loop => loop.First() != 0);
        return document with
        {
            Sources =
            [
                new SourceDocument("start-1", SourceRole.Start, null), new SourceDocument("finish-1", SourceRole.Finish, null),
                new SourceDocument("photo", SourceRole.Finish, null),
                .. loops.Select(loop => new SourceDocument($"loop-{loop.Key}", SourceRole.Split, loop.First())),
            ],
        };
    }

    private static void Hear(MeetScript script, string name, JsonElement passing)
    {
        var seconds = (double)Seconds(passing, "time_s");
        if (Text(passing, "source") == "Optical")
            script.Gate("finish-1", seconds);
        else if (Text(passing, "source") == "Transponder")
            script.PassAt(passing.GetProperty("loop").GetInt32() == 12 ? "finish-1" : $"loop-{passing.GetProperty("loop").GetInt32()}", name, seconds);
    }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;

    private static decimal Seconds(JsonElement element, string member) => decimal.Parse(Text(element, member), CultureInfo.InvariantCulture);
}
