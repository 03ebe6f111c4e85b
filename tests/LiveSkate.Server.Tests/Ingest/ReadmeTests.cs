using System.Runtime.CompilerServices;
using LiveSkate.Core.Timing;
using Xunit;

namespace LiveSkate.Server.Tests.Ingest;

public sealed class ReadmeTests
{
    [Fact]
    public void The_README_explains_every_rejection_code()
    {
        var text = File.ReadAllText(Path.Combine(Folder(), "..", "..", "..", "src", "LiveSkate.Server", "Ingest", "README.md"));
        Assert.All(RejectionCodes.All, code => Assert.Contains($"`{code}`", text, StringComparison.Ordinal));
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
