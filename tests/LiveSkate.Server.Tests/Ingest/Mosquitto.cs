using System.Diagnostics;
using System.Net.Sockets;

namespace LiveSkate.Server.Tests.Ingest;

/// <summary>A real Mosquitto on a port of its own, which forgets nothing, or all, when it is stopped and started again.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private const string Program = "/usr/sbin/mosquitto";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveskate-mosquitto-");
    private Process? _process;

    public Mosquitto(string access = "allow_anonymous true", bool persistent = true)
    {
        if (!File.Exists(Program))
            throw new FileNotFoundException($"{Program} is needed for this test; on Debian: apt install mosquitto");
        File.WriteAllText(Config, $"""
            user root
            listener {Port} 127.0.0.1
            {access.Replace("FOLDER", _folder.FullName, StringComparison.Ordinal)}
            persistence {(persistent ? "true" : "false")}
            persistence_location {_folder.FullName}/
            log_dest none
            """);
    }

    public int Port { get; } = BrokerAccessTests.FreePort();

    public string FolderPath => _folder.FullName;

    /// <summary>Lets in one name with one password, and nobody else; for <c>access</c> with <c>password_file FOLDER/passwords</c>.</summary>
    public async Task AllowAsync(string name, string password)
    {
        using var passwd = Process.Start("mosquitto_passwd", ["-b", "-c", Path.Combine(FolderPath, "passwords"), name, password]);
        await passwd.WaitForExitAsync();
    }

    private string Config => Path.Combine(_folder.FullName, "mosquitto.conf");

    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Program, ["-c", Config]) { RedirectStandardError = true })!;
        await Soon.UntilAsync(
            () => _process.HasExited ? throw new InvalidOperationException(_process.StandardError.ReadToEnd()) : Accepts(), "mosquitto to listen");
    }

    /// <summary>Asked to end, so it writes down what it has.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
            return;
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Soon.Deadline);
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
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
