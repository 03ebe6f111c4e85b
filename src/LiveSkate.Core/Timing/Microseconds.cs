using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveSkate.Core.Timing;

/// <summary>
/// The wire's only form of an instant: whole microseconds since 1970-01-01 UTC (contract section 2).
/// Inside Core an instant is a <see cref="DateTimeOffset"/> and a span a <see cref="TimeSpan"/>.
/// </summary>
public static class Microseconds
{
    /// <summary>The earliest and latest instants that a message may carry: the years 1970 to 2999.</summary>
    public const long Least = 0, Most = 32_503_680_000_000_000;

    public static bool InRange(long us) => us is >= Least and <= Most;

    public static DateTimeOffset ToInstant(long us) => DateTimeOffset.UnixEpoch.AddTicks(checked(us * TimeSpan.TicksPerMicrosecond));

    public static long FromInstant(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static TimeSpan ToSpan(long us) => TimeSpan.FromTicks(checked(us * TimeSpan.TicksPerMicrosecond));

    public static long FromSpan(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;
}

/// <summary>Writes an instant as whole microseconds.</summary>
public sealed class InstantAsMicroseconds : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var us = reader.GetInt64();
        return Microseconds.InRange(us)
            ? Microseconds.ToInstant(us)
            : throw new JsonException($"{us} is not between {Microseconds.Least} and {Microseconds.Most} microseconds");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Microseconds.FromInstant(value));
}

/// <summary>Writes a span as whole microseconds.</summary>
public sealed class SpanAsMicroseconds : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var us = reader.GetInt64();
        return us is >= 0 and <= Microseconds.Most
            ? Microseconds.ToSpan(us)
            : throw new JsonException($"{us} is not between 0 and {Microseconds.Most} microseconds");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Microseconds.FromSpan(value));
}
