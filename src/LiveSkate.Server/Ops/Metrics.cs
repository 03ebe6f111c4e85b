using LiveSkate.Core;
using Prometheus;

namespace LiveSkate.Server.Ops;

/// <summary>
/// What <c>/metrics</c> shows of this server. Counted where it happens, or read just before it is shown (<see cref="BeforeShown"/>).
/// One registry per server: several may run in one process.
/// </summary>
public sealed class Metrics : IDisposable
{
    private readonly IDisposable _meters;
    private readonly Counter _passings, _rejected, _appendFailures;
    private readonly Histogram _append, _batch;

    public Metrics()
    {
        var make = Prometheus.Metrics.WithCustomRegistry(Registry);
        _passings = make.CreateCounter("liveskate_passings_total", "Passings written into the journal.");
        _rejected = make.CreateCounter("liveskate_rejected_messages_total", "Messages of the track that could not be used.", "reason");
        _append = make.CreateHistogram("liveskate_journal_append_seconds", "One group commit, from begin to synced.",
            new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.0001, 2, 16) });
        _batch = make.CreateHistogram("liveskate_journal_batch_rows", "Rows in one group commit.",
            new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(1, 2, 11) });
        _appendFailures = make.CreateCounter("liveskate_journal_append_failures_total", "Group commits that failed; their senders keep what was in them.");
        JournalAt = make.CreateGauge("liveskate_journal_at", "Newest position in the journal.");
        IntakeWaiting = make.CreateGauge("liveskate_intake_waiting", "Messages and commands that wait to be written.");
        Holes = make.CreateGauge("liveskate_sources_with_holes", "Sources whose numbers are not complete.");
        SenderRuns = make.CreateGauge("liveskate_sender_runs", "Runs (epochs) of senders that are remembered: some 250 bytes each.");
        Viewers = make.CreateGauge("liveskate_viewers", "Open connections of viewers.");
        FramesSent = make.CreateCounter("liveskate_frames_sent_total", "Frames handed to a viewer's connection.");
        FramesDisplaced = make.CreateCounter("liveskate_frames_displaced_total", "Frames that a newer one replaced before they were sent.");
        IngestToSend = make.CreateHistogram("liveskate_ingest_to_send_seconds", "From the arrival of a message to the first viewer's frame.",
            new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.0005, 2, 14) });
        DotNetStats.Register(Registry);
        // What the rooms count with .NET's own meters is shown too.
        _meters = MeterAdapter.StartListening(new MeterAdapterOptions
        {
            Registry = Registry,
            InstrumentFilterPredicate = static instrument => instrument.Meter.Name.StartsWith("LiveSkate.", StringComparison.Ordinal),
        });
    }

    public CollectorRegistry Registry { get; } = Prometheus.Metrics.NewCustomRegistry();

    public Gauge JournalAt { get; }
    public Gauge IntakeWaiting { get; }
    public Gauge Holes { get; }
    public Gauge SenderRuns { get; }
    public Gauge Viewers { get; }

    /// <summary>Where a room keeps the total itself: <c>IncTo</c> in <see cref="BeforeShown"/>.</summary>
    public Counter FramesSent { get; }

    /// <inheritdoc cref="FramesSent"/>
    public Counter FramesDisplaced { get; }

    /// <summary>Seconds.</summary>
    public Histogram IngestToSend { get; }

    /// <summary>Called whenever somebody looks: the place to set the gauges.</summary>
    public void BeforeShown(Action read) => Registry.AddBeforeCollectCallback(read);

    /// <summary>After each group commit.</summary>
    public void Committed(IEnumerable<Recorded> rows)
    {
        foreach (var row in rows)
        {
            if (row.Fact is PassingRead)
                _passings.Inc();
            else if (row.Fact is MessageRejected rejected)
                _rejected.WithLabels(rejected.Reason).Inc();
        }
    }

    /// <param name="rows">0: it failed.</param>
    public void Appended(TimeSpan took, int rows)
    {
        if (rows == 0)
        {
            _appendFailures.Inc();
            return;
        }
        _append.Observe(took.TotalSeconds);
        _batch.Observe(rows);
    }

    public void Dispose() => _meters.Dispose();
}
