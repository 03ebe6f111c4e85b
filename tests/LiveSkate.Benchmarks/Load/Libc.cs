using System.Net;
using System.Runtime.InteropServices;

namespace LiveSkate.Benchmarks.Load;

/// <summary>The system calls of the load generator: nothing lies between it and the kernel, so that the processor is the server's. Linux only.</summary>
internal static unsafe partial class Libc
{
    public const uint ReadyToRead = 0x1, ReadyToWrite = 0x4, Broken = 0x8 | 0x10;

    private const int Inet = 2, Stream = 1, NonBlocking = 0x800, CloseOnExec = 0x80000, SocketLevel = 1, ReceiveBuffer = 8, Linger = 13, Tcp = 6, NoDelay = 1;
    private const int Add = 1, Delete = 2, Modify = 3, FilesLimit = 7, InProgress = 115, TryAgain = 11, Interrupted = 4;

    /// <summary>epoll_event is packed on x64 alone.</summary>
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    /// <summary>Lets this process, and those that it starts, open so many files; what the system refuses shows when they are opened.</summary>
    public static void AllowFiles(ulong wanted)
    {
        var limit = stackalloc ulong[2];
        if (getrlimit(FilesLimit, limit) != 0 || limit[0] >= wanted)
            return;
        (limit[0], limit[1]) = (wanted, Math.Max(limit[1], wanted));
        if (setrlimit(FilesLimit, limit) != 0 && getrlimit(FilesLimit, limit) == 0)
        {
            limit[0] = limit[1];
            _ = setrlimit(FilesLimit, limit);
        }
    }

    public static int NewEpoll() => Checked(epoll_create1(CloseOnExec), "epoll_create1");

    public static void Watch(int epoll, int socket, uint events, int tag, bool anew = false)
    {
        var entry = stackalloc byte[16];
        *(uint*)entry = events;
        *(ulong*)(entry + EventSize - 8) = (uint)tag;
        Checked(epoll_ctl(epoll, anew ? Add : Modify, socket, entry), "epoll_ctl");
    }

    public static void Unwatch(int epoll, int socket)
    {
        var entry = stackalloc byte[16];
        _ = epoll_ctl(epoll, Delete, socket, entry);
    }

    /// <returns>How many of <paramref name="found"/> are filled.</returns>
    public static int Wait(int epoll, Span<(int Tag, uint Events)> found, int timeoutMs)
    {
        var raw = stackalloc byte[found.Length * 16];
        var count = epoll_wait(epoll, raw, found.Length, timeoutMs);
        for (var i = 0; i < count; i++)
        {
            var entry = raw + i * EventSize;
            found[i] = ((int)*(ulong*)(entry + EventSize - 8), *(uint*)entry);
        }

        return Math.Max(count, 0);
    }

    /// <summary>A connection that is being made to a port of this machine, from an address of the loopback range; ready to write once it is there.</summary>
    public static int Connect(int port, int fromLoopback, int? receiveBuffer)
    {
        var socket = Checked(Libc.socket(Inet, Stream | NonBlocking | CloseOnExec, 0), "socket");
        Set(socket, Tcp, NoDelay, 1);
        if (receiveBuffer is { } size)
            Set(socket, SocketLevel, ReceiveBuffer, size);
        var address = stackalloc byte[16];
        if (fromLoopback > 1)
            Checked(bind(socket, Address(address, 0, fromLoopback), 16), "bind");
        if (connect(socket, Address(address, port, 1), 16) != 0 && Marshal.GetLastSystemError() != InProgress)
            throw Failed("connect");
        return socket;
    }

    /// <returns>0 at the end of the stream or when it is broken, -1 when there is nothing for now.</returns>
    public static int Receive(int socket, Span<byte> into)
    {
        fixed (byte* start = into)
        {
            var got = (int)recv(socket, start, (nuint)into.Length, 0);
            return got >= 0 ? got : Marshal.GetLastSystemError() is TryAgain or Interrupted ? -1 : 0;
        }
    }

    /// <summary>What is sent here is some hundred bytes on a fresh or quiet connection: it fits, or the connection is gone.</summary>
    public static bool Send(int socket, ReadOnlySpan<byte> bytes)
    {
        const int noSignal = 0x4000;
        fixed (byte* start = bytes)
            return send(socket, start, (nuint)bytes.Length, noSignal) == bytes.Length;
    }

    /// <summary>At once and with a reset, as a phone that loses its network: the port is free again.</summary>
    public static void Drop(int socket)
    {
        var linger = stackalloc int[2] { 1, 0 };
        _ = setsockopt(socket, SocketLevel, Linger, linger, 8);
        _ = close(socket);
    }

    private static void Set(int socket, int level, int option, int value) => _ = setsockopt(socket, level, option, &value, 4);

    private static byte* Address(byte* address, int port, int loopback)
    {
        *(short*)address = Inet;
        *(short*)(address + 2) = IPAddress.HostToNetworkOrder((short)port);
        *(int*)(address + 4) = IPAddress.HostToNetworkOrder((127 << 24) | loopback);
        return address;
    }

    private static int Checked(int result, string call) => result >= 0 ? result : throw Failed(call);

    private static InvalidOperationException Failed(string call) => new($"{call}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastSystemError())}");

#pragma warning disable IDE1006, SYSLIB1054, CA5392 // The C library's own names; it is found by the loader, not in a folder.
    [LibraryImport("libc")] private static partial int getrlimit(int what, ulong* limit);
    [LibraryImport("libc")] private static partial int setrlimit(int what, ulong* limit);
    [LibraryImport("libc")] private static partial int epoll_create1(int flags);
    [LibraryImport("libc")] private static partial int epoll_ctl(int epoll, int what, int socket, byte* entry);
    [LibraryImport("libc")] private static partial int epoll_wait(int epoll, byte* entries, int most, int timeout);
    [LibraryImport("libc")] private static partial int socket(int domain, int type, int protocol);
    [LibraryImport("libc")] private static partial int bind(int socket, byte* address, int length);
    [LibraryImport("libc")] private static partial int connect(int socket, byte* address, int length);
    [LibraryImport("libc")] private static partial int setsockopt(int socket, int level, int option, void* value, int length);
    [LibraryImport("libc")] private static partial nint recv(int socket, byte* into, nuint length, int flags);
    [LibraryImport("libc")] private static partial nint send(int socket, byte* from, nuint length, int flags);
    [LibraryImport("libc")] private static partial int close(int socket);
#pragma warning restore IDE1006, SYSLIB1054, CA5392
}
