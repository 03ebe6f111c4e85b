namespace LiveSkate.Core.Timing;

/// <summary>The one place where times are cut (TIM-1, TIM-2): to whole thousandths, towards zero, never rounded.</summary>
public static class RaceTime
{
    /// <summary>78.5089 s is 78508 ms.</summary>
    public static long CutToMilliseconds(TimeSpan elapsed) => elapsed.Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>TIM-1: with three decimals, or cut to whole seconds where those are printed ("57:01").</summary>
    public static string Format(long milliseconds, int digits) => digits > 0 ? Format(milliseconds) : Format(milliseconds)[..^4];

    /// <summary>"1:23.633", "43.104", "1:02:03.004": never with the machine's own decimal sign.</summary>
    public static string Format(long milliseconds)
    {
        var ms = Math.Abs(milliseconds) % 1000;
        var s = Math.Abs(milliseconds) / 1000 % 60;
        var min = Math.Abs(milliseconds) / 60_000 % 60;
        var h = Math.Abs(milliseconds) / 3_600_000;
        var sign = milliseconds < 0 ? "\u2212" : "";
        return h > 0 ? $"{sign}{h}:{min:00}:{s:00}.{ms:000}" : min > 0 ? $"{sign}{min}:{s:00}.{ms:000}" : $"{sign}{s}.{ms:000}";
    }
}
