using System.Diagnostics;

namespace LiveSkate.Benchmarks.Harness;

/// <summary>A process of its own, spoken to in lines: <c>serve NAME …</c> of this program, or another program. It must end when its input does.</summary>
public sealed class Child : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _name;

    private Child(string name, ProcessStartInfo start)
    {
        _name = name;
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.UseShellExecute) = (true, true, false);
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
    }

    public int Id => _process.Id;

    public ProcessUsage Usage => ProcessUsage.Of(Id);

    /// <summary>A baseline of this program's table, in a new process.</summary>
    public static Child Serve(string name, params IEnumerable<string> arguments) =>
        Start(name, Environment.ProcessPath!, ["serve", name, .. arguments], new Dictionary<string, string>());

    public static Child Start(string name, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder ?? Environment.CurrentDirectory };
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        return new Child(name, start);
    }

    /// <returns>The next line that it writes.</returns>
    public async Task<string> ReadAsync(TimeSpan patience, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        try
        {
            return await _process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException($"{_name} has ended.");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"{_name} has not answered within {patience.TotalSeconds:0} s.");
        }
    }

    public async Task<string> AskAsync(string line, TimeSpan patience, CancellationToken cancel)
    {
        await TellAsync(line, cancel);
        return await ReadAsync(patience, cancel);
    }

    public async Task TellAsync(string line, CancellationToken cancel)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancel);
        await _process.StandardInput.FlushAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }
}
