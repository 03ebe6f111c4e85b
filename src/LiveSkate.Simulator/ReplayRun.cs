using LiveSkate.Simulator.Compare;
using LiveSkate.Simulator.Play;
using LiveSkate.Simulator.Results;
using Microsoft.Extensions.Logging;

namespace LiveSkate.Simulator;

/// <summary>One replay from the command line: plays, prints, decides on the exit code.</summary>
public static class ReplayRun
{
    public const int AsPrinted = 0, Differs = 1, WrongUse = 2, Unfinished = 3;

    public static async Task<int> RunAsync(ReplayRequest request, TextWriter output, ILogger log, CancellationToken ct)
    {
        Programme file;
        ExpectedDifferences expected;
        try
        {
            file = Inside(request.File) ?? Programme.Read(request.File);
            expected = request.Expect is { } path ? ExpectedDifferences.Parse(await File.ReadAllLinesAsync(path, ct)) : ExpectedDifferences.None;
        }
        catch (Exception problem) when (problem is UnplayableFileException or IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync(problem.Message);
            return WrongUse;
        }

        await output.WriteLineAsync(
            $"Replaying {(file.Events.Length == 1 ? file.Events[0].Event.Name : file.Title)}. Results are as printed; splits, transponders, the order of the start and, where the list has none, bibs and crossing times are made up.");
        try
        {
            var report = await new MeetPlayer(file, request.Options, TimeProvider.System, log).PlayAsync(ct);
            return await PrintAsync(report, expected, output);
        }
        catch (Exception problem) when (problem is ReplayException or UnplayableFileException)
        {
            await output.WriteLineAsync($"Not finished: {problem.Message}");
            return Unfinished;
        }
    }

    private static Programme? Inside(string word) =>
        word == "seed" ? Programme.Of(ResultFile.Seed()) : Programme.BuiltIn.Contains(word) ? Programme.Inside(word) : null;

    private static async Task<int> PrintAsync(ReplayReport report, ExpectedDifferences expected, TextWriter output)
    {
        foreach (var line in report.Differences)
            await output.WriteLineAsync(line);
        var (unexpected, absent) = expected.Against(report.Differences);
        foreach (var line in absent)
            await output.WriteLineAsync($"expected and absent: {line}");
        await output.WriteLineAsync(
            $"{report.Meet}/{report.Event}: {report.Heats} heats, {report.Messages} readings, {report.Sent} messages sent, {report.Resent} asked for again, "
            + $"{report.Differences.Length} differences, {unexpected.Length} of them unexpected, {absent.Length} expected and absent.");
        return unexpected.Length + absent.Length == 0 ? AsPrinted : Differs;
    }
}
