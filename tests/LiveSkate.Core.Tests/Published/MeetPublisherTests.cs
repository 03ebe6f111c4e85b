using LiveSkate.Core.Published;
using Xunit;

namespace LiveSkate.Core.Tests.Published;

public sealed class MeetPublisherTests
{
    [Fact]
    public void Who_skated_before_and_crosses_the_line_in_between_brings_no_signed_heat_back()
    {
        var script = new MeetScript(MeetScript.Sprint([["1", "2"], ["3", "4"], ["5", "6"]]))
            .Start("h1").Skate("1", 85_000).Skate("2", 86_000).Sign("h1")
            .Start("h2").Skate("3", 85_000).Skate("4", 86_000);
        script.Sign("h2").Pass("1", 300);
        Assert.Equal("h2", MeetPublisher.HeatOn(script.Meet)!.Id);
    }
}
