using System.Text.Json.Nodes;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>A reader of Server-Sent Events that does what a browser does, and no more.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _lines;

    private EventStream(HttpResponseMessage answer, Stream body) => (_answer, _lines) = (answer, new StreamReader(body));

    public string? ContentType => _answer.Content.Headers.ContentType?.MediaType;

    /// <param name="lastId">The Last-Event-ID; null for none.</param>
    public static async Task<EventStream> OpenAsync(HttpClient http, string scope, string? lastId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/live?scope={Uri.EscapeDataString(scope)}");
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        return new EventStream(answer, await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>The next frame; other events are passed over.</summary>
    public async Task<(string Id, JsonObject Frame)> FrameAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var (name, id, data) = ("message", "", "");
        while (await _lines.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.Length == 0 && name == "frame")
                return (id, JsonNode.Parse(data)!.AsObject());
            if (line.Length == 0)
                (name, data) = ("message", "");
            else if (line.Split(": ", 2) is [var field, var value])
                (name, id, data) = (field == "event" ? value : name, field == "id" ? value : id, field == "data" ? data + value : data);
        }
        throw new EndOfStreamException("The stream ended without a frame.");
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _answer.Dispose();
        return ValueTask.CompletedTask;
    }
}
