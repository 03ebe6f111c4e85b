using System.Collections.Immutable;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Published;

/// <summary>What a command would change if it were given now.</summary>
/// <param name="At">Position in the journal that this was looked at.</param>
/// <param name="Refused">Why the command would not be taken as it is; null where it would.</param>
/// <param name="Sentences">All of it in plain sentences, the nearest consequence first; empty where nothing changes.</param>
public sealed record PreviewAnswer(
    string Meet, long At, PreviewRefusal? Refused, ImmutableArray<HeatPreview> Heats, ImmutableArray<RoundPreview> Rounds,
    ImmutableArray<NextPreview> Next, ImmutableArray<FinalPreview> Final, ImmutableArray<string> Sentences);

/// <param name="Code">Of RefusalCodes.</param>
public sealed record PreviewRefusal(string Code, string Detail);

/// <param name="Was">The state; null where there was no such heat.</param>
/// <param name="Now">The state; null where there would be none.</param>
/// <param name="Run">The run that would begin; null where it stays the same.</param>
/// <param name="Starts">The start list by bibs; null where it stays the same.</param>
public sealed record HeatPreview(
    string Heat, string? Was, string? Now, ImmutableArray<RowPreview> Rows, int? Run = null, ImmutableArray<string>? Starts = null);

public sealed record RowPreview(string Bib, string Name, ShownRow Was, ShownRow Now);

/// <summary>Who goes on from a round.</summary>
/// <param name="Lost">Bibs that would go on no more.</param>
/// <param name="Gained">Bibs that would.</param>
/// <param name="Marks">Whose Q or q would come, go or change.</param>
/// <param name="Withdrew">Bibs that would be withdrawn.</param>
/// <param name="Returned">Bibs that would be withdrawn no more.</param>
public sealed record RoundPreview(
    string Event, string Round, ImmutableArray<string> Lost, ImmutableArray<string> Gained, ImmutableArray<MarkPreview> Marks,
    ImmutableArray<string> Withdrew, ImmutableArray<string> Returned);

public sealed record MarkPreview(string Bib, string Name, string? Was, string? Now);

/// <summary>A round whose start list would not fit any more, or whose draw would be proposed.</summary>
/// <param name="Lost">Bibs that have a start and should have none.</param>
/// <param name="Gained">Bibs that should have one; both are empty where there is only a draw to confirm.</param>
/// <param name="Begun">Heats that were opened: then the command has to say keep or redraw.</param>
/// <param name="Proposal">The new draw where nothing has begun; null while it cannot be made.</param>
public sealed record NextPreview(
    string Event, string Round, ImmutableArray<string> Lost, ImmutableArray<string> Gained, ImmutableArray<string> Begun,
    ImmutableArray<ImmutableArray<string>>? Proposal);

public sealed record FinalPreview(string Event, ImmutableArray<PlacePreview> Places);

public sealed record PlacePreview(string Bib, string Name, int? Was, int? Now);
