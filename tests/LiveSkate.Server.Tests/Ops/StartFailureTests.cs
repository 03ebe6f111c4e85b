using System.Net;
using System.Net.Sockets;
using LiveSkate.Server.Ingest;
using LiveSkate.Server.Journal;
using LiveSkate.Server.Ops;
using LiveSkate.Server.Tests.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LiveSkate.Server.Tests.Ops;

public sealed class StartFailureTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("*")]
    public async Task A_taken_web_port_ends_the_start_with_one_line(string host)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var takenToo = new TcpListener(IPAddress.IPv6Loopback, 0);
        var urls = $"http://{host}:{((IPEndPoint)taken.LocalEndpoint).Port}";

        var (code, line) = await GuardAsync(() => ServeAsync(urls), urls);

        Assert.Equal(1, code);
        Assert.Equal($"LiveSkate does not start. Urls is {urls}: another program listens there. Allowed: an address with a free port.\n", line);
    }

    [Fact]
    public async Task An_address_of_another_machine_ends_the_start_with_one_line()
    {
        const string Urls = "http://192.0.2.1:5080";
        var (code, line) = await GuardAsync(() => ServeAsync(Urls), Urls);
        Assert.Equal(1, code);
        Assert.StartsWith($"LiveSkate does not start. Urls is {Urls}: this machine has no such address. Allowed:", line, StringComparison.Ordinal);
        Assert.Equal(1, line.Count(letter => letter == '\n'));
    }

    [Fact]
    public async Task Https_without_a_certificate_ends_the_start_with_one_line()
    {
        const string Urls = "https://127.0.0.1:0";
        Assert.SkipWhen(Directory.Exists(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet/corefx/cryptography/x509stores/my")), "a development certificate is installed");
        var (code, line) = await GuardAsync(() => ServeAsync(Urls), Urls);
        Assert.Equal(1, code);
        Assert.Contains("https needs a certificate", line, StringComparison.Ordinal);
        Assert.Equal(1, line.Count(letter => letter == '\n'));
    }

    [Fact]
    public async Task A_wrong_setting_a_broker_without_a_port_and_a_damaged_journal_end_the_start_with_their_sentence()
    {
        using var folder = new JournalFolder().With(3);
        File.WriteAllText(folder.Path, "no journal");
        foreach (var (start, says) in new (Action, string)[]
        {
            (() => throw new SettingsException("Mqtt:Port", "x", "it is no number", "1 to 65535"), "Mqtt:Port is x: it is no number. Allowed: 1 to 65535."),
            (() => throw new BrokerStartException("Mqtt:Port", "1883", "another program listens there", "a free port"), "Mqtt:Port is 1883: another program listens there."),
            (() => folder.Open(), "would be lost"),
        })
        {
            var (code, line) = await GuardAsync(() => { start(); return Task.CompletedTask; }, null);
            Assert.Equal(1, code);
            Assert.Contains(says, line, StringComparison.Ordinal);
            Assert.Equal(1, line.Count(letter => letter == '\n'));
            Assert.DoesNotContain(" at LiveSkate", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_bug_keeps_its_stack() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => GuardAsync(() => throw new InvalidOperationException("a bug"), null));

    [Fact]
    public async Task A_good_run_ends_with_0_and_says_nothing() => Assert.Equal((0, ""), await GuardAsync(() => Task.CompletedTask, null));

    private static async Task<(int Code, string Line)> GuardAsync(Func<Task> run, string? urls)
    {
        using var error = new StringWriter { NewLine = "\n" };
        return (await StartFailure.GuardAsync(run, () => urls, error), error.ToString());
    }

    private static async Task ServeAsync(string urls)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(urls);
        await using var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
    }
}
