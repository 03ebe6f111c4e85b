using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>The same day, with everything that was read arriving in another order.</summary>
internal static class Shuffled
{
    /// <summary>
    /// Passings come at any other moment, short of the signatures: what is read after one does not count any more. Signals and the camera come in
    /// another order between two words of the office, for it is these that say which heat hears them.
    /// </summary>
    public static List<Recorded> Of(Dice dice, Venue venue, List<Recorded> journal)
    {
        var order = new List<Recorded>(journal.Count);
        var block = new List<Recorded>();
        foreach (var row in journal)
        {
            if (row.Fact is HeatMadeOfficial or MeetPut or NextRoundSettled { Said: HeatMadeOfficial } or CommandUndone { By: HeatMadeOfficial })
            {
                order.AddRange(Block(dice, venue, block));
                block.Clear();
                order.Add(row);
            }
            else
                block.Add(row);
        }
        order.AddRange(Block(dice, venue, block));
        var places = order.Select((row, i) => (row.At, Now: i + 1L)).ToDictionary(place => place.At, place => place.Now);
        return [.. order.Select((row, i) => row with { At = i + 1, Fact = Moved(row.Fact, places) })];
    }

    private static List<Recorded> Block(Dice dice, Venue venue, List<Recorded> block)
    {
        var rest = block.Where(row => !IsPassing(venue, row.Fact)).ToList();
        for (var from = 0; from < rest.Count; from++)
        {
            var to = from;
            while (to < rest.Count && rest[to].Fact is SignalGiven or PassingRead)
                to++;
            dice.Shuffled(rest[from..to]).CopyTo(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rest)[from..to]);
            from = to;
        }
        var mixed = rest.Select((row, i) => (row, Place: (double)i)).ToList();
        mixed.AddRange(block.Where(row => IsPassing(venue, row.Fact)).Select(row => (row, dice.Between(-1.0, rest.Count))));
        return [.. mixed.OrderBy(one => one.Place).Select(one => one.row)];
    }

    /// <summary>Read at a source that is no start in any meet.</summary>
    private static bool IsPassing(Venue venue, Fact fact) =>
        fact is PassingRead read && venue.Meets.Values.All(meet => meet.Index.Source(read.Source)?.Role is not SourceRole.Start) && !read.Source.StartsWith("start", StringComparison.Ordinal)
        && !read.Source.StartsWith("gate", StringComparison.Ordinal);

    /// <summary>What names a position names the same thing where it is now.</summary>
    private static Fact Moved(Fact fact, Dictionary<long, long> places) => fact switch
    {
        PassingVoided voided => voided with { Passing = places.GetValueOrDefault(voided.Passing) },
        CommandUndone undone => undone with { At = places.GetValueOrDefault(undone.At), By = undone.By is { } by ? (OfficeFact)Moved(by, places) : null },
        NextRoundSettled { Said: { } said } settled => settled with { Said = (OfficeFact)Moved(said, places) },
        _ => fact,
    };
}
