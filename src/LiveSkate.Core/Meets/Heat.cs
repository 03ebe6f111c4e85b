using System.Collections.Immutable;

namespace LiveSkate.Core.Meets;

/// <summary>The life of a heat (contract section 3), from the least to the most advanced. INC-8: a cancelled one is over, and nothing of it counts.</summary>
public enum HeatStage { Scheduled, Open, Armed, Running, Finished, Review, Provisional, Official, Cancelled }

/// <summary>Skaters who race together. Only the newest run counts; annulled ones are kept (INC-9).</summary>
/// <param name="Bibs">In start order.</param>
/// <param name="TouchedAt">Position of the last fact that changed this heat.</param>
/// <param name="TouchedOn">When that was recorded: for the screens' clock, never for a rule.</param>
public sealed record Heat(
    string Id, string Event, string Round, int Number, ImmutableArray<string> Bibs, ImmutableArray<HeatRun> Runs, long TouchedAt,
    DateTimeOffset TouchedOn)
{
    /// <summary>What counts of all that the office and the track said of it, by place; the runs are made of this.</summary>
    public ImmutableList<Recorded> Record { get; init; } = [];

    /// <summary>Every result that was given out, and each change of one that the public could see, oldest first. Only ever grows.</summary>
    public ImmutableList<ResultVersion> Versions { get; init; } = [];

    /// <summary>Zero of the screens' clock in server time, by gun: the earliest that any message of that start allows.</summary>
    public ImmutableDictionary<DateTimeOffset, DateTimeOffset> StartsOnServer { get; init; } = ImmutableDictionary<DateTimeOffset, DateTimeOffset>.Empty;

    /// <summary>Its id, as what a passing touches.</summary>
    internal ImmutableArray<string> Alone { get; } = [Id];

    public HeatRun Run => Runs[^1];

    public int RunNumber => Runs.Length;

    /// <summary>Of the newest run; 0 before anything was given out.</summary>
    public int Version => Versions.FindLast(version => version.Run == RunNumber)?.Version ?? 0;

    /// <summary>Null before the start.</summary>
    public DateTimeOffset? StartOnServer =>
        Run.Start is { } start && StartsOnServer.TryGetValue(start, out var zero) ? zero : null;

    public bool Has(string bib) => Bibs.Contains(bib, StringComparer.Ordinal);
}

/// <summary>What the office has decided; whether an armed heat runs or is finished follows from the track (<see cref="Rules.HeatStandings"/>).</summary>
public enum Phase { Scheduled, Open, Armed, Provisional, Review, Official, Cancelled }

/// <summary>One attempt at a heat: only what was said and read. Everything shown is computed from it.</summary>
public sealed record HeatRun
{
    public static HeatRun Scheduled { get; } = new();

    public Phase Phase { get; init; } = Phase.Scheduled;

    /// <summary>Each time the heat was armed; a recall ends one, arming again begins the next.</summary>
    public ImmutableArray<Arming> Armings { get; init; } = [];

    /// <summary>The office waits for nobody any more.</summary>
    public bool FinishCalled { get; init; }

    /// <summary>Passings written in by hand.</summary>
    public ImmutableArray<(string Bib, Passing Passing)> Added { get; init; } = [];

    /// <summary>Positions of passings that the office struck out.</summary>
    public ImmutableHashSet<long> Voided { get; init; } = [];

    /// <summary>REL-2: who of a team was said to be in the race from when on.</summary>
    public ImmutableArray<SkaterOnTrack> OnTrack { get; init; } = [];

    /// <summary>The jury's order; empty where it set none.</summary>
    public ImmutableArray<ImmutableArray<string>> Order { get; init; } = [];

    /// <summary>Who set that order, and why; null where nobody did.</summary>
    public OrderWord? OrderBy { get; init; }

    /// <summary>The jury's times by bib, in ms; null is a place without a time (TIM-9).</summary>
    public ImmutableDictionary<string, long?> Times { get; init; } = ImmutableDictionary<string, long?>.Empty;

    /// <summary>The photo finish with the highest revision so far.</summary>
    public FinishRead? PhotoFinish { get; init; }

    /// <summary>What the judges gave, in the order in which it was said; several to one skater where it came to that (COD-4).</summary>
    public ImmutableArray<Sanctioned> Sanctions { get; init; } = [];

    /// <summary>INC-3: neutralised or stopped, and why; null while the race is free.</summary>
    public HeatPaused? Paused { get; init; }

    /// <summary>REC-3: records of this run that are no longer pending.</summary>
    public ImmutableHashSet<(string Bib, string Kind)> Ratified { get; init; } = [];

    /// <summary>Taken back: without effect, and not forgotten.</summary>
    public ImmutableArray<LiftedSanction> Lifted { get; init; } = [];

    /// <summary>Who was taken out of an elimination, in the order in which it was said.</summary>
    public ImmutableArray<EliminatedSkater> Eliminations { get; init; } = [];

    /// <summary>The judges' order at a sprint for points, by laps to go (PTS-5).</summary>
    public ImmutableSortedDictionary<int, ImmutableArray<ImmutableArray<string>>> Sprints { get; init; } =
        ImmutableSortedDictionary<int, ImmutableArray<ImmutableArray<string>>>.Empty;

