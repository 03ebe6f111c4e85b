using LiveSkate.Simulator.Planning;

namespace LiveSkate.Simulator.Play;

/// <summary>Where a meet is played, and how.</summary>
public sealed record PlayerOptions
{
    public Uri Server { get; init; } = new("http://localhost:5080");
    public string MqttHost { get; init; } = "localhost";
    public int MqttPort { get; init; } = 1883;
    public string? MqttUsername { get; init; }
    public string? MqttPassword { get; init; }

    /// <summary>5, or 3 for 3.1.1.</summary>
    public int MqttVersion { get; init; } = 5;

    public string Venue { get; init; } = "venue";

    /// <summary>The office's key (contract section 1).</summary>
    public string Key { get; init; } = "";

    /// <summary>Race seconds in one second of the wall clock; null: as fast as the hub takes it.</summary>
    public decimal? Speed { get; init; }

    /// <summary>Chooses everything that is made up.</summary>
    public ulong Seed { get; init; } = 1;

    public Faults Faults { get; init; } = Faults.None;

    /// <summary>Ids; null for those that follow from the file.</summary>
    public string? Meet { get; init; }

    public string? Event { get; init; }

    /// <summary>How long a server that was never there is waited for, and an answer or a receipt that does not come.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>The replay cannot go on. The message is for the person who started it.</summary>
public sealed class ReplayException(string message, Exception? inner = null) : Exception(message, inner);
