using System.Diagnostics;
using LiveSkate.Core;

namespace LiveSkate.Server.Journal;

/// <summary>Another journal, with every append measured.</summary>
/// <param name="appended">How long it took, and how many rows are durable now; 0 rows for one that failed. Must return at once.</param>
public sealed class MeasuredJournal(IJournal inner, Action<TimeSpan, int> appended) : IJournal
{
    public long LastAt => inner.LastAt;

    public void Open(Action<ReplayedRow> replay) => inner.Open(replay);

    public IReadOnlyList<Recorded> Append(IReadOnlyList<JournalEntry> entries, DateTimeOffset now)
    {
        var began = Stopwatch.GetTimestamp();
        var rows = 0;
        try
        {
            var recorded = inner.Append(entries, now);
            rows = recorded.Count;
            return recorded;
        }
        finally
        {
            appended(Stopwatch.GetElapsedTime(began), rows);
        }
    }

    public IEnumerable<StoredRow> Read(long from, long? upTo, string? meet) => inner.Read(from, upTo, meet);

    public void Dispose() => inner.Dispose();
}
