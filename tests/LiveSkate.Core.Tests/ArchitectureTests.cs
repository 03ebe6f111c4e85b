using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace LiveSkate.Core.Tests;

/// <summary>The walls of the house: which room may know which, and how large a page may grow.</summary>
public sealed class ArchitectureTests
{
    private static readonly string Root = FindRoot();

    private static readonly (string Path, SyntaxNode Syntax)[] Sources = [.. Files("src").Select(Parsed)];

    private static readonly (string Path, SyntaxNode Syntax)[] Tests = [.. Files("tests").Select(Parsed)];

    [Fact]
    public void Projects_point_only_where_the_house_allows()
    {
        Assert.Equal([], References("src/LiveSkate.Core"));
        Assert.Equal(["LiveSkate.Core"], References("src/LiveSkate.Simulator"));
        Assert.Equal(["LiveSkate.Core", "LiveSkate.Simulator"], References("src/LiveSkate.Server").Order());
    }

    [Fact]
    public void Core_has_no_package_that_runs()
    {
        var packages = Project("src/LiveSkate.Core").Descendants("PackageReference");
        Assert.All(packages, package => Assert.Equal("all", package.Attribute("PrivateAssets")?.Value));
    }

    /// <summary>Only Program and what stands beside the loop know more than one edge.</summary>
    [Theory]
    [InlineData("Ingest"), InlineData("Journal"), InlineData("Live"), InlineData("Office"), InlineData("Ops")]
    public void An_edge_of_the_server_knows_no_other_edge(string edge)
    {
        string[] edges = ["Ingest", "Journal", "Live", "Office", "Ops", "Demo"];
        var others = edges.Where(other => other != edge).Select(other => $"LiveSkate.Server.{other}").ToArray();
        var found = In($"src/LiveSkate.Server/{edge}/")
            .SelectMany(file => Usings(file.Syntax).Where(others.Contains), (file, used) => $"{file.Path} uses {used}");
        Assert.Empty(found);
    }

    [Fact]
    public void Only_the_demo_knows_the_simulator()
    {
        var found = In("src/LiveSkate.Server/")
            .Where(file => !file.Path.Contains("/Demo/", StringComparison.Ordinal) && !file.Path.EndsWith("/Program.cs", StringComparison.Ordinal))
            .SelectMany(file => Usings(file.Syntax).Where(used => used.StartsWith("LiveSkate.Simulator", StringComparison.Ordinal)), (file, used) => $"{file.Path} uses {used}");
        Assert.Empty(found);
    }

    [Fact]
    public void The_simulator_computes_no_ranks_with_the_rules_it_checks()
    {
        string[] rules = ["LiveSkate.Core.Rules", "LiveSkate.Core.Commands"];
        Assert.Empty(In("src/LiveSkate.Simulator/").SelectMany(file => Usings(file.Syntax).Where(rules.Contains), (file, used) => $"{file.Path} uses {used}"));
    }

    [Fact]
    public void Files_stay_short()
    {
        Assert.Empty(Sources.Where(file => Lines(file.Syntax) > 400).Select(file => file.Path));
        Assert.Empty(Tests.Where(file => Lines(file.Syntax) > 500).Select(file => file.Path));
        var lengths = Sources.Select(file => Lines(file.Syntax)).Order().ToArray();
        Assert.InRange(lengths[lengths.Length / 2], 1, 70);
    }

    [Fact]
    public void Methods_stay_short() =>
        Assert.Empty(Sources.Concat(Tests).SelectMany(file => file.Syntax.DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
            .Where(method => Lines(method) > 60)
            .Select(method => $"{file.Path}: {(method as MethodDeclarationSyntax)?.Identifier.Text ?? "constructor"} {Lines(method)} lines")));

    [Fact]
    public void Types_are_sealed_unless_something_derives_from_them()
    {
        var classes = Sources.SelectMany(file => file.Syntax.DescendantNodes().OfType<TypeDeclarationSyntax>(), (file, type) => (file.Path, type))
            .Where(x => x.type is ClassDeclarationSyntax or RecordDeclarationSyntax).ToArray();
        var bases = classes.SelectMany(x => x.type.BaseList?.Types.Select(b => Regex.Replace(b.Type.ToString(), "[<(].*", "").Split('.')[^1]) ?? []).ToHashSet();
        var open = classes.Where(x => !x.type.Modifiers.Any(m => m.Kind() is SyntaxKind.SealedKeyword or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword)
                && !x.type.ClassOrStructKeywordIsStruct() && !bases.Contains(x.type.Identifier.Text)
                // One part of a partial type says it for all.
                && !classes.Any(y => y.type.Identifier.Text == x.type.Identifier.Text && y.type.Modifiers.Any(SyntaxKind.SealedKeyword)))
            .Select(x => $"{x.Path}: {x.type.Identifier.Text}");
        Assert.Empty(open);
    }

    [Fact]
    public void There_are_few_interfaces()
    {
        var interfaces = Sources.SelectMany(file => file.Syntax.DescendantNodes().OfType<InterfaceDeclarationSyntax>()).Select(i => i.Identifier.Text).ToArray();
        Assert.True(interfaces.Length <= 8, string.Join(", ", interfaces));
    }

    [Fact]
    public void Nothing_has_a_name_that_says_nothing()
    {
        var empty = new Regex("(Manager|Helper|Helpers|Util|Utils|Service|Data|Info)$");
        var found = Sources.SelectMany(file => file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
            .Select(type => type.Identifier.Text).Where(name => empty.IsMatch(name));
        Assert.Empty(found);
    }

    [Fact]
    public void The_root_shows_only_the_folders_that_were_asked_for()
    {
        var folders = Directory.GetDirectories(Root).Select(Path.GetFileName).Where(name => !name!.StartsWith('.')).Order();
        Assert.Equal(["clients", "src", "tests"], folders);
    }

    private static IEnumerable<(string Path, SyntaxNode Syntax)> In(string folder) =>
        Sources.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal));

    private static IEnumerable<string> Usings(SyntaxNode syntax) =>
        syntax.DescendantNodes().OfType<UsingDirectiveSyntax>().Select(used => used.Name?.ToString() ?? "");

    private static int Lines(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static XDocument Project(string folder) => XDocument.Load(Path.Combine(Root, folder, Path.GetFileName(folder) + ".csproj"));

    private static IEnumerable<string> References(string folder) =>
        Project(folder).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories);

    private static (string Path, SyntaxNode Syntax) Parsed(string path) =>
        (Path.GetRelativePath(Root, path).Replace('\\', '/'), CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot());

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LiveSkate.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository: LiveSkate.sln is not above them.");
    }
}

file static class Declarations
{
    public static bool ClassOrStructKeywordIsStruct(this TypeDeclarationSyntax type) =>
        type is RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: (int)SyntaxKind.StructKeyword };
}
