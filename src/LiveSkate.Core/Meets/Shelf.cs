namespace LiveSkate.Core.Meets;

/// <summary>
/// What logs that grow from one another have in common: each sees no further than its own end. Each place is filled once: of two logs that grow
/// from the same one, the first gets it and the other a shelf of its own.
/// </summary>
internal sealed class Shelf(int places)
{
    private int _filled;

    public Passing[] Passings { get; } = new Passing[places];

    public int Filled => _filled;

    public bool TryPut(int place, Passing passing)
    {
        if (place == Passings.Length || Interlocked.CompareExchange(ref _filled, place + 1, place) != place)
            return false;
        Passings[place] = passing;
        return true;
    }
}
