using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules;

/// <summary>LAP-1, LAP-2, FMT-17, and what a straight is.</summary>
public sealed class CourseTests
{
    private static readonly FormatProfile Profile = new("any");

    [Theory]
    // LAP-1, LAP-2 on a track of 200 m.
    [InlineData(200, 200, 1, 200), InlineData(300, 200, 2, 100), InlineData(500, 200, 3, 100), InlineData(1000, 200, 5, 200)]
    [InlineData(3000, 200, 15, 200), InlineData(5000, 200, 25, 200), InlineData(10_000, 200, 50, 200), InlineData(15_000, 200, 75, 200)]
    // FMT-17: 500 m + D with D 22.5 m.
    [InlineData(522.5, 200, 3, 122.5)]
    // Other tracks: 500 = 4 × 111.12 + 55.52, 1000 = 8 × 111.12 + 111.04, 1500 = 13 × 111.12 + 55.44, 3000 = 26 × 111.12 + 110.88.
    [InlineData(500, 111.12, 5, 55.52), InlineData(1000, 111.12, 9, 111.04), InlineData(1500, 111.12, 14, 55.44), InlineData(3000, 111.12, 27, 110.88)]
    [InlineData(500, 175, 3, 150), InlineData(1000, 400, 3, 200), InlineData(20_000, 385, 52, 365)]
    // FMT-6: one lap of a road circuit.
    [InlineData(385, 385, 1, 385)]
    // FMT-1: shorter than a lap is a straight.
    [InlineData(100, 200, 1, 100), InlineData(100, 100, 1, 100), InlineData(100, 10_000, 1, 100), InlineData(200, 400, 1, 200)]
    // A rest that is a measuring error is no lap.
    [InlineData(1000, 199.98, 5, 199.98), InlineData(42_195, 42_195, 1, 42_195)]
    public void A_distance_is_so_many_crossings_and_the_first_closes_the_part_lap_LAP_1_LAP_2(double distanceM, double lapM, int laps, double firstM)
    {
        var course = Course.Of((decimal)distanceM, (decimal)lapM, Profile);
        Assert.Equal((laps, (decimal)firstM), (course.Laps, course.FirstLapM));
    }

    [Fact]
    public void Nobody_is_too_early_who_skates_as_fast_as_anybody_has_LAP_5()
    {
        // 100 m in 9.7 s, 200 m in 17.1 s, a flying lap in 15.6 s, half a lap from a standing start in 8.5 s.
        Assert.InRange(Course.Of(100, 100, Profile).LeastFirstLap.TotalSeconds, 1, 9.7);
        Assert.InRange(Course.Of(200, 200, Profile).LeastFirstLap.TotalSeconds, 1, 17.1);
        Assert.InRange(Course.Of(300, 200, Profile).LeastFirstLap.TotalSeconds, 1, 8.5);
        Assert.InRange(Course.Of(300, 200, Profile).LeastLap.TotalSeconds, 1, 15.6);
    }

    /// <summary>500 m + D, D 20: the line is crossed after 120, 320 and 520 m; half-way round is at 20, 220 and 420 m.</summary>
    [Fact]
    public void Five_hundred_and_D_starts_D_before_the_plain_distance_FMT_17()
    {
        var document = MeetScript.Sprint([["1", "2"]], distanceM: 500);
        var script = new MeetScript(document with
        {
            Venue = document.Venue with { DM = 20 }, Events = [document.Events[0] with { Rules = new RuleDocument { PlusD = true } }],
        }).Start("h1");
        Assert.Equal((3, 120m), (script.Heat("h1").Course.Laps, script.Heat("h1").Course.FirstLapM));
        script.PassAt("split-1", "1", 3).Pass("1", 12).PassAt("split-1", "1", 19.5).Pass("1", 28).PassAt("split-1", "1", 36).Pass("1", 44.108);
        Assert.Equal(
            [(0, 100m), (1, (decimal?)null), (1, 100m), (2, null), (2, 100m), (3, null)],
            script.Heat("h1").Row("1").Crossings.Points.Select(point => (point.Lap, point.AtM)));
        Assert.Equal(44_108, script.Heat("h1").Row("1").TimeMs);
    }

    [Fact]
    public void A_road_event_has_a_lap_of_its_own_beside_the_track()
    {
        var document = MeetScript.Sprint([["1"]], distanceM: 400);
        var script = new MeetScript(document with { Events = [document.Events[0] with { Rules = new RuleDocument { LapM = 400 } }] }).Start("h1");
        Assert.Equal(1, script.Heat("h1").Course.Laps);
        Assert.Equal(35_000, script.Pass("1", 35).Heat("h1").Row("1").TimeMs);
    }

    /// <summary>2 per cent of 200 m are 4 m: up to there the rest is a measuring error.</summary>
    [Theory]
    [InlineData(1004, 5, 200), InlineData(1004.1, 6, 4.1)]
    public void A_rest_is_a_part_lap_from_two_per_cent_of_a_lap_on_LAP_2(double distanceM, int laps, double firstM)
    {
        var course = Course.Of((decimal)distanceM, 200, Profile);
        Assert.Equal((laps, (decimal)firstM), (course.Laps, course.FirstLapM));
    }

    /// <summary>500 m on 200 m: 100 m, 300 m, 500 m.</summary>
    [Fact]
    public void What_is_behind_a_skater_is_nothing_before_the_line_then_the_part_lap_and_whole_ones_LAP_2() =>
        Assert.Equal([0m, 100, 300, 500], Enumerable.Range(0, 4).Select(Course.Of(500, 200, Profile).Behind));

    /// <summary>The event says 20 s for 200 m, so half a lap takes 10.</summary>
    [Fact]
    public void The_shortest_time_that_an_event_sets_for_a_lap_is_that_share_of_it_for_a_part_lap_LAP_5()
    {
        var course = Course.Of(500, 200, Profile with { LeastLap = TimeSpan.FromSeconds(20) });
        Assert.Equal((10, 20), (course.LeastFirstLap.TotalSeconds, course.LeastLap.TotalSeconds));
    }
}
