using System.Diagnostics;
using System.Runtime.InteropServices;
using LiveSkate.Benchmarks.Harness;
using Microsoft.Win32.SafeHandles;

namespace LiveSkate.Benchmarks.Ingest;

/// <summary>What the disk itself takes: a row's worth of bytes added to a plain file, then <c>fdatasync</c>; nothing else.</summary>
internal static class DiskSync
{
    private const int RowBytes = 250;

    /// <param name="rate">A second; 0: one after the other.</param>
    /// <returns>Milliseconds each.</returns>
    public static double[] Measure(TimeSpan duration, double rate)
    {
        var folder = Directory.CreateTempSubdirectory("liveskate-disk-");
        try
        {
            using var file = File.OpenHandle(Path.Combine(folder.FullName, "plain"), FileMode.CreateNew, FileAccess.Write);
            return Measure(file, duration, rate);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double[] Measure(SafeFileHandle file, TimeSpan duration, double rate)
    {
        var row = new byte[RowBytes];
        var took = new List<double>();
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            if (rate > 0 && TimeSpan.FromSeconds(took.Count / rate) - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } early)
                Thread.Sleep(early);
            var before = Stopwatch.GetTimestamp();
            RandomAccess.Write(file, row, took.Count * RowBytes);
            if (fdatasync(file.DangerousGetHandle().ToInt32()) != 0)
                throw new IOException("fdatasync failed");
            took.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }
        return [.. took];
    }

#pragma warning disable SYSLIB1054, CA5392, IDE1006 // The C library's own name; a source generator would need unsafe code.
    [DllImport("libc", SetLastError = true)]
    private static extern int fdatasync(int handle);
#pragma warning restore SYSLIB1054, CA5392, IDE1006
}
