using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;

namespace LiveSkate.Benchmarks.Load;

/// <summary>
/// "@" and nineteen digits: when a message was made, on the clock that every process of the machine shares (CLOCK_MONOTONIC in ns; Node's
/// <c>process.hrtime.bigint()</c>). It travels inside a message and is found there without reading the message.
/// </summary>
public static class Mark
{
    public const byte Sign = (byte)'@';
    public const int Digits = 19, Length = 1 + Digits;

    public static long NowNs => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

    public static string Now() => Of(NowNs);

    public static string Of(long ns) => "@" + ns.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>Of the digits that follow the sign.</summary>
    public static bool TryRead(ReadOnlySpan<byte> digits, out long ns) =>
        Utf8Parser.TryParse(digits[..Digits], out ns, out var used) && used == Digits;
}
