using LiveSkate.Simulator.Planning;
using Microsoft.Extensions.Logging;

namespace LiveSkate.Simulator.Play;

/// <summary>What the players of one meet share.</summary>
internal sealed record Stage(
    RacePlan Plan, PlayerOptions Options, OfficeLink Office, TrackLink Track, Pace Pace, TimeProvider Time, ILogger Log)
{
    /// <summary>What was seen on the way and is not to be seen at the end.</summary>
    public List<string> Differences { get; } = [];
}
