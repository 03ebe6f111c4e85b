using System.Diagnostics;
using System.Runtime.InteropServices;
using LiveSkate.Benchmarks.Harness;
using Microsoft.Win32.SafeHandles;

namespace LiveSkate.Benchmarks.Ingest;

/// <summary>What the disk itself takes: a row's worth of bytes added to a plain file, then <c>fdatasync</c>; nothing else.</summary>
internal static partial class DiskSync
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

#pragma warning disable IDE1006, CA5392 // The C library's own name; it is found by the loader, not in a folder.
    [LibraryImport("libc")] private static partial int fdatasync(int handle);
#pragma warning restore IDE1006, CA5392
}
