using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using LiveSkate.Core;

namespace LiveSkate.Server.Journal;

/// <summary>How one kind of fact is stored.</summary>
/// <param name="Name">In the journal for ever.</param>
/// <param name="Upcasts">The first lifts the JSON of version 1 to version 2, the second 2 to 3 … Rows are never rewritten.</param>
public sealed record FactKind(string Name, JsonTypeInfo Json, ImmutableArray<Func<JsonObject, JsonObject>> Upcasts)
{
    /// <summary>The version that is written now.</summary>
    public int Version => Upcasts.Length + 1;

    public byte[] Write(Fact fact) => JsonSerializer.SerializeToUtf8Bytes(fact, Json);

    /// <exception cref="JsonException">The version is newer than this program, or the JSON is not what that version wrote.</exception>
    public Fact Read(int version, ReadOnlySpan<byte> data)
    {
        if (version < 1 || version > Version)
            throw new JsonException($"{Name} in version {version} is not known here, only up to {Version}: a newer LiveSkate wrote it");
        return version == Version
            ? Known(JsonSerializer.Deserialize(data, Json))
            : Known(Lift(version, data).Deserialize(Json));
    }

    private JsonObject Lift(int version, ReadOnlySpan<byte> data)
    {
        var json = JsonNode.Parse(data)?.AsObject() ?? throw new JsonException($"{Name} is null");
        foreach (var lift in Upcasts.AsSpan()[(version - 1)..])
            json = lift(json);
        return json;
    }

    private Fact Known(object? read) => (Fact)(read ?? throw new JsonException($"{Name} is null"));
}
