using System.Diagnostics.Metrics;
using LiveSkate.Core;

namespace LiveSkate.Server.Ingest;

/// <summary>What came over MQTT, for <c>/metrics</c>.</summary>
internal static class IngestMeter
{
    public const string Name = "LiveSkate.Ingest";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Messages = Meter.CreateCounter<long>("liveskate_ingest_messages", description: "MQTT messages read");
    private static readonly Counter<long> Rejected = Meter.CreateCounter<long>("liveskate_ingest_rejected", description: "Messages, or parts of a batch, that could not be used");
    private static readonly Counter<long> Failed = Meter.CreateCounter<long>("liveskate_ingest_not_recorded", description: "Messages that the journal did not take");

    public static void Count(IReadOnlyList<TrackItem> items)
    {
        Messages.Add(1);
        foreach (var item in items)
        {
            if (item.Fact is MessageRejected rejected)
                Rejected.Add(1, new KeyValuePair<string, object?>("reason", rejected.Reason));
        }
    }

    public static void CountFailure() => Failed.Add(1);
}
