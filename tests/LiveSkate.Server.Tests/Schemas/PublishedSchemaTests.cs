using System.Text.Encodings.Web;
using System.Text.Json;
using Json.Schema;
using LiveSkate.Server.Tests.Golden;
using LiveSkate.Server.Tests.Outside;
using Xunit;

namespace LiveSkate.Server.Tests.Schemas;

/// <summary>The published schemas are those of the records, take what is sent and what may be sent, and refuse what the hub refuses.</summary>
public sealed class PublishedSchemaTests
{
    private const string Folder = "src/LiveSkate.Server/Schemas", Trace = "tests/LiveSkate.Server.Tests/Golden/worldgames-2022";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, JsonSchema> Known = PublishedSchemas.All.ToDictionary(
        schema => schema.Key, schema => JsonSchema.FromText(schema.Value.ToJsonString()));

    public static TheoryData<string> Names => [.. PublishedSchemas.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_committed_schema_is_that_of_the_record(string name)
    {
        var (path, now) = (Repository.File(Folder, name), PublishedSchemas.All[name].ToJsonString(Readable) + "\n");
        if (Environment.GetEnvironmentVariable("LIVESKATE_REWRITE") == "1")
            File.WriteAllText(path, now);
        Assert.True(
            File.Exists(path) && File.ReadAllText(path).ReplaceLineEndings("\n") == now,
            $"The records behind {name} have changed. Run this test with LIVESKATE_REWRITE=1 and commit the file.");
        Assert.Contains($"`{name}`", File.ReadAllText(Repository.File(Folder, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void No_schema_is_left_of_a_record_that_is_no_more() =>
        Assert.Equal(Known.Keys.Order(), Directory.GetFiles(Repository.File(Folder, ""), "*.json").Select(file => Path.GetFileName(file)).Order());

    /// <summary>Whoever writes a meet finds every member in the schema and on the office's page, with what it means.</summary>
    [Fact]
    public void Every_member_of_the_meet_document_is_described()
    {
        var page = File.ReadAllText(Repository.File("src/LiveSkate.Server/Office", "README.md"));
        var schema = PublishedSchemas.All["meet.json"];
        foreach (var (type, definition) in schema["$defs"]!.AsObject().Append(new("meet", schema)))
            foreach (var (name, member) in definition!["properties"]!.AsObject())
            {
                Assert.True(member!["description"] is not null || member["$ref"] is not null, $"{type}.{name} says nothing");
                Assert.True(page.Contains($"`{name}`", StringComparison.Ordinal) || page.Contains($"`{name}[]`", StringComparison.Ordinal), $"{type}.{name} is not on the page");
            }
    }

    [Fact]
    public void Everything_in_the_worked_heat_is_as_the_schemas_say()
    {
        Is("meet.json", Read("meet.json"));
        Is("heat.json", Read("live.json"));
        foreach (var name in new[] { "results.json", "results-provisional.json" })
            Is("results.json", Read(name));
        foreach (var frame in (Read("frames.jsonl") + Read("newcomers.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Is("frame.json", frame);
        var steps = TraceStep.Read(Read("trace.txt"));
        foreach (var command in steps.SelectMany(step => step.All("post")))
            Is("command.json", command);
        foreach (var (topic, payload) in steps.SelectMany(step => step.All("hub")).Select(line => line.Split(' ', 2)).Select(words => (words[0], words[1])))
            Is(topic.Split('/')[^1] + ".json", payload);
        // One of them was cut off on its way.
        var texts = steps.Where(step => step["topic"] is not null && step["text"]!.EndsWith('}')).ToArray();
        Assert.Equal(14, texts.Length);
        foreach (var step in texts)
            Is(step["topic"]!.Split('/')[^1] + ".json", step["text"]!);
    }

    /// <summary>Of the rubbish that the contract's test sends: what the hub refuses before it knows of any meet.</summary>
    public static TheoryData<string, string> Refused => [.. ContractMqttTests.Rubbish.Select(row => row.Data)
        .Where(row => row.Item3 is not ("not-json" or "unknown-heat" or "unknown-bib")).Select(row => (row.Item1, row.Item2))];

    [Theory]
    [MemberData(nameof(Refused))]
    [InlineData("passing", """{"chip":"a|b","timeUs":1}""")]
    [InlineData("passing", """{"chip":"1","timeUs":1,"epoch":null,"seq":1}""")]
    [InlineData("passing", """{"batch":[{"chip":"1"}]}""")]
    [InlineData("status", """{"link":null}""")]
    [InlineData("command", """{"type":"flyHeat","heat":"h"}""")]
    [InlineData("command", """{"type":"openHeat"}""")]
    [InlineData("command", """{"type":"startHeat","heat":"h","timeUs":-1}""")]
    [InlineData("command", """{"type":"setTime","heat":"h","bib":"1","timeMs":"1:23","reason":"r"}""")]
    [InlineData("command", """{"type":"setFinishOrder","heat":"h","bibs":["1"]}""")]
    [InlineData("command", """{"type":"openHeat","heat":"h","ifAt":"now"}""")]
    [InlineData("meet", """{"name":"m"}""")]
    [InlineData("meet", """{"name":"m","venue":{"name":"v","timeZone":"UTC","lapM":200},"sources":[],"skaters":[],"events":[{"id":"e","name":"e","format":"sprint","distanceM":400,"entries":[],"rounds":[],"rules":{"blokRank":"time"}}]}""")]
    [InlineData("beat", """{"serverUs":1,"at":1,"sources":[{"id":"s","alarm":null}]}""")]
    [InlineData("frame", """{"scope":"now","epoch":"e","seq":1,"base":null,"puts":{"row:1":{}},"removes":[],"highlights":[],"serverUs":1}""")]
    public void What_the_hub_refuses_the_schema_refuses(string leaf, string json) => Assert.False(IsValid(leaf + ".json", json), json);

    [Theory]
    [InlineData("passing", """{"chip":"102758186","timeUs":1657386323633120,"epoch":"01J8ZQ4T3K9V5W7X2Y6Z8A1B3C","seq":42,"deviceNo":8857,"loop":"finish","hits":29,"strength":133,"battery":"low","replay":true,"sim":true}""")]
    [InlineData("passing", """{"chip":"7","timeUs":1,"who":[{"x":null}],"epoch":null,"seq":null,"hits":null,"sim":null}""")]
    [InlineData("passing", """{"batch":[{"chip":"7","timeUs":1}]}""")]
    [InlineData("finish", """{"heat":"m1000-pre-1","revision":1,"rows":[{"bib":"11","place":1,"elapsedUs":83633120,"status":"OK"},{"bib":"12","status":"DNF"}]}""")]
    [InlineData("status", """{"link":"lost"}""")]
    [InlineData("command", """{"type":"recallHeat","heat":"h","ifAt":7}""")]
    [InlineData("command", """{"type":"confirmDraw","event":"e","round":"final","heats":[["1","2"]]}""")]
    [InlineData("command", """{"type":"setTime","heat":"h","bib":"1","timeMs":null,"reason":"r"}""")]
    [InlineData("beat", """{"serverUs":1,"at":1,"sources":[{"id":"s","ageMs":null,"alarm":null}]}""")]
    public void What_the_hub_takes_or_sends_the_schema_takes(string leaf, string json) => Is(leaf + ".json", json);

    private static void Is(string schema, string json) => Assert.True(IsValid(schema, json), $"{schema} does not take {json}");

    internal static bool IsValid(string schema, string json) => Known[schema].Evaluate(JsonElement.Parse(json)).IsValid;

    private static string Read(string name) => File.ReadAllText(Repository.File(Trace, name));
}
