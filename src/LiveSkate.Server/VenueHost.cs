using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;
using LiveSkate.Server.Ingest;
using LiveSkate.Server.Live;
using LiveSkate.Server.Ops;

namespace LiveSkate.Server;

/// <summary>
/// Joins the edges to the loop, and starts and stops them in the one right order. At start: the journal is replayed before the
/// broker listens, so that no message meets half a state; receipts, heats and the hub's word go out before anybody is served.
/// At the end the other way round: the broker stops taking, then the loop writes what it has taken, then the journal is closed.
/// </summary>
internal sealed class VenueHost(
    MeetLoop loop, IMqttBroker broker, FanOut fanOut, AckPublisher acks, HoleWatch holes, LiveTopics topics, SourceHealth health,
    Metrics metrics, LiveCounters counters, Readiness readiness)
    : IHostedService, IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _topicsRun = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        loop.Start();
        readiness.JournalReplayed();
        loop.Committed += Tell;
        Measure();
        foreach (var (source, log) in loop.Standing.Sources)
            holes.Observe(source, log);
        await broker.StartAsync(cancellationToken);
        acks.OfferAll(loop.Standing.Sources);
        await topics.RepublishAllAsync(loop.Venue.Meets.Values.SelectMany(meet => meet.Heats.Keys, (meet, heat) => (meet.Id, heat)));
        _topicsRun = topics.RunAsync(_stopping.Token);
        readiness.BrokerListens(() => broker.IsReady);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await broker.DisposeAsync();
        await loop.DisposeAsync();
        await _stopping.CancelAsync();
        await _topicsRun.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public ValueTask DisposeAsync()
    {
        _stopping.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>On the loop's thread: each of these only takes a note.</summary>
    private void Tell(Commit commit)
    {
        acks.Offer(commit);
        health.Observe(commit);
        metrics.Committed(commit.Rows);
        foreach (var receipt in commit.Receipts)
            holes.Observe(receipt.Source, loop.Standing.Sources[receipt.Source]);
        if (commit.Rows.IsEmpty)
            return;
        fanOut.Offer([.. commit.Highlights.Select(Scoped)], commit.ArrivedAt);
        if (!commit.Heats.IsEmpty)
            topics.Changed(commit.Heats.Select(id => (id.Meet, id.Heat)));
    }

    private void Measure()
    {
        counters.FirstWrite = took => metrics.IngestToSend.Observe(took.TotalSeconds);
        metrics.BeforeShown(() =>
        {
            metrics.JournalAt.Set(loop.Venue.At);
            metrics.IntakeWaiting.Set(loop.Waiting);
            metrics.Holes.Set(loop.Standing.Sources.Values.Count(log => log.HasHoles));
            metrics.SenderRuns.Set(loop.Standing.Sources.Values.Sum(log => log.Runs));
            metrics.Viewers.Set(counters.Viewers);
            metrics.FramesSent.IncTo(counters.FramesSent);
            metrics.FramesDisplaced.IncTo(counters.Displaced);
        });
    }

    private static Highlighted Scoped(SaidOf said) =>
        new(said.Line, ["now", $"meet/{said.Meet}", $"event/{said.Meet}/{said.Event}", $"heat/{said.Meet}/{said.Line.Heat}"]);

    /// <summary>What the fan-out sends, made from how things stand at that moment.</summary>
    public static LiveSource Source(MeetLoop loop, SourceHealth health, TimeProvider time) => new(
        scope => Projection.Of(loop.Venue, scope) is { } puts ? new ScopeState(puts) : null,
        () => new Beat(Microseconds.FromInstant(time.GetUtcNow()), loop.Venue.At, SourcesOn(loop.Venue, health)),
        scope => loop.Standing.HighlightsIn(scope));

    private static ImmutableArray<SourceAge> SourcesOn(Venue venue, SourceHealth health)
    {
        return Projection.MeetOn(venue) is { } meet ? [.. meet.Document.Sources.Select(Age)] : [];

        SourceAge Age(SourceDocument source)
        {
            var (age, alarm) = health.Of(source.Id);
            return new SourceAge(source.Id, age, alarm);
        }
    }
}
