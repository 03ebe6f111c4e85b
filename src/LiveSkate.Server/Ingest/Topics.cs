using System.Buffers;

namespace LiveSkate.Server.Ingest;

/// <summary>What a topic is to the hub.</summary>
internal enum TopicKind
{
    Unknown,
    Passing,
    Signal,
    Finish,
    Status,

    /// <summary>ack, resend, hub/ and live/: nobody but the hub publishes these.</summary>
    HubOnly,
}

/// <summary>The tree <c>ls/v1/{venue}/</c> (contract section 2).</summary>
internal sealed class Topics(string venue)
{
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Ends with the slash.</summary>
    public string Root { get; } = $"ls/v1/{venue}/";

    /// <summary>{src}, {meet}, {heat}: [a-z0-9-]{1,32}.</summary>
    public static bool IsId(ReadOnlySpan<char> text) => text.Length is >= 1 and <= 32 && !text.ContainsAnyExcept(IdCharacters);

    /// <returns>The kind, and the {src} where the topic has one; it may be no valid id.</returns>
    public (TopicKind Kind, string? Source) Read(string topic)
    {
        if (!topic.StartsWith(Root, StringComparison.Ordinal))
            return (TopicKind.Unknown, null);
        var parts = topic[Root.Length..].Split('/');
        if (parts[0] is "hub" or "live")
            return (TopicKind.HubOnly, null);
        if (parts is not ["src", var source, var leaf])
            return (TopicKind.Unknown, null);
        var kind = leaf switch
        {
            "passing" => TopicKind.Passing,
            "signal" => TopicKind.Signal,
            "finish" => TopicKind.Finish,
            "status" => TopicKind.Status,
            "ack" or "resend" => TopicKind.HubOnly,
            _ => TopicKind.Unknown,
        };
        return (kind, source);
    }
}
