using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace LiveSkate.Server.Tests.Browser;

/// <summary>How the pages are served: to a phone on a bad network, and to a board that must never show yesterday's program.</summary>
public sealed class PagesTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/"), InlineData("/scoreboard/"), InlineData("/commentator/"), InlineData("/m/")]
    public async Task A_page_is_asked_for_anew_each_time_and_says_what_it_may_load(string path)
    {
        await using var host = await PagesHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };
        using var answer = await http.GetAsync(path, Cancelled);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.True(answer.Headers.CacheControl?.NoCache);
        Assert.Contains("default-src 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);

        using var again = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "If-None-Match", answer.Headers.ETag!.ToString() } } };
        using var unchanged = await http.SendAsync(again, Cancelled);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Assets_are_kept_for_ever_and_come_compressed_to_who_can_read_that()
    {
        await using var host = await PagesHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };
        var assets = Regex.Matches(await http.GetStringAsync("/m/", Cancelled), "/assets/[^\"]+").Select(match => match.Value).ToArray();
        Assert.NotEmpty(assets);

        foreach (var asset in assets)
        {
            using var plain = await http.GetAsync(asset, Cancelled);
            Assert.True(plain.Headers.CacheControl is { Public: true, MaxAge.TotalDays: >= 365 });
            Assert.Empty(plain.Content.Headers.ContentEncoding);
            foreach (var (accepted, expected) in ((string, string)[])[("br, gzip", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip")])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, asset) { Headers = { { "Accept-Encoding", accepted } } };
                using var packed = await http.SendAsync(request, Cancelled);
                Assert.Equal([expected], packed.Content.Headers.ContentEncoding);
                Assert.Equal(plain.Content.Headers.ContentType, packed.Content.Headers.ContentType);
                Assert.Contains("Accept-Encoding", packed.Headers.Vary);
                Assert.True(packed.Content.Headers.ContentLength < plain.Content.Headers.ContentLength);
            }
        }
    }

    [Fact]
    public async Task An_address_without_its_slash_keeps_what_stands_behind_it()
    {
        await using var host = await PagesHost.StartAsync();
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = host.Address };
        using var answer = await http.GetAsync("/m?scope=heat/a/b", Cancelled);
        Assert.Equal("/m/?scope=heat/a/b", answer.Headers.Location?.PathAndQuery);
    }

    [Theory]
    [InlineData("/assets/nothing.js"), InlineData("/m/nothing"), InlineData("/scoreboard/../../appsettings.json"), InlineData("/LiveSkate.Server.dll")]
    public async Task What_is_no_page_is_not_found(string path)
    {
        await using var host = await PagesHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };
        using var answer = await http.GetAsync(path, Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
