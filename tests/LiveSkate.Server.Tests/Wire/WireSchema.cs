using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using LiveSkate.Core.Published;
using LiveSkate.Server.Live;

namespace LiveSkate.Server.Tests.Wire;

/// <summary>
/// One JSON Schema with a definition for every record that a client is sent. Each record is exported alone; where one
/// record holds another, a reference is put in place of the copy, so that TypeScript gets the names that C# has.
/// </summary>
internal static class WireSchema
{
    /// <summary>What is sent as such; the records inside them are found.</summary>
    private static readonly Type[] Roots =
    [
        typeof(Frame), typeof(Beat), typeof(Pong),
        typeof(MeetHeader), typeof(EventHeader), typeof(HeatHeader), typeof(HeatRow), typeof(HeatLine), typeof(RoundTable), typeof(FinalTable),
        typeof(HeatState), typeof(EventResults),
    ];

    private static readonly JsonSerializerOptions Wire = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        NewLine = "\n",
    };

    public static string Export()
    {
        var definitions = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        var waiting = new Queue<Type>(Roots);
        while (waiting.TryDequeue(out var type))
        {
            if (definitions.ContainsKey(type.Name))
                continue;
            definitions[type.Name] = Define(type, waiting.Enqueue);
        }

        var document = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "LiveSkateWire",
            ["description"] = "Every record that a LiveSkate server sends. Written from the C# records; do not edit.",
            ["$defs"] = new JsonObject(definitions.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        };
        return document.ToJsonString(Wire) + "\n";
    }

    private static JsonNode Define(Type type, Action<Type> found) => Wire.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, node) =>
        {
            var inner = context.TypeInfo.Type;
            if (context.Path.IsEmpty || !IsOurs(inner))
                return Complete(context.TypeInfo, node);
            found(inner);
            var reference = new JsonObject { ["$ref"] = $"#/$defs/{inner.Name}" };
            return MayBeNull(node) ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) } : reference;
        },
    });

    private static bool IsOurs(Type type) => type is { IsClass: true, Namespace: not null } && type.Namespace.StartsWith("LiveSkate.", StringComparison.Ordinal);

    /// <summary>Unknown is null, never absent (contract section 4): every property is always there, but for what a heat need not say.</summary>
    private static JsonNode Complete(JsonTypeInfo type, JsonNode node)
    {
        if (node is JsonObject schema)
        {
            if (schema["properties"] is JsonObject)
                schema["required"] = new JsonArray([.. type.Properties.Where(member => !LeftOut.MayBe(member)).Select(member => JsonValue.Create(member.Name))]);
            else if (type.Kind == JsonTypeInfoKind.Dictionary)
                schema["additionalProperties"] ??= true;
        }

        return node;
    }

    private static bool MayBeNull(JsonNode node) =>
        node is JsonObject schema && schema["type"] is JsonArray types && types.Any(type => type?.GetValue<string>() == "null");
}
