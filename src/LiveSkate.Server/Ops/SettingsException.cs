namespace LiveSkate.Server.Ops;

/// <summary>A setting that cannot be used: its key, its value and what is allowed, in one sentence.</summary>
public sealed class SettingsException(string key, string value, string wrong, string allowed)
    : Exception($"{key} is {value}: {wrong}. Allowed: {allowed}.")
{
    /// <summary>"Mqtt:Port".</summary>
    public string Key { get; } = key;

    /// <summary>As it was given; "not shown" for a secret.</summary>
    public string Value { get; } = value;

    public string Allowed { get; } = allowed;
}
