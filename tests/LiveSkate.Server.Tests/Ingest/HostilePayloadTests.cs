using System.Text;
using LiveSkate.Core;
using LiveSkate.Core.Timing;
using LiveSkate.Server.Ingest;
using Xunit;

namespace LiveSkate.Server.Tests.Ingest;

public sealed class HostilePayloadTests
{
    private const string Root = "ls/v1/track/src/finish-1/";
    private static readonly PayloadReader Reader = new("track");

    internal static readonly (string Leaf, string Json)[] Valid =
    [
        ("passing", """{"chip":"102758186","timeUs":1657386323633120,"epoch":"01J8ZQ4T3K9V5W7X2Y6Z8A1B3C","seq":42,"hits":29,"battery":"low","sim":true}"""),
        ("passing", """{"batch":[{"chip":"1","timeUs":1,"epoch":"e","seq":1},{"chip":"2","timeUs":2,"epoch":"e","seq":2}]}"""),
        ("signal", """{"kind":"gun","timeUs":1657386323633120,"epoch":"e\u00e9","seq":7}"""),
        ("finish", """{"heat":"m1000-pre-1","revision":1,"rows":[{"bib":"11","place":1,"elapsedUs":83633120,"status":"OK"}]}"""),
        ("status", """{"link":"up","atUs":5,"lastSeq":42,"noise":53,"volts":12.1,"clockOffsetUs":-1200,"alarms":["a","b"]}"""),
    ];

