namespace LiveSkate.Benchmarks.Harness;

/// <summary>Runs the suites one after another and writes the report.</summary>
public static class Bench
{
    /// <returns>0 when everything was measured, whether the goals are met or not; 1 where a suite could not be run.</returns>
    public static async Task<int> RunAsync(IReadOnlyDictionary<string, Suite> suites, Plan plan)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) => (press.Cancel, _) = (true, stop.CancelAsync());
        var sections = new List<Section>();
        var failed = false;
        foreach (var (name, suite) in suites)
        {
            Console.WriteLine($"── {name}");
            try
            {
                sections.Add(await suite(plan, stop.Token));
            }
#pragma warning disable CA1031 // One suite that fails must not cost the others their figures; the report says so.
            catch (Exception broken)
            {
                failed = true;
                Console.Error.WriteLine(broken);
                sections.Add(new Section(name, "Not measured.") { Remarks = [broken.Message] });
            }
#pragma warning restore CA1031
        }
        Report.Write(sections, suites.Count > 1 ? plan.Choose("report", "quick") : suites.Keys.Single());
        return failed ? 1 : 0;
    }
}
