using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LiveSkate.Benchmarks.Fanout.Servers;
using LiveSkate.Benchmarks.Harness;
using LiveSkate.Benchmarks.Load;

namespace LiveSkate.Benchmarks.Fanout;

/// <summary>One of the systems that are compared, in a fresh process.</summary>
internal sealed class Served : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Child _driver, _server;
    private readonly string? _file;

    /// <param name="driver">Makes the changes; the server itself, but for Mosquitto.</param>
    private Served(Kind kind, Child driver, Child server, int port, string topic, string? file = null)
    {
        (Kind, _driver, _server, Port, Topic, _file) = (kind, driver, server, port, topic, file);
        AtRest = _server.Usage;
    }

    public Kind Kind { get; }
    public int Port { get; }
    public string Topic { get; }

    /// <summary>Before the first viewer, or after those who have warmed it up.</summary>
    public ProcessUsage AtRest { get; private set; }

    public ProcessUsage Usage => _server.Usage;

    /// <param name="paceMs">LiveSkate's; what a measurement drives is to go out at once unless the pace itself is what it is about.</param>
    public static async Task<Served> StartAsync(Kind kind, Shown shown, CancellationToken cancel, double paceMs = 0)
    {
        switch (kind)
        {
            case Kind.LiveSkate:
                return await OwnAsync(kind, Child.Serve(LiveSkateServer.ProcessName, shown.ToString(), paceMs.ToString(CultureInfo.InvariantCulture)), OnAir.ScopeOf(shown), cancel);
            case Kind.Raw:
                return await OwnAsync(kind, Child.Serve(RawServer.ProcessName, shown.ToString()), "", cancel);
            case Kind.Group:
                return await OwnAsync(kind, Child.Serve(GroupServer.ProcessName, shown.ToString()), "", cancel);
            case Kind.Mosquitto:
                return await MosquittoAsync(shown, cancel);
            default:
                var folder = await NodePackages.FolderAsync(cancel);
                var frame = Path.GetTempFileName();
                await File.WriteAllBytesAsync(frame, Pulse.Frames(shown).Skip(1).First().Delta, cancel);
                var script = kind == Kind.Ws ? "ws.mjs" : "socketio.mjs";
                return await OwnAsync(kind, Child.Start(script, "node", [script, frame], new Dictionary<string, string>(), folder), "", cancel, frame);
        }
    }

    public Audience Audience(int viewers) => new(
        Kind switch
        {
            Kind.LiveSkate => Speech.LiveSkate,
            Kind.Group => Speech.SignalR,
            Kind.Mosquitto => Speech.Mqtt,
            Kind.SocketIo => Speech.SocketIo,
            _ => Speech.WebSocket,
        },
        Port, viewers, Topic);

    /// <summary>Some viewers come, watch for a moment and go: what is compiled and set up once is no viewer's cost.</summary>
    public async Task WarmUpAsync(Crowd crowd, CancellationToken cancel)
    {
        await crowd.ConnectAsync(Audience(50), cancel);
        await RateAsync(200, cancel);
        await Task.Delay(TimeSpan.FromSeconds(2), cancel);
        await RateAsync(0, cancel);
        await crowd.LeaveAsync(cancel);
        await Task.Delay(TimeSpan.FromSeconds(0.5), cancel);
        AtRest = Usage;
    }

    public Task RateAsync(double rate, CancellationToken cancel) =>
        _driver.AskAsync(string.Create(CultureInfo.InvariantCulture, $"rate {rate}"), Patience, cancel);

    /// <summary>Managed bytes after a full collection: LiveSkate's and the raw writer's.</summary>
    public async Task<long> HeapAsync(CancellationToken cancel) =>
        long.Parse(await _driver.AskAsync("heap", Patience, cancel), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await _driver.DisposeAsync();
        if (_server != _driver)
            await _server.DisposeAsync();
        if (_file is not null && File.Exists(_file))
            File.Delete(_file);
    }

    private static async Task<Served> OwnAsync(Kind kind, Child child, string topic, CancellationToken cancel, string? file = null) =>
        new(kind, child, child, int.Parse(await child.ReadAsync(Patience, cancel), CultureInfo.InvariantCulture), topic, file);

    private static async Task<Served> MosquittoAsync(Shown shown, CancellationToken cancel)
    {
        var (viewers, publisher) = (FreePort(), FreePort());
        var settings = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            settings,
            $"listener {viewers} 127.0.0.1\nprotocol websockets\nlistener {publisher} 127.0.0.1\nallow_anonymous true\npersistence false\nlog_type none\nmax_connections -1\n",
            cancel);
        var broker = Child.Start("mosquitto", "mosquitto", ["-c", settings], new Dictionary<string, string>(), endsWithInput: false);
        await ListeningAsync(publisher, cancel);
        var driver = Child.Serve(Publisher.ProcessName, shown.ToString(), $"{publisher}");
        await driver.ReadAsync(Patience, cancel);
        return new Served(Kind.Mosquitto, driver, broker, viewers, Publisher.Topic, settings);
    }

    private static async Task ListeningAsync(int port, CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port, cancel);
                return;
            }
            catch (SocketException) when (attempt < 200)
            {
                await Task.Delay(25, cancel);
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

/// <summary>What is compared.</summary>
internal enum Kind
{
    LiveSkate,
    Raw,
    Group,
    Mosquitto,
    Ws,
    SocketIo,
}
