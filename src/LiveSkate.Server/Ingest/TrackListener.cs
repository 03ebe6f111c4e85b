using System.Net;
using System.Net.Sockets;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using MQTTnet.Server;

namespace LiveSkate.Server.Ingest;

/// <summary>The sockets of the embedded broker: where it listens, and what stands between a socket and the broker.</summary>
/// <param name="publishing">See <see cref="FreshSessions"/>.</param>
internal sealed class TrackListener(string host, int port, SemaphoreSlim publishing) : IMqttServerAdapter
{
    private const int WriteBuffer = 4 * 1024, MostWriteBuffer = 64 * 1024;

    private readonly List<Socket> _sockets = [];
    private readonly CancellationTokenSource _stop = new();

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    /// <summary>The one that was given, or that the system chose for 0.</summary>
    public int Port { get; private set; } = port;

    /// <exception cref="BrokerStartException">The port or the address cannot be had.</exception>
    public async Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        try
        {
            var addresses = await Addresses().ConfigureAwait(false);
            foreach (var address in addresses)
                Bind(address, alone: addresses.Length == 1);
        }
        catch (SocketException wrong)
        {
            _sockets.ForEach(socket => socket.Dispose());
            throw Explain(wrong);
        }
        foreach (var socket in _sockets)
            _ = AcceptAsync(socket, logger);
    }

    public Task StopAsync()
    {
        _stop.Cancel();
        _sockets.ForEach(socket => socket.Dispose());
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _sockets.ForEach(socket => socket.Dispose());
        _stop.Dispose();
    }

    private async Task<IPAddress[]> Addresses() => host switch
    {
        "localhost" => [IPAddress.Loopback, IPAddress.IPv6Loopback],
        "*" => [IPAddress.Any, IPAddress.IPv6Any],
        _ when IPAddress.TryParse(host, out var address) => [address],
        _ => await Dns.GetHostAddressesAsync(host).ConfigureAwait(false),
    };

    private void Bind(IPAddress address, bool alone)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, Port));
            socket.Listen(128);
        }
        catch (SocketException wrong)
        {
            socket.Dispose();
            // A machine without IPv6 still has the other address.
            if (!alone && address.AddressFamily == AddressFamily.InterNetworkV6
                && wrong.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
                return;
            throw;
        }
        Port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        _sockets.Add(socket);
    }

    private BrokerStartException Explain(SocketException wrong) => wrong.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => Refuse("Mqtt:Port", $"{Port}", "another program listens there", "a free port, 1 to 65535", wrong),
        SocketError.AccessDenied => Refuse("Mqtt:Port", $"{Port}", "it needs rights that this program has not", "a free port, 1024 to 65535", wrong),
        _ => Refuse("Mqtt:Host", host, wrong.Message, "localhost, *, or an address of this machine", wrong),
    };

    private static BrokerStartException Refuse(string key, string value, string wrong, string allowed, Exception inner) =>
        new(key, value, wrong, allowed, inner);

    private async Task AcceptAsync(Socket listener, IMqttNetLogger logger)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                _ = Task.Run(() => ServeAsync(socket, logger));
            }
            catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client was gone before it was accepted, or the process has no handles left: the next one may be luckier.
                await Task.Delay(TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(Socket socket, IMqttNetLogger logger)
    {
        try
        {
            // A receipt must not wait for more bytes to travel with.
            socket.NoDelay = true;
            using var channel = new MeasuredChannel(
                new MqttTcpChannel(new NetworkStream(socket, ownsSocket: true), socket.LocalEndPoint, socket.RemoteEndPoint, null));
            var formatter = new MqttPacketFormatterAdapter(new MqttBufferWriter(WriteBuffer, MostWriteBuffer));
            using var adapter = new FreshSessions(new MqttChannelAdapter(channel, formatter, logger), publishing);
            if (ClientHandler is { } handler)
                await handler(adapter).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // A connection that ends is no news to the listener; the broker has seen it.
        }
        finally
        {
            socket.Dispose();
        }
    }
}
