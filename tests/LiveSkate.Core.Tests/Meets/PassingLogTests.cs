using CsCheck;
using LiveSkate.Core.Meets;
using Xunit;

namespace LiveSkate.Core.Tests.Meets;

public sealed class PassingLogTests
{
    [Fact]
    public void Passings_stand_in_order_of_time_whatever_order_they_came_in() =>
        Gen.Int[0, 30].Array[0, 60].Sample(seconds =>
        {
            var passings = seconds.Select((second, i) => Read(i, second)).ToArray();
            var log = passings.Aggregate(PassingLog.Empty, (sofar, passing) => sofar.Add(passing));
            Assert.Equal(passings.Order(Passing.ByTime), log);
        });

    /// <summary>Every log that ever was is kept, and the next passing goes to any of them: as drafts that are thrown away, or the past read again.</summary>
    [Fact]
    public void Logs_that_grow_from_the_same_one_do_not_see_each_other() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 1000]).Array[1, 60].Sample(steps =>
        {
            var known = new List<(PassingLog Log, Passing[] Passings)> { (PassingLog.Empty, []) };
            foreach (var (second, from) in steps)
            {
                var (log, before) = known[from % known.Count];
                var passing = Read(known.Count, second);
                known.Add((log.Add(passing), [.. before.Append(passing).Order(Passing.ByTime)]));
            }
            Assert.All(known, pair => Assert.Equal(pair.Passings, pair.Log));
        });

    private static Passing Read(int at, int second) => new(at, "finish-1", null, "1a", DateTimeOffset.UnixEpoch.AddSeconds(second));
}
