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

    /// <summary>The position that an undo names: of the newest word on it.</summary>
    public long NewestAt => Revisions.IsEmpty ? First.At : Revisions[^1].At;

    /// <summary>What counts, at its first place; null while it is taken back.</summary>
    public Recorded? InForce => Revisions.IsEmpty ? First
        : Revisions[^1] is { Fact: { } fact, Actor: var actor } ? First with { Fact = fact, Actor = actor }
        : null;

    /// <summary>What counted before the newest word on it; null for nothing.</summary>
    public Fact? Before => Revisions.Count switch { 0 => null, 1 => First.Fact, _ => Revisions[^2].Fact };

    public bool Includes(long at) => First.At == at || Revisions.Exists(revision => revision.At == at);

    public Said With(Revision revision) => this with { Revisions = Revisions.Add(revision) };
}

/// <param name="At">Of the undo.</param>
/// <param name="Fact">What stands there now; null: nothing.</param>
public sealed record Revision(long At, string Actor, Fact? Fact);
