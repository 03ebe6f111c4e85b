using LiveSkate.Benchmarks.EndToEnd;
using LiveSkate.Benchmarks.Fanout;
using LiveSkate.Benchmarks.Fanout.Servers;
using LiveSkate.Benchmarks.Harness;
using LiveSkate.Benchmarks.Ingest;
using LiveSkate.Benchmarks.Load;
using LiveSkate.Benchmarks.Micro;
using LiveSkate.Benchmarks.Recovery;
using LiveSkate.Benchmarks.Soak;

// What can be measured, in the order of the report. Each entry is a room of this project.
Dictionary<string, Suite> suites = new(StringComparer.Ordinal)
{
    ["micro"] = MicroSuite.RunAsync,
    ["fanout"] = FanoutSuite.RunAsync,
    ["ingest"] = IngestSuite.MeasureAsync,
    ["endtoend"] = EndToEndSuite.MeasureAsync,
    ["recovery"] = RecoverySuite.MeasureAsync,
    ["soak"] = SoakSuite.RunAsync,
};

// What runs as a process of its own beside the server: the baselines.
Dictionary<string, Func<string[], Task>> baselines = new(StringComparer.Ordinal)
{
    [Crowd.ProcessName] = CrowdMain.RunAsync,
    [LiveSkateServer.ProcessName] = LiveSkateServer.RunAsync,
    [RawServer.ProcessName] = RawServer.RunAsync,
    [GroupServer.ProcessName] = GroupServer.RunAsync,
    [Publisher.ProcessName] = Publisher.RunAsync,
    [BorrowedServer.ProcessName] = BorrowedServer.ServeAsync,
    [Gateways.ProcessName] = Gateways.ServeAsync,
};

switch (args)
{
    case ["serve", var name, .. var rest] when baselines.TryGetValue(name, out var serve):
        await serve(rest);
        return 0;
    case ["all" or "quick", ..]:
        return await Bench.RunAsync(suites, new Plan(Quick: args[0] == "quick"));
    case [var one, .. var more] when suites.ContainsKey(one):
        return await Bench.RunAsync(suites.Where(suite => suite.Key == one).ToDictionary(), new Plan(Quick: more.Contains("--quick")));
    default:
        Console.Error.WriteLine($"all | quick | one of {string.Join(", ", suites.Keys)}, with --quick if it need not be exact");
        return 2;
}
