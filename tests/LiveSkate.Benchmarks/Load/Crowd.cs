using System.Runtime.InteropServices;
using System.Text.Json;
using LiveSkate.Benchmarks.Harness;

namespace LiveSkate.Benchmarks.Load;

/// <summary>Viewers by the thousand, in a process of their own so that what they cost is not the server's. One audience at a time.</summary>
public sealed class Crowd : IAsyncDisposable
{
    public const string ProcessName = "crowd";

    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);
    private readonly Child _child;

    private Crowd(Child child) => _child = child;

    /// <summary>What it has used itself.</summary>
    public ProcessUsage Usage => _child.Usage;

    public static Crowd Start()
    {
        // Inherited: the generator, and every server that is started from here on.
        Libc.AllowFiles(32 * 1024);
        return new Crowd(Child.Serve(ProcessName));
    }

    /// <summary>Done when everybody has had a first message. An audience from before leaves.</summary>
    /// <exception cref="InvalidOperationException">Somebody has had none.</exception>
    public async Task<Seen> ConnectAsync(Audience audience, CancellationToken cancel)
    {
        var seen = await AskAsync(new Order(Verb.Connect) { Audience = audience }, cancel);
        return seen.LeftBehind == 0
            ? seen
            : throw new InvalidOperationException($"{audience.Speech}: {seen.LeftBehind} of {audience.Viewers} viewers have had nothing ({seen.Cut} connections failed).");
    }

    /// <summary>All connections break at once and are made again at once.</summary>
    /// <returns>Times from the break to each viewer's first message, and who is left behind.</returns>
    public Task<Seen> StormAsync(TimeSpan patience, CancellationToken cancel) => AskAsync(new Order(Verb.Storm) { Patience = patience }, cancel);

    /// <summary>From now on is counted.</summary>
    public Task BeginAsync(CancellationToken cancel) => AskAsync(new Order(Verb.Begin), cancel);

    /// <summary>What has been counted since; the count goes on.</summary>
    public Task<Seen> EndAsync(CancellationToken cancel) => AskAsync(new Order(Verb.End), cancel);

    /// <summary>Begin, wait, end.</summary>
    public async Task<Seen> WatchAsync(TimeSpan window, CancellationToken cancel)
    {
        await BeginAsync(cancel);
        await Task.Delay(window, cancel);
        return await EndAsync(cancel);
    }

    /// <summary>As <see cref="EndAsync"/>, and each arrival since the beginning: for an audience whose <see cref="Audience.Sign"/> is not "@".</summary>
    public async Task<(Seen Seen, Arrival[] Arrivals)> EndWithArrivalsAsync(CancellationToken cancel)
    {
        var file = Path.GetTempFileName();
        try
        {
            var seen = await AskAsync(new Order(Verb.End) { File = file }, cancel);
            return (seen, MemoryMarshal.Cast<byte, Arrival>(await File.ReadAllBytesAsync(file, cancel)).ToArray());
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The audience's stalled viewers stop reading. Whom the server cuts for it comes back and stalls again.</summary>
    public Task<Seen> StallAsync(CancellationToken cancel) => AskAsync(new Order(Verb.Stall), cancel);

    /// <summary>They read again; done when each has had a message that was made after this.</summary>
    public Task<Seen> WakeAsync(CancellationToken cancel) => AskAsync(new Order(Verb.Wake) { Patience = TimeSpan.FromSeconds(20) }, cancel);

    public Task LeaveAsync(CancellationToken cancel) => AskAsync(new Order(Verb.Leave), cancel);

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private async Task<Seen> AskAsync(Order order, CancellationToken cancel)
    {
        var answer = await _child.AskAsync(JsonSerializer.Serialize(order), order.Patience + Slack, cancel);
        var seen = JsonSerializer.Deserialize<Seen>(answer)!;
        return seen.Error is null ? seen : throw new InvalidOperationException($"Load generator: {seen.Error}");
    }
}
