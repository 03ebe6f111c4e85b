using System.Collections.Immutable;

namespace LiveSkate.Core.Meets;

/// <summary>
/// One sporting weekend at one venue, as it stands: an immutable value. It holds what was said and read; standings,
/// advancement and rankings are computed from it by <see cref="Rules"/>.
/// </summary>
public sealed record Meet
{
    public required string Id { get; init; }
    public required MeetDocument Document { get; init; }
    public required MeetIndex Index { get; init; }

    /// <summary>Position of the document.</summary>
    public required long PutAt { get; init; }

    /// <summary>Position of the last fact that this meet took in.</summary>
    public required long At { get; init; }

    /// <summary>Heats (by id) that this last fact changed.</summary>
    public ImmutableArray<string> Touched { get; init; } = [];

    /// <summary>Position of the last fact from the office.</summary>
    public long OfficeAt { get; init; }

    public ImmutableDictionary<string, Heat> Heats { get; init; } = ImmutableDictionary<string, Heat>.Empty;

    /// <summary>Heats that each skater (by id) is entered in.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> HeatsOfSkater { get; init; } =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Every passing of each skater (by id), in order of time, whichever heat it may belong to.</summary>
    public ImmutableDictionary<string, PassingLog> Passings { get; init; } = ImmutableDictionary<string, PassingLog>.Empty;

    /// <summary>Passings of chips that nobody here wears, and of loops that time nothing.</summary>
    public ImmutableList<Passing> StrayPassings { get; init; } = [];

    public ImmutableList<StraySignal> StraySignals { get; init; } = [];

    /// <summary>Everything that the office and the track's signals said since the document was put, what was taken back with it. All but the passings follows from this.</summary>
    public ImmutableList<Said> Said { get; init; } = [];

    /// <summary>Heats of a draw that was given up, as they were last; a new one of the same id goes on with their versions.</summary>
    public ImmutableDictionary<string, Heat> Former { get; init; } = ImmutableDictionary<string, Heat>.Empty;

    public ImmutableDictionary<(string Event, string Round), DrawProposed> Proposals { get; init; } =
        ImmutableDictionary<(string, string), DrawProposed>.Empty;

    /// <summary>OFF-3: who was due in a drawn round when the jury last said that its start list stands.</summary>
    public ImmutableDictionary<(string Event, string Round), ImmutableArray<string>> Kept { get; init; } =
        ImmutableDictionary<(string, string), ImmutableArray<string>>.Empty;

    /// <summary>OFF-3: rounds whose draw was given up, and which are to be drawn again.</summary>
    public ImmutableHashSet<(string Event, string Round)> Reopened { get; init; } = [];

    /// <summary>Sent on or taken out by the jury, by the round that they come from.</summary>
    public ImmutableList<RoundFact> JuryMoves { get; init; } = [];

    /// <summary>A heat has been armed: the document is fixed.</summary>
    public bool HasStarted => ArmedAt is not null;

    /// <summary>Position of the last arming of any heat.</summary>
    public long? ArmedAt { get; init; }

    /// <summary>The heat armed last; what the start device says is for it.</summary>
    public string? ArmedLast { get; init; }

    /// <summary>By number.</summary>
    public IReadOnlyList<Heat> HeatsOf(string @event, string round)
    {
        var heats = new List<Heat>();
        foreach (var (_, heat) in Heats)
            if (heat.Round == round && heat.Event == @event)
                heats.Add(heat);
        heats.Sort(static (a, b) => a.Number.CompareTo(b.Number));
        return heats;
    }

    public EventDocument EventOf(Heat heat) => Index.Event(heat.Event)!;

    public Competitor CompetitorOf(Heat heat, string bib) => Index.Competitor(heat.Event, bib)!;

    public PassingLog PassingsOf(string skater) => Passings.GetValueOrDefault(skater, PassingLog.Empty);

    /// <summary>Every start of a race that this skater was entered in, by its gun.</summary>
    public IEnumerable<DateTimeOffset> StartsOf(string skater)
    {
        foreach (var id in HeatsOfSkater.GetValueOrDefault(skater, []))
            foreach (var run in Heats[id].Runs)
                foreach (var arming in run.Armings)
                    if (run.StartOf(arming) is { } start)
                        yield return start;
        // What was read in a race that is skated again belongs to no other.
        foreach (var heat in Former.Values)
            if (heat.Bibs.Any(bib => Index.Competitor(heat.Event, bib)!.Members.Any(member => member.Id == skater)))
                foreach (var run in heat.Runs)
                    foreach (var arming in run.Armings)
                        if (run.StartOf(arming) is { } start)
                            yield return start;
    }
}
