using System.Diagnostics;

namespace LiveSkate.Benchmarks.Harness;

/// <summary>A process of its own, spoken to in lines: <c>serve NAME …</c> of this program, or another program. It ends when its input does.</summary>
public sealed class Child : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _name;

    private readonly bool _endsWithInput;

    private Child(string name, ProcessStartInfo start, bool endsWithInput)
    {
        (_name, _endsWithInput) = (name, endsWithInput);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.UseShellExecute) = (true, true, false);
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
    }

    public int Id => _process.Id;

    public ProcessUsage Usage => ProcessUsage.Of(Id);

    /// <summary>A baseline of this program's table, in a new process.</summary>
    public static Child Serve(string name, params IEnumerable<string> arguments) =>
        Start(name, Environment.ProcessPath!, ["serve", name, .. arguments], new Dictionary<string, string>());

    /// <param name="endsWithInput">False: it is killed when it is no longer wanted.</param>
    public static Child Start(
        string name, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string? folder = null, bool endsWithInput = true)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder ?? Environment.CurrentDirectory };
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        return new Child(name, start, endsWithInput);
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
            using var limit = new CancellationTokenSource(_endsWithInput ? TimeSpan.FromSeconds(5) : TimeSpan.Zero);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        _process.Dispose();
    }
}
