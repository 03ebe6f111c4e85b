namespace LiveSkate.Core.Timing;

/// <summary>Why a message from the track could not be used (<see cref="MessageRejected.Reason"/>): the list that outsiders may rely on.</summary>
public static class RejectionCodes
{
    /// <summary>Not one JSON value, or nested too deep.</summary>
    public const string NotJson = "not-json";
    public const string NotUtf8 = "not-utf8";

    /// <summary>Over 16 KiB.</summary>
    public const string TooLarge = "too-large";

    /// <summary>A batch of more than 50.</summary>
    public const string TooMany = "too-many";

    public const string WrongType = "wrong-type";

    /// <summary>A required member is absent or null; also one of epoch and seq without the other.</summary>
    public const string Missing = "missing";

    public const string OutOfRange = "out-of-range";

    /// <summary>The same member, or the same bib, twice.</summary>
    public const string Duplicate = "duplicate";

    public const string UnknownTopic = "unknown-topic";

    /// <summary>A topic that exists, but not for this sender.</summary>
    public const string NotAuthorised = "not-authorised";

    public const string UnknownSource = "unknown-source";
    public const string UnknownHeat = "unknown-heat";
    public const string UnknownBib = "unknown-bib";

    /// <summary>Made up, in a meet that is no rehearsal.</summary>
    public const string Simulated = "simulated";

    /// <summary>The same identity with other content.</summary>
    public const string IdentityConflict = "identity-conflict";

    /// <summary>Every code, for the documents and for the test that no rejection invents one.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        NotJson, NotUtf8, TooLarge, TooMany, WrongType, Missing, OutOfRange, Duplicate, UnknownTopic, NotAuthorised, UnknownSource,
        UnknownHeat, UnknownBib, Simulated, IdentityConflict,
    ];
}
