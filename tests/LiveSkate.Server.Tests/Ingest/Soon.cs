namespace LiveSkate.Server.Tests.Ingest;

/// <summary>Waits for a condition, never for a time.</summary>
internal static class Soon
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var deadline = DateTime.UtcNow + Deadline;
        while (!condition())
        {
            if (DateTime.UtcNow > deadline)
                throw new TimeoutException($"waited {Deadline.TotalSeconds} s for: {what}");
            await Task.Delay(5);
        }
    }
}
