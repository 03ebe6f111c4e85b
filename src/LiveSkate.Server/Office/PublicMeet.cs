using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;

namespace LiveSkate.Server.Office;

/// <summary>GET /api/meets.</summary>
public sealed record MeetList(ImmutableArray<MeetLine> Meets);

public sealed record MeetLine(string Id, string Name, string Status);

/// <summary>GET /api/meets/{meet}: the document as it stands, with the drawn heats in place of their number and a state on each.</summary>
public sealed record PublicMeet(
    string Id, long At, string Status, string Name, VenueDocument Venue, bool Rehearsal, decimal Rate,
    ImmutableArray<SourceDocument> Sources, ImmutableArray<PublicSkater> Skaters, ImmutableArray<PublicEvent> Events)
{
    /// <param name="withKey">With transponders, and with the names of those who have not agreed to be named (OFF-7).</param>
    public static PublicMeet Of(Meet meet, bool withKey)
    {
        var document = meet.Document;
        return new PublicMeet(
            meet.Id, meet.At, MeetPublisher.Status(meet), document.Name, document.Venue, document.Rehearsal, document.Rate, document.Sources,
            [.. document.Skaters.Select(skater => PublicSkater.Of(meet, skater, withKey))],
            [.. document.Events.Select(plan => PublicEvent.Of(meet, plan))]);
    }
}

public sealed record PublicSkater(
    string Id, string FamilyName, string GivenName, string Nation, bool Unnamed,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyList<string>? Transponders)
{
    internal static PublicSkater Of(Meet meet, SkaterDocument skater, bool withKey) =>
        skater.Unnamed && !withKey
            ? new(skater.Id, Competitor.NotNamed, "", skater.Nation, true, null)
            : new(skater.Id, skater.FamilyName, skater.GivenName, skater.Nation, skater.Unnamed, withKey ? [.. WornBy(meet, skater)] : null);

    /// <summary>By now: as the document said, and as was said since.</summary>
    private static IEnumerable<string> WornBy(Meet meet, SkaterDocument skater) =>
        skater.Transponders.Union(meet.Worn.Keys.Order(StringComparer.Ordinal)).Where(chip => meet.WearerOf(chip, DateTimeOffset.MaxValue) == skater.Id);
}

public sealed record PublicEvent(
    string Id, string Name, string Format, decimal DistanceM, ImmutableArray<EntryDocument> Entries, ImmutableArray<PublicRoundPlan> Rounds, RuleDocument? Rules)
{
    internal static PublicEvent Of(Meet meet, EventDocument plan) => new(
        plan.Id, plan.Name, plan.Format, plan.DistanceM, plan.Entries, [.. plan.Rounds.Select(round => PublicRoundPlan.Of(meet, plan, round))],
        plan.Rules);
}

/// <param name="Heats">A list of heats, or their number while they are not drawn.</param>
/// <param name="Proposal">The draw that waits to be confirmed: bibs of heat 1, 2 …; null where none does.</param>
public sealed record PublicRoundPlan(
    string Id, string Name, object Heats, AdvanceRule? Advance, string? Draw, ImmutableArray<ImmutableArray<string>>? Proposal)
{
    internal static PublicRoundPlan Of(Meet meet, EventDocument plan, RoundDocument round)
    {
        var heats = meet.HeatsOf(plan.Id, round.Id)
            .Select(heat => new PublicHeatPlan(heat.Id, heat.Number, heat.Bibs, Words.Of(HeatStandings.StateOf(meet, heat))))
            .ToArray();
        return new PublicRoundPlan(
            round.Id, round.Name, heats.Length > 0 ? heats : round.Heats.Count, round.Advance, round.Draw,
            Cascade.Proposal(meet, plan, round));
    }
}

public sealed record PublicHeatPlan(string Id, int Number, ImmutableArray<string> Bibs, string State);
