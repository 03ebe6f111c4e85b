using System.Text.Json;

namespace LiveSkate.Benchmarks.Soak;

/// <summary>A reader of Server-Sent Events; comes back with the id of the last event, as EventSource does.</summary>
internal sealed class FeedViewer(int port, Followed followed) : IViewer
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Timeout.InfiniteTimeSpan };
    private volatile TaskCompletionSource? _asleep;

    public Followed Followed => followed;

    public void Sleep() => _asleep ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Wake()
    {
        var asleep = _asleep;
        _asleep = null;
        asleep?.TrySetResult();
    }

    public async Task StayAsync(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/live?scope={followed.Scope}");
        if (followed.Epoch is { } epoch)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", $"{epoch}:{followed.Seq}");
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        using var lines = new StreamReader(await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancel));
        var isFrame = false;
        while (await lines.ReadLineAsync(cancel) is { } line)
        {
            if (_asleep is { } asleep)
                await asleep.Task.WaitAsync(cancel);
            if (line.StartsWith("event:", StringComparison.Ordinal))
                isFrame = line.AsSpan(6).Trim() is "frame";
            else if (isFrame && line.StartsWith("data:", StringComparison.Ordinal) && !Take(line.AsMemory(5)))
                // EventSource cannot ask again on the same connection: it comes back.
                return;
        }
    }

    public void Dispose() => _http.Dispose();

    private bool Take(ReadOnlyMemory<char> json)
    {
        using var document = JsonDocument.Parse(json);
        return followed.Take(document.RootElement);
    }
}
