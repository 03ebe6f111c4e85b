using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>The built server as a process of its own, on free ports of this machine, with a journal in a folder that goes with it.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    public const string Key = "the-key-of-the-tests";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string[] _settings;
    private readonly StringBuilder _output = new();
    private Process? _process;

    /// <param name="settings">"--Demo:Speed=max" …; the word "demo" first, if at all.</param>
    public ServerProcess(params string[] settings) : this(FreePort(), FreePort(), settings)
    {
    }

    private ServerProcess(int webPort, int mqttPort, string[] settings)
    {
        _settings = settings;
        Folder = Directory.CreateTempSubdirectory("liveskate-").FullName;
        (WebPort, MqttPort) = (webPort, mqttPort);
        Http = new HttpClient { BaseAddress = Address, Timeout = Patience };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    /// <summary>As somebody starts it who has read nothing: a working directory, no settings, on the ports that the contract says.</summary>
    public static ServerProcess WithoutSettings() => new(5080, 1883, []) { IsBare = true };

    public string Folder { get; }

    public string JournalPath => Path.Combine(Folder, "journal.db");

    public int WebPort { get; }

    public int MqttPort { get; }

    public Uri Address => new($"http://127.0.0.1:{WebPort}");

    private bool IsBare { get; init; }

    /// <summary>Started in the root of the repository with <c>dotnet run</c>, as the README says; what it writes still goes to the folder.</summary>
    public bool ByDotnetRun { get; init; }

    /// <summary>The host in <c>Urls</c>.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Of the environment, for the next start.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Asks as the office.</summary>
    public HttpClient Http { get; }

    public bool HasExited => _process?.HasExited ?? true;

    /// <summary>All that it has printed, of every start.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static async Task<ServerProcess> StartedAsync(params string[] settings)
    {
        var server = new ServerProcess(settings);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it, again after a kill too, and waits until it is ready.</summary>
    /// <param name="more">Settings of this start alone.</param>
    public async Task StartAsync(params string[] more)
    {
        Launch(more);
        await Until(async () => !HasExited && (await Http.GetAsync("/health/ready")).IsSuccessStatusCode, "the server is ready");
    }

    /// <summary>Starts it and does not wait.</summary>
    /// <param name="more">Settings of this start alone.</param>
    public void Launch(params string[] more)
    {
        _process?.Dispose();
        string[] own = IsBare ? [] : [$"--Urls=http://{Host}:{WebPort}", $"--Mqtt:Port={MqttPort}", $"--Journal:Path={JournalPath}", $"--Office:Key={Key}"];
        var isDemo = _settings is ["demo", ..];
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = ByDotnetRun ? Repository.File("", "") : Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var word in ByDotnetRun ? ["run", "--no-build", "-c", Configuration, "--project", "src/LiveSkate.Server", "--"] : (string[])[Dll("LiveSkate.Server")])
            start.ArgumentList.Add(word);
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        // What comes last wins, so a test may set anything otherwise.
        foreach (var argument in (string[])[.. isDemo ? ["demo"] : Array.Empty<string>(), .. own, .. isDemo ? _settings[1..] : _settings, .. more])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>As a power cut would: no goodbye, nothing flushed.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: ByDotnetRun);
        await _process.WaitForExitAsync();
    }

    /// <summary>STOP: accepts, and does not answer; CONT: goes on.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>As an operator would, with Ctrl+C; where a shell in the background has switched that off for all its children, as systemd would.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        const ulong interruptIgnored = 1 << 1;
        var ignored = File.ReadLines($"/proc/{_process!.Id}/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim();
        var isDeaf = (ulong.Parse(ignored, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & interruptIgnored) != 0;
        using var signal = Process.Start("kill", [isDeaf ? "-TERM" : "-INT", $"{_process.Id}"]);
        return await ExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        await _process!.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>Gives a command as the office, and expects it to be taken.</summary>
    /// <returns>Its position in the journal.</returns>
    public async Task<long> DoAsync(string meet, object command)
    {
        using var answer = await Http.PostAsJsonAsync($"/api/meets/{meet}/commands", command);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{(int)answer.StatusCode} {body}");
        return JsonNode.Parse(body)!["at"]!.GetValue<long>();
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"GET {path}: {(int)answer.StatusCode} {body}\n{Output}");
        return JsonNode.Parse(body)!;
    }

    /// <summary>Waits for something to be so; fails with its name and what the server printed.</summary>
    public async Task Until(Func<Task<bool>> isSo, string what)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                if (await isSo())
                    return;
            }
            catch (HttpRequestException)
            {
                // Not there yet, or just killed.
            }
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"Waited in vain: {what}.\n{Output}");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasExited)
            await KillAsync();
        _process?.Dispose();
        Http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The server's own build output, of the same configuration as these tests: with its pages and its settings file.</summary>
    public static string ProgramFolder => OutputFolder("LiveSkate.Server");

    /// <summary>A program of this repository, as it was built for these tests.</summary>
    public static string Dll(string project)
    {
        var dll = Path.Combine(OutputFolder(project), $"{project}.dll");
        return File.Exists(dll) ? dll : throw new FileNotFoundException($"Build {project} first.", dll);
    }

    /// <summary>"release" or "debug", as these tests were built.</summary>
    private static string Configuration => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private static string OutputFolder(string project) => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../..", project, Configuration));

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
    }
}

/// <summary>Tests that run whole servers: one after another, for two of them would measure each other.</summary>
[CollectionDefinition("outside", DisableParallelization = true)]
public sealed class OneServerAtATime;
