using LiveSkate.Core;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Server;

/// <summary>Something that waits to be written down. Its task completes when it is durable, or fails when it cannot be.</summary>
internal abstract class Work
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    /// <summary>When it came in: <see cref="System.Diagnostics.Stopwatch"/> timestamp.</summary>
    public long ArrivedAt { get; } = System.Diagnostics.Stopwatch.GetTimestamp();

    public abstract void Enter(Draft draft);

    public void Complete() => _done.TrySetResult();

    public void Fail(Exception cause) => _done.TrySetException(cause);
}

/// <summary>Messages of the track.</summary>
internal sealed class TrackWork(IReadOnlyList<TrackItem> items) : Work
{
    public override void Enter(Draft draft)
    {
        foreach (var item in items)
            Enter(draft, item);
    }

    private static void Enter(Draft draft, TrackItem item)
    {
        if (item.Fact is TrackFact track && draft.IsRepeat(track.Key, out var known))
        {
            if (known.Content == track.Content)
                draft.Acknowledge(track.Source, track.Epoch);
            else
                draft.Add(Admission.Reject(item, RejectionCodes.IdentityConflict,
                    $"{track.Key} is in the journal at {known.At} with other content; two senders share a name, or a number was used twice."));
            return;
        }
        draft.Add(Admission.Entry(draft.Venue, item));
    }
}

/// <summary>The outcome of an office command.</summary>
/// <param name="At">Where it is in the journal; null where it was refused.</param>
public sealed record CommandOutcome(long? At, Refusal? Refusal);

/// <summary>One command of the office.</summary>
/// <param name="actor">office, or office/{name}.</param>
/// <param name="key">Its Idempotency-Key, or null.</param>
/// <param name="content">What the same key must come with again.</param>
internal sealed class OfficeWork(string meet, string actor, Func<Venue, Decision> decide, string? key, string? content) : Work
{
    public CommandOutcome? Outcome { get; private set; }

    public override void Enter(Draft draft)
    {
        var fullKey = key is null ? null : $"office|{meet}|{key}";
        if (fullKey is not null && draft.IsRepeat(fullKey, out var known))
        {
            Outcome = known.Content == content
                ? new CommandOutcome(known.At, null)
                : new CommandOutcome(null, new Refusal(RefusalCodes.KeyReused, $"The Idempotency-Key {key} was used for another command, at {known.At}."));
            return;
        }
        var decision = decide(draft.Venue);
        Outcome = decision switch
        {
            { Refusal: { } refusal } => new CommandOutcome(null, refusal),
            { Fact: { } fact } => new CommandOutcome(draft.Add(new JournalEntry(meet, actor, fact, fullKey, content)), null),
            _ => new CommandOutcome(draft.Venue.Find(meet)?.At ?? draft.Venue.At, null),
        };
    }
}
