using System.Text.RegularExpressions;
using Xunit;

namespace LiveSkate.Core.Tests;

/// <summary>Core's README says of every rule what became of it; what it calls done is named in a test.</summary>
public sealed class RuleTableTests
{
    /// <summary>How many rules each chapter of the rule specification has.</summary>
    private static readonly (string Chapter, int Rules)[] Specification =
    [
        ("FMT", 20), ("TIM", 12), ("LAP", 8), ("RNK", 8), ("COD", 5), ("QUA", 12), ("SED", 7), ("FIN", 6), ("PTS", 6), ("ELI", 12), ("PEL", 3),
        ("INC", 11), ("REL", 4), ("OFF", 8), ("REC", 5), ("STL", 4), ("BRD", 5),
    ];

    private static readonly string Root = FindRoot();

    private static readonly (string Rule, string Is, string Where)[] Table =
    [
        .. Regex.Matches(File.ReadAllText(Path.Combine(Root, "src/LiveSkate.Core/README.md")), @"^\| ([A-Z]{3}-\d+) \| ([^|]*) \| ([^|]*)\|$", RegexOptions.Multiline)
            .Select(row => (row.Groups[1].Value, row.Groups[2].Value.Trim(), row.Groups[3].Value.Trim())),
    ];

    [Fact]
    public void Every_rule_of_the_specification_has_one_row() =>
        Assert.Equal(Specification.SelectMany(chapter => Enumerable.Range(1, chapter.Rules).Select(i => $"{chapter.Chapter}-{i}")), Table.Select(row => row.Rule));

    [Fact]
    public void Every_row_says_what_became_of_the_rule_and_where_or_why()
    {
        Assert.All(Table, row => Assert.Contains(row.Is, new[] { "done", "setting", "left out", "open" }));
        Assert.Empty(Table.Where(row => row.Is != "open" && row.Where.Length == 0).Select(row => row.Rule));
    }

    [Fact]
    public void What_is_done_is_named_in_a_test()
    {
        var named = Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != "RuleTableTests.cs")
            .SelectMany(path => Named(File.ReadAllText(path)))
            .ToHashSet();
        Assert.Empty(Table.Where(row => row.Is == "done" && !named.Contains(row.Rule)).Select(row => row.Rule));
    }

    [Fact]
    public void The_files_that_the_table_names_are_there()
    {
        var missing = Table
            .SelectMany(row => Regex.Matches(row.Where, @"`((?:[A-Za-z]+/)+[A-Za-z]+\.cs)`").Select(path => path.Groups[1].Value))
            .Distinct()
            .Where(path => !File.Exists(Path.Combine(Root, "src/LiveSkate.Core", path)) && !File.Exists(Path.Combine(Root, "src/LiveSkate.Core/Rules", path)));
        Assert.Empty(missing);
    }

    /// <summary>TIM-5, TIM_5, RNK_2_to_5, FMT-4 to FMT-7.</summary>
    private static IEnumerable<string> Named(string text) =>
        Regex.Matches(text, @"(?<![A-Z])([A-Z]{3})[-_](\d+)(?:(?:_to_| to \1-)(\d+))?(?!\d)").SelectMany(found =>
        {
            var (from, to) = (int.Parse(found.Groups[2].Value), found.Groups[3].Success ? int.Parse(found.Groups[3].Value) : int.Parse(found.Groups[2].Value));
            return Enumerable.Range(from, Math.Max(0, to - from) + 1).Select(i => $"{found.Groups[1].Value}-{i}");
        });

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LiveSkate.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository: LiveSkate.sln is not above them.");
    }
}
