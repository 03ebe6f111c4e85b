using System.Collections.Immutable;

namespace LiveSkate.Core.Meets;

/// <summary>Who is ranked under a bib: a skater, or a team with its members (REL-3).</summary>
/// <param name="Name">Given name and FAMILY NAME; or the team's name; or the number of who is not to be named (OFF-7).</param>
/// <param name="ShortName">FAMILY NAME alone, for boards; or the team's name.</param>
public sealed record Competitor(string Bib, string Name, string ShortName, string Nation, ImmutableArray<SkaterDocument> Members, bool IsTeam)
{
    /// <summary>REC-4: personal and season's best before the meet.</summary>
    public long? PbMs { get; private init; }

    public long? SbMs { get; private init; }

    public static Competitor Of(EntryDocument entry, Func<string, SkaterDocument> skater)
    {
        if (entry.Team is { } team)
            return new Competitor(entry.Bib, team.Name, team.Name, team.Nation, [.. team.Members.Select(skater)], true) { PbMs = entry.PbMs, SbMs = entry.SbMs };
        var alone = skater(entry.Skater!);
        return new Competitor(
            entry.Bib, alone.Unnamed ? $"No. {entry.Bib}" : FullName(alone), alone.Unnamed ? $"No. {entry.Bib}" : FamilyName(alone), alone.Nation, [alone], false) { PbMs = entry.PbMs, SbMs = entry.SbMs };
    }

    /// <summary>OFF-7: what stands in public where nobody agreed to be named and there is no number.</summary>
    public const string NotNamed = "–";

    /// <summary>As the results print it.</summary>
    public static string FullName(SkaterDocument skater) =>
        skater.Unnamed ? NotNamed : $"{skater.GivenName} {FamilyName(skater)}".Trim();

    private static string FamilyName(SkaterDocument skater) => skater.FamilyName.ToUpperInvariant();
}
