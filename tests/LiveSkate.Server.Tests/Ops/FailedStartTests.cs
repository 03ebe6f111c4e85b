using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace LiveSkate.Server.Tests.Ops;

/// <summary>The program itself, started as a user starts it, where it cannot start.</summary>
public sealed class FailedStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveskate-start-").FullName;
    private readonly TcpListener _taken = new(IPAddress.Loopback, 0);

    public FailedStartTests() => _taken.Start();

    private int TakenPort => ((IPEndPoint)_taken.LocalEndpoint).Port;

    public void Dispose()
    {
        _taken.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("Mqtt:Port is taken: another program listens there. Allowed:", "--Urls=http://127.0.0.1:0", "--Mqtt:Port=taken")]
    [InlineData("Urls is http://localhost:taken: another program listens there. Allowed:", "--Urls=http://localhost:taken", "--Mqtt:Port=free")]
    [InlineData("Demo:Speed is fast: it is no such factor. Allowed:", "demo", "--Demo:Speed=fast")]
    [InlineData("Mqtt:Prot is 1884: there is no such setting. Allowed: Mqtt:Mode,", "--Mqtt:Prot=1884")]
    [InlineData("damaged at position 1:", "--Journal:Path=rubbish.db")]
    public async Task The_program_says_why_in_one_line_and_ends_with_1(string says, params string[] arguments)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "rubbish.db"), "no journal at all", TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = _folder, RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(Commit).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(WithPorts(argument));
        using var program = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        try
        {
            var output = program.StandardOutput.ReadToEndAsync(patience.Token);
            var error = await program.StandardError.ReadToEndAsync(patience.Token);
            await program.WaitForExitAsync(patience.Token);

            Assert.Equal(1, program.ExitCode);
            Assert.StartsWith("LiveSkate does not start. ", error, StringComparison.Ordinal);
            Assert.Contains(WithPorts(says), error, StringComparison.Ordinal);
            Assert.Single(error.TrimEnd().Split('\n'));
            Assert.DoesNotContain("   at ", await output, StringComparison.Ordinal);
        }
        finally
        {
            if (!program.HasExited)
                program.Kill();
        }
    }

    private string WithPorts(string text)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return text.Replace(":taken", $":{TakenPort}", StringComparison.Ordinal).Replace("=taken", $"={TakenPort}", StringComparison.Ordinal)
            .Replace("is taken", $"is {TakenPort}", StringComparison.Ordinal)
            .Replace("=free", $"={((IPEndPoint)free.LocalEndpoint).Port}", StringComparison.Ordinal);
    }
}
