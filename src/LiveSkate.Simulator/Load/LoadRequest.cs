using LiveSkate.Simulator.Play;

namespace LiveSkate.Simulator.Load;

/// <param name="Options">Where the hub and its broker are.</param>
public sealed record LoadRequest(PlayerOptions Options)
{
    public int Viewers { get; init; } = 100;

    /// <summary>0: nothing is sent, whatever is on is watched.</summary>
    public int PassingsPerSecond { get; init; } = 20;

    /// <summary>Share of the viewers that stop reading once they watch, from 0 to 1.</summary>
    public double Stalled { get; init; }

    public string Scope { get; init; } = "now";

    public int Seconds { get; init; } = 15;
}
