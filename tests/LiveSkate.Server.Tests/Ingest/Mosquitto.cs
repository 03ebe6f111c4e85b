using System.Diagnostics;
using System.Net.Sockets;

namespace LiveSkate.Server.Tests.Ingest;

/// <summary>A real Mosquitto on a port of its own, which forgets nothing when it is stopped and started again.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private const string Program = "/usr/sbin/mosquitto";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveskate-mosquitto-");
    private Process? process;

    public Mosquitto(string access = "allow_anonymous true")
    {
        if (!File.Exists(Program))
            throw new FileNotFoundException($"{Program} is needed for this test; on Debian: apt install mosquitto");
        File.WriteAllText(Config, $"""
            user root
            listener {Port} 127.0.0.1
            {access.Replace("FOLDER", folder.FullName, StringComparison.Ordinal)}
            persistence true
            persistence_location {folder.FullName}/
            log_dest none
            """);
    }

    public int Port { get; } = BrokerAccessTests.FreePort();

    public string FolderPath => folder.FullName;

    private string Config => Path.Combine(folder.FullName, "mosquitto.conf");

    public async Task StartAsync()
    {
        process = Process.Start(new ProcessStartInfo(Program, ["-c", Config]) { RedirectStandardError = true })!;
        await Soon.UntilAsync(
            () => process.HasExited ? throw new InvalidOperationException(process.StandardError.ReadToEnd()) : Accepts(), "mosquitto to listen");
    }

    /// <summary>Asked to end, so it writes down what it has.</summary>
    public async Task StopAsync()
    {
        if (process is null)
            return;
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(Soon.Deadline);
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Delete(recursive: true);
    }

    private bool Accepts()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
