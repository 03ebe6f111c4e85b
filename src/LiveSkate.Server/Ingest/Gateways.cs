using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;

namespace LiveSkate.Server.Ingest;

/// <summary>Who is connected to the embedded broker.</summary>
/// <param name="Sources">The {src} it may publish for; null for all.</param>
internal sealed record Sender(string Name, ImmutableHashSet<string>? Sources)
{
    public bool MaySpeakFor(string source) => Sources is null || Sources.Contains(source);
}

/// <summary>Who may connect and speak (<c>Mqtt:Gateways</c>). None configured: anyone on this machine, and nobody else.</summary>
internal sealed class Gateways
{
    private readonly FrozenDictionary<string, (Sender Sender, PasswordHash Hash)> _known;

    /// <exception cref="BrokerStartException">A hash that is none.</exception>
    public Gateways(ImmutableArray<GatewaySettings> settings) =>
        _known = settings.Select(Read).ToFrozenDictionary(gateway => gateway.Sender.Name, StringComparer.Ordinal);

    /// <returns>Null: not let in.</returns>
    public Sender? LetIn(string clientId, string? userName, ReadOnlySpan<byte> password, EndPoint? from)
    {
        if (_known.Count == 0)
            return from is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address) ? new Sender(clientId, null) : null;
        return userName is not null && _known.TryGetValue(userName, out var gateway) && gateway.Hash.Fits(password) ? gateway.Sender : null;
    }

    private static (Sender Sender, PasswordHash Hash) Read(GatewaySettings gateway, int index)
    {
        var hash = PasswordHash.TryParse(gateway.PasswordHash)
            ?? throw new BrokerStartException($"Mqtt:Gateways:{index}:PasswordHash", "not shown", "it is no password hash", PasswordHash.Form);
        var all = gateway.Sources.Contains("*");
        return (new Sender(gateway.Name, all ? null : gateway.Sources.ToImmutableHashSet(StringComparer.Ordinal)), hash);
    }
}
