using LiveSkate.Core;

namespace LiveSkate.Server;

/// <summary>One thing read from MQTT, with the bytes it was read from: kept if the venue turns out not to know what to do with it.</summary>
public sealed record TrackItem(string Topic, Fact Fact, ReadOnlyMemory<byte> Raw);
