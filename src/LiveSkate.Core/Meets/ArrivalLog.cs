using System.Collections;

namespace LiveSkate.Core.Meets;

/// <summary>Passings in the order in which they came: an immutable value, to which one more costs no copy. An old meet may hear all of a season.</summary>
public sealed class ArrivalLog : IReadOnlyList<Passing>
{
    private readonly Shelf _shelf;

    private ArrivalLog(Shelf shelf, int count) => (_shelf, Count) = (shelf, count);

    public static ArrivalLog Empty { get; } = new(new Shelf(0), 0);

    public static ArrivalLog Of(IEnumerable<Passing> passings) => passings.Aggregate(Empty, (log, passing) => log.Add(passing));

    public int Count { get; }

    public Passing this[int index] => _shelf.Passings.AsSpan(0, Count)[index];

    public ArrivalLog Add(Passing passing)
    {
        if (_shelf.TryPut(Count, passing))
            return new ArrivalLog(_shelf, Count + 1);
        var shelf = new Shelf(Math.Max(8, Count + Count / 2));
        foreach (var earlier in _shelf.Passings.AsSpan(0, Count))
            shelf.TryPut(shelf.Filled, earlier);
        shelf.TryPut(Count, passing);
        return new ArrivalLog(shelf, Count + 1);
    }

    public IEnumerator<Passing> GetEnumerator() => _shelf.Passings.Take(Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
