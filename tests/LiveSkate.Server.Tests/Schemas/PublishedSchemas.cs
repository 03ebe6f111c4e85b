using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using LiveSkate.Core;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Server.Ingest;
using LiveSkate.Server.Live;
using LiveSkate.Server.Office;

namespace LiveSkate.Server.Tests.Schemas;

/// <summary>The schemas in <c>src/LiveSkate.Server/Schemas</c>, made from the records.</summary>
internal static class PublishedSchemas
{
    public static IReadOnlyDictionary<string, JsonObject> All { get; } = new Dictionary<string, JsonObject>
    {
        ["meet.json"] = WithClosedRules(FromOffice().Write("Meet document", "PUT /api/meets/{meet}. What else has to be so (ids, bibs that are entered) is said by the answer 422.", typeof(MeetDocument))),
        ["command.json"] = FromOffice().WriteOneOf(
            "Command", "POST /api/meets/{meet}/commands.", typeof(Command), new JsonObject { ["ifAt"] = new JsonObject { ["type"] = new JsonArray("integer", "null") } }),
        ["preview.json"] = FromHub().Write("Preview", "The answer of POST /api/meets/{meet}/preview.", typeof(PreviewAnswer)),
        ["results.json"] = FromHub().Write("Results", "GET /api/meets/{meet}/events/{event}/results.", typeof(EventResults)),
        ["round.json"] = FromHub().Write("Advancement", "GET /api/meets/{meet}/advancement/{round}.", typeof(PublicRound)),
        ["heat.json"] = FromHub().Write("Heat state", "Retained on live/{meet}/heats/{heat}; GET /api/meets/{meet}/heats/{heat} adds passings.", typeof(HeatState)),
        ["frame.json"] = FrameWithRecords(),
        ["beat.json"] = FromHub().Write("Beat", "Every second to every viewer.", typeof(Beat)),
        ["pong.json"] = FromHub().Write("Pong", "The answer to Ping.", typeof(Pong)),
        ["passing.json"] = OrBatch(Numbered(FromTrack().Write("Passing", "MQTT src/{src}/passing: one, or a batch of up to 50.", typeof(PassingRead)))),
        ["signal.json"] = Numbered(FromTrack().Write("Signal", "MQTT src/{src}/signal.", typeof(SignalGiven))),
        ["finish.json"] = Numbered(FromTrack().Write("Finish", "MQTT src/{src}/finish: a whole heat; the highest revision counts.", typeof(FinishRead))),
        ["status.json"] = WithoutSource(FromTrack().Write("Status", "MQTT src/{src}/status, retained.", typeof(SourceReported))),
        ["ack.json"] = FromHub().Write("Receipt", "MQTT src/{src}/ack, retained: all up to seq of epoch is in the journal.", typeof(Ack)),
        ["resend.json"] = FromHub().Write("Resend", "MQTT src/{src}/resend: first and last number of what is missing.", typeof(Resend)),
    };

    private static JsonObject WithClosedRules(JsonObject schema)
    {
        foreach (var type in Shape.Closed)
            schema["$defs"]![type.Name]!["additionalProperties"] = false;
        return schema;
    }

    /// <summary>Unknown is null, never absent.</summary>
    private static SchemaWriter FromHub() => new(_ => true);

