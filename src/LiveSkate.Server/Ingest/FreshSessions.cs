using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace LiveSkate.Server.Ingest;

/// <summary>
/// Every connection to the embedded broker starts a session of its own. Who takes over a client id would otherwise also
/// take over what the one before was let in for. And a 3.1.1 client that leaves its id to the broker, as the standard
/// allows and the library does not, gets one.
/// <para>
/// While a subscription is being made nothing is published: the library looks up what is retained before it makes the subscription, and
/// hands it over afterwards, so that what is published in between would be missed, or overtaken by what it replaced. A packet has been
/// dealt with when the next one is asked for.
/// </para>
/// </summary>
/// <param name="publishing">Held by whoever publishes.</param>
internal sealed class FreshSessions(IMqttChannelAdapter inner, SemaphoreSlim publishing) : IMqttChannelAdapter
{
    private int _holds;

    public long BytesReceived => inner.BytesReceived;

    public long BytesSent => inner.BytesSent;

    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => inner.PacketFormatterAdapter;

    public static string NewClientId() => $"auto-{Guid.NewGuid():N}";

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public async Task<MqttPacket> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        LetPublish();
        var packet = await inner.ReceivePacketAsync(cancellationToken).ConfigureAwait(false);
        if (packet is MqttSubscribePacket)
        {
            await publishing.WaitAsync(cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _holds, 1);
        }
        if (packet is MqttConnectPacket connect)
        {
            if (string.IsNullOrEmpty(connect.ClientId) && connect.CleanSession && PacketFormatterAdapter.ProtocolVersion != MqttProtocolVersion.V500)
                connect.ClientId = NewClientId();
            connect.CleanSession = true;
        }
        return packet!;
    }

    public void ResetStatistics() => inner.ResetStatistics();

    public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken) => inner.SendPacketAsync(packet, cancellationToken);

    public void Dispose()
    {
        LetPublish();
        inner.Dispose();
    }

    private void LetPublish()
    {
        if (Interlocked.Exchange(ref _holds, 0) == 1)
            publishing.Release();
    }
}
