using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveSkate.Core.Meets;

/// <summary>A round's heats: a list where they are known, a number where they are drawn later.</summary>
[JsonConverter(typeof(HeatPlanAsListOrNumber))]
public sealed record HeatPlan(int Count, ImmutableArray<HeatDocument> Known)
{
    public static HeatPlan Of(ImmutableArray<HeatDocument> known) => new(known.Length, known);

    public static HeatPlan DrawnLater(int count) => new(count, []);

    public bool IsDrawnLater => Known.IsEmpty;
}

public sealed class HeatPlanAsListOrNumber : JsonConverter<HeatPlan>
{
    public override HeatPlan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
            ? HeatPlan.DrawnLater(reader.GetInt32())
            : HeatPlan.Of(JsonSerializer.Deserialize(ref reader, Heats(options)));

    public override void Write(Utf8JsonWriter writer, HeatPlan value, JsonSerializerOptions options)
    {
        if (value.IsDrawnLater)
            writer.WriteNumberValue(value.Count);
        else
            JsonSerializer.Serialize(writer, value.Known, Heats(options));
    }

    private static System.Text.Json.Serialization.Metadata.JsonTypeInfo<ImmutableArray<HeatDocument>> Heats(JsonSerializerOptions options) =>
        (System.Text.Json.Serialization.Metadata.JsonTypeInfo<ImmutableArray<HeatDocument>>)
        options.GetTypeInfo(typeof(ImmutableArray<HeatDocument>));
}
