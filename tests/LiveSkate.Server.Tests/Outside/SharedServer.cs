using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using LiveSkate.Server.Tests.Ingest;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>One server for all tests of a class; its venue is "track".</summary>
public sealed class SharedServer : IAsyncLifetime
{
    public ServerProcess Process { get; } = new("--Mqtt:Venue=track");

    /// <summary>The same server, asked by somebody who has no key.</summary>
    public HttpClient Public { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Public = new HttpClient { BaseAddress = Process.Address, Timeout = TimeSpan.FromSeconds(60) };
        await Process.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Public.Dispose();
        await Process.DisposeAsync();
    }
}

/// <summary>What the server answered.</summary>
/// <param name="Json">Null where the body is no JSON.</param>
internal sealed record Said(int Status, JsonNode? Json, string Body, HttpResponseHeaders Headers, string? ContentType)
{
    public string? Code => Json?["code"]?.GetValue<string>();

    public string Detail => Json?["detail"]?.GetValue<string>() ?? "";
}

/// <summary>
/// A test that speaks to the shared server from outside, and leaves the track free: only one heat of the venue may be armed, and only
/// one meet may have armed or running heats.
/// </summary>
public abstract class OutsideTests(SharedServer shared) : IAsyncLifetime
{
    private readonly List<OutsideMeet> _meets = [];

    private protected ServerProcess Server => shared.Process;

    private protected HttpClient Public => shared.Public;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var meet in _meets)
            await meet.LeaveTrackAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A new meet with an id, sources and chips of its own.</summary>
    /// <param name="change">Of the document before it is put.</param>
    private protected async Task<OutsideMeet> MeetAsync(Action<JsonObject>? change = null)
    {
        var meet = new OutsideMeet(Server);
        _meets.Add(meet);
        change?.Invoke(meet.Document);
        var said = await PutAsync(meet.Id, meet.Document);
        Assert.True(said.Status == 201, said.Body);
        return meet;
    }

    private protected Task<TrackClient> TrackAsync() => TrackClient.ConnectAsync(Server.MqttPort);

    private protected Task<Said> PutAsync(string meet, JsonNode document) =>
        SendAsync(HttpMethod.Put, $"/api/meets/{meet}", document.ToJsonString());

    private protected async Task<JsonNode> GetAsync(string path)
    {
        var said = await SendAsync(HttpMethod.Get, path);
        Assert.True(said.Status == 200, $"GET {path}: {said.Status} {said.Body}");
        return said.Json!;
    }

    private protected Task<Said> SendAsync(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        Http.SendAsync(Server.Http, method, path, body, headers);

    /// <summary>As the public: without the key.</summary>
    private protected Task<Said> AskAsync(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        Http.SendAsync(Public, method, path, body, headers);

    /// <summary>The journal's rows, parsed.</summary>
    private protected async Task<IReadOnlyList<JsonNode>> JournalAsync(string query = "") =>
        [.. (await SendAsync(HttpMethod.Get, $"/api/journal{query}")).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    /// <summary>The newest position of the journal.</summary>
    private protected async Task<long> AtAsync() => (await JournalAsync()) is [.., var last] ? last["at"]!.GetValue<long>() : 0;

    private protected Task Until(Func<Task<bool>> isSo, string what) => Server.Until(isSo, what);
}

internal static class Http
{
    public static async Task<Said> SendAsync(HttpClient http, HttpMethod method, string path, string? body, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new Said((int)answer.StatusCode, Parse(text), text, answer.Headers, answer.Content.Headers.ContentType?.MediaType);
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
