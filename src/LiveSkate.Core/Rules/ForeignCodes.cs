using System.Collections.Frozen;

namespace LiveSkate.Core.Rules;

/// <summary>
/// COD-1 to COD-3: what other people's lists write, and what it is here. A table and no merged enum: a word that is not in it stays what it
/// is. The original text is kept with the fact that brought it.
/// </summary>
public static class ForeignCodes
{
    /// <param name="Status">As <see cref="Statuses"/> has it; null where the code changes none.</param>
    /// <param name="Remark">W1, W2, FS, RR; null where it is none.</param>
    public sealed record Meaning(string? Status, string? Remark);

    private static readonly FrozenDictionary<string, Meaning> Table = new Dictionary<string, Meaning>
    {
        ["OK"] = new(Statuses.Ok, null),
        ["DNS"] = new(Statuses.Dns, null),
        ["NP"] = new(Statuses.Dns, null),
        ["WDR"] = new(Statuses.Withdrawn, null),
        ["DNF"] = new(Statuses.Dnf, null),
        ["ABD"] = new(Statuses.Dnf, null),
        ["EL"] = new(Statuses.Eliminated, null),
        ["DSQ-TF"] = new(Statuses.TechnicalFault, null),
        ["DQ-TF"] = new(Statuses.TechnicalFault, null),
        ["dsqTF"] = new(Statuses.TechnicalFault, null),
        ["DSQ-SF"] = new(Statuses.SportFault, null),
        ["DQ-SF"] = new(Statuses.SportFault, null),
        ["dsqSF"] = new(Statuses.SportFault, null),
        ["DSQ-DF"] = new(Statuses.DisciplinaryFault, null),
        ["DQ-DF"] = new(Statuses.DisciplinaryFault, null),
        // Ice: a penalty takes rank and place in the next round; the cards say how hard it was (COD-3).
        ["PEN"] = new(Statuses.SportFault, null),
        ["PEN-YC"] = new(Statuses.SportFault, null),
        ["YC"] = new(Statuses.SportFault, null),
        ["PEN-RC"] = new(Statuses.DisciplinaryFault, null),
        ["RC"] = new(Statuses.DisciplinaryFault, null),
        // Sent on by the referee: nothing of the race changes (INC-10).
        ["ADV"] = new(null, null),
        ["ADA"] = new(null, null),
        ["rr"] = new(null, Statuses.Reduced),
        ["RR"] = new(null, Statuses.Reduced),
        ["fs1"] = new(null, Statuses.FalseStart),
        ["FS"] = new(null, Statuses.FalseStart),
        ["warning1"] = new(null, Statuses.FirstWarning),
        ["W1"] = new(null, Statuses.FirstWarning),
        ["warning2"] = new(null, Statuses.SecondWarning),
        ["W2"] = new(null, Statuses.SecondWarning),
        ["dns"] = new(Statuses.Dns, null),
        ["dnf"] = new(Statuses.Dnf, null),
        ["elimination"] = new(Statuses.Eliminated, null),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Known => Table.Keys;

    /// <summary>Null for a word that nobody here knows.</summary>
    public static Meaning? Find(string code) => Table.GetValueOrDefault(code);

    /// <summary>COD-1: a disqualification without a kind is a technical fault of who is ranked last, and else a sport fault.</summary>
    public static string? Status(string code, bool hasRank, bool isLast) =>
        code is "DSQ" or "DQ" ? hasRank && isLast ? Statuses.TechnicalFault : Statuses.SportFault : Find(code)?.Status;
}