    /// <summary>As Office/Shape reads: what may be null, what has a default and what is a flag may be left out.</summary>
    private static SchemaWriter FromOffice() => new(property =>
        property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false } && property.PropertyType != typeof(bool));

    /// <summary>As Ingest/FactReader reads: null is as good as absent, and texts become parts of keys. The source is in the topic.</summary>
    private static SchemaWriter FromTrack() => new(IsNeeded, static (property, schema) =>
    {
        if (!IsNeeded(property) && schema["type"] is JsonValue single)
            schema["type"] = new JsonArray(single.DeepClone(), "null");
        foreach (var (name, value) in JsonNode.Parse(Bounds(property))!.AsObject())
            schema[name] = value?.DeepClone();
    });

    private static bool IsNeeded(JsonPropertyInfo property) => property.Name is not "source" && (property.IsRequired || property.Name is "bib" or "status");

    private static string Bounds(JsonPropertyInfo property) => property.Name switch
    {
        "chip" or "bib" or "link" or "epoch" => """{"minLength":1,"maxLength":64,"pattern":"^[^|\\u0000-\\u001f\\u007f-\\u009f]*$"}""",
        "heat" => """{"pattern":"^[a-z0-9-]{1,32}$"}""",
        "status" => """{"enum":["OK","DNS","DNF","DSQ"]}""",
        "seq" or "place" => """{"minimum":1}""",
        "hits" or "lastSeq" or "revision" => """{"minimum":0}""",
        _ => "{}",
    };

    /// <summary>The source is in the topic; the content is computed.</summary>
    private static JsonObject WithoutSource(JsonObject schema)
    {
        foreach (var name in new[] { "source", "content" })
            Member(schema).Remove(name);
        return schema;
    }

    /// <summary>epoch and seq: both or neither.</summary>
    private static JsonObject Numbered(JsonObject schema)
    {
        WithoutSource(schema);
        schema["if"] = JsonNode.Parse("""{"properties":{"seq":{"type":"integer"}},"required":["seq"]}""");
        schema["then"] = JsonNode.Parse("""{"properties":{"epoch":{"type":"string"}},"required":["epoch"]}""");
        schema["else"] = JsonNode.Parse("""{"properties":{"epoch":{"type":"null"}}}""");
        return schema;
    }

    private static JsonObject OrBatch(JsonObject passing)
    {
        var one = new JsonObject();
        foreach (var name in passing.Select(member => member.Key).Where(name => name is not ("$schema" or "title" or "description")).ToArray())
        {
            one[name] = passing[name]!.DeepClone();
            passing.Remove(name);
        }
        passing["if"] = JsonNode.Parse("""{"type":"object","required":["batch"]}""");
        passing["then"] = JsonNode.Parse("""{"properties":{"batch":{"type":"array","minItems":1,"maxItems":50,"items":{"$ref":"#/$defs/Passing"}}}}""");
        passing["else"] = JsonNode.Parse("""{"$ref":"#/$defs/Passing"}""");
        passing["$defs"] = new JsonObject { ["Passing"] = one };
        return passing;
    }

    /// <summary>What stands in puts has a schema too, by its id; a frame need not say all of it.</summary>
    private static JsonObject FrameWithRecords()
    {
        var writer = new SchemaWriter(member => !LeftOut.MayBe(member));
        Type[] records = [typeof(MeetHeader), typeof(EventHeader), typeof(HeatHeader), typeof(HeatRow), typeof(HeatLine), typeof(RoundTable), typeof(FinalTable)];
        foreach (var record in records)
            writer.Define(record);
        var frame = writer.Write("Frame", "SignalR method frame; event frame of GET /api/live.", typeof(Frame));
        Member(frame)["puts"] = JsonNode.Parse("""
            {"type":"object","description":"Finished records by id. heat is a HeatHeader in the scopes heat and now.",
             "properties":{"heat":{"$ref":"#/$defs/HeatHeader"},"meet":{"$ref":"#/$defs/MeetHeader"},"event":{"$ref":"#/$defs/EventHeader"},
              "round":{"$ref":"#/$defs/RoundTable"},"final":{"$ref":"#/$defs/FinalTable"},"next":{"$ref":"#/$defs/HeatLine"}},
             "patternProperties":{"^row:":{"$ref":"#/$defs/HeatRow"},"^heat:":{"$ref":"#/$defs/HeatLine"},"^event:":{"$ref":"#/$defs/EventHeader"},"^round:":{"$ref":"#/$defs/RoundTable"}}}
            """);
        return frame;
    }

    private static JsonObject Member(JsonObject schema) => schema["properties"]!.AsObject();
}
