using System.Diagnostics;
using LiveSkate.Core.Timing;
using LiveSkate.Server.Ingest;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LiveSkate.Server.Tests.Ingest;

/// <summary>Receipts and holes, through a real broker to a real reader; only the clock is ours.</summary>
public sealed class ReceiptTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private static SourceLog Log(params long[] seqs) => seqs.Aggregate(SourceLog.Empty, (log, seq) => log.Add("e", seq));

    private static async Task<TrackClient> ReadAsync(EmbeddedBroker broker, string leaf)
    {
        var reader = await TrackClient.ConnectAsync(broker.Port);
        await reader.SubscribeAsync(TrackClient.Root + "src/+/" + leaf);
        return reader;
    }

    private static void Advance(FakeTimeProvider time, int milliseconds)
    {
        for (var passed = 0; passed < milliseconds; passed += (int)Tick.TotalMilliseconds)
            time.Advance(Tick);
    }

    /// <summary>A tick that falls into the question before is passed over, as it may be in life; the next one comes.</summary>
    private static Task TickUntilAsync(FakeTimeProvider time, Func<bool> condition, string what)
    {
        var since = Stopwatch.StartNew();
        return Soon.UntilAsync(
            () =>
            {
                if (condition())
                    return true;
                if (since.ElapsedMilliseconds > 300)
                {
                    Advance(time, 50);
                    since.Restart();
                }
                return false;
            },
            what);
    }

    [Fact]
    public async Task A_commit_sends_a_receipt_for_each_run_and_the_last_one_stays()
    {
        var (broker, _) = await EmbeddedBrokerTests.StartAsync();
        await using var hub = broker;
        await using var reader = await ReadAsync(broker, "ack");
        await using var acks = new AckPublisher(broker, NullLogger<AckPublisher>.Instance);
        acks.Offer(new Commit([], [new Receipt("finish-1", "e", 41), new Receipt("start-1", "\"quoted\"", 1)]));
        await Soon.UntilAsync(() => reader.Received.Count == 2, "two receipts");
        acks.Offer(new Commit([], [new Receipt("finish-1", "e", 42)]));
        await Soon.UntilAsync(() => reader.Received.Count == 3, "the third receipt");
        Assert.Equal(
            [
                ("ls/v1/track/src/finish-1/ack", """{"epoch":"e","seq":41}"""),
                ("ls/v1/track/src/start-1/ack", "{\"epoch\":\"\\u0022quoted\\u0022\",\"seq\":1}"),
                ("ls/v1/track/src/finish-1/ack", """{"epoch":"e","seq":42}"""),
            ],
            reader.Received.Select(message => (message.Topic, message.Payload)));
        await using var late = await ReadAsync(broker, "ack");
        await Soon.UntilAsync(() => late.Received.Count == 2, "the retained receipts");
        Assert.Contains(("ls/v1/track/src/finish-1/ack", """{"epoch":"e","seq":42}""", true), late.Received);
    }

    [Fact]
    public async Task At_start_the_newest_run_of_every_source_is_receipted_anew()
    {
        var (broker, _) = await EmbeddedBrokerTests.StartAsync();
        await using var hub = broker;
        await using var acks = new AckPublisher(broker, NullLogger<AckPublisher>.Instance);
        acks.OfferAll(new Dictionary<string, SourceLog> { ["finish-1"] = Log(1, 2, 4).Add("f", 1), ["split-1"] = Log(2), ["old"] = SourceLog.Empty });
        await using var reader = await ReadAsync(broker, "ack");
        await Soon.UntilAsync(() => reader.Received.Count == 2, "two receipts");
        Assert.Equal(["""{"epoch":"e","seq":0}""", """{"epoch":"f","seq":1}"""], reader.Received.Select(message => message.Payload).Order());
    }

    [Fact]
    public async Task A_hole_is_asked_for_after_half_a_second_then_every_three_and_three_times_in_all()
    {
        var (broker, _) = await EmbeddedBrokerTests.StartAsync();
        await using var hub = broker;
        await using var reader = await ReadAsync(broker, "resend");
        var time = new FakeTimeProvider();
        await using var watch = new HoleWatch(broker, time, NullLogger<HoleWatch>.Instance);
        // Also what a restart finds in the journal: nothing else is needed than to be told of it.
        watch.Observe("finish-1", Log(1, 4, 6));
        Advance(time, 500);
        await AssertSilentAsync(broker, reader, 0);
        Assert.Null(watch.AlarmOf("finish-1"));
        Advance(time, 50);
        await Soon.UntilAsync(() => Asks(reader).Count == 1, "the first question");
        Assert.Equal(("ls/v1/track/src/finish-1/resend", """{"epoch":"e","ranges":[[2,3],[5,5]]}""", false), Asks(reader)[0]);
        await Soon.UntilAsync(() => watch.AlarmOf("finish-1") is not null, "the alarm");
        Assert.Equal("missing 2-3, 5, asked for 1 of 3 times", watch.AlarmOf("finish-1"));
        Advance(time, 2950);
        await AssertSilentAsync(broker, reader, 1);
        Advance(time, 50);
        await TickUntilAsync(time, () => Asks(reader).Count == 2, "the second question");
        await Soon.UntilAsync(() => watch.AlarmOf("finish-1") == "missing 2-3, 5, asked for 2 of 3 times", "the alarm");
        Advance(time, 3000);
        await TickUntilAsync(time, () => Asks(reader).Count == 3, "the third question");
        await Soon.UntilAsync(() => watch.AlarmOf("finish-1")!.EndsWith("in vain: read the decoder's memory", StringComparison.Ordinal), "the alarm");
        Advance(time, 10_000);
        await AssertSilentAsync(broker, reader, 3);
    }

    [Fact]
    public async Task What_is_filled_is_not_asked_for_and_what_is_left_keeps_its_turn()
    {
        var (broker, _) = await EmbeddedBrokerTests.StartAsync();
        await using var hub = broker;
        await using var reader = await ReadAsync(broker, "resend");
        var time = new FakeTimeProvider();
        await using var watch = new HoleWatch(broker, time, NullLogger<HoleWatch>.Instance);
        watch.Observe("finish-1", Log(1, 9));
        Advance(time, 300);
        watch.Observe("finish-1", Log(1, 9, 5, 12));
        Advance(time, 250);
        await Soon.UntilAsync(() => Asks(reader).Count == 1, "the question for what is left of the first hole");
        Assert.Equal("""{"epoch":"e","ranges":[[2,4],[6,8]]}""", Asks(reader)[0].Payload);
        watch.Observe("finish-1", Log(1, 2, 3, 4, 5, 6, 7, 8, 9, 12));
        Advance(time, 300);
        await TickUntilAsync(time, () => Asks(reader).Count == 2, "the question for the second hole");
        Assert.Equal("""{"epoch":"e","ranges":[[10,11]]}""", Asks(reader)[1].Payload);
        watch.Observe("finish-1", Log(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
        Advance(time, 10_000);
        await AssertSilentAsync(broker, reader, 2);
        Assert.Null(watch.AlarmOf("finish-1"));
    }

    [Fact]
    public async Task A_wild_number_and_thousands_of_holes_are_asked_for_in_messages_of_ordinary_size()
    {
        var (broker, _) = await EmbeddedBrokerTests.StartAsync();
        await using var hub = broker;
        await using var reader = await ReadAsync(broker, "resend");
        var time = new FakeTimeProvider();
        await using var watch = new HoleWatch(broker, time, NullLogger<HoleWatch>.Instance);
        watch.Observe("finish-1", Log([.. Enumerable.Range(1, 1000).Select(n => 2L * n), 1_000_000_000_000_000]));
        Advance(time, 550);
        for (var messages = 1; messages <= 6; messages++)
        {
            await Soon.UntilAsync(() => Asks(reader).Count >= messages, $"message {messages}");
            await Task.Yield();
            Advance(time, 50);
        }
        await Soon.UntilAsync(() => { Advance(time, 50); return Asks(reader).Sum(message => message.Payload.Count(c => c == '[') - 1) >= 1001; }, "every range");
        Assert.All(Asks(reader), message => Assert.True(message.Payload.Length < PayloadReader.MostBytes));
        Assert.Contains("[2001,999999999999999]", string.Concat(Asks(reader).Select(message => message.Payload)), StringComparison.Ordinal);
        Assert.StartsWith("missing 1, 3, 5, 7, 9 and 996 more ranges", watch.AlarmOf("finish-1"), StringComparison.Ordinal);
    }

    /// <summary>What comes after a mark that was published later has not been sent before it.</summary>
    private static async Task AssertSilentAsync(EmbeddedBroker broker, TrackClient reader, int count)
    {
        var mark = Guid.NewGuid().ToString();
        await broker.PublishAsync("hub/mark", System.Text.Encoding.UTF8.GetBytes(mark), retain: true, TestContext.Current.CancellationToken);
        await reader.SubscribeAsync(TrackClient.Root + "hub/mark");
        await Soon.UntilAsync(() => reader.Received.Any(message => message.Payload == mark), "the mark");
        Assert.Equal(count, Asks(reader).Count);
    }

    private static List<(string Topic, string Payload, bool Retain)> Asks(TrackClient reader) =>
        [.. reader.Received.Where(message => message.Topic.EndsWith("resend", StringComparison.Ordinal))];
}
