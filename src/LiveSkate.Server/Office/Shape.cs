using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using LiveSkate.Core.Meets;

namespace LiveSkate.Server.Office;

/// <summary>
/// Holds JSON against a type and finds every place where it does not fit, with its path: a deserializer only ever tells the
/// first, and the office wants to mend them all at once. Members that the type does not have are let be, but where they would be missed.
/// </summary>
internal static class Shape
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <summary>What makes the race: a member that is not known here would quietly make another.</summary>
    public static IReadOnlyList<Type> Closed { get; } =
        [typeof(RuleDocument), typeof(SprintsDocument), typeof(EliminationDocument), typeof(AdvanceRule), typeof(MarkDocument)];

    /// <returns>The same with something harmless in the place of each fault, so that what is said there can be looked at too; null: leave it out.</returns>
    public static JsonNode? Check(JsonElement json, JsonTypeInfo type, string path, List<Fault> faults) =>
        type.Type == typeof(HeatPlan) ? CheckHeatPlan(json, type, path, faults)
        : type.Kind switch
        {
            JsonTypeInfoKind.Object => CheckObject(json, type, path, faults),
            JsonTypeInfoKind.Enumerable => CheckList(json, type, path, faults),
            _ => CheckLeaf(json, type, path, faults),
        };

    private static JsonObject CheckObject(JsonElement json, JsonTypeInfo type, string path, List<Fault> faults)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.Add(WrongType(path, "an object", json));
            return CheckObject(Nothing, type, path, []);
        }
        CheckUnknown(json, type, path, faults);
        var mended = new JsonObject();
        foreach (var member in type.Properties)
        {
            var at = $"{path}.{member.Name}";
            var isNullable = Nullable.GetUnderlyingType(member.PropertyType) is not null || member.AssociatedParameter is { IsNullable: true };
            var valueType = type.Options.GetTypeInfo(Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType);
            JsonNode? mend = null;
            if (!json.TryGetProperty(member.Name, out var value))
            {
                // A flag that is not there is not set.
                if (member.AssociatedParameter is not { HasDefaultValue: false } || isNullable || member.PropertyType == typeof(bool))
                    continue;
                faults.Add(new Fault(at, "missing", $"{member.Name} is missing."));
                mend = Harmless(valueType, at);
            }
            else if (value.ValueKind != JsonValueKind.Null || !isNullable)
                mend = Check(value, valueType, member, at, faults);
            if (mend is not null)
                mended[member.Name] = mend;
        }
        return mended;
    }

    private static void CheckUnknown(JsonElement json, JsonTypeInfo type, string path, List<Fault> faults)
    {
        var known = type.Properties.Select(property => property.Name).ToList();
        foreach (var member in json.EnumerateObject().Where(member => !known.Contains(member.Name) && !IsSoAnyway(type.Type, member)))
            if (Closed.Contains(type.Type))
                faults.Add(new Fault($"{path}.{member.Name}", "unknown-member", $"{member.Name} is not known here; known are {string.Join(", ", known)}."));
            else if (known.Find(name => !json.TryGetProperty(name, out _) && IsMisspelt(member.Name, name)) is { } meant)
                faults.Add(new Fault($"{path}.{member.Name}", "unknown-member", $"{member.Name} is not known here; {meant} is."));
    }

    /// <summary>The rule specification writes it out (QUA-2), and it is what is done where nothing is said.</summary>
    private static bool IsSoAnyway(Type type, JsonProperty member) =>
        type == typeof(AdvanceRule) && member.NameEquals("scope") && member.Value.ValueKind == JsonValueKind.String && member.Value.ValueEquals("all");

    /// <summary>In other capitals, or one letter too many, too few, or another.</summary>
    private static bool IsMisspelt(string said, string meant)
    {
        if (said.Equals(meant, StringComparison.OrdinalIgnoreCase))
            return true;
        if (Math.Min(said.Length, meant.Length) < 4 || Math.Abs(said.Length - meant.Length) > 1)
            return false;
        var start = said.Zip(meant).TakeWhile(pair => pair.First == pair.Second).Count();
        var end = said.Reverse().Zip(meant.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        return start + end >= Math.Max(said.Length, meant.Length) - 1;
    }

    private static JsonNode? Check(JsonElement json, JsonTypeInfo type, JsonPropertyInfo member, string path, List<Fault> faults)
    {
        if (member.CustomConverter is null)
            return Check(json, type, path, faults);
        if (json.ValueKind != JsonValueKind.Number || !json.TryGetInt64(out var us) || !Core.Timing.Microseconds.InRange(us))
            faults.Add(new Fault(path, "out-of-range", $"{Shown(json)} is not whole microseconds since 1970, up to the year 2999."));
        return null;
    }

    private static JsonArray CheckList(JsonElement json, JsonTypeInfo type, string path, List<Fault> faults)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            faults.Add(WrongType(path, "a list", json));
            return [];
        }
        var element = type.Options.GetTypeInfo(type.ElementType!);
        return [.. json.EnumerateArray().Select((item, i) => Check(item, element, $"{path}[{i}]", faults))];
    }

    private static JsonNode? CheckHeatPlan(JsonElement json, JsonTypeInfo type, string path, List<Fault> faults)
    {
        if (json.ValueKind == JsonValueKind.Array && json.GetArrayLength() > 0)
            return CheckList(json, type.Options.GetTypeInfo(typeof(System.Collections.Immutable.ImmutableArray<HeatDocument>)), path, faults);
        if (json.ValueKind == JsonValueKind.Array)
            faults.Add(new Fault(path, "missing", "The list of heats is empty; where they are drawn later, give their number."));
        else if (json.ValueKind != JsonValueKind.Number || !json.TryGetInt32(out _))
            faults.Add(WrongType(path, "a list of heats or their number", json));
        else
            return JsonValue.Create(json);
        return Harmless(type, path);
    }

    private static JsonNode? CheckLeaf(JsonElement json, JsonTypeInfo type, string path, List<Fault> faults)
    {
        try
        {
            if (json.Deserialize(type) is not null)
                return JsonValue.Create(json);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or OverflowException or InvalidOperationException)
        {
            // Said below.
        }
        faults.Add(WrongType(path, Kind(type.Type), json));
        return Harmless(type, path);
    }

    private static JsonNode? Harmless(JsonTypeInfo type, string path) =>
        type.Type == typeof(string) ? "?"
        : type.Type == typeof(HeatPlan) || type.Type == typeof(int) ? 1
        : type.Type == typeof(decimal) ? 1000
        : type.Kind == JsonTypeInfoKind.Enumerable ? new JsonArray()
        : type.Kind == JsonTypeInfoKind.Object ? CheckObject(Nothing, type, path, [])
        : null;

    private static string Kind(Type type) =>
        type == typeof(string) ? "a string"
        : type == typeof(bool) ? "true or false"
        : type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))
        : type == typeof(decimal) ? "a number"
        : "a whole number";

    private static Fault WrongType(string path, string wanted, JsonElement json) =>
        new(path, "wrong-type", $"{Shown(json)} is not {wanted}.");

    private static string Shown(JsonElement json)
    {
        var text = json.GetRawText();
        return text.Length <= 60 ? text : text[..60] + "…";
    }
}
