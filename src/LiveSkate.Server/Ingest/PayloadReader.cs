using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using LiveSkate.Core;
using LiveSkate.Core.Timing;

namespace LiveSkate.Server.Ingest;

/// <summary>
/// What came on a topic, as facts: never nothing, and never an exception, whatever the bytes are. What cannot be used
/// becomes a <see cref="MessageRejected"/>.
/// </summary>
/// <param name="venue">The {venue} segment of every topic.</param>
public sealed class PayloadReader(string venue)
{
    /// <summary>Bytes of a payload; more is rubbish.</summary>
    public const int MostBytes = 16 * 1024;

    /// <summary>Passings in one message.</summary>
    public const int MostInBatch = 50;

    private const int BytesKept = 1024, TopicKept = 256;

    private readonly Topics _topics = new(venue);

    /// <param name="payload">Kept by the items, so it must not be a rented buffer.</param>
    public IReadOnlyList<TrackItem> Read(string topic, ReadOnlyMemory<byte> payload)
    {
        var (kind, source) = _topics.Read(topic);
        if (kind is TopicKind.Unknown or TopicKind.HubOnly)
            return Reject(topic, payload, NotForSenders(kind, topic));
        if (!Topics.IsId(source))
        {
            return Reject(topic, payload, new Fault(
                RejectionCodes.UnknownSource, $"{Members.Show(source!)} is no source: allowed are 1 to 32 of a-z, 0-9 and -"));
        }
        try
        {
            return ReadJson(new Message(topic, kind, source!, payload));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is the reader's word for half a surrogate pair in a text.
            return Reject(new Message(topic, kind, source!, payload), payload, new Fault(RejectionCodes.NotJson, Members.Show(wrong.Message)));
        }
    }

    /// <summary>What a sender may not say here, kept all the same.</summary>
    public IReadOnlyList<TrackItem> Refuse(string topic, ReadOnlyMemory<byte> payload, string sender) => Reject(topic, payload, new Fault(
        RejectionCodes.NotAuthorised, $"{Members.Show(sender)} may not publish on {Members.Show(topic)}"));

    private static Fault NotForSenders(TopicKind kind, string topic) => kind == TopicKind.HubOnly
        ? new Fault(RejectionCodes.NotAuthorised, $"{Members.Show(topic)} is written by the hub alone")
        : new Fault(RejectionCodes.UnknownTopic, $"nothing is read on {Members.Show(topic)}");

    private static IReadOnlyList<TrackItem> ReadJson(Message message)
    {
        var payload = message.Payload;
        if (payload.Length > MostBytes)
            return Reject(message, payload, new Fault(RejectionCodes.TooLarge, $"{payload.Length} bytes; allowed are {MostBytes}"));
        if (!Utf8.IsValid(payload.Span))
            return Reject(message, payload, new Fault(RejectionCodes.NotUtf8, "the bytes are not UTF-8"));
        using var document = JsonDocument.Parse(payload);
        if (message.Kind == TopicKind.Passing && document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("batch"u8, out _))
            return ReadBatch(message, document.RootElement);
        return [ReadOne(message, document.RootElement, payload)];
    }

    private static List<TrackItem> ReadBatch(Message message, JsonElement root)
    {
        var members = new Members(root);
        var list = members.List("batch", required: true);
        var count = list?.GetArrayLength() ?? 0;
        if (list is not null && count == 0)
            members.OutOfRange("batch", $"1 to {MostInBatch} passings");
        if (count > MostInBatch)
            members.Fail(RejectionCodes.TooMany, $"batch holds {count} passings; allowed are {MostInBatch}");
        // No identity: the numbers of a batch are in its elements, and these were not taken.
        if (members.Fault is { } fault)
            return [new TrackItem(message.Topic, Rejection(message, message.Payload, fault, identity: null), message.Payload)];
        var items = new List<TrackItem>(count);
        foreach (var element in list!.Value.EnumerateArray())
        {
            var raw = JsonMarshal.GetRawUtf8Value(element).ToArray();
            try
            {
                items.Add(ReadOne(message, element, raw));
            }
            catch (InvalidOperationException halfPair)
            {
                items.AddRange(Reject(message, raw, new Fault(RejectionCodes.NotJson, Members.Show(halfPair.Message))));
            }
        }
        return items;
    }

    private static TrackItem ReadOne(Message message, JsonElement element, ReadOnlyMemory<byte> raw)
    {
        var members = new Members(element);
        var fact = members.Fault is null ? FactReader.Read(message.Kind, message.Source!, members) : null;
        return fact is null
            ? new TrackItem(message.Topic, Rejection(message, raw, members.Fault!.Value, Identity(message, raw)), raw)
            : new TrackItem(message.Topic, fact, raw);
    }

    private static TrackItem[] Reject(Message message, ReadOnlyMemory<byte> raw, Fault fault) =>
        [new TrackItem(message.Topic, Rejection(message, raw, fault, Identity(message, raw)), raw)];

    /// <summary>A topic that is not the sender's: its numbers, if it has any, are nobody's.</summary>
    private TrackItem[] Reject(string topic, ReadOnlyMemory<byte> raw, Fault fault)
    {
        var (kind, source) = _topics.Read(topic);
        var message = new Message(topic, kind, Topics.IsId(source) ? source : null, raw);
        return [new TrackItem(topic, Rejection(message, raw, fault, identity: null), raw)];
    }

    /// <summary>A health message has no number of its own.</summary>
    private static (string Epoch, long Seq)? Identity(Message message, ReadOnlyMemory<byte> raw) =>
        message.Kind == TopicKind.Status ? null : IdentityScan.Of(raw.Span);

    private static MessageRejected Rejection(Message message, ReadOnlyMemory<byte> raw, Fault fault, (string Epoch, long Seq)? identity) => new()
    {
        Topic = message.Topic.Length <= TopicKept ? message.Topic : message.Topic[..TopicKept],
        Source = message.Source,
        Reason = fault.Code,
        Detail = fault.Detail,
        Bytes = raw[..Math.Min(raw.Length, BytesKept)].ToArray(),
        Length = raw.Length,
        Epoch = identity?.Epoch,
        Seq = identity?.Seq,
    };

    private sealed record Message(string Topic, TopicKind Kind, string? Source, ReadOnlyMemory<byte> Payload);
}
