using System.Collections.Immutable;
using System.Globalization;
using LiveSkate.Benchmarks.Harness;
using LiveSkate.Benchmarks.Load;

namespace LiveSkate.Benchmarks.Soak;

/// <summary>A day of fourteen hours in minutes: does anything grow, and does any viewer miss anything without knowing it?</summary>
public static class SoakSuite
{
    private const double Megabyte = 1e6;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(4);

    public static async Task<Section> RunAsync(Plan plan, CancellationToken cancel)
    {
        var (events, perHeat) = plan.Choose((56, TimeSpan.FromSeconds(1.2)), (4, TimeSpan.FromSeconds(1.1)));
        // 280 heats, three minutes apart, are fourteen hours.
        var meet = new LongMeet(events, Math.Round((decimal)(TimeSpan.FromMinutes(3) / perHeat), 2));
        await using var server = await SoakServer.StartAsync(cancel);
        await using var day = new LongDay(server, meet, perHeat);
        await day.PutAsync(cancel);
        await using var onlookers = new Onlookers(server.WebPort, server.MqttPort, () => day.HeatOn);
        onlookers.Open();
        await using var crowd = Crowd.Start();
        await crowd.ConnectAsync(new Audience(Speech.LiveSkate, server.WebPort, plan.Choose(100, 50), "now") { Sign = "\"seq\":" }, cancel);
        await Task.Delay(Rest, cancel);

        var before = (Heap: await server.LiveHeapAsync(cancel), At: await server.MetricAsync("liveskate_journal_at", cancel));
        var samples = new Samples(server, plan.Choose(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2)));
        using var evening = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var storms = StormAsync(crowd, evening.Token);
        await samples.TakeUntilAsync(day.RunAsync(cancel), cancel);
        await evening.CancelAsync();
        await storms.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (day.Raced < meet.AllHeats)
            throw new InvalidOperationException($"Only {day.Raced} of {meet.AllHeats} heats were raced.");

