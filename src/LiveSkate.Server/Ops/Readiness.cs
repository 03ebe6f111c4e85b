namespace LiveSkate.Server.Ops;

/// <summary>What must have happened before the server is of use (contract section 3): the journal replayed, the broker listening.</summary>
public sealed class Readiness
{
    private volatile bool _journalReplayed;
    private volatile Func<bool>? _brokerListens;

    public void JournalReplayed() => _journalReplayed = true;

    /// <param name="isReady">Asked each time: an external broker may go and come back.</param>
    public void BrokerListens(Func<bool> isReady) => _brokerListens = isReady;

    /// <summary>"journal", "broker"; empty when ready.</summary>
    public IReadOnlyList<string> WaitsFor =>
    [
        .. _journalReplayed ? Array.Empty<string>() : ["journal"],
        .. _brokerListens?.Invoke() == true ? Array.Empty<string>() : ["broker"],
    ];
}
