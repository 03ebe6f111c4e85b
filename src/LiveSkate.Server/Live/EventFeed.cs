namespace LiveSkate.Server.Live;

/// <summary>GET /api/live?scope=…: the same frames as Server-Sent Events, one scope a request.</summary>
public sealed class EventFeed : IDisposable
{
    private readonly HttpContext _http;
    private readonly CancellationTokenSource _ended;
    private readonly SemaphoreSlim _writing = new(1);

    private EventFeed(HttpContext http, CancellationToken stopping)
    {
        _http = http;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
    }

    public static async Task ServeAsync(HttpContext http)
    {
        var fanOut = http.RequestServices.GetRequiredService<FanOut>();
        var scope = http.Request.Query["scope"].ToString();
        if (!fanOut.Knows(scope))
        {
            await UnknownScope(scope).ExecuteAsync(http);
            return;
        }

        using var feed = new EventFeed(http, http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        try
        {
            await feed.RunAsync(fanOut, scope);
        }
        catch (OperationCanceledException)
        {
            // The viewer has left, or the server stops: the ordinary end of a stream.
        }
    }

    private async Task RunAsync(FanOut fanOut, string scope)
    {
        _http.Response.ContentType = "text/event-stream";
        _http.Response.Headers.CacheControl = "no-store";
        // For a reverse proxy that would otherwise gather a page before it passes anything on.
        _http.Response.Headers["X-Accel-Buffering"] = "no";
        await _http.Response.BodyWriter.FlushAsync(_ended.Token);

        var viewer = fanOut.Open(SendAsync, _http.Request.Query["pace"].ToString());
        try
        {
            var (epoch, seq) = EventId(_http.Request.Headers["Last-Event-ID"].ToString());
            fanOut.Watch(viewer, scope, epoch, seq);
            viewer.Release();
            await Task.Delay(Timeout.Infinite, _ended.Token);
        }
        finally
        {
            fanOut.Close(viewer);
            // The server uses the response's memory for the next request: nothing may be writing to it any more, now or later.
            await _writing.WaitAsync();
        }
    }

    private async ValueTask SendAsync(SharedMessage message)
    {
        await _writing.WaitAsync(_ended.Token);
        try
        {
            _ended.CancelAfter(LiveSetup.SendTimeout);
            await _http.Response.BodyWriter.WriteAsync(message.ForStream, _ended.Token);
            _ended.CancelAfter(Timeout.InfiniteTimeSpan);
        }
        catch
        {
            // Half an event is out, or nobody reads: there is no orderly end to this any more.
            _http.Abort();
            await _ended.CancelAsync();
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose()
    {
        _ended.Dispose();
        _writing.Dispose();
    }

    private static IResult UnknownScope(string scope) =>
        Results.Problem(
            detail: $"There is no scope '{scope}'.", statusCode: StatusCodes.Status404NotFound, title: "Unknown scope",
            extensions: new Dictionary<string, object?> { ["code"] = "unknown-scope" });

    /// <summary>"{epoch}:{seq}"; anything else is as good as nothing, and gets the complete state.</summary>
    private static (string? Epoch, long? Seq) EventId(string id)
    {
        var colon = id.LastIndexOf(':');
        return colon > 0 && long.TryParse(id.AsSpan(colon + 1), out var seq) ? (id[..colon], seq) : (null, null);
    }
}
