using LiveSkate.Core;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Server;

/// <summary>Whether the venue knows what to do with a message. What it does not is kept with its bytes and the reason.</summary>
internal static class Admission
{
    public static JournalEntry Entry(Venue venue, TrackItem item) => item.Fact switch
    {
        TrackFact track => Entry(venue, item, track),
        SourceReported report when !Knows(venue, report.Source) => UnknownSource(item, report.Source),
        SourceReported report => new JournalEntry(null, Actor(report.Source), report, null, null),
        MessageRejected rejected => new JournalEntry(null, Actor(rejected.Source), rejected, null, null),
        _ => throw new System.Diagnostics.UnreachableException(item.Fact.GetType().Name),
    };

    private static JournalEntry Entry(Venue venue, TrackItem item, TrackFact fact)
    {
        if (!Knows(venue, fact.Source))
            return UnknownSource(item, fact.Source);
        var meets = venue.Meets.Values.Where(meet => VenueFold.Hears(meet, fact)).ToList();
        if (meets.Count == 0)
            return Reject(item, RejectionCodes.Simulated, $"{fact.Source} sends simulated readings, and no meet that knows it is a rehearsal.");
        if (fact is FinishRead finish && Misfit(meets, finish) is var (code, detail))
            return Reject(item, code, detail);
        return new JournalEntry(MeetOf(venue, meets), Actor(fact.Source), fact, fact.Key, fact.Content);
    }

    public static JournalEntry Reject(TrackItem item, string reason, string detail)
    {
        var sender = Draft.SenderOf(item.Fact);
        var fact = new MessageRejected
        {
            Topic = item.Topic,
            Source = sender?.Source ?? (item.Fact as SourceReported)?.Source,
            Reason = reason,
            Detail = detail,
            Bytes = item.Raw[..Math.Min(item.Raw.Length, 1024)].ToArray(),
            Length = item.Raw.Length,
            Epoch = sender?.Epoch,
            Seq = sender?.Seq,
        };
        return new JournalEntry(null, Actor(fact.Source), fact, null, null);
    }

    private static (string Code, string Detail)? Misfit(List<Meet> meets, FinishRead finish)
    {
        var meet = meets.FirstOrDefault(meet => meet.Heats.ContainsKey(finish.Heat));
        if (meet is null)
            return (RejectionCodes.UnknownHeat, $"No meet that knows {finish.Source} has a heat {finish.Heat}.");
        var heat = meet.Heats[finish.Heat];
        return finish.Rows.FirstOrDefault(row => !heat.Has(row.Bib)) is { } stranger
            ? (RejectionCodes.UnknownBib, $"Bib {stranger.Bib} is not in {finish.Heat}.")
            : null;
    }

    /// <summary>For the reader of the journal only; every meet that knows the source looks at the fact itself.</summary>
    private static string MeetOf(Venue venue, List<Meet> meets) =>
        (meets.FirstOrDefault(meet => meet.Id == venue.ArmedLast) ?? meets.MaxBy(meet => meet.At)!).Id;

    private static bool Knows(Venue venue, string source) => venue.Meets.Values.Any(meet => meet.Index.Source(source) is not null);

    private static JournalEntry UnknownSource(TrackItem item, string source) =>
        Reject(item, RejectionCodes.UnknownSource, $"No meet of this venue lists a source {source}.");

    private static string Actor(string? source) => source is null ? "hub" : $"src/{source}";
}
