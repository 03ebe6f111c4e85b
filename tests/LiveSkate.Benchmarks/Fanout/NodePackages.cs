using System.Diagnostics;

namespace LiveSkate.Benchmarks.Fanout;

/// <summary>Node's two servers lie beside the program; their packages are fetched when they are first wanted.</summary>
internal static class NodePackages
{
    public static async Task<string> FolderAsync(CancellationToken cancel)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Fanout", "Node");
        if (Directory.Exists(Path.Combine(folder, "node_modules", "ws")))
            return folder;
        using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--silent"]) { WorkingDirectory = folder })!;
        await npm.WaitForExitAsync(cancel);
        return npm.ExitCode == 0 ? folder : throw new InvalidOperationException($"npm ci in {folder} ended with {npm.ExitCode}.");
    }
}
