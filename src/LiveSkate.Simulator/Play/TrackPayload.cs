using System.Text.Json;
using System.Text.Json.Nodes;
using LiveSkate.Simulator.Planning;

namespace LiveSkate.Simulator.Play;

/// <summary>The bytes of contract section 2, written and read.</summary>
public static class TrackPayload
{
    /// <summary>As many as the contract allows in one batch.</summary>
    public const int MostInBatch = 50;

    public static string Kind(TrackMessage message) => message.Chip is null ? "signal" : "passing";

    public static byte[] One(TrackMessage message, bool replay) => Bytes(Node(message, replay));

    /// <param name="messages">Passings only; signals cannot be sent in a batch.</param>
    public static byte[] Batch(IEnumerable<TrackMessage> messages, bool replay) =>
        Bytes(new JsonObject { ["batch"] = new JsonArray([.. messages.Select(message => Node(message, replay))]) });

    public static byte[] Status(string link, DateTimeOffset now, long lastSeq) => Bytes(new JsonObject
    {
        ["link"] = link,
        ["atUs"] = (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
        ["lastSeq"] = lastSeq,
        ["alarms"] = new JsonArray(),
    });

    /// <returns>Null where the receipt cannot be understood.</returns>
    public static (string? Epoch, long Seq)? ReadAck(ReadOnlySpan<byte> payload) =>
        Read(payload) is { } node && node["seq"] is JsonValue seq && seq.TryGetValue(out long value)
            ? ((string?)node["epoch"], value)
            : null;

    /// <returns>Null where what is asked for cannot be understood.</returns>
    public static (string? Epoch, List<(long From, long To)> Ranges)? ReadResend(ReadOnlySpan<byte> payload)
    {
        if (Read(payload) is not { } node || node["ranges"] is not JsonArray ranges)
            return null;
        var asked = new List<(long, long)>();
        foreach (var range in ranges)
        {
            if (range is not JsonArray { Count: 2 } pair)
                return null;
            asked.Add(((long)pair[0]!, (long)pair[1]!));
        }

        return ((string?)node["epoch"], asked);
    }

    private static JsonObject Node(TrackMessage message, bool replay)
    {
        var node = message.Chip is { } chip
            ? new JsonObject { ["chip"] = chip, ["timeUs"] = message.TimeUs }
            : new JsonObject { ["kind"] = message.IsGate ? "gate" : "gun", ["timeUs"] = message.TimeUs };
        node["epoch"] = message.Epoch;
        node["seq"] = message.Seq;
        if (message.Chip is not null)
            node["loop"] = "finish";
        node["sim"] = true;
        if (replay)
            node["replay"] = true;
        return node;
    }

    private static JsonNode? Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonNode.Parse(payload) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Bytes(JsonObject node) => System.Text.Encoding.UTF8.GetBytes(node.ToJsonString());
}
