using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Server.Tests.Schemas;

/// <summary>
/// A JSON Schema of one record, as System.Text.Json reads the record; the records inside it become definitions with the names that they
/// have in C#.
/// </summary>
/// <param name="isRequired">Whether a member has to be there.</param>
/// <param name="finish">Adds to a member's schema what its type does not say; may be null.</param>
internal sealed class SchemaWriter(Func<JsonPropertyInfo, bool> isRequired, Action<JsonPropertyInfo, JsonObject>? finish = null)
{
    private static readonly JsonSerializerOptions Wire = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        RespectNullableAnnotations = true,
        IgnoreReadOnlyProperties = true,
    };

    private readonly SortedDictionary<string, JsonNode?> _definitions = new(StringComparer.Ordinal);

    public JsonObject Write(string title, string description, Type type) => Document(title, description, Alone(type));

    /// <summary>One of several records, told apart by a member that is a constant.</summary>
    /// <param name="more">Members that each of them may have.</param>
    public JsonObject WriteOneOf(string title, string description, Type type, JsonObject more)
    {
        var kinds = Wire.GetTypeInfo(type).PolymorphismOptions!;
        var refs = new JsonArray();
        foreach (var kind in kinds.DerivedTypes)
        {
            var schema = (JsonObject)Alone(kind.DerivedType);
            var properties = new JsonObject { [kinds.TypeDiscriminatorPropertyName] = new JsonObject { ["const"] = (string)kind.TypeDiscriminator! } };
            foreach (var (name, member) in schema["properties"]!.AsObject().Concat(more))
                properties[name] = member!.DeepClone();
            schema["properties"] = properties;
            schema["required"] = new JsonArray([kinds.TypeDiscriminatorPropertyName, .. schema["required"]!.AsArray().Select(name => name!.DeepClone())]);
            _definitions[kind.DerivedType.Name] = schema;
            refs.Add(Reference(kind.DerivedType));
        }
        return Document(title, description, new JsonObject { ["oneOf"] = refs });
    }

    /// <summary>A record that stands where its type does not say so.</summary>
    public void Define(Type type) => Refer(type, isNullable: false);

    private JsonObject Document(string title, string description, JsonNode root)
    {
        var document = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = title, ["description"] = description };
        foreach (var (name, value) in root.AsObject().Where(member => member.Key != "description"))
            document[name] = value!.DeepClone();
        if (_definitions.Count > 0)
            document["$defs"] = new JsonObject(_definitions);
        return document;
    }

    private JsonNode Alone(Type type) => Wire.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, node) => context.Path.IsEmpty ? Complete(context.TypeInfo, node) : Inside(context, node),
    });

    private JsonNode Inside(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var isNullable = (node is JsonObject { } known && known["type"] is JsonArray) || Nullable.GetUnderlyingType(context.TypeInfo.Type) is not null;
        var schema = type == typeof(DateTimeOffset) ? Whole(Microseconds.Least, Microseconds.Most, isNullable)
            : type == typeof(TimeSpan) ? Whole(0, Microseconds.FromSpan(TimeSpan.FromHours(24)), isNullable)
            : type == typeof(HeatPlan) ? HeatsOrNumber()
            : IsRecord(type) ? Refer(type, isNullable)
            : Complete(context.TypeInfo, node);
        if (schema is JsonObject member && context.PropertyInfo is { } property)
        {
            SchemaWords.Describe(member, SchemaWords.Of(property));
            finish?.Invoke(property, member);
        }
        return schema;
    }

    private JsonObject Refer(Type type, bool isNullable)
    {
        if (!_definitions.ContainsKey(type.Name))
        {
            _definitions[type.Name] = null;
            _definitions[type.Name] = Alone(type);
        }
        return isNullable ? new JsonObject { ["anyOf"] = new JsonArray(Reference(type), new JsonObject { ["type"] = "null" }) } : Reference(type);
    }

    private JsonObject HeatsOrNumber() => new()
    {
        ["oneOf"] = new JsonArray(
            new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = Refer(typeof(HeatDocument), isNullable: false) },
            new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 100 }),
    };

    private JsonNode Complete(JsonTypeInfo type, JsonNode node)
    {
        if (node is JsonObject schema && schema["properties"] is JsonObject properties)
        {
            var required = type.Properties.Where(isRequired).Select(property => property.Name).Where(properties.ContainsKey);
            schema["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]);
            // The exporter passes over what is both optional and null.
            foreach (var instant in type.Properties.Where(property => property.PropertyType == typeof(DateTimeOffset?)))
                properties[instant.Name] = Whole(Microseconds.Least, Microseconds.Most, isNullable: true);
            SchemaWords.Describe(schema, SchemaWords.Of(type.Type));
        }
        return node;
    }

    private static JsonObject Reference(Type type) => new() { ["$ref"] = $"#/$defs/{type.Name}" };

    private static JsonObject Whole(long least, long most, bool isNullable) => new()
    {
        ["type"] = isNullable ? new JsonArray("integer", "null") : "integer", ["minimum"] = least, ["maximum"] = most,
    };

    private static bool IsRecord(Type type) => type is { IsClass: true, Namespace: not null } && type.Namespace.StartsWith("LiveSkate.", StringComparison.Ordinal);
}
