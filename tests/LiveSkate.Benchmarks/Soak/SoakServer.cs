using System.Diagnostics.Tracing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LiveSkate.Benchmarks.Harness;
using LiveSkate.Simulator.Play;
using Microsoft.Diagnostics.NETCore.Client;

namespace LiveSkate.Benchmarks.Soak;

/// <summary>The real server as an operator starts it: embedded broker, a journal on disk, a process of its own.</summary>
internal sealed class SoakServer : IAsyncDisposable
{
    /// <summary>The runtime collects everything when somebody begins to listen to this.</summary>
    private const long CollectHeap = 0x800000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("liveskate-soak-").FullName;
    private readonly HttpClient _http;
    private Child? _child;

    private SoakServer()
    {
        (WebPort, MqttPort) = (FreePort(), FreePort());
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{WebPort}") };
    }

    public int WebPort { get; }

    public int MqttPort { get; }

    /// <summary>Null while it is between two runs.</summary>
    public ProcessUsage? Usage => _child?.Usage;

    public long JournalBytes => new FileInfo(Path.Combine(_folder, "meet.db")).Length;

    public PlayerOptions Options => new() { Server = _http.BaseAddress!, MqttHost = "127.0.0.1", MqttPort = MqttPort, Key = "soak" };

    public static async Task<SoakServer> StartAsync(CancellationToken cancel)
    {
        var server = new SoakServer();
        await server.LaunchAsync(cancel);
        return server;
    }

    /// <summary>Stopped, and started on the journal that it has left.</summary>
    public async Task RestartAsync(CancellationToken cancel)
    {
        await StopAsync();
        await LaunchAsync(cancel);
    }

    /// <summary>A metric by its name, of all its labels the sum.</summary>
    public async Task<double> MetricAsync(string name, CancellationToken cancel)
    {
        var text = await _http.GetStringAsync("/metrics", cancel);
        return text.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is ' ' or '{')
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Managed bytes in use, after everything that nobody holds has been collected.</summary>
    public async Task<double> LiveHeapAsync(CancellationToken cancel)
    {
        var collect = new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, CollectHeap);
        using (var session = new DiagnosticsClient(_child!.Id).StartEventPipeSession([collect], requestRundown: false, circularBufferMB: 1))
            session.Stop();
        return await MetricAsync("dotnet_total_memory_bytes", cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task LaunchAsync(CancellationToken cancel)
    {
        string[] settings =
        [
            $"--Urls={_http.BaseAddress}", $"--Mqtt:Port={MqttPort}", $"--Journal:Path={Path.Combine(_folder, "meet.db")}", $"--Office:Key={Options.Key}",
            "--Logging:LogLevel:Default=Warning",
        ];
        _child = Child.Start(
            "LiveSkate", "dotnet", [Path.Combine(AppContext.BaseDirectory, "LiveSkate.Server.dll"), .. settings], new Dictionary<string, string>(), _folder, endsWithInput: false);
        _ = DrainAsync(_child);
        var deadline = DateTime.UtcNow + Patience;
        while (!await IsReadyAsync(cancel))
        {
            if (DateTime.UtcNow > deadline)
                throw new TimeoutException("The server was not ready in time.");
            await Task.Delay(50, cancel);
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancel)
    {
        try
        {
            using var answer = await _http.GetAsync("/health/ready", cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task StopAsync()
    {
        var child = Interlocked.Exchange(ref _child, null);
        if (child is not null)
            await child.DisposeAsync();
    }

    /// <summary>What it prints must be read by somebody, or it waits.</summary>
    private static async Task DrainAsync(Child child)
    {
        try
        {
            while (true)
                Console.WriteLine($"   {await child.ReadAsync(TimeSpan.FromDays(1), CancellationToken.None)}");
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
