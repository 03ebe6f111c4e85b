using LiveSkate.Simulator.Planning;
using LiveSkate.Simulator.Results;
using Xunit;

namespace LiveSkate.Server.Tests.Simulator;

public sealed class FaultsTests
{
    private static readonly PlannedHeat Heat = Planner.Plan(ResultFile.Seed(), null, null, 1, null).Rounds[0].Heats[0];

    [Fact]
    public void Without_faults_everything_goes_out_once_and_in_order() =>
        Assert.Equal(Heat.Messages, Faults.None.Schedule(Heat.Messages, "x").Select(emission => emission.Message));

    [Fact]
    public void Every_message_is_let_go_whatever_the_faults_and_the_same_way_each_time()
    {
        var faults = new Faults(0.3, 4_000, 0.2, 0.2);
        var schedule = faults.Schedule(Heat.Messages, "x");
        Assert.Equal(Heat.Messages.ToHashSet(), schedule.Select(emission => emission.Message).ToHashSet());
        Assert.Equal(schedule, faults.Schedule(Heat.Messages, "x"));
        Assert.NotEqual(schedule, faults.Schedule(Heat.Messages, "y"));
        Assert.True(schedule.Length > Heat.Messages.Length);
        Assert.NotEqual(Heat.Messages.Select(message => message.Seq), schedule.Select(emission => emission.Message.Seq));
    }

    [Fact]
    public void Reordering_stays_inside_its_window()
    {
        var schedule = new Faults(ReorderMs: 500).Schedule(Heat.Messages, "x");
        Assert.All(schedule, emission => Assert.InRange(emission.AtUs - emission.Message.TimeUs, 0, 500_000));
    }

    [Fact]
    public void Late_messages_come_after_all_others()
    {
        var schedule = new Faults(Late: 0.2).Schedule(Heat.Messages, "x");
        var late = schedule.Where(emission => emission.AtUs != emission.Message.TimeUs).ToArray();
        Assert.NotEmpty(late);
        Assert.Equal(schedule[^late.Length..], late);
    }

    [Fact]
    public void Last_message_of_each_source_is_never_lost_because_nobody_could_miss_it()
    {
        var schedule = new Faults(Loss: 1).Schedule(Heat.Messages, "x");
        Assert.Equal(
            Heat.Messages.GroupBy(message => message.Source).Select(source => source.Last()).OrderBy(message => message.TimeUs),
            schedule.Where(emission => !emission.Lost).Select(emission => emission.Message));
    }
}
