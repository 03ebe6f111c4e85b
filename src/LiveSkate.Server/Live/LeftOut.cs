using System.Collections;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LiveSkate.Core.Published;

namespace LiveSkate.Server.Live;

/// <summary>
/// What a frame need not say. A format has few of all that a heat's header and rows can hold, and a phone with one bar of
/// signal waits for every byte: a member that is null, false, 0 or an empty list is left out, but for those that contract section 4 promises.
/// </summary>
public static class LeftOut
{
    private static readonly FrozenSet<string> AlwaysThere = FrozenSet.Create(
        "meet", "at", "event", "eventName", "round", "roundName", "id", "number", "of", "run", "state", "version", "distanceM", "laps", "format",
        "lapsToGo", "orderAt", "clock", "rehearsal",
        "order", "rank", "bib", "name", "shortName", "nation", "timeMs", "time", "status", "mark", "remarks", "lap", "elapsedMs", "gapMs", "lapMs",
        "overdue", "certainty", "neededMs");

    private static readonly JsonSerializerOptions Options = new(ProjectionJson.Relaxed.Options)
    {
        TypeInfoResolver = ProjectionJson.Relaxed.WithAddedModifier(LeaveOut),
    };

    internal static JsonTypeInfo<HeatHeader> HeatHeader { get; } = (JsonTypeInfo<HeatHeader>)Options.GetTypeInfo(typeof(HeatHeader));

    internal static JsonTypeInfo<HeatRow> HeatRow { get; } = (JsonTypeInfo<HeatRow>)Options.GetTypeInfo(typeof(HeatRow));

    /// <summary>Whether a reader has to reckon with the member not being there.</summary>
    public static bool MayBe(JsonPropertyInfo member) =>
        (member.DeclaringType == typeof(Core.Published.HeatHeader) || member.DeclaringType == typeof(Core.Published.HeatRow)) && !AlwaysThere.Contains(member.Name);

    /// <summary>No points yet are something else than a race without points.</summary>
    private static bool IsKnown(object record, object? value) => value is not null;

    private static bool IsSomething(object record, object? value) => value is not (false or 0 or ICollection { Count: 0 });

    private static bool CanBeNull(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    private static void LeaveOut(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
            if (MayBe(member))
                member.ShouldSerialize = CanBeNull(member.PropertyType) ? IsKnown : IsSomething;
    }
}
