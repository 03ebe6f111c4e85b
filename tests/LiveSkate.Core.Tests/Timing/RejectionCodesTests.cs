using System.Reflection;
using LiveSkate.Core.Timing;
using Xunit;

namespace LiveSkate.Core.Tests.Timing;

public sealed class RejectionCodesTests
{
    [Fact]
    public void Every_code_is_listed_once()
    {
        var declared = typeof(RejectionCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(declared.Order(), RejectionCodes.All.Order());
        Assert.Equal(RejectionCodes.All.Count, RejectionCodes.All.Distinct().Count());
    }

    [Fact]
    public void A_code_is_lower_case_words_joined_by_hyphens() =>
        Assert.All(RejectionCodes.All, code => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", code));
}