    public static TheoryData<string, string, string> Hostile => new()
    {
        { "passing", "", RejectionCodes.NotJson },
        { "passing", "nonsense", RejectionCodes.NotJson },
        { "passing", "{\"chip\":\"1\",\"timeUs\":1", RejectionCodes.NotJson },
        { "passing", "{\"chip\":\"1\",\"timeUs\":1} {}", RejectionCodes.NotJson },
        { "passing", "{\"chip\":\"1\",\"timeUs\":1,}", RejectionCodes.NotJson },
        { "passing", "{\"chip\":\"1\",\"timeUs\":01}", RejectionCodes.NotJson },
        { "passing", "{\"chip\":\"1\",\"timeUs\":NaN}", RejectionCodes.NotJson },
        { "passing", "{\"chip\":\"a\0b\",\"timeUs\":1}", RejectionCodes.NotJson },
        { "passing", "\uFEFF{\"chip\":\"1\",\"timeUs\":1}", RejectionCodes.NotJson },
        { "passing", "{\"chip\":\"\\ud800\",\"timeUs\":1}", RejectionCodes.NotJson },
        { "passing", "{\"\\ud800\":1,\"chip\":\"1\",\"timeUs\":1}", RejectionCodes.NotJson },
        { "passing", "{\"batch\":[{\"chip\":\"\\udc00\",\"timeUs\":1}]}", RejectionCodes.NotJson },
        { "passing", "{\"deep\":" + new string('[', 5000) + new string(']', 5000) + "}", RejectionCodes.NotJson },
        { "passing", "null", RejectionCodes.WrongType },
        { "passing", "[]", RejectionCodes.WrongType },
        { "passing", "\"text\"", RejectionCodes.WrongType },
        { "passing", "{}", RejectionCodes.Missing },
        { "passing", "{\"chip\":\"1\"}", RejectionCodes.Missing },
        { "passing", "{\"chip\":null,\"timeUs\":1}", RejectionCodes.Missing },
        { "passing", "{\"chip\":7,\"timeUs\":1}", RejectionCodes.WrongType },
        { "passing", "{\"chip\":\"\",\"timeUs\":1}", RejectionCodes.OutOfRange },
        { "passing", "{\"chip\":\"a|b\",\"timeUs\":1}", RejectionCodes.OutOfRange },
        { "passing", "{\"chip\":\"\\u0000\",\"timeUs\":1}", RejectionCodes.OutOfRange },
        { "passing", "{\"chip\":\"" + new string('1', 65) + "\",\"timeUs\":1}", RejectionCodes.OutOfRange },
        { "passing", "{\"chip\":\"1\",\"timeUs\":\"1\"}", RejectionCodes.WrongType },
        { "passing", "{\"chip\":\"1\",\"timeUs\":1.5}", RejectionCodes.WrongType },
        { "passing", "{\"chip\":\"1\",\"timeUs\":1e15}", RejectionCodes.WrongType },
        { "passing", "{\"chip\":\"1\",\"timeUs\":-1}", RejectionCodes.OutOfRange },
        { "passing", "{\"chip\":\"1\",\"timeUs\":32503680000000001}", RejectionCodes.OutOfRange },
        { "passing", "{\"chip\":\"1\",\"timeUs\":99999999999999999999999999}", RejectionCodes.OutOfRange },
        { "passing", "{\"chip\":\"1\",\"timeUs\":1,\"epoch\":\"e\"}", RejectionCodes.Missing },
        { "passing", "{\"chip\":\"1\",\"timeUs\":1,\"seq\":1}", RejectionCodes.Missing },
        { "passing", "{\"chip\":\"1\",\"timeUs\":1,\"epoch\":\"e\",\"seq\":0}", RejectionCodes.OutOfRange },
        { "passing", "{\"chip\":\"1\",\"timeUs\":1,\"epoch\":\"\",\"seq\":1}", RejectionCodes.OutOfRange },
        { "passing", "{\"chip\":\"1\",\"timeUs\":1,\"epoch\":5,\"seq\":1}", RejectionCodes.WrongType },
        { "passing", "{\"chip\":\"1\",\"timeUs\":1,\"hits\":3000000000}", RejectionCodes.OutOfRange },
        { "passing", "{\"chip\":\"1\",\"timeUs\":1,\"sim\":\"yes\"}", RejectionCodes.WrongType },
        { "passing", "{\"chip\":\"1\",\"chip\":\"2\",\"timeUs\":1}", RejectionCodes.Duplicate },
        { "passing", "{\"batch\":null}", RejectionCodes.Missing },
        { "passing", "{\"batch\":[]}", RejectionCodes.OutOfRange },
        { "passing", "{\"batch\":{}}", RejectionCodes.WrongType },
        { "passing", "{\"batch\":[[]]}", RejectionCodes.WrongType },
        { "passing", "{\"batch\":[{\"chip\":\"1\",\"timeUs\":1}],\"batch\":[]}", RejectionCodes.Duplicate },
        { "signal", "{\"kind\":\"Gun\",\"timeUs\":1}", RejectionCodes.OutOfRange },
        { "signal", "{\"kind\":1,\"timeUs\":1}", RejectionCodes.WrongType },
        { "finish", "{\"heat\":\"H 1\",\"revision\":1,\"rows\":[]}", RejectionCodes.OutOfRange },
        { "finish", "{\"heat\":\"h\",\"revision\":-1,\"rows\":[]}", RejectionCodes.OutOfRange },
        { "finish", "{\"heat\":\"h\",\"revision\":1}", RejectionCodes.Missing },
        { "finish", "{\"heat\":\"h\",\"revision\":1,\"rows\":[1]}", RejectionCodes.WrongType },
        { "finish", "{\"heat\":\"h\",\"revision\":1,\"rows\":[{\"bib\":\"1\",\"place\":0,\"status\":\"OK\"}]}", RejectionCodes.OutOfRange },
        { "finish", "{\"heat\":\"h\",\"revision\":1,\"rows\":[{\"bib\":\"1\",\"status\":\"DQ\"}]}", RejectionCodes.OutOfRange },
        { "finish", "{\"heat\":\"h\",\"revision\":1,\"rows\":[{\"bib\":\"1\",\"elapsedUs\":86400000001,\"status\":\"OK\"}]}", RejectionCodes.OutOfRange },
        { "finish", "{\"heat\":\"h\",\"revision\":1,\"rows\":[{\"bib\":\"1\",\"status\":\"OK\"},{\"bib\":\"1\",\"status\":\"OK\"}]}", RejectionCodes.Duplicate },
        { "status", "{}", RejectionCodes.Missing },
        { "status", "{\"link\":\"up\",\"volts\":1e400}", RejectionCodes.OutOfRange },
        { "status", "{\"link\":\"up\",\"alarms\":[1]}", RejectionCodes.WrongType },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Rubbish_is_kept_with_the_reason(string leaf, string json, string code)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var rejected = Assert.IsType<MessageRejected>(Assert.Single(Reader.Read(Root + leaf, bytes)).Fact);
        Assert.Equal(code, rejected.Reason);
        Assert.Equal("finish-1", rejected.Source);
        Assert.NotEmpty(rejected.Detail);
        Assert.True(rejected.Detail.Length < 300, rejected.Detail);
        Assert.DoesNotContain(rejected.Detail, char.IsControl);
    }

