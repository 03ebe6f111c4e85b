using System.Text;
using LiveSkate.Core;
using LiveSkate.Core.Timing;
using LiveSkate.Server.Ingest;
using Xunit;

namespace LiveSkate.Server.Tests.Ingest;

public sealed class PayloadReaderTests
{
    private const string Root = "ls/v1/track/src/finish-1/";
    private static readonly PayloadReader Reader = new("track");

    private static IReadOnlyList<TrackItem> Read(string leaf, string json) => Reader.Read(Root + leaf, Encoding.UTF8.GetBytes(json));

    private static T One<T>(string leaf, string json) => Assert.IsType<T>(Assert.Single(Read(leaf, json)).Fact);

    [Fact]
    public void A_passing_is_read_with_all_its_members()
    {
        var passing = One<PassingRead>("passing", """
            {"chip":"102758186","timeUs":1657386323633120,"epoch":"01J8ZQ4T3K9V5W7X2Y6Z8A1B3C","seq":42,"deviceNo":8857,"loop":"finish",
             "hits":29,"strength":133,"battery":"low","replay":true,"sim":true}
            """);
        Assert.Equal(new PassingRead
        {
            Source = "finish-1", Chip = "102758186", Time = Microseconds.ToInstant(1657386323633120), Epoch = "01J8ZQ4T3K9V5W7X2Y6Z8A1B3C",
            Seq = 42, DeviceNo = 8857, Loop = "finish", Hits = 29, Strength = 133, Battery = "low", Replay = true, Sim = true,
        }, passing);
    }

    [Fact]
    public void Chip_and_time_are_enough_and_what_is_unknown_is_ignored()
    {
        var passing = One<PassingRead>("passing", """{"chip":"7","timeUs":1,"who":[{"x":null}],"who":2,"epoch":null,"seq":null,"hits":null}""");
        Assert.Equal(new PassingRead { Source = "finish-1", Chip = "7", Time = Microseconds.ToInstant(1) }, passing);
    }

    [Theory]
    [InlineData("gun", SignalKind.Gun)]
    [InlineData("gate", SignalKind.Gate)]
    [InlineData("recall", SignalKind.Recall)]
    public void A_signal_is_a_gun_a_gate_or_a_recall(string word, SignalKind kind)
    {
        var signal = One<SignalGiven>("signal", $$"""{"kind":"{{word}}","timeUs":5,"epoch":"e","seq":1}""");
        Assert.Equal(new SignalGiven { Source = "finish-1", Kind = kind, Time = Microseconds.ToInstant(5), Epoch = "e", Seq = 1 }, signal);
    }

    [Fact]
    public void A_finish_is_a_whole_heat_with_places_that_may_have_no_time()
    {
        var finish = One<FinishRead>("finish", """
            {"heat":"m1000-pre-1","revision":1,"rows":[{"bib":"11","place":1,"elapsedUs":83633120,"status":"OK"},
             {"bib":"12","place":2,"elapsedUs":null,"status":"OK"},{"bib":"13","place":null,"elapsedUs":null,"status":"DNF"}]}
            """);
        Assert.Equal(("m1000-pre-1", 1), (finish.Heat, finish.Revision));
        Assert.Equal(
            [
                new FinishRow("11", 1, TimeSpan.FromMicroseconds(83633120), "OK"), new FinishRow("12", 2, null, "OK"),
                new FinishRow("13", null, null, "DNF"),
            ], finish.Rows);
    }

    [Fact]
    public void A_status_is_read_with_all_its_members_and_with_none_but_link()
    {
        var full = One<SourceReported>("status", """
            {"link":"up","atUs":7,"lastSeq":42,"noise":53,"volts":12.1,"clockOffsetUs":-1200,"alarms":["hot"]}
            """);
        Assert.Equal(
            ("up", Microseconds.ToInstant(7), 42L, 53, 12.1m, -1200L),
            (full.Link, full.SentAt, full.LastSeq, full.Noise, full.Volts, full.ClockOffsetUs));
        Assert.Equal(["hot"], full.Alarms);
        Assert.Empty(One<SourceReported>("status", """{"link":"down"}""").Alarms);
    }

