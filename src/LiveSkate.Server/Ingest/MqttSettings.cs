using System.Collections.Immutable;

namespace LiveSkate.Server.Ingest;

/// <summary>Where the broker runs: in this process, or a Mosquitto that the site has.</summary>
public enum MqttMode
{
    Embedded,
    External,
}

/// <summary>The settings below <c>Mqtt:</c> (contract section 1), already checked.</summary>
/// <param name="Host">Listen address of the embedded broker ("localhost": loopback, IPv4 and IPv6), or name of the external one.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Username">For an external broker; null for none.</param>
/// <param name="Tls">To an external broker.</param>
/// <param name="Gateways">Who may publish to the embedded broker; empty: anyone on loopback.</param>
/// <param name="Venue">The <c>{venue}</c> segment of every topic, [a-z0-9-]{1,32}.</param>
public sealed record MqttSettings(
    MqttMode Mode,
    string Host,
    int Port,
    string? Username,
    string? Password,
    bool Tls,
    ImmutableArray<GatewaySettings> Gateways,
    string Venue);

/// <summary>One who may publish to the embedded broker: <c>Mqtt:Gateways:0:Name</c>, <c>…:PasswordHash</c>, <c>…:Sources:0</c>.</summary>
/// <param name="Name">The MQTT user name.</param>
/// <param name="PasswordHash"><c>pbkdf2-sha256$iterations$salt$hash</c>, as the README of this folder makes one.</param>
/// <param name="Sources">The {src} it may speak for; "*" for all.</param>
public sealed record GatewaySettings(string Name, string PasswordHash, ImmutableArray<string> Sources);
