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

    /// <summary>Every start of each skater (by id), in order of time; annulled and recalled ones too.</summary>
    public ImmutableDictionary<string, ImmutableArray<RaceStart>> Starts { get; init; } =
        ImmutableDictionary<string, ImmutableArray<RaceStart>>.Empty;

    /// <summary>Every passing of each skater (by id), in order of time, whichever heat it may belong to.</summary>
    public ImmutableDictionary<string, PassingLog> Passings { get; init; } = ImmutableDictionary<string, PassingLog>.Empty;

    /// <summary>Passings of chips that nobody here wears, and of loops that time nothing.</summary>
    public ImmutableList<Passing> StrayPassings { get; init; } = [];

    public ImmutableList<StraySignal> StraySignals { get; init; } = [];

    public ImmutableDictionary<(string Event, string Round), DrawProposed> Proposals { get; init; } =
        ImmutableDictionary<(string, string), DrawProposed>.Empty;

    /// <summary>Sent on or taken out by the jury, by the round that they come from.</summary>
    public ImmutableList<RoundFact> JuryMoves { get; init; } = [];

    /// <summary>A heat has been armed: the document is fixed.</summary>
    public bool HasStarted { get; init; }

    /// <summary>The heat armed last; what the start device says is for it.</summary>
    public string? ArmedLast { get; init; }

    /// <summary>No start of this meet is later.</summary>
    public DateTimeOffset LatestStart { get; init; } = DateTimeOffset.MinValue;

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

    public string SkaterOf(Heat heat, string bib) => Index.Skater(heat.Event, bib)!.Id;

    public PassingLog PassingsOf(string skater) => Passings.GetValueOrDefault(skater, PassingLog.Empty);

    /// <summary>The gun of the first race of this skater after that moment; null where there is none.</summary>
    public DateTimeOffset? NextStart(string skater, DateTimeOffset after)
    {
        if (after >= LatestStart)
            return null;
        foreach (var start in StartsOf(skater))
            if (start.Gun > after)
                return start.Gun;
        return null;
    }

    /// <summary>Every start of a race that this skater was entered in, by its gun.</summary>
    public ImmutableArray<RaceStart> StartsOf(string skater) => Starts.GetValueOrDefault(skater, []);
}

/// <summary>A gun, and the heat that it started.</summary>
public readonly record struct RaceStart(DateTimeOffset Gun, string Heat);
