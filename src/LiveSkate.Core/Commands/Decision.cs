using System.Diagnostics.CodeAnalysis;

namespace LiveSkate.Core.Commands;

/// <summary>A fact to be recorded, or why there is none. Neither: the command asks for what is so already.</summary>
public sealed record Decision(Fact? Fact, Refusal? Refusal)
{
    /// <summary>Granted, and nothing changes.</summary>
    public static Decision Nothing { get; } = new(null, null);

    public static Decision Refused([ConstantExpected] string code, string detail) => FromRefusal(new Refusal(code, detail));

    public static Decision FromRefusal(Refusal refusal) => new(null, refusal);

    public static implicit operator Decision(Fact fact) => FromFact(fact);

    public static Decision FromFact(Fact fact) => new(fact, null);
}
