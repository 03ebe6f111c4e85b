using LiveSkate.Benchmarks.Harness;
using LiveSkate.Benchmarks.Load;

namespace LiveSkate.Benchmarks.Fanout;

/// <summary>One system in one window.</summary>
/// <param name="CpuUs">Processor time of the server for each message that a viewer has had, in µs.</param>
/// <param name="UserUs">The part of it that is not the kernel's.</param>
/// <param name="GeneratorUs">The same of the load generator.</param>
/// <param name="KilobytesPerViewer">Private memory above that without viewers.</param>
internal sealed record Measurement(Seen Seen, double CpuUs, double UserUs, double GeneratorUs, double KilobytesPerViewer)
{
    public double BytesPerMessage => (double)Seen.Bytes / Seen.Messages;

    /// <summary>What the server has used of one core.</summary>
    public double Cores => CpuUs * Seen.Messages / 1e6 / Seen.Seconds;

    /// <summary>The audience is there; the changes have begun.</summary>
    public static async Task<Measurement> TakeAsync(Served served, Crowd crowd, TimeSpan window, CancellationToken cancel)
    {
        var before = served.Usage;
        await crowd.BeginAsync(cancel);
        await Task.Delay(window, cancel);
        var seen = await crowd.EndAsync(cancel);
        var after = served.Usage;
        if (seen.Messages == 0)
            throw new InvalidOperationException($"{served.Kind} has delivered nothing.");
        double Us(TimeSpan time) => time.TotalMicroseconds / seen.Messages;
        return new Measurement(
            seen, Us(after.Cpu - before.Cpu), Us(after.User - before.User), seen.OwnCpuSeconds * 1e6 / seen.Messages,
            (after.PrivateBytes - served.AtRest.PrivateBytes) / 1024.0 / seen.Viewers);
    }
}
