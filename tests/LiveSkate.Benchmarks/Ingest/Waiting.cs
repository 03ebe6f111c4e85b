using System.Runtime.InteropServices;

namespace LiveSkate.Benchmarks.Ingest;

/// <summary>Waiting for sockets with the precision that an open loop needs: <c>poll</c> and .NET's own timers know only milliseconds.</summary>
internal static unsafe partial class Waiting
{
    public const short Readable = 1, Writable = 4;

    private const int TimerSlack = 29;

    /// <summary>Linux puts waits together within 50 µs unless it is told not to.</summary>
    public static void BePunctual() => _ = prctl(TimerSlack, 1, 0, 0, 0);

    public static PollEntry For(int handle, bool alsoToWrite) => new() { Handle = handle, Wanted = alsoToWrite ? (short)(Readable | Writable) : Readable };

    /// <summary>Until one of them is ready, or the time is over.</summary>
    public static void Wait(PollEntry[] entries, TimeSpan most)
    {
        var time = new TimeSpec { Seconds = (long)most.TotalSeconds, Nanoseconds = most.Ticks % TimeSpan.TicksPerSecond * 100 };
        fixed (PollEntry* first = entries)
            _ = ppoll(first, (nuint)entries.Length, &time, 0);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds, Nanoseconds;
    }

#pragma warning disable IDE1006, CA5392 // The C library's own names; it is found by the loader, not in a folder.
    [LibraryImport("libc")] private static partial int ppoll(PollEntry* entries, nuint count, TimeSpec* timeout, nint signals);
    [LibraryImport("libc")] private static partial int prctl(int option, nuint a, nuint b, nuint c, nuint d);
#pragma warning restore IDE1006, CA5392
}

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    public int Handle;
    public short Wanted, Ready;

    /// <summary>Something came, or it has ended: reading tells which.</summary>
    public readonly bool IsReadable => (Ready & ~Waiting.Writable) != 0;
}
