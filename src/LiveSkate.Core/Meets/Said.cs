using System.Collections.Immutable;

namespace LiveSkate.Core.Meets;

/// <summary>
/// One thing that the office or the track said in a meet, at its place in time. It may have been taken back since, or another put in its
/// place: then the words change and the place stays. What a meet is follows from the list of these, and from the passings.
/// </summary>
/// <param name="First">As it was said.</param>
/// <param name="Revisions">What was said of it later, oldest first.</param>
public sealed record Said(Recorded First, ImmutableList<Revision> Revisions)
{
    public static Said Of(Recorded recorded) => new(recorded, []);

    /// <summary>Its place: the position at which it was first said.</summary>
    public long At => First.At;

    /// <summary>Position of the newest word on it.</summary>
    public long NewestAt => Revisions.IsEmpty ? First.At : Revisions[^1].At;

    /// <summary>What counts, at its first place; null while it is taken back.</summary>
    public Recorded? InForce => Revisions.IsEmpty ? First
        : Revisions[^1] is { Fact: { } fact, Actor: var actor } ? First with { Fact = fact, Actor = actor }
        : null;

    /// <summary>Position of the command whose words count; null while nothing does.</summary>
    public long? InForceSince => Revisions.IsEmpty ? First.At : Revisions[^1].Of;

    /// <summary>What can be undone here: the command that counts, and the newest undo.</summary>
    public bool CanUndo(long at) => at == NewestAt || at == InForceSince;

    public bool Includes(long at) => First.At == at || Revisions.Exists(revision => revision.At == at);

    /// <summary>With one of its words taken back, or another in its place.</summary>
    /// <param name="undone">The position of that word.</param>
    public Said With(long undone, OfficeFact? by, Recorded recorded)
    {
        var revision = new Revision(recorded.At, recorded.Actor, by, by is null ? null : recorded.At);
        if (by is null)
            revision = BeforeWord(undone) with { At = recorded.At };
        return this with { Revisions = Revisions.Add(revision) };
    }

    private Revision BeforeWord(long at) => Revisions.FindIndex(revision => revision.At == at) switch
    {
        < 0 => new Revision(at, First.Actor, null, null),
        0 => new Revision(at, First.Actor, First.Fact, First.At),
        var i => Revisions[i - 1],
    };
}

/// <param name="At">Of the undo.</param>
/// <param name="Actor">Whose words count.</param>
/// <param name="Fact">What stands there now; null: nothing.</param>
/// <param name="Of">Position of the command that said it; null with nothing.</param>
public sealed record Revision(long At, string Actor, Fact? Fact, long? Of);
