namespace LiveSkate.Server.Ingest;

/// <summary>
/// The hub's one connection to the track: what comes in is recorded, what goes out is published below
/// <c>ls/v1/{venue}/</c>. Two sides: <see cref="EmbeddedBroker"/> in this process, <c>ExternalBroker</c> as a client of Mosquitto.
/// </summary>
public interface IMqttBroker : IAsyncDisposable
{
    /// <summary>Listening, or connected and subscribed.</summary>
    bool IsReady { get; }

    /// <summary>Takes messages from now on, and publishes <c>hub/state</c>.</summary>
    /// <exception cref="BrokerStartException">It cannot listen where the settings say.</exception>
    Task StartAsync(CancellationToken cancel);

    /// <summary>QoS 1. What is retained is remembered, and goes out when the broker can be reached again.</summary>
    /// <param name="topicBelowVenueRoot">"src/finish-1/ack", "live/m/heats/h".</param>
    /// <param name="payload">Kept; the caller does not write to it any more.</param>
    /// <returns>False when it could not be handed on and is not retained: nobody will get it.</returns>
    Task<bool> PublishAsync(string topicBelowVenueRoot, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel);
}

/// <summary>A setting that does not work on this machine, said so that the start can stop with it.</summary>
public sealed class BrokerStartException(string key, string value, string wrong, string allowed, Exception? inner = null)
    : Exception($"{key} is {value}: {wrong}. Allowed: {allowed}.", inner)
{
    /// <summary>"Mqtt:Port".</summary>
    public string Key { get; } = key;

    public string Value { get; } = value;

    public string Allowed { get; } = allowed;
}
