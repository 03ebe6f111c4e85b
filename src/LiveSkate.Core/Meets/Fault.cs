namespace LiveSkate.Core.Meets;

/// <summary>One thing wrong with a document.</summary>
/// <param name="Path">Where, as "$.events[0].rounds[1].heats".</param>
/// <param name="Code">Stable: missing, wrong-type, unknown-member, out-of-range, malformed-id, duplicate, unknown-…</param>
/// <param name="Detail">A sentence that names the value.</param>
public sealed record Fault(string Path, string Code, string Detail);
