using System.Globalization;

namespace LiveSkate.Simulator.Results;

/// <summary>Reads "h:mm:ss.mmm", "m:ss.mmm" and "ss.mmm".</summary>
public static class PrintedTime
{
    /// <returns>Whole milliseconds; null for null and for what is not a time.</returns>
    public static long? Milliseconds(string? text)
    {
        if (text is null)
            return null;
        var parts = text.Split(':');
        var (seconds, fraction) = parts[^1].Split('.') switch
        {
            [var whole] => (whole, ""),
            [var whole, var rest] => (whole, rest),
            _ => ("", ""),
        };
        if (parts.Length > 3 || fraction.Length > 3 || !Whole(seconds, out var total) || !Whole(fraction.PadRight(3, '0'), out var ms))
            return null;
        var unit = 60L;
        foreach (var part in parts[..^1].Reverse())
        {
            if (!Whole(part, out var value))
                return null;
            total += value * unit;
            unit *= 60;
        }

        return total * 1000 + ms;
    }

    private static bool Whole(string digits, out long value) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
