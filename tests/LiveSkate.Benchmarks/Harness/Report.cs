using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LiveSkate.Benchmarks.Harness;

/// <summary>The report: Markdown with pictures beside it, in the folder of this project.</summary>
public static class Report
{
    /// <param name="name">report: the last full run, which is committed; anything else is not.</param>
    public static void Write(IReadOnlyList<Section> sections, string name)
    {
        var folder = name == "report" ? Path.Combine(ProjectFolder, "Report") : Path.Combine(ProjectFolder, ".runs", name);
        Directory.CreateDirectory(folder);
        var text = new StringBuilder("# What was measured\n\n").AppendLine(Machine()).AppendLine();
        Goals(text, sections);
        foreach (var section in sections)
            Section(text, section, folder);
        var path = Path.Combine(folder, "README.md");
        File.WriteAllText(path, text.ToString());
        Console.WriteLine($"Report: {path}");
    }

    public static string Number(double value) => value switch
    {
        double.NaN => "–",
        >= 1000 or <= -1000 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 100 or <= -100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 or <= -10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    private static void Goals(StringBuilder text, IReadOnlyList<Section> sections)
    {
        var goals = sections.SelectMany(section => section.Goals).ToList();
        if (goals.Count == 0)
            return;
        text.Append("| goal | bound | median | spread | |\n|---|--:|--:|--:|---|\n");
        foreach (var goal in goals)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {goal.What} | {(goal.AtMost ? "≤" : "≥")} {Number(goal.Bound)} {goal.Unit} | {Number(goal.Measured.Median)} | {Number(goal.Measured.Least)} – {Number(goal.Measured.Most)} | {(goal.Met ? "met" : "**missed**")} |");
        text.AppendLine();
    }

    private static void Section(StringBuilder text, Section section, string folder)
    {
        text.AppendLine($"## {section.Title}").AppendLine().AppendLine(section.How).AppendLine();
        foreach (var table in section.Tables)
        {
            text.AppendLine($"**{table.Title}**").AppendLine();
            text.AppendLine($"| {string.Join(" | ", table.Head)} |");
            text.AppendLine($"|---|{string.Concat(Enumerable.Repeat("--:|", table.Head.Length - 1))}");
            foreach (var row in table.Rows)
                text.AppendLine($"| {string.Join(" | ", row)} |");
            text.AppendLine();
        }
        foreach (var chart in section.Charts)
        {
            File.WriteAllText(Path.Combine(folder, chart.File + ".svg"), Svg.Draw(chart));
            text.AppendLine($"![{chart.Title}]({chart.File}.svg)").AppendLine();
        }
        foreach (var remark in section.Remarks)
            text.AppendLine($"- {remark}");
        if (section.Remarks.Length > 0)
            text.AppendLine();
    }

    private static string Machine()
    {
        var cpu = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        var gigabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        return string.Create(CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} × {cpu ?? "unknown processor"}, {gigabytes:0} GB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, workstation GC, loopback.");
    }

    /// <summary>Where the sources of this project lie: the report is committed beside them.</summary>
    private static string ProjectFolder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LiveSkate.sln")))
                folder = folder.Parent;
            return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("LiveSkate.sln is not above the program."), "tests", "LiveSkate.Benchmarks");
        }
    }
}
