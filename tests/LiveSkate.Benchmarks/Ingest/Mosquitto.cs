using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using LiveSkate.Benchmarks.Harness;

namespace LiveSkate.Benchmarks.Ingest;

/// <summary>A Mosquitto as a site would run it, on free ports, over TCP and over WebSockets.</summary>
public sealed class Mosquitto : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), Look = TimeSpan.FromMilliseconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveskate-mosquitto-");
    private readonly Process _process;

    private Mosquitto()
    {
        var config = Path.Combine(_folder.FullName, "mosquitto.conf");
        // As many under way as the hub allows; nothing is dropped while the hub is slower than the gateways.
        File.WriteAllText(config, $"""
            user root
            allow_anonymous true
            set_tcp_nodelay true
            max_inflight_messages 0
            max_queued_messages 0
            persistence false
            log_dest none
            listener {Port} 127.0.0.1
            listener {WebSocketPort} 127.0.0.1
            protocol websockets
            """);
        _process = Process.Start(new ProcessStartInfo(Program, ["-c", config]) { RedirectStandardError = true })!;
    }

    public int Port { get; } = VenueProcess.FreePort();

    public int WebSocketPort { get; } = VenueProcess.FreePort();

    public ProcessUsage Usage => ProcessUsage.Of(_process.Id);

    private static string Program => new[] { "/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto" }.FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException("Mosquitto is needed to compare with; on Debian: apt install mosquitto");

    public static async Task<Mosquitto> StartAsync()
    {
        var mosquitto = new Mosquitto();
        for (var began = Stopwatch.GetTimestamp(); !(Accepts(mosquitto.Port) && Accepts(mosquitto.WebSocketPort));)
        {
            if (mosquitto._process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException("Mosquitto does not listen.");
            await Task.Delay(Look);
        }
        return mosquitto;
    }

    /// <summary>A retained message: whoever subscribes has something at once.</summary>
    public void Keep(string topic, string payload)
    {
        using var link = new GatewayLink(Port, "bench-keeps");
        link.Added(MqttFrames.WritePublish(link.Room(1024), Encoding.ASCII.GetBytes(topic), 0, Encoding.ASCII.GetBytes(payload), retain: true));
        link.Flush();
        link.Settle();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static bool Accepts(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