        var others = await onlookers.SettleAsync(cancel);
        var worn = await HeapAtRestAsync(server, cancel);
        await server.RestartAsync(cancel);
        var epoch = await onlookers.EpochAsync(cancel);
        await crowd.ConnectAsync(new Audience(Speech.LiveSkate, server.WebPort, plan.Choose(100, 50), "now") { Sign = "\"seq\":" }, cancel);
        var back = DateTime.UtcNow + TimeSpan.FromSeconds(20);
        while (!onlookers.AllHeardOf(epoch) && DateTime.UtcNow < back)
            await Task.Delay(100, cancel);
        var leftBehind = onlookers.AllHeardOf(epoch) ? 0 : 1;
        await Task.Delay(Rest, cancel);
        var fresh = await HeapAtRestAsync(server, cancel);
        onlookers.Check();
        return Write(new Soaked(day, samples, onlookers, before, worn, fresh, others + leftBehind));
    }

    /// <param name="Worn">Heap at the end of the day, and</param>
    /// <param name="Fresh">of a server that has just read the same journal, with the same viewers.</param>
    private sealed record Soaked(
        LongDay Day, Samples Samples, Onlookers Onlookers, (double Heap, double At) Before, double Worn, double Fresh, int Others);

    /// <summary>All viewers of a hall lose their connection at once, again and again.</summary>
    private static async Task StormAsync(Crowd crowd, CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(15), cancel);
            await crowd.StormAsync(TimeSpan.FromSeconds(20), cancel);
            await crowd.BeginAsync(cancel);
        }
    }

    private static async Task<double> HeapAtRestAsync(SoakServer server, CancellationToken cancel)
    {
        var heaps = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            heaps.Add(await server.LiveHeapAsync(cancel));
            await Task.Delay(500, cancel);
        }

        return Spread.Of(heaps).Median;
    }

    private static Section Write(Soaked soaked)
    {
        var samples = soaked.Samples;
        var last = samples.All[^1];
        var (viewers, frames, breaks, failures) = soaked.Onlookers.Count();
        var perFact = (soaked.Fresh - soaked.Before.Heap) / (last.At - soaked.Before.At);
        double Unexplained(Sample sample) => (sample.LiveHeap - perFact * (sample.At - soaked.Before.At)) / Megabyte;
        return new Section(
            "Soak",
            $"The server's own process, embedded broker, journal on disk: {soaked.Day.Raced} heats in {last.Time.TotalSeconds:0} s. The office opens, arms, publishes and signs each, recalls, reviews and sanctions some; "
            + "readings come over MQTT, in one heat of ten over a link that loses some; the gateway is replaced every fourth heat, two others are cut off every second. Screens stay, phones come and go, "
            + "laptops fall asleep for up to 14 s, and a hall of viewers loses its connections at once every 15 s. Heap: after a full collection that is asked for from outside. "
            + "Growth: the median of the last third above the median of the second. What the journal explains is taken off the heap: as many bytes per fact as a server needs that has just been started on the same journal, with the same viewers.")
        {
            Goals =
            [
                new("soak: heap that grows beyond what is in the journal", One(samples.Growth(Unexplained)), 1, AtMost: true, "MB"),
                new("soak: heap at the end of the day above that of a server just started on the same journal", One((soaked.Worn - soaked.Fresh) / Megabyte), 2, AtMost: true, "MB"),
                new("soak: growth of handles", One(samples.Growth(sample => sample.Usage.Handles)), 5, AtMost: true, ""),
                new("soak: growth of threads", One(samples.Growth(sample => sample.Usage.Threads)), 2, AtMost: true, ""),
                new("soak: viewers with a gap that they do not know of", One(failures + soaked.Others), 0, AtMost: true, ""),
            ],
            Tables = [Figures(soaked, perFact, (viewers, frames, breaks)), Thirds(samples, Unexplained)],
            Charts = [Chart("soak-heap", "Heap after a full collection, and what the journal does not explain of it", "MB", samples.All.Where(sample => double.IsFinite(sample.LiveHeap)),
                    ("heap", sample => sample.LiveHeap / Megabyte), ("not explained", Unexplained)),
                Chart("soak-handles", "Handles and threads of the server", "number", samples.All, ("handles", sample => sample.Usage.Handles), ("threads", sample => sample.Usage.Threads))],
        };
    }

    private static Table Figures(Soaked soaked, double perFact, (int Viewers, long Frames, int Breaks) seen) => new(
        "The day in figures", ["what", "figure"],
        [
            ["heats", $"{soaked.Day.Raced}"], ["readings sent", Number(soaked.Day.Readings)], ["facts in the journal", Number(soaked.Samples.All[^1].At)],
            ["state in memory for each fact, bytes", Number(perFact)], ["state in memory for each reading, bytes", Number((soaked.Fresh - soaked.Before.Heap) / soaked.Day.Readings)],
            ["heap with the document alone, at the end, after a restart, MB", $"{Number(soaked.Before.Heap / Megabyte)} / {Number(soaked.Worn / Megabyte)} / {Number(soaked.Fresh / Megabyte)}"],
            ["viewers that came, frames that they had", $"{seen.Viewers} / {Number(seen.Frames)}"], ["frames that did not follow, and were asked for again", $"{seen.Breaks}"],
            ["visits of phones, naps of laptops, gateways", $"{soaked.Onlookers.Coming.Visits} / {soaked.Onlookers.Coming.Naps} / {soaked.Day.Gateways}"],
        ]);

    private static Table Thirds(Samples samples, Func<Sample, double> unexplained)
    {
        (string Name, Func<Sample, double> Value)[] figures =
        [
            ("heap, MB", sample => sample.LiveHeap / Megabyte), ("heap not explained, MB", unexplained), ("private memory, MB", sample => sample.Usage.PrivateBytes / Megabyte),
            ("handles", sample => sample.Usage.Handles), ("threads", sample => sample.Usage.Threads),
        ];
        return new Table("Medians of the day's thirds", ["", "first", "second", "last"], [.. figures.Select(figure =>
        {
            var values = samples.All.Select(figure.Value).Where(double.IsFinite).ToList();
            var third = values.Count / 3;
            return (ImmutableArray<string>)[figure.Name, Median(values[..third]), Median(values[third..(2 * third)]), Median(values[(2 * third)..])];
        })]);

        static string Median(List<double> values) => Number(Spread.Of(values).Median);
    }

    private static Chart Chart(string file, string title, string unit, IEnumerable<Sample> samples, params (string Name, Func<Sample, double> Value)[] lines)
    {
        // Some fifty points are a line; every sample would be a blot.
        var all = samples.ToList();
        var step = Math.Max(1, all.Count / 45);
        var shown = all.Where((_, i) => i % step == 0).ToList();
        var labels = Math.Max(1, shown.Count / 12);
        return new Chart(
            file, title, unit, [.. shown.Select((sample, i) => i % labels == 0 ? $"{sample.Time.TotalSeconds:0} s" : "")],
            [.. lines.Select(line => new Series(line.Name, [.. shown.Select(line.Value)]))], Lines: true);
    }

    private static Spread One(double value) => Spread.Of([value]);

    private static string Number(double value) => Report.Number(value);
}