    /// <summary>Position at which the heat first became official: what is read later moves no rank.</summary>
    public long? SealedAt { get; init; }

    /// <summary>Of each skater (by id) the next start that was known when the heat was sealed: one that is heard later takes nothing from it.</summary>
    public ImmutableDictionary<string, DateTimeOffset> SealedUntil { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;

    /// <summary>INC-2: what had come along from earlier rounds, by bib, when this was last signed. What is said there later changes nothing signed.</summary>
    public ImmutableDictionary<string, ImmutableArray<Sanctioned>> SignedWith { get; init; } = ImmutableDictionary<string, ImmutableArray<Sanctioned>>.Empty;

    /// <summary>What was said with the last review, sanction or change.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Whether her laps count as the race's own: not those of one who was taken out and skates on, or did not start and is read all the
    /// same. No later sanction changes this, so it laps nobody and unlaps nobody.
    /// </summary>
    public bool MakesTheRace(string bib)
    {
        foreach (var gone in Eliminations)
            if (gone.Bib == bib)
                return false;
        foreach (var given in Sanctions)
            if (given.Bib == bib && Rules.Statuses.IsAbsent(given.Code))
                return false;
        return true;
    }

    /// <summary>The state that the office's word gives by itself; null while armed, for then it follows from the track.</summary>
    public HeatStage? Stage => Phase switch
    {
        Phase.Scheduled => HeatStage.Scheduled,
        Phase.Open => HeatStage.Open,
        Phase.Provisional => HeatStage.Provisional,
        Phase.Review => HeatStage.Review,
        Phase.Official => HeatStage.Official,
        Phase.Cancelled => HeatStage.Cancelled,
        _ => null,
    };

    public bool IsPublished => Phase is Phase.Provisional or Phase.Review or Phase.Official;

    /// <summary>Where the jury's order has this bib, from 0; null where it does not.</summary>
    public int? PlaceInOrder(string bib)
    {
        for (var i = 0; i < Order.Length; i++)
            if (Order[i].Contains(bib))
                return i;
        return null;
    }

    /// <summary>Zero of the race, as it was armed last; null before it.</summary>
    public DateTimeOffset? Start => Armings is [.., var arming] ? StartOf(arming) : null;

    public HeatRun WithArming(Func<Arming, Arming> change) => Armings.IsEmpty ? this : With(change(Armings[^1]));

    /// <summary>The same run, with its newest arming changed.</summary>
    public HeatRun With(Arming arming) =>
        ReferenceEquals(arming, Armings[^1]) ? this : this with { Armings = Armings.SetItem(Armings.Length - 1, arming) };

    /// <summary>Zero of the race, as far as it has been heard; what the office struck out does not start it.</summary>
    public DateTimeOffset? StartOf(Arming arming)
    {
        if (arming.StartedByOffice is { } said)
            return said;
        DateTimeOffset? gun = arming.Guns.IsEmpty ? null : arming.Guns.Min;
        if (arming.OwnClocks)
            foreach (var reading in arming.Starts)
                if (!Voided.Contains(reading.At))
                    return gun is null || reading.Time < gun ? reading.Time : gun;
        return gun;
    }
}

/// <summary>What was heard while the heat was armed. Kept as sets, so that the order of arrival cannot matter.</summary>
public sealed record Arming
{
    public ImmutableSortedSet<DateTimeOffset> Guns { get; init; } = [];
    public ImmutableSortedSet<DateTimeOffset> Recalls { get; init; } = [];

    /// <summary>TIM-6: each skater's clock runs from his own start.</summary>
    public bool OwnClocks { get; init; }

    /// <summary>Gates, and chips read, at the sources of a start.</summary>
    public ImmutableSortedSet<Passing> Starts { get; init; } = ImmutableSortedSet.Create(Passing.ByTime);

    /// <summary>TIM-5: light beams broken at a finish or a split. They are more exact than a transponder, and know no names.</summary>
    public ImmutableSortedSet<Passing> Beams { get; init; } = ImmutableSortedSet.Create(Passing.ByTime);

    /// <summary>Started by the office; the guns that come later are not needed.</summary>
    public DateTimeOffset? StartedByOffice { get; init; }

    public bool RecalledByOffice { get; init; }
}

/// <param name="On">When it was written down: for the record, never for a rule.</param>
public sealed record OrderWord(string Actor, string? Reason, long At, DateTimeOffset On);

/// <param name="Bib">To whom.</param>
/// <param name="On">When it was written down: for the record, never for a rule.</param>
/// <param name="With">RR: whose time is swapped with, in the order in which they arrived (INC-5); empty otherwise.</param>
/// <param name="Judge">Who saw it; null where it was not said.</param>
/// <param name="Article">Of the rulebook; null where it was not said.</param>
public sealed record Sanctioned(
    string Bib, string Code, string Reason, long At, DateTimeOffset On, ImmutableArray<string> With, string? Judge = null, string? Article = null);

public sealed record LiftedSanction(Sanctioned Given, string Reason, long At);

/// <param name="At">Of the fact: who was taken out by one word went out together (ELI-8).</param>
/// <param name="LapsToGo">Of the leader; null where the judges did not say.</param>
/// <param name="Cause">rule, lapped, fall, gave-up, fault (ELI-7).</param>
public sealed record EliminatedSkater(string Bib, int? LapsToGo, string Cause, long At);
