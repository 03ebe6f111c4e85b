using System.Net;
using System.Text;
using System.Text.Json;
using LiveSkate.Server.Live;
using LiveSkate.Server.Tests.Ingest;
using Xunit;

namespace LiveSkate.Server.Tests.Live;

public sealed class EventFeedTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Feed_gives_the_same_frames_with_epoch_and_seq_as_event_id()
    {
        await using var host = await LiveHost.StartAsync();
        host.Scopes.Set("now", 1);
        using var feed = await Feed.OpenAsync(host, "now");
        var first = await feed.NextAsync("frame");
        host.Change("now", 2);
        var second = await feed.NextAsync("frame");
        Assert.Equal("text/event-stream", feed.ContentType);
        Assert.Equal([$"{host.FanOut.Epoch}:1", $"{host.FanOut.Epoch}:2"], [first.Id, second.Id]);
        var frame = HeldScopes.Read(Encoding.UTF8.GetBytes(second.Data));
        Assert.Equal(("now", 2L, "2"), (frame.Scope, frame.Seq, frame.Puts["n"].GetRawText()));
    }

    [Fact]
    public async Task Beat_comes_every_second_and_has_no_id_that_would_hide_the_frame_s()
    {
        await using var host = await LiveHost.StartAsync();
        host.Scopes.Set("now", 1);
        using var feed = await Feed.OpenAsync(host, "now");
        for (var i = 0; i < 2; i++)
        {
            var beat = await feed.NextAsync("beat");
            Assert.Null(beat.Id);
            Assert.Equal(1, JsonDocument.Parse(beat.Data).RootElement.GetProperty("at").GetInt64());
        }
    }

    [Fact]
    public async Task Last_event_id_of_the_newest_frame_is_answered_with_the_next_change_only()
    {
        await using var host = await LiveHost.StartAsync();
        host.Scopes.Set("now", 1);
        using var before = await Feed.OpenAsync(host, "now");
        var id = (await before.NextAsync("frame")).Id;
        using var back = await Feed.OpenAsync(host, "now", id);
        await Soon.UntilAsync(() => host.Counters.Viewers == 2, "both are there");
        host.Change("now", 2);
        Assert.Equal($"{host.FanOut.Epoch}:2", (await back.NextAsync("frame")).Id);
    }

    [Theory]
    [InlineData("another:1")]
    [InlineData("rubbish")]
    [InlineData(":")]
    [InlineData("1:2:x")]
    public async Task Any_other_last_event_id_is_answered_with_the_complete_state(string id)
    {
        await using var host = await LiveHost.StartAsync();
        host.Scopes.Set("now", 1);
        using var feed = await Feed.OpenAsync(host, "now", id);
        Assert.Equal($"{host.FanOut.Epoch}:1", (await feed.NextAsync("frame")).Id);
    }

    [Theory]
    [InlineData("?scope=heat/x/nowhere")]
    [InlineData("")]
    public async Task Unknown_scope_is_a_problem_with_a_code(string query)
    {
        await using var host = await LiveHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };
        using var answer = await http.GetAsync(new Uri("api/live" + query, UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop)).RootElement;
        Assert.Equal("unknown-scope", problem.GetProperty("code").GetString());
        Assert.Equal(0, host.Counters.Viewers);
    }

    [Fact]
    public async Task Feed_ends_when_the_server_stops_and_is_forgotten_when_the_viewer_leaves()
    {
        Feed stays;
        await using (var host = await LiveHost.StartAsync())
        {
            host.Scopes.Set("now", 1);
            stays = await Feed.OpenAsync(host, "now");
            using (var leaves = await Feed.OpenAsync(host, "now"))
                await leaves.NextAsync("frame");
            await Soon.UntilAsync(() => host.Counters.Viewers == 1, "one has left");
        }

        await Assert.ThrowsAsync<EndOfStreamException>(async () =>
        {
            while (true)
                await stays.NextAsync("frame");
        });
        stays.Dispose();
    }

    /// <summary>Reads events off the wire, line by line.</summary>
    private sealed class Feed(HttpClient http, HttpResponseMessage answer, StreamReader lines) : IDisposable
    {
        public sealed record Event(string? Name, string? Id, string Data);

        public string? ContentType => answer.Content.Headers.ContentType?.MediaType;

        public static async Task<Feed> OpenAsync(LiveHost host, string scope, string? lastEventId = null)
        {
            var http = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, $"api/live?scope={scope}"));
            if (lastEventId is not null)
                request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
            return new Feed(http, answer, new StreamReader(await answer.Content.ReadAsStreamAsync(Stop)));
        }

        public async Task<Event> NextAsync(string name)
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            deadline.CancelAfter(Soon.Deadline);
            while (true)
            {
                var fields = new Dictionary<string, string>();
                while (await lines.ReadLineAsync(deadline.Token) is var line && line != "")
                {
                    var parts = (line ?? throw new EndOfStreamException()).Split(": ", 2);
                    fields.Add(parts[0], parts[1]);
                }

                if (fields["event"] == name)
                    return new Event(name, fields.GetValueOrDefault("id"), fields["data"]);
            }
        }

        public void Dispose()
        {
            lines.Dispose();
            answer.Dispose();
            http.Dispose();
        }
    }
}
