using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using LiveSkate.Core.Timing;

namespace LiveSkate.Server.Office;

/// <summary>GET /api/meets/{meet}/heats/{heat}: the public state, and every passing with what became of it.</summary>
public sealed record PublicHeat : HeatHeader
{
    public required ImmutableArray<HeatRow> Rows { get; init; }
    public required ImmutableArray<HighlightLine> Highlights { get; init; }
    public required ImmutableArray<SprintStanding> Sprints { get; init; }
    public required ImmutableArray<EliminationLap> Eliminations { get; init; }
    public required ImmutableArray<PublicPassing> Passings { get; init; }

    /// <summary>Of every run, oldest first.</summary>
    public required ImmutableArray<VersionLine> Versions { get; init; }

    public static PublicHeat From(Meet meet, Heat heat, ImmutableArray<HighlightLine> highlights)
    {
        var state = HeatPublisher.State(meet, heat, highlights);
        return new PublicHeat(state)
        {
            Rows = state.Rows, Highlights = state.Highlights, Sprints = state.Sprints, Eliminations = state.Eliminations,
            Passings = [.. HeatStandings.PassingsOf(meet, heat).Select(PublicPassing.Of)],
            Versions = VersionLine.Of(meet, heat),
        };
    }

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    private PublicHeat(HeatHeader header) : base(header) { }
}

/// <param name="Id">What voidPassing asks for.</param>
/// <param name="Bib">Null for what names nobody: a light beam that times nobody's crossing.</param>
/// <param name="Lap">Crossings of the line until then; of a light beam, at the crossing that it times.</param>
/// <param name="Use">counted duplicate too-early after-finish voided after-official start off-track; beam: a light beam; false-start: of a start that was recalled.</param>
public sealed record PublicPassing(long Id, string? Bib, long TimeUs, string Source, int Lap, string Use)
{
    internal static PublicPassing Of((string? Bib, UsedPassing Passing) entry)
    {
        var (bib, (passing, use, lap)) = entry;
        return new PublicPassing(
            passing.At, bib, Microseconds.FromInstant(passing.Time), passing.Source, lap,
            Word(use));
    }

    internal static string Word(Enum one) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(one.ToString());
}

/// <summary>GET /api/meets/{meet}/advancement/{round}.</summary>
public sealed record PublicRound(
    string Meet, long At, string Event, string Round, string Name, string Status, AdvanceRule? Advance, string? Rule, int HeatsLeft, long? CutMs,
    ImmutableArray<AdvancementRow> Advancement)
{
    internal static PublicRound Of(Meet meet, RoundStanding round)
    {
        var table = ResultsPublisher.Table(meet, round);
        return new PublicRound(
            meet.Id, meet.At, round.Event.Id, round.Round.Id, round.Round.Name, table.Status, round.Round.Advance, table.Rule, table.HeatsLeft,
            table.CutMs, table.Rows);
    }
}

/// <summary>
/// What was read and moves no rank: chips that nobody wears, passings before any race of theirs, signals that nobody waited for, photo finishes that do
/// not count.
/// </summary>
/// <param name="Rejected">The newest messages at the venue that could not be used at all.</param>
public sealed record Unused(
    long At, ImmutableArray<UnusedPassing> Strays, ImmutableArray<UnusedPassing> OutsideOfRaces, ImmutableArray<UnusedSignal> Signals,
    ImmutableArray<UnusedPhotoFinish> Finishes, ImmutableArray<RejectedMessage> Rejected)
{
    internal static Unused Of(Meet meet, Venue venue) => new(
        meet.At,
        [.. meet.StrayPassings.Select(UnusedPassing.Of)],
        [.. meet.Passings.SelectMany(entry => entry.Value.Where(passing => !meet.StartsOf(entry.Key).Any(start => start <= passing.Time))).Select(UnusedPassing.Of)],
        [.. meet.StraySignals.Select(signal => new UnusedSignal(signal.At, signal.Source, signal.Kind, Microseconds.FromInstant(signal.Time)))],
        [.. FinishEvidence.Unused(meet).Select(unused => new UnusedPhotoFinish(
            unused.At, unused.Finish.Source, unused.Finish.Heat, unused.Finish.Revision, PublicPassing.Word(unused.Why), unused.Finish.Rows))],
        [.. venue.Rejected.Select(row => RejectedMessage.Of(row, (Core.MessageRejected)row.Fact))]);
}

public sealed record UnusedPassing(long Id, string Source, string Chip, long TimeUs)
{
    internal static UnusedPassing Of(Passing passing) => new(passing.At, passing.Source, passing.Chip, Microseconds.FromInstant(passing.Time));
}

/// <param name="Why">superseded after-official recalled no-such-heat.</param>
/// <param name="Rows">As the camera sent them.</param>
public sealed record UnusedPhotoFinish(long Id, string Source, string Heat, int Revision, string Why, ImmutableArray<Core.FinishRow> Rows);

public sealed record UnusedSignal(long Id, string Source, Core.SignalKind Kind, long TimeUs);

/// <param name="Bytes">The first 1 KiB, in base64.</param>
/// <param name="Length">Bytes in all.</param>
public sealed record RejectedMessage(
    long Id, long RecordedUs, string Topic, string? Source, string Reason, string Detail, byte[] Bytes, int Length)
{
    internal static RejectedMessage Of(Core.Recorded row, Core.MessageRejected message) => new(
        row.At, Microseconds.FromInstant(row.RecordedAt), message.Topic, message.Source, message.Reason, message.Detail, message.Bytes, message.Length);
}