    [Fact]
    public void In_a_batch_a_bad_element_is_refused_alone_with_its_own_bytes()
    {
        var items = Read("passing", """{"batch":[{"chip":"1","timeUs":1},{"chip":2,"timeUs":1,"epoch":"e","seq":9},{"chip":"3","timeUs":3}]}""");
        Assert.Equal(["1", "3"], items.Select(item => item.Fact).OfType<PassingRead>().Select(passing => passing.Chip));
        Assert.Equal("""{"chip":"3","timeUs":3}""", Encoding.UTF8.GetString(items[2].Raw.Span));
        var rejected = Assert.IsType<MessageRejected>(items[1].Fact);
        Assert.Equal(RejectionCodes.WrongType, rejected.Reason);
        Assert.Equal("""{"chip":2,"timeUs":1,"epoch":"e","seq":9}""", Encoding.UTF8.GetString(rejected.Bytes));
        Assert.Equal(("e", 9L), (rejected.Epoch, rejected.Seq));
    }

    [Fact]
    public void A_batch_of_fifty_is_taken_and_of_fifty_one_refused_whole()
    {
        static string Batch(int count) => $"{{\"batch\":[{string.Join(',', Enumerable.Range(1, count).Select(n => $"{{\"chip\":\"{n}\",\"timeUs\":{n}}}"))}]}}";
        Assert.Equal(50, Read("passing", Batch(50)).Count(item => item.Fact is PassingRead));
        Assert.Equal(RejectionCodes.TooMany, One<MessageRejected>("passing", Batch(51)).Reason);
    }

    [Theory]
    [InlineData("ls/v1/track/src/Finish_1/passing", RejectionCodes.UnknownSource)]
    [InlineData("ls/v1/track/src//passing", RejectionCodes.UnknownSource)]
    [InlineData("ls/v1/track/src/aaaaaaaaaabbbbbbbbbbccccccccccddd/passing", RejectionCodes.UnknownSource)]
    [InlineData("ls/v1/other/src/finish-1/passing", RejectionCodes.UnknownTopic)]
    [InlineData("ls/v1/track/src/finish-1/passing/2", RejectionCodes.UnknownTopic)]
    [InlineData("ls/v1/track/src/finish-1/wish", RejectionCodes.UnknownTopic)]
    [InlineData("", RejectionCodes.UnknownTopic)]
    [InlineData("ls/v1/track/src/finish-1/ack", RejectionCodes.NotAuthorised)]
    [InlineData("ls/v1/track/hub/state", RejectionCodes.NotAuthorised)]
    [InlineData("ls/v1/track/live/m/heats/h", RejectionCodes.NotAuthorised)]
    public void A_topic_that_is_not_the_senders_is_kept_and_names_no_number(string topic, string code)
    {
        var rejected = Assert.IsType<MessageRejected>(
            Assert.Single(Reader.Read(topic, """{"chip":"1","timeUs":1,"epoch":"e","seq":1}"""u8.ToArray())).Fact);
        Assert.Equal((code, topic, null), (rejected.Reason, rejected.Topic, rejected.Epoch));
    }

    [Fact]
    public void What_is_kept_of_rubbish_is_its_first_KiB_and_its_length()
    {
        var bytes = Enumerable.Repeat((byte)'x', 20_000).ToArray();
        var rejected = Assert.IsType<MessageRejected>(Assert.Single(Reader.Read(Root + "passing", bytes)).Fact);
        Assert.Equal((RejectionCodes.TooLarge, 1024, 20_000), (rejected.Reason, rejected.Bytes.Length, rejected.Length));
    }

    [Fact]
    public void Sixteen_KiB_are_taken_and_one_byte_more_is_not_but_is_no_hole()
    {
        const string start = """{"chip":"1","timeUs":1,"epoch":"e","seq":3,"pad":" """, end = "\"}";
        var fits = start + new string('x', PayloadReader.MostBytes - start.Length - end.Length) + end;
        One<PassingRead>("passing", fits);
        var rejected = One<MessageRejected>("passing", fits.Replace("\"}", "x\"}", StringComparison.Ordinal));
        Assert.Equal((RejectionCodes.TooLarge, "e", 3L), (rejected.Reason, rejected.Epoch, rejected.Seq));
    }
}
