using System.Collections;

namespace LiveSkate.Core.Meets;

/// <summary>
/// One skater's passings in order of time: an immutable value. A passing that comes last, as nearly all do, costs no copy of the day:
/// the longer log shares the shelf of the shorter one, which never looks beyond its own end.
/// </summary>
public sealed class PassingLog : IReadOnlyList<Passing>
{
    private readonly Shelf _shelf;

    private PassingLog(Shelf shelf, int count) => (_shelf, Count) = (shelf, count);

    public static PassingLog Empty { get; } = new(new Shelf(0), 0);

    public static PassingLog Of(IEnumerable<Passing> passings) => passings.Aggregate(Empty, (log, passing) => log.Add(passing));

    public int Count { get; }

    public Passing this[int index] => AsSpan()[index];

    public ReadOnlySpan<Passing> AsSpan() => _shelf.Passings.AsSpan(0, Count);

    public PassingLog Add(Passing passing)
    {
        var place = Count == 0 || Passing.ByTime.Compare(this[Count - 1], passing) < 0 ? Count : ~AsSpan().BinarySearch(passing, Passing.ByTime);
        return place == Count && _shelf.TryPut(Count, passing) ? new PassingLog(_shelf, Count + 1) : Insert(place, passing);
    }

    public IEnumerator<Passing> GetEnumerator() => _shelf.Passings.Take(Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private PassingLog Insert(int place, Passing passing)
    {
        var shelf = new Shelf(Math.Max(8, Count + Count / 2));
        foreach (var earlier in AsSpan()[..place])
            shelf.TryPut(shelf.Filled, earlier);
        shelf.TryPut(place, passing);
        foreach (var later in AsSpan()[place..])
            shelf.TryPut(shelf.Filled, later);
        return new PassingLog(shelf, Count + 1);
    }
}
