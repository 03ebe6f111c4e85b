using LiveSkate.Core;
using LiveSkate.Core.Meets;
using LiveSkate.Server.Journal;

namespace LiveSkate.Server;

/// <summary>
/// A meet as it was at any position: the journal read up to there. One reader at a time, and the last few answers are kept,
/// so that the past cannot slow the present.
/// </summary>
internal sealed class History(MeetLoop loop, IJournal journal) : IDisposable
{
    private const int Kept = 16;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<long, Venue> _known = [];
    private readonly Queue<long> _order = [];

    public void Dispose() => _one.Dispose();

    /// <param name="at">A position, or null for now.</param>
    public async Task<(Meet? Meet, IResult? Problem)> FindAsync(string meet, string? at, CancellationToken cancel)
    {
        var now = loop.Venue;
        if (at is null)
            return (now.Find(meet), null);
        if (!long.TryParse(at, out var position) || position < 1)
            return (null, Problem.Faults([new Fault("at", "wrong-type", $"\"{at}\" is not a position in the journal.")]));
        if (position > now.At)
            return (null, Problem.NotFound("unknown-position", $"The journal ends at {now.At}."));
        await _one.WaitAsync(cancel);
        try
        {
            return ((await Task.Run(() => AsItWas(position), cancel)).Find(meet), null);
        }
        finally
        {
            _one.Release();
        }
    }

    private Venue AsItWas(long position)
    {
        if (_known.TryGetValue(position, out var known))
            return known;
        var venue = journal.Read(1, position, null).Aggregate(Venue.Empty, (sofar, row) => VenueFold.Apply(sofar, row.ToRecorded()));
        _known[position] = venue;
        _order.Enqueue(position);
        if (_order.Count > Kept)
            _known.Remove(_order.Dequeue());
        return venue;
    }
}
