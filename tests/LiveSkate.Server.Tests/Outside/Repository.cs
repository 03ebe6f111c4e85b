namespace LiveSkate.Server.Tests.Outside;

/// <summary>Files that tests read where they lie.</summary>
internal static class Repository
{
    private static readonly DirectoryInfo Root = FindRoot();

    /// <summary>A file of <c>Outside/Data</c>.</summary>
    public static string TestFile(string name) => File("tests/LiveSkate.Server.Tests/Outside/Data", name);

    /// <param name="folder">From the root, with slashes.</param>
    public static string File(string folder, string name) => Path.Combine(Root.FullName, folder, name);

    /// <summary>A file of a folder <c>shared/data</c>, in the repository or beside one of the folders that it is in; null where there is none.</summary>
    public static string? SharedFile(string name)
    {
        for (var folder = Root; folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", name);
            if (System.IO.File.Exists(path))
                return path;
        }
        return null;
    }

    private static DirectoryInfo FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "LiveSkate.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("LiveSkate.sln is in no folder above the tests");
        return folder;
    }
}
