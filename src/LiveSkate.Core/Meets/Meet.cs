using System.Collections.Immutable;

namespace LiveSkate.Core.Meets;

/// <summary>
/// One sporting weekend at one venue, as it stands: an immutable value. It holds what was said and read; standings,
/// advancement and rankings are computed from it by <see cref="Rules"/>.
/// </summary>
public sealed record Meet
{
    public required string Id { get => _lasting.Id; init => _lasting = _lasting with { Id = value }; }
    public required MeetDocument Document { get => _lasting.Document; init => _lasting = _lasting with { Document = value }; }
    public required MeetIndex Index { get => _lasting.Index; init { _lasting = _lasting with { Index = value }; _era = null; } }

    /// <summary>Position of the document.</summary>
    public required long PutAt { get => _lasting.PutAt; init => _lasting = _lasting with { PutAt = value }; }

    /// <summary>Position of the last fact that this meet took in.</summary>
    public required long At { get; init; }

    /// <summary>Heats (by id) that this last fact changed.</summary>
    public ImmutableArray<string> Touched { get; init; } = [];

    /// <summary>Position of the last fact from the office.</summary>
    public long OfficeAt { get => _lasting.OfficeAt; init => _lasting = _lasting with { OfficeAt = value }; }

    public ImmutableDictionary<string, Heat> Heats { get; init { field = value; _era = null; } } = ImmutableDictionary<string, Heat>.Empty;

    /// <summary>Heats that each skater (by id) is entered in.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> HeatsOfSkater { get => _lasting.HeatsOfSkater; init { _lasting = _lasting with { HeatsOfSkater = value }; _era = null; } }

    /// <summary>Every passing of each skater (by id), in order of time, whichever heat it may belong to.</summary>
    public ImmutableDictionary<string, PassingLog> Passings { get; init; } = ImmutableDictionary<string, PassingLog>.Empty;

    /// <summary>Passings of chips that nobody here wears, and of loops that time nothing.</summary>
    public ArrivalLog StrayPassings { get; init; } = ArrivalLog.Empty;

    public ImmutableList<StraySignal> StraySignals { get => _lasting.StraySignals; init => _lasting = _lasting with { StraySignals = value }; }

    /// <summary>Everything that the office and the track's signals said since the document was put, what was taken back with it. All but the passings follows from this.</summary>
    public ImmutableList<Said> Said { get => _lasting.Said; init => _lasting = _lasting with { Said = value }; }

    /// <summary>Heats of a draw that was given up, as they were last; a new one of the same id goes on with their versions.</summary>
    public ImmutableDictionary<string, Heat> Former { get => _lasting.Former; init { _lasting = _lasting with { Former = value }; _era = null; } }

    public ImmutableDictionary<(string Event, string Round), DrawProposed> Proposals { get => _lasting.Proposals; init => _lasting = _lasting with { Proposals = value }; }

    /// <summary>OFF-3: who was due in a drawn round when the jury last said that its start list stands.</summary>
    public ImmutableDictionary<(string Event, string Round), ImmutableArray<string>> Kept { get => _lasting.Kept; init => _lasting = _lasting with { Kept = value }; }

    /// <summary>OFF-3: rounds whose draw was given up, and which are to be drawn again.</summary>
    public ImmutableHashSet<(string Event, string Round)> Reopened { get => _lasting.Reopened; init => _lasting = _lasting with { Reopened = value }; }

    /// <summary>Sent on or taken out by the jury, by the round that they come from.</summary>
    public ImmutableList<RoundFact> JuryMoves { get => _lasting.JuryMoves; init => _lasting = _lasting with { JuryMoves = value }; }

    /// <summary>TIM-7: what was said of transponders (by number) since the document was put, in the order in which it was said.</summary>
    public ImmutableDictionary<string, ImmutableArray<Worn>> Worn { get => _lasting.Worn; init { _lasting = _lasting with { Worn = value }; _era = null; } }

    /// <summary>A heat has been armed: the document is fixed.</summary>
    public bool HasStarted => ArmedAt is not null;

    /// <summary>Position of the last arming of any heat.</summary>
    public long? ArmedAt { get => _lasting.ArmedAt; init => _lasting = _lasting with { ArmedAt = value }; }

