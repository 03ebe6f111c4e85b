using LiveSkate.Simulator;
using LiveSkate.Simulator.Load;
using Microsoft.Extensions.Logging;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true));
try
{
    return args switch
    {
        ["replay", .. var words] => await ReplayRun.RunAsync(
            CommandLine.Replay(words, Environment.GetEnvironmentVariable), Console.Out, logging.CreateLogger("Replay"), stop.Token),
        ["load", .. var words] => await LoadRun.RunAsync(
            CommandLine.Load(words, Environment.GetEnvironmentVariable), Console.Out, logging.CreateLogger("Load"), stop.Token),
        [] or ["help" or "--help" or "-h", ..] => throw new UsageException("What to do?"),
        [var other, ..] => throw new UsageException($"\"{other}\" is not known."),
    };
}
catch (UsageException wrong)
{
    await Console.Error.WriteLineAsync($"{wrong.Message}\n\n{CommandLine.Usage}");
    return ReplayRun.WrongUse;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return ReplayRun.Unfinished;
}
