using System.Collections.Concurrent;
using LiveSkate.Core;
using LiveSkate.Core.Timing;

namespace LiveSkate.Server.Ops;

/// <summary>How each source is, for the beat: when it was heard of last, and what is wrong with it in words.</summary>
/// <param name="holes">What is missing of a source, in words; null if nothing.</param>
public sealed class SourceHealth(TimeProvider time, Func<string, string?> holes)
{
    /// <summary>A gateway reports every 5 s; three times that without a word is silence.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Heard> _sources = new(StringComparer.Ordinal);

    private sealed record Heard(long Timestamp, string Link, string? Alarm, bool Reports, string? Conflict);

    /// <summary>After each commit; never waits.</summary>
    public void Observe(Commit commit)
    {
        foreach (var row in commit.Rows)
            if (SourceOf(row.Fact) is { } source)
                _sources.AddOrUpdate(source, _ => Next(null, row.Fact), (_, known) => Next(known, row.Fact));
    }

    /// <returns>Milliseconds since anything was heard of it, null if never since the start; and what is wrong with it, in words.</returns>
    public (long? AgeMs, string? Alarm) Of(string source)
    {
        if (!_sources.TryGetValue(source, out var heard))
            return (null, holes(source));
        var age = time.GetElapsedTime(heard.Timestamp);
        var alarm = heard.Link != "up" ? $"link {heard.Link}"
            : heard.Reports && age > Silence ? $"silent for {(int)age.TotalSeconds} s"
            : heard.Conflict ?? holes(source) ?? heard.Alarm;
        return ((long)age.TotalMilliseconds, alarm);
    }

    private Heard Next(Heard? known, Fact fact)
    {
        var next = (known ?? new Heard(0, "up", null, false, null)) with { Timestamp = time.GetTimestamp() };
        return fact switch
        {
            SourceReported report => next with
            {
                Link = report.Link, Alarm = report.Alarms.IsDefaultOrEmpty ? null : string.Join(", ", report.Alarms), Reports = true,
            },
            MessageRejected { Reason: RejectionCodes.IdentityConflict } rejected => next with { Conflict = rejected.Detail },
            TrackFact => next with { Link = "up" },
            _ => next,
        };
    }

    private static string? SourceOf(Fact fact) => fact switch
    {
        TrackFact track => track.Source,
        SourceReported report => report.Source,
        MessageRejected rejected => rejected.Source,
        _ => null,
    };
}
