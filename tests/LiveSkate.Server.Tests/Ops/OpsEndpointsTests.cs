using System.Net;
using LiveSkate.Core;
using LiveSkate.Server.Journal;
using LiveSkate.Server.Ops;
using LiveSkate.Server.Tests.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LiveSkate.Server.Tests.Ops;

public sealed class OpsEndpointsTests
{
    [Fact]
    public async Task Ready_means_journal_replayed_and_broker_listening()
    {
        var readiness = new Readiness();
        var listens = false;
        using var metrics = new Metrics();
        await using var server = await ServeAsync(readiness, metrics);

        Assert.Equal((HttpStatusCode.OK, """{"live":true}"""), await GetAsync(server, "/health/live"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"ready":false,"waitsFor":["journal","broker"]}"""), await GetAsync(server, "/health/ready"));
        readiness.JournalReplayed();
        readiness.BrokerListens(() => listens);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"ready":false,"waitsFor":["broker"]}"""), await GetAsync(server, "/health/ready"));
        listens = true;
        Assert.Equal((HttpStatusCode.OK, """{"ready":true}"""), await GetAsync(server, "/health/ready"));
        listens = false;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync(server, "/health/ready")).Status);
    }

    [Fact]
    public async Task Metrics_show_what_happened_in_this_server_and_not_in_another()
    {
        using var folder = new JournalFolder();
        using var metrics = new Metrics();
        using var others = new Metrics();
        await using var server = await ServeAsync(new Readiness(), metrics);
        await using var otherServer = await ServeAsync(new Readiness(), others);
        using var journal = new MeasuredJournal(folder.Closed(), metrics.Appended);
        var waiting = 3;
        metrics.BeforeShown(() =>
        {
            metrics.IntakeWaiting.Set(waiting);
            metrics.JournalAt.Set(journal.LastAt);
            metrics.FramesSent.IncTo(17);
        });

        journal.Open(_ => { });
        metrics.Committed(journal.Append([.. Enumerable.Range(1, 5).Select(JournalFolder.Passing)], JournalFolder.Now));
        metrics.Committed(journal.Append(
            [new JournalEntry(null, "hub", new MessageRejected { Topic = "t", Reason = "not-json", Detail = "d", Bytes = [], Length = 0 }, null, null)], JournalFolder.Now));
        Assert.Throws<JournalException>(() => journal.Append([JournalFolder.Passing(1)], JournalFolder.Now));
        metrics.IngestToSend.Observe(0.004);

        var (status, text) = await GetAsync(server, "/metrics");
        var lines = text.Split('\n');
        Assert.Equal(HttpStatusCode.OK, status);
        foreach (var line in new[]
        {
            "liveskate_passings_total 5",
            "liveskate_rejected_messages_total{reason=\"not-json\"} 1",
            "liveskate_journal_append_seconds_count 2",
            "liveskate_journal_batch_rows_sum 6",
            "liveskate_journal_append_failures_total 1",
            "liveskate_journal_at 6",
            "liveskate_intake_waiting 3",
            "liveskate_frames_sent_total 17",
            "liveskate_frames_displaced_total 0",
            "liveskate_viewers 0",
            "liveskate_sources_with_holes 0",
            "liveskate_ingest_to_send_seconds_bucket{le=\"0.004\"} 1",
        })
            Assert.Contains(line, lines);
        waiting = 0;
        Assert.Contains("liveskate_intake_waiting 0", (await GetAsync(server, "/metrics")).Body.Split('\n'));
        Assert.Contains("liveskate_passings_total 0", (await GetAsync(otherServer, "/metrics")).Body.Split('\n'));
    }

    private static async Task<WebApplication> ServeAsync(Readiness readiness, Metrics metrics)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapOps(readiness, metrics);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(WebApplication server, string path)
    {
        using var client = new HttpClient { BaseAddress = new Uri(server.Urls.Single()) };
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
