using System.Runtime.CompilerServices;
using Xunit;

namespace LiveSkate.Server.Tests.Wire;

public sealed class WireSchemaTests
{
    [Fact]
    public void The_committed_schema_is_that_of_the_records()
    {
        var path = Committed();
        var exported = WireSchema.Export();
        if (Environment.GetEnvironmentVariable("LIVESKATE_REWRITE") == "1")
            File.WriteAllText(path, exported);

        Assert.True(
            File.ReadAllText(path).ReplaceLineEndings("\n") == exported,
            "The wire records have changed. Run this test with LIVESKATE_REWRITE=1, then `npm run types` in clients/, and commit both files.");
    }

    private static string Committed([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../clients/packages/wire/schema.json"));
}
