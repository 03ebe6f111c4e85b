using System.Text;
using LiveSkate.Server.Tests.Ingest;
using MQTTnet;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>
/// A sender that keeps each message until its PUBACK, and sends what it has not got again after every loss of the link. It does not listen
/// to what the hub asks for: what was acknowledged is never sent again.
/// </summary>
internal sealed class Gateway(int port, string topic, int from, int upTo, Func<int, string> payload)
{
    private const int AtOnce = 16;

    private readonly bool[] _acknowledged = new bool[upTo + 1];
    private int _count, _unanswered;

    /// <summary>Messages acknowledged with 0x00 so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Messages that were let go and not answered before the link broke.</summary>
    public int Unanswered => _unanswered;

    /// <summary>What the hub answered to a message that it did not take; null while it took all.</summary>
    public MqttClientPublishReasonCode? LastRefusal { get; private set; }

    public IReadOnlyList<int> Acknowledged => [.. Enumerable.Range(from, upTo - from + 1).Where(n => _acknowledged[n])];

    /// <summary>Until all is acknowledged, or there is nobody to be waited for any more.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (Acknowledged.Count < upTo - from + 1 && !stop.IsCancellationRequested)
        {
            try
            {
                await using var client = await TrackClient.ConnectAsync(port);
                await SendAsync(client, stop);
            }
            catch (Exception away) when (away is not OutOfMemoryException)
            {
                // Killed, stopped, or not there yet.
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    private async Task SendAsync(TrackClient client, CancellationToken stop)
    {
        foreach (var some in Enumerable.Range(from, upTo - from + 1).Chunk(AtOnce))
        {
            // In order: what is refused is offered again before anything that comes after it.
            while (some.Where(n => !_acknowledged[n]).ToArray() is { Length: > 0 } owed)
            {
                if (stop.IsCancellationRequested)
                    return;
                await Task.WhenAll(owed.Select(n => SendAsync(client, n)));
                if (owed.Any(n => !_acknowledged[n]))
                    await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    private async Task SendAsync(TrackClient client, int n)
    {
        try
        {
            var answer = await client.PublishBytesAsync(topic, Encoding.UTF8.GetBytes(payload(n)));
            if (answer.ReasonCode == MqttClientPublishReasonCode.Success)
            {
                _acknowledged[n] = true;
                Interlocked.Increment(ref _count);
            }
            else
            {
                LastRefusal = answer.ReasonCode;
            }
        }
        catch
        {
            Interlocked.Increment(ref _unanswered);
            throw;
        }
    }
}
