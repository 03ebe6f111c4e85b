using System.Globalization;

namespace LiveSkate.Benchmarks.Harness;

/// <summary>What a process has used, as the operating system counts it (Linux: /proc).</summary>
/// <param name="User">Processor time in user code.</param>
/// <param name="System">Processor time in the kernel.</param>
/// <param name="PrivateBytes">Memory that is its own and in RAM.</param>
/// <param name="Handles">Open file descriptors.</param>
public sealed record ProcessUsage(TimeSpan User, TimeSpan System, long PrivateBytes, int Handles, int Threads)
{
    /// <summary>/proc counts time in ticks of 10 ms: measure for seconds, not for moments.</summary>
    private const double TicksPerSecond = 100;

    public TimeSpan Cpu => User + System;

    public static ProcessUsage Of(int pid)
    {
        // The name in brackets may hold blanks: what follows it counts.
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessUsage(
            TimeSpan.FromSeconds(Number(fields[11]) / TicksPerSecond), TimeSpan.FromSeconds(Number(fields[12]) / TicksPerSecond),
            PrivateOf(pid), Directory.GetFiles($"/proc/{pid}/fd").Length, (int)Number(fields[17]));
    }

    private static long PrivateOf(int pid) => File.ReadLines($"/proc/{pid}/smaps_rollup")
        .Where(line => line.StartsWith("Private_", StringComparison.Ordinal) && !line.StartsWith("Private_Hugetlb", StringComparison.Ordinal))
        .Sum(line => (long)Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
