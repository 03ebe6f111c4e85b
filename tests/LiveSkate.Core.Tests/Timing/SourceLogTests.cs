using CsCheck;
using LiveSkate.Core.Timing;
using Xunit;

namespace LiveSkate.Core.Tests.Timing;

public sealed class SourceLogTests
{
    private static SourceLog Of(params long[] seqs) => seqs.Aggregate(SourceLog.Empty, (log, seq) => log.Add("e", seq));

    [Fact]
    public void An_unknown_run_has_nothing_and_misses_nothing()
    {
        Assert.Equal(0, SourceLog.Empty.Contiguous("e"));
        Assert.Empty(SourceLog.Empty.Holes("e"));
        Assert.Null(SourceLog.Empty.NewestEpoch);
    }

    [Fact]
    public void Numbers_in_order_are_contiguous()
    {
        var log = Of(1, 2, 3);
        Assert.Equal(3, log.Contiguous("e"));
        Assert.False(log.HasHoles);
    }

    [Fact]
    public void Numbers_start_at_one_so_a_run_that_starts_later_has_a_hole()
    {
        var log = Of(4);
        Assert.Equal(0, log.Contiguous("e"));
        Assert.Equal([new SeqRange(1, 3)], log.Holes("e"));
    }

    [Fact]
    public void A_hole_that_is_filled_joins_what_lies_around_it()
    {
        Assert.Equal(2, Of(1, 2, 4).Contiguous("e"));
        Assert.Equal([new SeqRange(3, 3)], Of(1, 2, 4).Holes("e"));
        Assert.Equal(4, Of(1, 2, 4, 3).Contiguous("e"));
        Assert.Empty(Of(1, 2, 4, 3).Holes("e"));
    }

    [Fact]
    public void A_repeat_changes_nothing()
    {
        var log = Of(1, 2, 5);
        Assert.Same(log, log.Add("e", 2));
        Assert.Same(log, log.Add("e", 5));
    }

    [Fact]
    public void A_wild_number_costs_one_range()
    {
        var log = Of(1, 1_000_000_000_000_000, long.MaxValue);
        Assert.Equal(
            [new SeqRange(2, 999_999_999_999_999), new SeqRange(1_000_000_000_000_001, long.MaxValue - 1)], log.Holes("e"));
        Assert.Same(log, log.Add("e", long.MaxValue));
        Assert.Equal(1, log.Contiguous("e"));
    }

    [Fact]
    public void A_number_below_one_is_a_bug_of_the_caller() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SourceLog.Empty.Add("e", 0));

    [Fact]
    public void The_newest_run_is_the_one_first_heard_of_last()
    {
        var log = SourceLog.Empty.Add("b", 1).Add("a", 1).Add("b", 2);
        Assert.Equal("a", log.NewestEpoch);
        Assert.Equal(2, log.Contiguous("b"));
        Assert.Equal(1, log.Contiguous("a"));
        Assert.Equal(2, log.Runs);
    }

    [Fact]
    public void One_run_with_a_hole_is_a_source_with_a_hole()
    {
        var log = Of(1, 3).Add("f", 1).Add("g", 2);
        Assert.Equal(["e", "g"], log.Ragged.Order());
        Assert.Equal(["g"], log.Add("e", 2).Ragged);
        Assert.True(log.Add("e", 2).HasHoles);
        Assert.True(log.Add("g", 1).HasHoles);
        Assert.False(log.Add("g", 1).Add("e", 2).HasHoles);
    }

    [Fact]
    public void Whatever_the_order_of_arrival_it_counts_as_a_plain_set_would() =>
        Gen.Long[1, 40].Array[0, 60].Sample(seqs =>
        {
            var log = Of(seqs);
            var set = seqs.ToHashSet();
            var last = seqs.Length == 0 ? 0 : seqs.Max();
            var missing = Enumerable.Range(1, 40).Select(n => (long)n).Where(n => n < last && !set.Contains(n)).ToArray();
            var holes = log.Holes("e").ToArray();

            Assert.Equal(missing, holes.SelectMany(hole => Enumerable.Range(0, (int)(hole.To - hole.From) + 1).Select(n => hole.From + n)));
            Assert.Equal(missing.Length == 0 ? last : missing[0] - 1, log.Contiguous("e"));
            Assert.Equal(last, log.Last("e"));
            Assert.Equal(missing.Length > 0, log.HasHoles);
            Assert.All(holes.Skip(1).Zip(holes), pair => Assert.True(pair.First.From > pair.Second.To + 1));
        });
}
