namespace LiveSkate.Core.Commands;

/// <summary>Why not.</summary>
/// <param name="Code">Stable; one of <see cref="RefusalCodes"/>.</param>
/// <param name="Detail">A sentence that an operator understands, with what is allowed.</param>
public sealed record Refusal(string Code, string Detail)
{
    /// <summary>With wrong-state: what the heat is in; otherwise null.</summary>
    public string? State { get; init; }

    /// <summary>With wrong-state: the commands that are taken in it; otherwise null.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }
}

/// <summary>The list that outsiders may rely on.</summary>
public static class RefusalCodes
{
    public const string WrongState = "wrong-state";
    public const string Stale = "stale";
    public const string MeetStarted = "meet-started";
    public const string UnknownMeet = "unknown-meet";
    public const string UnknownEvent = "unknown-event";
    public const string UnknownRound = "unknown-round";
    public const string UnknownHeat = "unknown-heat";
    public const string UnknownBib = "unknown-bib";

    /// <summary>No member of that team, or it has to be said which.</summary>
    public const string UnknownSkater = "unknown-skater";
    public const string UnknownPassing = "unknown-passing";
    public const string UnknownCode = "unknown-code";
    public const string AnotherArmed = "another-armed";
    public const string AnotherMeet = "another-meet";
    public const string DuplicateBib = "duplicate-bib";
    public const string OutOfRange = "out-of-range";
    public const string NotSanctioned = "not-sanctioned";
    public const string NoStarters = "no-starters";
    public const string RoundNotReady = "round-not-ready";
    public const string NoProposal = "no-proposal";
    public const string DrawChanged = "draw-changed";
    public const string AlreadyDrawn = "already-drawn";
    public const string NotQualified = "not-qualified";
    public const string LastRound = "last-round";
    public const string KeyReused = "key-reused";
    public const string AlreadyOut = "already-out";
    public const string NotOut = "not-out";

    /// <summary>The format of the event knows no such thing.</summary>
    public const string NotInThisFormat = "not-in-this-format";

    /// <summary>A reduction in rank that does not say whom it is for.</summary>
    public const string NobodyAffected = "nobody-affected";

    /// <summary>There is nothing to ratify.</summary>
    public const string NoRecord = "no-record";

    /// <summary>There is no command at that position of the journal in this meet.</summary>
    public const string UnknownCommand = "unknown-command";

    /// <summary>What stands there is no command that can be taken back: a document, or what the track sent.</summary>
    public const string NotUndoable = "not-undoable";

    /// <summary>Taken back or replaced already; the detail names the undo that can be undone.</summary>
    public const string AlreadyUndone = "already-undone";

    /// <summary>A later command could not have been given without it; the detail names the first.</summary>
    public const string DependedOn = "depended-on";

    /// <summary>The start device was heard because of it.</summary>
    public const string SignalHeard = "signal-heard";

    /// <summary>The other act is not one of the same heat, or of the same round.</summary>
    public const string WrongReplacement = "wrong-replacement";

    /// <summary>OFF-3: the change concerns rounds that have begun; say what becomes of them.</summary>
    public const string NextRoundBegun = "next-round-begun";

    /// <summary>Every code, for the documents and for the test that no refusal invents one.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        WrongState, Stale, MeetStarted, UnknownMeet, UnknownEvent, UnknownRound, UnknownHeat, UnknownBib, UnknownSkater, UnknownPassing, UnknownCode,
        AnotherArmed, AnotherMeet, DuplicateBib, OutOfRange, NotSanctioned, NoStarters, RoundNotReady, NoProposal, DrawChanged,
        AlreadyDrawn, NotQualified, LastRound, KeyReused, AlreadyOut, NotOut, NotInThisFormat, NobodyAffected, NoRecord,
        UnknownCommand, NotUndoable, AlreadyUndone, DependedOn, SignalHeard, WrongReplacement, NextRoundBegun,
    ];
}