    [Fact]
    public void A_detail_names_the_member_and_its_value()
    {
        static string Detail(string leaf, string json) =>
            Assert.IsType<MessageRejected>(Assert.Single(Reader.Read(Root + leaf, Encoding.UTF8.GetBytes(json))).Fact).Detail;
        Assert.Equal("chip is 12; it has to be a text", Detail("passing", """{"chip":12,"timeUs":1}"""));
        Assert.Equal("timeUs is missing; it has to be a whole number", Detail("passing", """{"chip":"12"}"""));
        Assert.Equal("kind is \"bang\"; allowed: gun, gate, recall", Detail("signal", """{"kind":"bang","timeUs":1}"""));
        Assert.Equal(
            "rows[1].place is 0; allowed: 1 to 2147483647",
            Detail("finish", """{"heat":"h","revision":1,"rows":[{"bib":"1","status":"OK"},{"bib":"2","place":0,"status":"OK"}]}"""));
    }

    [Fact]
    public void Wrong_UTF8_is_told_apart()
    {
        byte[] bytes = [.. "{\"chip\":\""u8, 0xC3, 0x28, .. "\",\"timeUs\":1}"u8];
        var rejected = Assert.IsType<MessageRejected>(Assert.Single(Reader.Read(Root + "passing", bytes)).Fact);
        Assert.Equal(RejectionCodes.NotUtf8, rejected.Reason);
    }

    [Theory]
    [InlineData("{\"epoch\":\"e\",\"seq\":42,\"chip\":\"1\"")]
    [InlineData("{\"chip\":[{\"seq\":1}],\"seq\":42,\"epoch\":\"e\"}")]
    [InlineData("{\"epoch\":\"e\",\"seq\":42,\"chip\":\"1\",\"timeUs\":1.5}")]
    [InlineData("{\"epoch\":\"\\u0065\",\"seq\":42,!!")]
    public void What_can_be_read_of_its_number_is_no_hole(string json)
    {
        var rejected = Assert.IsType<MessageRejected>(Assert.Single(Reader.Read(Root + "passing", Encoding.UTF8.GetBytes(json))).Fact);
        Assert.Equal(("e", 42L), (rejected.Epoch, rejected.Seq));
    }

    [Theory]
    [InlineData("{\"epoch\":\"e\",\"seq\":4")]
    [InlineData("{\"epoch\":\"e\",\"seq\":4,\"seq\":5,\"chip\":1}")]
    [InlineData("{\"epoch\":\"e\",\"seq\":-4,\"chip\":1}")]
    [InlineData("{\"epoch\":\"e\",\"seq\":4.5,\"chip\":1}")]
    [InlineData("{\"x\":{\"epoch\":\"e\",\"seq\":4},\"chip\":1}")]
    [InlineData("{\"epoch\":\"\\ud800\",\"seq\":4,\"chip\":1}")]
    public void A_number_in_doubt_is_not_believed(string json)
    {
        var rejected = Assert.IsType<MessageRejected>(Assert.Single(Reader.Read(Root + "passing", Encoding.UTF8.GetBytes(json))).Fact);
        Assert.Equal((null, null), (rejected.Epoch, rejected.Seq));
    }

    [Fact]
    public void Ten_thousand_mutations_give_facts_or_known_rejections_and_never_an_exception()
    {
        var random = new Random(20_220_709);
        for (var i = 0; i < 10_000; i++)
        {
            var (leaf, json) = Valid[random.Next(Valid.Length)];
            var bytes = Mutate(Encoding.UTF8.GetBytes(json), random);
            var items = Reader.Read(Root + leaf, bytes);
            Assert.NotEmpty(items);
            foreach (var item in items)
            {
                if (item.Fact is MessageRejected rejected)
                    Assert.Contains(rejected.Reason, RejectionCodes.All);
                else
                    Assert.True(item.Fact is PassingRead or SignalGiven or FinishRead or SourceReported);
            }
        }
    }

    internal static byte[] Mutate(byte[] valid, Random random)
    {
        string[] tokens = ["null", "-1", "1.5", "1e999", "\"\"", "\"\\ud800\"", "[", "}", "{\"a\":1}", "99999999999999999999", "\\", "\"", ",", "true"];
        var bytes = valid.ToList();
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(6))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(20)));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(tokens[random.Next(tokens.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(60))));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, new byte[random.Next(3)]);
                    break;
            }
        }
        return [.. bytes];
    }
}