    /// <summary>The heat armed last; what the start device says is for it.</summary>
    public string? ArmedLast { get => _lasting.ArmedLast; init => _lasting = _lasting with { ArmedLast = value }; }

    /// <summary>Another one with other heats, other skaters in them, or another document. Who changes heats and knows what follows from that hands it on.</summary>
    internal Era Era { get => _era ??= new Era(); init => _era = value; }

    private Era? _era;
    private Lasting _lasting = new();

    /// <summary>By number.</summary>
    public IReadOnlyList<Heat> HeatsOf(string @event, string round)
    {
        var ids = Era.HeatsOf(this, @event, round);
        var heats = new Heat[ids.Length];
        for (var i = 0; i < heats.Length; i++)
            heats[i] = Heats[ids[i]];
        return heats;
    }

    public EventDocument EventOf(Heat heat) => Index.Event(heat.Event)!;

    public Competitor CompetitorOf(Heat heat, string bib) => Index.Competitor(heat.Event, bib)!;

    public PassingLog PassingsOf(string skater) => Passings.GetValueOrDefault(skater, PassingLog.Empty);

    /// <summary>TIM-7: who (by id) wore a transponder at that time; null for nobody.</summary>
    public string? WearerOf(string chip, DateTimeOffset time) => WordOn(chip, time) is { } word ? word.Skater : Index.SkaterOfChip(chip);

    /// <summary>The last word that counts at that time; null where the document's does.</summary>
    internal Worn? WordOn(string chip, DateTimeOffset time) =>
        Worn.IsEmpty || !Worn.TryGetValue(chip, out var words) ? null : words.LastOrDefault(word => !(word.From > time));

    /// <summary>Every start of a race that this skater was entered in.</summary>
    public IEnumerable<DateTimeOffset> StartsOf(string skater) => Era.StartsOf(this, skater).Select(start => start.At);

    /// <summary>The heat that was the last to start with this skater at or before that time.</summary>
    public string? HeatOnTrack(string skater, DateTimeOffset time)
    {
        var starts = Era.StartsOf(this, skater);
        RaceStart? last = null;
        // Of several at the same time the first that was planned.
        for (var i = starts.Length - 1; i >= 0 && (last is null || starts[i].At == last.Value.At); i--)
            if (starts[i].Heat is not null && starts[i].At <= time)
                last = starts[i];
        return last?.Heat;
    }

    /// <summary>When a race of this skater started next after that time; null where none has.</summary>
    public DateTimeOffset? NextStart(string skater, DateTimeOffset after)
    {
        var starts = Era.StartsOf(this, skater);
        DateTimeOffset? next = null;
        for (var i = starts.Length - 1; i >= 0 && starts[i].At > after; i--)
            next = starts[i].At;
        return next;
    }

    /// <summary>What no passing changes. One object, so that a passing, which comes a thousand times as often as a word, does not copy all of it.</summary>
    private sealed record Lasting
    {
        public string Id { get; init; } = null!;
        public MeetDocument Document { get; init; } = null!;
        public MeetIndex Index { get; init; } = null!;
        public long PutAt { get; init; }
        public long OfficeAt { get; init; }
        public ImmutableDictionary<string, ImmutableArray<string>> HeatsOfSkater { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
        public ImmutableList<StraySignal> StraySignals { get; init; } = [];
        public ImmutableList<Said> Said { get; init; } = [];
        public ImmutableDictionary<string, Heat> Former { get; init; } = ImmutableDictionary<string, Heat>.Empty;
        public ImmutableDictionary<(string Event, string Round), DrawProposed> Proposals { get; init; } = ImmutableDictionary<(string, string), DrawProposed>.Empty;
        public ImmutableDictionary<(string Event, string Round), ImmutableArray<string>> Kept { get; init; } = ImmutableDictionary<(string, string), ImmutableArray<string>>.Empty;
        public ImmutableHashSet<(string Event, string Round)> Reopened { get; init; } = [];
        public ImmutableList<RoundFact> JuryMoves { get; init; } = [];
        public ImmutableDictionary<string, ImmutableArray<Worn>> Worn { get; init; } = ImmutableDictionary<string, ImmutableArray<Worn>>.Empty;
        public long? ArmedAt { get; init; }
        public string? ArmedLast { get; init; }
    }
}
