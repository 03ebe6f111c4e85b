using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LiveSkate.Core.Meets;

namespace LiveSkate.Server.Office;

/// <summary>
/// Holds JSON against a type and finds every place where it does not fit, with its path: a deserializer only ever tells the
/// first, and the office wants to mend them all at once. Members that the type does not have are let be.
/// </summary>
internal static class Shape
{
    public static void Check(JsonElement json, JsonTypeInfo type, string path, List<Fault> faults)
    {
        if (type.Type == typeof(HeatPlan))
            CheckHeatPlan(json, type, path, faults);
        else if (type.Kind == JsonTypeInfoKind.Object)
            CheckObject(json, type, path, faults);
        else if (type.Kind == JsonTypeInfoKind.Enumerable)
            CheckList(json, type, path, faults);
        else
            CheckLeaf(json, type, path, faults);
    }

    private static void CheckObject(JsonElement json, JsonTypeInfo type, string path, List<Fault> faults)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.Add(WrongType(path, "an object", json));
            return;
        }
        foreach (var member in type.Properties)
        {
            var at = $"{path}.{member.Name}";
            var isNullable = Nullable.GetUnderlyingType(member.PropertyType) is not null || member.AssociatedParameter is { IsNullable: true };
            if (!json.TryGetProperty(member.Name, out var value))
            {
                // A flag that is not there is not set.
                if (member.AssociatedParameter is { HasDefaultValue: false } && !isNullable && member.PropertyType != typeof(bool))
                    faults.Add(new Fault(at, "missing", $"{member.Name} is missing."));
                continue;
            }
            if (value.ValueKind == JsonValueKind.Null && isNullable)
                continue;
            Check(value, type.Options.GetTypeInfo(Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType), member, at, faults);
        }
    }

    private static void Check(JsonElement json, JsonTypeInfo type, JsonPropertyInfo member, string path, List<Fault> faults)
    {
        if (member.CustomConverter is null)
            Check(json, type, path, faults);
        else if (json.ValueKind != JsonValueKind.Number || !json.TryGetInt64(out var us) || !Core.Timing.Microseconds.InRange(us))
            faults.Add(new Fault(path, "out-of-range", $"{Shown(json)} is not whole microseconds since 1970, up to the year 2999."));
    }

    private static void CheckList(JsonElement json, JsonTypeInfo type, string path, List<Fault> faults)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            faults.Add(WrongType(path, "a list", json));
            return;
        }
        var element = type.Options.GetTypeInfo(type.ElementType!);
        var i = 0;
        foreach (var item in json.EnumerateArray())
            Check(item, element, $"{path}[{i++}]", faults);
    }

    private static void CheckHeatPlan(JsonElement json, JsonTypeInfo type, string path, List<Fault> faults)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            if (json.GetArrayLength() == 0)
                faults.Add(new Fault(path, "missing", "The list of heats is empty; where they are drawn later, give their number."));
            CheckList(json, type.Options.GetTypeInfo(typeof(System.Collections.Immutable.ImmutableArray<HeatDocument>)), path, faults);
        }
        else if (json.ValueKind != JsonValueKind.Number || !json.TryGetInt32(out _))
            faults.Add(WrongType(path, "a list of heats or their number", json));
    }

    private static void CheckLeaf(JsonElement json, JsonTypeInfo type, string path, List<Fault> faults)
    {
        try
        {
            if (json.Deserialize(type) is null)
                faults.Add(WrongType(path, Kind(type.Type), json));
        }
        catch (Exception fault) when (fault is JsonException or FormatException or OverflowException or InvalidOperationException)
        {
            faults.Add(WrongType(path, Kind(type.Type), json));
        }
    }

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
