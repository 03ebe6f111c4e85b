using System.Collections.Immutable;
using System.Text.Json;
using LiveSkate.Core.Published;

namespace LiveSkate.Server.Live;

/// <summary>
/// A numbered batch of changes to one scope (contract section 5). <paramref name="Base"/> null: forget what you had,
/// <paramref name="Puts"/> is all. Otherwise it applies to exactly that <paramref name="Seq"/>; anything else means Watch again.
/// Ids in puts, by scope:
/// heat: "heat" <see cref="HeatHeader"/>, "row:{bib}" <see cref="HeatRow"/>;
/// event: "event" <see cref="EventHeader"/>, "heat:{id}" <see cref="HeatLine"/>, "round:{id}" <see cref="RoundTable"/>, "final" <see cref="FinalTable"/>;
/// meet: "meet" <see cref="MeetHeader"/>, "event:{id}" <see cref="EventHeader"/>, "heat:{id}" <see cref="HeatLine"/>;
/// now: "meet", "heat", "row:{bib}", "round" (of that heat), "final" (of its event, once there is one), "next" <see cref="HeatLine"/>.
/// </summary>
/// <param name="Epoch">Changes with each start of the server.</param>
/// <param name="Seq">Counts within the scope.</param>
public sealed record Frame(
    string Scope, string Epoch, long Seq, long? Base, IReadOnlyDictionary<string, JsonElement> Puts, ImmutableArray<string> Removes,
    ImmutableArray<HighlightLine> Highlights, long ServerUs);

/// <summary>Every second, to every connection.</summary>
/// <param name="At">Position of the last fact in the journal.</param>
public sealed record Beat(long ServerUs, long At, ImmutableArray<SourceAge> Sources);

/// <param name="AgeMs">Since anything was heard of the source; null if never since the start.</param>
/// <param name="Alarm">What is wrong with it, in words; null if nothing.</param>
public sealed record SourceAge(string Id, long? AgeMs, string? Alarm);

public sealed record Pong(long ClientUs, long ServerUs);
