using System.Collections.Immutable;
using LiveSkate.Core;
using LiveSkate.Core.Published;

namespace LiveSkate.Server;

/// <summary>One row to be written: a fact, and what tells a repeat of it.</summary>
/// <param name="Meet">Null for what comes from the track.</param>
/// <param name="Actor">"office", "src/{source}" or "hub".</param>
/// <param name="Key">Unique in the journal: a track fact's identity or an office command's Idempotency-Key; null where repeats cannot be told.</param>
/// <param name="Content">What a repeat under the same key must be equal to.</param>
public sealed record JournalEntry(string? Meet, string Actor, Fact Fact, string? Key, string? Content);

/// <summary>What has just become durable.</summary>
/// <param name="Rows">In the order of the journal; empty when everything was a repeat.</param>
/// <param name="Receipts">For each sender's run touched, repeats included: all up to this number is in the journal.</param>
public sealed record Commit(ImmutableArray<Recorded> Rows, ImmutableArray<Receipt> Receipts)
{
    public ImmutableArray<SaidOf> Highlights { get; init; } = [];

    /// <summary>Heats that may read differently now, and those that are no more.</summary>
    public ImmutableArray<HeatId> Heats { get; init; } = [];

    /// <summary>When the oldest message of this commit came in, as a <see cref="System.Diagnostics.Stopwatch"/> timestamp.</summary>
    public long ArrivedAt { get; init; }
}

public readonly record struct HeatId(string Meet, string Heat);

/// <summary>A highlight, and whose it is.</summary>
public readonly record struct SaidOf(string Meet, string Event, HighlightLine Line);

/// <summary>Contract section 2, <c>ack</c>: all up to <paramref name="Seq"/> is in the journal.</summary>
public sealed record Receipt(string Source, string Epoch, long Seq);

/// <summary>The journal could not take it; nothing has changed, and the sender may try again.</summary>
public sealed class NotWrittenException(string message, Exception cause) : Exception(message, cause);
