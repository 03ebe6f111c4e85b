using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LiveSkate.Benchmarks.Harness;

namespace LiveSkate.Benchmarks.Ingest;

/// <summary>The built server as a process of its own, on free ports, with a journal in a folder that goes with it.</summary>
public sealed class VenueProcess : IAsyncDisposable
{
    private const string Key = "the-key-of-the-benchmarks";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), Look = TimeSpan.FromMilliseconds(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveskate-bench-");
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    private VenueProcess(IEnumerable<string> program, Mosquitto? broker, string? journal)
    {
        (WebPort, MqttPort) = (FreePort(), broker?.Port ?? FreePort());
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{WebPort}"), Timeout = Patience };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var argument in (string[])[
            .. program, $"--Urls=http://127.0.0.1:{WebPort}", $"--Mqtt:Mode={(broker is null ? "Embedded" : "External")}", "--Mqtt:Host=127.0.0.1",
            $"--Mqtt:Port={MqttPort}", $"--Journal:Path={journal ?? Path.Combine(_folder.FullName, "journal.db")}", $"--Office:Key={Key}"])
            start.ArgumentList.Add(argument);
        StartedAt = Stopwatch.GetTimestamp();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int WebPort { get; }

    public int MqttPort { get; }

    /// <summary>Asks as the office.</summary>
    public HttpClient Http { get; }

    /// <summary><see cref="Stopwatch"/> timestamp.</summary>
    public long StartedAt { get; }

    /// <summary>From the start of the process to the first 200 of <c>/health/ready</c>.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    public ProcessUsage Usage => ProcessUsage.Of(_process.Id);

    /// <summary>The server as it is given away.</summary>
    /// <param name="broker">The site's own; null for the one inside the server.</param>
    /// <param name="journal">Where there is one already; null for a new one.</param>
    public static Task<VenueProcess> StartAsync(Mosquitto? broker, string? journal = null) =>
        ReadyAsync(new VenueProcess([Dll("LiveSkate.Server")], broker, journal));

    /// <summary>The same server with another journal (<see cref="BorrowedServer"/>).</summary>
    public static Task<VenueProcess> StartAsync(Mosquitto? broker, JournalKind journal) => journal == JournalKind.Own
        ? StartAsync(broker)
        : ReadyAsync(new VenueProcess([Dll("LiveSkate.Benchmarks"), "serve", BorrowedServer.ProcessName, $"{journal}"], broker, null));

    /// <summary>Puts the meet and starts its heats, one after another, as the office does.</summary>
    /// <param name="heats">How many of them.</param>
    /// <returns>The position of the last command in the journal.</returns>
    public async Task<long> BeginAsync(BusyMeet meet, int heats)
    {
        var at = 0L;
        using var put = await Http.PutAsync($"/api/meets/{meet.Id}", new ByteArrayContent(meet.Document()));
        await ThrowUnlessTakenAsync(put);
        for (var heat = 0; heat < heats; heat++)
        {
            await DoAsync(meet.Id, new { type = "openHeat", heat = meet.HeatId(heat) });
            await DoAsync(meet.Id, new { type = "armHeat", heat = meet.HeatId(heat) });
            at = await DoAsync(meet.Id, new { type = "startHeat", heat = meet.HeatId(heat), timeUs = meet.GunUs(heat) });
        }
        return at;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Http.Dispose();
        _folder.Delete(recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A program of this repository, as it was built with this one.</summary>
    public static string Dll(string project)
    {
        var folder = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var dll = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../..", project, folder, $"{project}.dll"));
        return File.Exists(dll) ? dll : throw new FileNotFoundException($"Build {project} first.", dll);
    }

    private static async Task<VenueProcess> ReadyAsync(VenueProcess venue)
    {
        while (!await venue.IsReadyAsync())
        {
            if (venue._process.HasExited || Stopwatch.GetElapsedTime(venue.StartedAt) > Patience)
                throw new InvalidOperationException($"The server did not get ready.\n{venue._output}");
            await Task.Delay(Look);
        }
        venue.ReadyAfter = Stopwatch.GetElapsedTime(venue.StartedAt);
        return venue;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<long> DoAsync(string meet, object command)
    {
        using var answer = await Http.PostAsJsonAsync($"/api/meets/{meet}/commands", command);
        await ThrowUnlessTakenAsync(answer);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("at").GetInt64();
    }

    private static async Task ThrowUnlessTakenAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private void Take(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
