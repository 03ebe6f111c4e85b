using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Commands;

/// <summary>What the office says of the members of a team.</summary>
internal static class TeamOffice
{
    public static Decision SetOnTrack(Meet meet, Heat heat, SetOnTrack command) =>
        !heat.Has(command.Bib) ? HeatOffice.UnknownBib(heat, command.Bib)
        : !meet.CompetitorOf(heat, command.Bib).IsTeam
            ? Decision.Refused(RefusalCodes.NotInThisFormat, $"Bib {command.Bib} is no team; one skater is in the race all the time.")
        : Member(meet, heat, command.Bib, command.Skater) ?? new SkaterOnTrack(heat.Id, command.Bib, command.Skater, command.Time);

    /// <summary>Null where the passing can be told from whom it is.</summary>
    public static Decision? Misnamed(Meet meet, Heat heat, AddPassing command) =>
        command.Skater is not null ? Member(meet, heat, command.Bib, command.Skater)
        : RaceRules.Of(meet.EventOf(heat)).CountsMembers
            ? Decision.Refused(RefusalCodes.UnknownSkater, $"Say which of {Names(meet, heat, command.Bib)} crossed: one of them is the team's time.")
        : null;

    private static Decision? Member(Meet meet, Heat heat, string bib, string? skater) =>
        meet.CompetitorOf(heat, bib).Members.Any(member => member.Id == skater)
            ? null
            : Decision.Refused(RefusalCodes.UnknownSkater, $"{skater} does not skate under bib {bib}; it is {Names(meet, heat, bib)}.");

    private static string Names(Meet meet, Heat heat, string bib) => string.Join(", ", meet.CompetitorOf(heat, bib).Members.Select(member => member.Id));
}
